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
    return TypeNameSyntax(words: words, arguments: arguments, text: folded(whole), range: whole)
  }

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
