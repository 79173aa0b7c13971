// The lexemes of SQL: a kind and a range; the text stays in the source.

public import SQLCDiagnostics

/// A lexeme of SQL. Blanks and comments are not tokens: they are the bytes between two of them.
public struct Token: Sendable, Hashable {
  public var kind: TokenKind
  public var range: ByteRange

  public init(kind: TokenKind, range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}
