// The protocol's structures that are both read and written (LSP 3.17, Basic JSON Structures).

public import SQLCDiagnostics

/// What has a form in JSON.
public protocol JSONRepresentable {
  var json: JSON { get }
}

extension EditorPosition: JSONRepresentable {
  public init?(_ json: JSON?) {
    guard let line = json?["line"]?.integer, let character = json?["character"]?.integer, line >= 0, character >= 0
    else {
      return nil
    }
    self.init(line: line, character: character)
  }

  public var json: JSON { ["line": .integer(line), "character": .integer(character)] }
}

extension Range: JSONRepresentable where Bound == EditorPosition {
  /// Of two positions in the wrong order the range between them.
  public init?(_ json: JSON?) {
    guard let start = EditorPosition(json?["start"]), let end = EditorPosition(json?["end"]) else { return nil }
    self = start <= end ? start..<end : end..<start
  }

  public var json: JSON { ["start": lowerBound.json, "end": upperBound.json] }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
  public var json: JSON { .array(map(\.json)) }
}

public struct Location: JSONRepresentable, Sendable, Hashable {
  public var uri: DocumentURI
  public var range: Range<EditorPosition>

  public init(uri: DocumentURI, range: Range<EditorPosition>) {
    self.uri = uri
    self.range = range
  }

  public var json: JSON { ["uri": .string(uri.text), "range": range.json] }
}

public struct TextEdit: JSONRepresentable, Sendable, Hashable {
  public var range: Range<EditorPosition>
  public var newText: String

  public init(range: Range<EditorPosition>, newText: String) {
    self.range = range
    self.newText = newText
  }

  public var json: JSON { ["range": range.json, "newText": .string(newText)] }
}

/// Edits of several files, by the spelling of their URIs.
public struct WorkspaceEdit: JSONRepresentable, Sendable, Hashable {
  public var changes: [DocumentURI: [TextEdit]]
  /// Those of them that are made first.
  public var newFiles: [DocumentURI]

  public init(changes: [DocumentURI: [TextEdit]], newFiles: [DocumentURI] = []) {
    self.changes = changes
    self.newFiles = newFiles
  }

  public var json: JSON {
    guard newFiles.isEmpty else { return ["documentChanges": .array(documentChanges)] }
    return ["changes": .object(Dictionary(changes.map { ($0.key.text, $0.value.json) }) { first, _ in first })]
  }

  private var documentChanges: [JSON] {
    newFiles.map { ["kind": "create", "uri": .string($0.text)] }
      + changes.sorted { $0.key.text < $1.key.text }.map { uri, edits in
        ["textDocument": ["uri": .string(uri.text), "version": .null], "edits": edits.json]
      }
  }
}

/// Markdown, or the same as plain text for a client that shows no other.
public struct MarkupContent: JSONRepresentable, Sendable, Hashable {
  public var kind: MarkupKind
  public var value: String

  public init(_ kind: MarkupKind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  public var json: JSON { ["kind": .string(kind.rawValue), "value": .string(value)] }
}

public enum MarkupKind: String, Sendable, Hashable {
  case markdown, plaintext
}

/// LSP 3.17, DiagnosticSeverity.
extension Severity {
  public var editorNumber: Int {
    switch self {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }
}

/// LSP 3.17, SymbolKind.
public enum SymbolKind: Int, Sendable, Hashable {
  case file = 1
  case method = 6
  case field = 8
  case interface = 11
  case function = 12
  case structure = 23
}

/// LSP 3.17, CompletionItemKind.
public enum CompletionKind: Int, Sendable, Hashable {
  case text = 1
  case function = 3
  case field = 5
  case variable = 6
  case interface = 8
  case property = 10
  case enumerationMember = 20
  case keyword = 14
  case snippet = 15
  case structure = 22
  case event = 23
}
