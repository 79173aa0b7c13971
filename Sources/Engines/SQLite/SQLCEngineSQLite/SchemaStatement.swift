// A statement of a schema as its tokens and the names in them.

import SQLCDiagnostics
import SQLCSyntaxSQLite

struct SchemaStatement {
  let source: SourceFile
  let item: ScriptSyntax.Item
  /// Without the semicolon.
  let tokens: ArraySlice<Token>

  /// Do both have the same tokens, whatever stands between them?
  func isSame(as other: SchemaStatement) -> Bool {
    guard tokens.count == other.tokens.count else { return false }
    let (range, otherRange) = (item.statement.range, other.item.statement.range)
    if range.count == otherRange.count, source.slice(range) == other.source.slice(otherRange) { return true }
    return zip(tokens, other.tokens).allSatisfy { one, another in
      one.kind == another.kind && source.slice(one.range) == other.source.slice(another.range)
    }
  }

  /// What it defines, and what it gives another name, in lower case.
  var definedNames: [String] {
    let names: [NameSyntax] =
      switch item.statement {
      case .createTable(let node): [node.name.name]
      case .createView(let node): [node.name.name]
      case .createVirtualTable(let node): [node.name.name]
      case .createIndex(let node): [node.name.name]
      case .createTrigger(let node): [node.name.name]
      case .alterTable(let node):
        if case .renameTable(let new) = node.action { [node.table.name, new] } else { [] }
      case .drop(let node): [node.name.name]
      case .select, .insert, .update, .delete, .pragma, .attach, .detach, .transaction, .analyze, .reindex, .vacuum,
        .explain, .invalid:
        []
      }
    return names.map(\.text.asciiLowercased)
  }

  /// Names that stand in it, whatever they are names of there.
  func mentions(among known: KnownNames) -> Set<String> {
    var found: Set<String> = []
    for token in tokens {
      if let name = known.mentioned(by: token, in: source) { found.insert(name) }
    }
    return found
  }
}

func schemaStatements(of scripts: [ScriptSyntax]) -> [SchemaStatement] {
  scripts.flatMap { script in
    var rest = script.tokens[...]
    return script.items.map { item in
      let range = item.statement.range
      rest = rest[rest.partitioningIndex { $0.range.lower >= range.lower }...]
      let end = rest.partitioningIndex { $0.range.lower >= range.upper }
      defer { rest = rest[end...] }
      return SchemaStatement(source: script.source, item: item, tokens: rest[..<end])
    }
  }
}

/// Names that are looked for in many tokens. Nearly all tokens are none of them: those are told by their lengths and ends, and
/// no text is made of them.
struct KnownNames: Sendable {
  let names: Set<String>
  private let outlines: Set<Int>

  init(_ names: Set<String>) {
    self.names = names
    outlines = Set(names.compactMap { Self.outline($0.utf8) })
  }

  /// The known name that a token can be, in lower case.
  func mentioned(by token: Token, in source: SourceFile) -> String? {
    // What is quoted may be written with more characters than it has.
    if token.kind != .quotedIdentifier, token.kind != .string,
      Self.outline(source.slice(token.range).utf8).map(outlines.contains) != true
    {
      return nil
    }
    return mentionedName(token, in: source).flatMap { names.contains($0) ? $0 : nil }
  }

  /// Of the length, the first and the last byte, without case.
  private static func outline(_ bytes: some BidirectionalCollection<UInt8>) -> Int? {
    guard let first = bytes.first, let last = bytes.last else { return nil }
    return bytes.count << 16 | Int(first | 0x20) << 8 | Int(last | 0x20)
  }
}

/// What a token can be the name of, in lower case: SQLite takes keywords and strings for names in many places.
func mentionedName(_ token: Token, in source: SourceFile) -> String? {
  switch token.kind {
  case .quotedIdentifier, .string:
    let text = source.slice(token.range)
    guard let quote = text.first, text.count >= 2 else { return nil }
    let inner = String(text.dropFirst().dropLast())
    return (quote == "[" ? inner : inner.replacing("\(quote)\(quote)", with: "\(quote)")).asciiLowercased
  case .identifier: return source.slice(token.range).asciiLowercased
  default: return token.kind.isKeyword ? source.slice(token.range).asciiLowercased : nil
  }
}

/// Where the tokens of statements that have not changed are now.
struct StatementPlaces: Sendable {
  private struct Statement: Sendable {
    var range: ByteRange
    var tokens: ArraySlice<Token>
    /// Absent when it has changed.
    var now: (path: String, tokens: ArraySlice<Token>)?
  }

  /// By file, in the order of the text.
  private var statements: [String: [Statement]] = [:]

  init(same: [(SchemaStatement, SchemaStatement)], changed: [SchemaStatement]) {
    for (old, new) in same {
      statements[old.source.path, default: []].append(
        Statement(range: old.item.statement.range, tokens: old.tokens, now: (new.source.path, new.tokens)))
    }
    for old in changed {
      statements[old.source.path, default: []].append(
        Statement(range: old.item.statement.range, tokens: old.tokens, now: nil))
    }
    for path in statements.keys { statements[path]?.sort { $0.range.lower < $1.range.lower } }
  }

  func place(of source: SourceRange) -> SourceRange? {
    guard let file = statements[source.path] else { return source }
    let index = file.partitioningIndex { $0.range.upper >= source.range.upper }
    guard index < file.endIndex, file[index].range.contains(source.range) else { return source }
    let statement = file[index]
    guard let now = statement.now else { return nil }
    let first = statement.tokens.partitioningIndex { $0.range.lower >= source.range.lower }
    let last = statement.tokens.partitioningIndex { $0.range.upper >= source.range.upper }
    guard first <= last, last < statement.tokens.endIndex, statement.tokens[first].range.lower == source.range.lower,
      statement.tokens[last].range.upper == source.range.upper
    else { return nil }
    let shift = now.tokens.startIndex - statement.tokens.startIndex
    return SourceRange(
      path: now.path,
      range: ByteRange(now.tokens[first + shift].range.lower, now.tokens[last + shift].range.upper))
  }
}
