// The statements of a schema's file, with psql's own commands left out.

import SQLCDiagnostics
import SQLCEngine
import SQLCQueryFile

/// A schema's file, lexed.
struct SchemaText {
  let source: SourceFile
  let tokens: [LexicalToken]
  /// Lines that are psql's (`\connect`, `\restrict`): those it reads itself, and no server understands.
  let commands: [ByteRange]

  init(_ source: SourceFile) {
    self.source = source
    var commands: [ByteRange] = []
    var bytes = Array(source.text.utf8)
    while true {
      // What stands in such a line is no SQL, quotes included: it is blank to whoever reads on.
      let text = commands.isEmpty ? source : SourceFile(path: source.path, text: String(decoding: bytes, as: UTF8.self))
      let tokens = lexicalTokens(of: text, rules: .postgresql)
      guard let command = Self.firstCommand(among: tokens, in: text) else {
        self.tokens = tokens
        self.commands = commands
        return
      }
      let end = bytes[command...].firstIndex(of: 0x0A) ?? bytes.count
      commands.append(ByteRange(command, end))
      for offset in command..<end { bytes[offset] = 0x20 }
    }
  }

  /// A backslash that begins a line and a statement.
  private static func firstCommand(among tokens: [LexicalToken], in source: SourceFile) -> Int? {
    var isStart = true
    for token in tokens where !token.isComment {
      if isStart, token.startsLine, token.kind == .other, source.slice(token.range) == "\\" { return token.range.lower }
      isStart = token.kind == .semicolon
    }
    return nil
  }

  func statements(in range: ByteRange) -> [SchemaStatement] {
    let first = tokens.partitioningIndex { $0.range.lower >= range.lower }
    let past = tokens.partitioningIndex { $0.range.lower >= range.upper }
    return lexicalStatements(of: tokens[first..<max(first, past)], in: source, rules: .postgresql).map { statement in
      SchemaStatement(
        source: source, range: statement.range, first: statement.first,
        tokens: tokensInside(statement.range, of: tokens),
        comments: commentsAbove(
          tokens.partitioningIndex { $0.range.lower >= statement.first.lower }, tokens, in: source))
    }
  }
}

/// The tokens within a range; both are in order.
func tokensInside(_ range: ByteRange, of tokens: [LexicalToken]) -> ArraySlice<LexicalToken> {
  let first = tokens.partitioningIndex { $0.range.lower >= range.lower }
  let past = tokens.partitioningIndex { $0.range.lower >= range.upper }
  return tokens[first..<max(first, past)]
}

/// The comments that stand right above a token, each on lines of its own.
func commentsAbove(_ index: Int, _ tokens: [LexicalToken], in source: SourceFile) -> [LexicalToken] {
  var first = index
  while first > tokens.startIndex, first < tokens.endIndex, tokens[first - 1].isComment, tokens[first - 1].startsLine,
    lineBreaks(in: ByteRange(tokens[first - 1].range.upper, tokens[first].range.lower), of: source) == 1
  {
    first -= 1
  }
  return Array(tokens[first..<index])
}
