// A text into statements with their tokens, macros included.

import SQLCDiagnostics
import SQLCEngine
import SQLCMacros
import SQLCModel
import SQLCQueryFile
import SQLCSyntaxSQLite

/// A text that was read without an error.
struct ReadScript {
  var bytes: [UInt8]
  /// As written, macros included.
  var tokens: [Token]
  /// A semicolon that ends nothing is a statement of its own.
  var statements: [ConcreteNode]
  /// `gaps[i]` stands before token `i`; the last one behind all tokens.
  var gaps: [Gap]
  /// The tree, without the macros that no grammar knows.
  var items: [ScriptSyntax.Item]
  /// Tokens that name something in such a macro, or stand behind a dot, as `order` does in `sqlc.order`.
  var macroNames: Set<Int>
  var queries: [AnnotatedQuery]
  /// Comments that read as an annotation, in their order.
  var headings: [HeadingComment]

  /// Where a comment stands that reads as an annotation; nothing for any other.
  func headingPlace(of comment: Comment) -> HeadingComment.Place? {
    headings.first { $0.range.lower == comment.range.lower }?.place
  }
}

/// A text read, or why it cannot be.
enum ScriptReading {
  case read(ReadScript)
  case unreadable([Diagnostic])
}

/// Reads a file of statements, of queries or of both: a query without its semicolon ends at the next annotation.
func readScript(_ source: SourceFile) -> ScriptReading {
  let tokens = tokenize(source)
  let bytes = Array(source.text.utf8)
  var diagnostics: [Diagnostic] = []
  var blanks: [ByteRange] = []
  var earlierStarts: [Int: Int] = [:]
  var names: Set<Int> = []
  var macros: [ByteRange] = []
  let contents = readQueryFile(source, role: .queriesAndSchema, rules: .sqlite).value
  let queries = contents.queries.map(\.annotated)
  // What is said of results is in no grammar either.
  blanks += queries.flatMap(\.assertions).flatMap {
    [ByteRange($0.range.lower, $0.expression.lower), ByteRange($0.expression.upper, $0.range.upper)]
  }
  let sections = sections(
    of: bytes.count, startingAt: queries.map(\.bodyRange.lower) + contents.fragments.map(\.body.lower))
  for section in sections {
    for statement in statements(of: tokens, in: section) where mentionsMacro(statement, in: source) {
      let scanned = scanVariants(of: statement.map(MacroToken.init), in: source)
      diagnostics += scanned.diagnostics
      guard let syntax = scanned.value else { continue }
      blanks += syntax.wholeBlanks
      macros += syntax.patches.map(\.range) + syntax.orders.map(\.range)
      names.formUnion(syntax.filters.compactMap(\.name?.range.lower))
      names.formUnion(syntax.orders.flatMap(\.terms).map(\.nameRange.lower))
      for (index, filter) in syntax.filters.enumerated() where !syntax.isAssignment(index) {
        let open = statement[statement.startIndex + filter.tokens.lowerBound + 3]
        earlierStarts[open.range.lower] = filter.range.lower
      }
    }
  }
  if diagnostics.hasErrors { return .unreadable(diagnostics) }
  let plain = blanks.isEmpty ? source : SourceFile(path: source.path, text: blanked(bytes, blanks))
  var roots: [ScriptSyntax.Item] = []
  for section in sections {
    let parsed = parseScript(plain, in: section, options: ParserOptions(allowsMacros: true))
    if parsed.diagnostics.hasErrors { return .unreadable(parsed.diagnostics.filter { $0.severity == .error }) }
    roots += parsed.value.items
  }
  var gaps: [Gap] = []
  var end = 0
  for token in tokens {
    gaps.append(Gap(bytes, ByteRange(end, token.range.lower)))
    end = token.range.upper
  }
  gaps.append(Gap(bytes, ByteRange(end, bytes.count)))
  var builder = ConcreteTreeBuilder(tokens: tokens, earlierStarts: earlierStarts, macros: macros)
  let statements = roots.flatMap { builder.buildStatements(upTo: $0) } + builder.buildRest()
  let macroNames = tokens.indices.filter { index in
    names.contains(tokens[index].range.lower) || index > 1 && tokens[index - 1].kind == .dot
  }
  return .read(
    ReadScript(
      bytes: bytes, tokens: tokens, statements: statements, gaps: gaps, items: roots, macroNames: Set(macroNames),
      queries: queries, headings: headingComments(of: source, rules: .sqlite)))
}

/// What is parsed for itself: what stands before the first query or fragment, and each up to the next.
private func sections(of count: Int, startingAt starts: [Int]) -> [ByteRange] {
  let starts = [0] + starts.sorted() + [count]
  return zip(starts, starts.dropFirst()).map { ByteRange($0, $1) }
}

private func statements(of tokens: [Token], in section: ByteRange) -> [ArraySlice<Token>] {
  let inside = tokens.drop { $0.range.lower < section.lower }.prefix { $0.range.lower < section.upper }
  return inside.split(separator: .semicolon, omittingEmptySubsequences: true)
}

extension ArraySlice<Token> {
  fileprivate func split(separator: TokenKind, omittingEmptySubsequences: Bool) -> [ArraySlice<Token>] {
    split(omittingEmptySubsequences: omittingEmptySubsequences) { $0.kind == separator }
  }
}

private func mentionsMacro(_ tokens: ArraySlice<Token>, in source: SourceFile) -> Bool {
  tokens.contains { $0.kind == .identifier && $0.range.count == 4 && source.slice($0.range).lowercased() == "sqlc" }
}

private func blanked(_ bytes: [UInt8], _ ranges: [ByteRange]) -> String {
  var bytes = bytes
  for range in ranges {
    for offset in range.lower..<range.upper where bytes[offset] != 0x0A { bytes[offset] = 0x20 }
  }
  return String(decoding: bytes, as: UTF8.self)
}
