// Declared types: words, and up to two numbers (parse.y, `typetoken`).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `typename LP signed COMMA signed RP` and its shorter forms; nil when no type is given.
  ///
  /// Nearly any word is a word of the type. `GENERATED ALWAYS` before AS is not, as in build.c, `sqlite3AddColumn`: "Check
  /// for the GENERATED ALWAYS keywords".
  mutating func parseTypeName() throws(SyntaxFailure) -> TypeNameSyntax? {
    guard kind.isIdentifierOrString, !startsGeneratedClause else { return nil }
    let start = start
    var words: [NameSyntax] = []
    var arguments: [String] = []
    repeat {
      words.append(name(advance()))
    } while kind.isIdentifierOrString && !startsGeneratedClause
    if accept(.leftParen) {
      arguments.append(try parseSignedNumber())
      if accept(.comma) { arguments.append(try parseSignedNumber()) }
      try closeList()
    }
    let whole = range(from: start)
    warnOfSwallowedColumn(words, whole)
    return TypeNameSyntax(words: words, arguments: arguments, text: folded(whole), range: whole)
  }

  /// `a INTEGER b TEXT` is one column of the type `INTEGER b TEXT`: a word that no type has, with a type on either side,
  /// is a column behind a forgotten comma.
  private mutating func warnOfSwallowedColumn(_ words: [NameSyntax], _ whole: ByteRange) {
    guard words.count > 2, Self.typeWords.contains(words[0].text.asciiLowercased) else { return }
    for position in 1..<words.count - 1 {
      let word = words[position]
      let spelling = word.text.asciiLowercased
      guard !Self.typeWords.contains(spelling), !Self.typeModifiers.contains(spelling) else { continue }
      guard Self.typeWords.contains(words[position + 1].text.asciiLowercased) else { continue }
      let fix = SyntaxFix(
        message: "insert ','", applicability: .unsafe, range: ByteRange(at: words[position - 1].range.upper),
        replacement: ",")
      report(.wordyType(type: folded(whole), word: word.text, at: word.range, fix: fix))
      return
    }
  }

  /// Words that are a type by themselves (datatype3.html, and what projects write).
  private static let typeWords: Set<String> = [
    "any", "bigint", "blob", "bool", "boolean", "char", "character", "clob", "date", "datetime", "decimal", "double",
    "float", "int", "integer", "json", "jsonb", "mediumint", "nchar", "numeric", "nvarchar", "real", "smallint",
    "text", "time", "timestamp", "timestamptz", "tinyint", "uuid", "varchar",
  ]

  /// Words that only stand beside one: `UNSIGNED BIG INT`, `NATIVE CHARACTER`, `TIMESTAMP WITH TIME ZONE`.
  private static let typeModifiers: Set<String> = [
    "big", "binary", "large", "long", "medium", "native", "object", "precision", "short", "signed", "small", "tiny",
    "unsigned", "varying", "with", "without", "zone",
  ]

  private var startsGeneratedClause: Bool { kind == .generated && peek(1) == .always && peek(2) == .as }

  /// The text of a type with each run of blanks made one space.
  private func folded(_ range: ByteRange) -> String {
    let source = bytes[range.lower..<range.upper]
    guard source.contains(where: { $0.isBlank }) else { return text(range) }
    var result: [UInt8] = []
    for byte in source {
      if !byte.isBlank {
        result.append(byte)
      } else if result.last != 0x20 {
        result.append(0x20)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
