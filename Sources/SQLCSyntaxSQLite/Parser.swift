public import SQLCDiagnostics

/// What the parser is told about the text.
public struct ParserOptions: Sendable, Hashable {
  /// Read `sqlc.arg(x)` and its sisters as macros. Off for schemas and for plain SQL.
  public var allowsMacros: Bool

  public init(allowsMacros: Bool = false) { self.allowsMacros = allowsMacros }
}

/// Reads a sequence of statements. Never throws and never stops early: what cannot be read is a diagnostic and an
/// `.invalid` statement, and reading goes on at the next statement.
public func parseScript(
  _ source: SourceFile, in range: ByteRange? = nil, options: ParserOptions = ParserOptions()
) -> Diagnosed<ScriptSyntax> {
  Diagnosed(
    ScriptSyntax(
      source: source, range: range ?? ByteRange(0, source.text.utf8.count), items: [], tokens: []))
}
