// What a statement of a schema is about, told from its first words.

import SQLCDiagnostics
import SQLCQueryFile

/// How a statement of the schema is treated.
enum StatementPurpose: Hashable {
  /// It is run.
  case definition
  /// Roles, rights and owners: they belong to the cluster, and no type depends on them.
  case rights
  /// Databases, table spaces, publications, settings of the server: not of this database's types.
  case server
  case createExtension(name: String, schema: String?)
  /// CREATE EXTENSION's relatives.
  case otherExtension
  /// Its rows stand in the file.
  case copyFromFile
  /// BEGIN, COMMIT and their like.
  case transaction

  /// - Parameter words: the statement's words in capitals, quoted names as they are; enough of the first.
  init(words: [String]) {
    func starts(_ phrase: String) -> Bool { words.starts(with: phrase.split(separator: " ").map(String.init)) }
    switch words.first {
    case "GRANT", "REVOKE", "REASSIGN": self = .rights
    case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE": self = .transaction
    case "CREATE", "ALTER", "DROP":
      let object = words.count > 1 ? words[1] : ""
      switch object {
      case "ROLE", "GROUP": self = .rights
      case "USER": self = words.count > 2 && words[2] == "MAPPING" ? .server : .rights
      case "DATABASE", "TABLESPACE", "SUBSCRIPTION", "PUBLICATION", "SERVER", "SYSTEM": self = .server
      case "EVENT": self = .server
      case "FOREIGN": self = words.count > 2 && words[2] == "DATA" ? .server : .definition
      case "EXTENSION": self = words[0] == "CREATE" ? Self.extensionMade(by: words) : .otherExtension
      case "OWNED": self = .rights
      case "DEFAULT": self = starts("ALTER DEFAULT PRIVILEGES") ? .rights : .definition
      default: self = words[0] == "ALTER" && Self.changesOwner(words) ? .rights : .definition
      }
    case "SET":
      self =
        starts("SET ROLE") || starts("SET SESSION AUTHORIZATION") || starts("SET LOCAL ROLE") ? .rights : .definition
    case "RESET": self = starts("RESET ROLE") || starts("RESET SESSION") ? .rights : .definition
    case "SECURITY": self = .rights
    case "COMMENT":
      let object = words.count > 2 ? words[2] : ""
      self = ["ROLE", "DATABASE", "TABLESPACE", "EXTENSION", "SERVER"].contains(object) ? .server : .definition
    case "VACUUM", "CHECKPOINT", "LISTEN", "UNLISTEN", "NOTIFY", "LOAD": self = .server
    case "COPY": self = words.contains("FROM") && words.contains("STDIN") ? .copyFromFile : .definition
    default: self = .definition
    }
  }

  /// `ALTER TABLE … OWNER TO …`, at the statement's end.
  private static func changesOwner(_ words: [String]) -> Bool {
    words.count >= 4 && words[words.count - 3] == "OWNER" && words[words.count - 2] == "TO"
  }

  /// CREATE EXTENSION [IF NOT EXISTS] name [WITH] [SCHEMA schema] …
  private static func extensionMade(by words: [String]) -> StatementPurpose {
    var rest = words.dropFirst(2)
    if rest.starts(with: ["IF", "NOT", "EXISTS"]) { rest = rest.dropFirst(3) }
    guard let name = rest.first else { return .definition }
    let schema = rest.firstIndex(of: "SCHEMA").flatMap { rest.index(after: $0) < rest.endIndex ? rest[$0 + 1] : nil }
    return .createExtension(name: plainName(name), schema: schema.map(plainName))
  }
}

/// A name as the catalogue has it: without quotes, or in lower case.
func plainName(_ text: String) -> String {
  guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else { return text.lowercased() }
  return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
}

/// One statement of a schema's file.
struct SchemaStatement {
  var source: SourceFile
  /// Without comments before it and its semicolon.
  var range: ByteRange
  /// Its first token.
  var first: ByteRange
  /// Comments among them.
  var tokens: ArraySlice<LexicalToken>
  /// Those right above it.
  var comments: [LexicalToken]
  var purpose: StatementPurpose

  init(
    source: SourceFile, range: ByteRange, first: ByteRange, tokens: ArraySlice<LexicalToken>, comments: [LexicalToken]
  ) {
    self.source = source
    self.comments = comments
    self.range = range
    self.first = first
    self.tokens = tokens
    let words = tokens.lazy.filter { $0.kind == .word || $0.kind == .quoted }.map { token in
      let text = String(source.slice(token.range))
      return token.kind == .word ? text.uppercased() : text
    }
    // The last words count as well: the owner stands there.
    let all = Array(words)
    purpose = StatementPurpose(words: all.count > 64 ? Array(all.prefix(48) + all.suffix(16)) : all)
  }

  var text: String { String(source.slice(range)) }
  var place: SourceRange { SourceRange(path: source.path, range: first) }

  /// Has it this word, outside strings?
  func has(_ word: String) -> Bool {
    tokens.contains { $0.kind == .word && source.slice($0.range).uppercased() == word }
  }
}
