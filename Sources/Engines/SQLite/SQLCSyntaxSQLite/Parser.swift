// The way in: a text, and what it says.

public import SQLCDiagnostics

/// What the parser is told about the text.
public struct ParserOptions: Sendable, Hashable {
  /// Read `sqlc.arg(x)` and its sisters as macros. Off for schemas and for plain SQL.
  public var allowsMacros: Bool
  public var limits: SQLiteLimits

  public init(allowsMacros: Bool = false, limits: SQLiteLimits = SQLiteLimits()) {
    self.allowsMacros = allowsMacros
    self.limits = limits
  }
}

/// The tokens of a text alone, comments and blanks left out; `parseScript` begins with the same step.
public func tokenize(_ source: SourceFile, in range: ByteRange? = nil) -> [Token] {
  var text = source.text
  return text.withUTF8 { bytes in
    var lexer = Lexer(bytes, in: range ?? ByteRange(0, bytes.count))
    return lexer.tokenize()
  }
}

/// Reads a sequence of statements. Never throws and never stops early: what cannot be read is a diagnostic and an
/// `.invalid` statement, and reading goes on at the next statement.
public func parseScript(
  _ source: SourceFile, in range: ByteRange? = nil, options: ParserOptions = ParserOptions()
) -> Diagnosed<ScriptSyntax> {
  var text = source.text
  return text.withUTF8 { bytes in
    let wanted = range ?? ByteRange(0, bytes.count)
    let lower = min(max(wanted.lower, 0), bytes.count)
    let range = ByteRange(lower, min(max(wanted.upper, lower), bytes.count))
    var lexer = Lexer(bytes, in: range)
    let tokens = lexer.tokenize()
    var parser = Parser(bytes, tokens: tokens, end: range.upper, path: source.path, options: options)
    let items = parser.parseItems()
    if let comment = lexer.unterminatedComment {
      parser.report(.unterminatedComment(at: ByteRange(comment, comment + 2)))
    }
    let script = ScriptSyntax(source: source, range: range, items: items, tokens: tokens, features: parser.features)
    return Diagnosed(script, parser.diagnostics)
  }
}
