public import SQLCDiagnostics

/// A sequence of statements: a schema file, the up part of a migration, the text under one annotation.
public struct ScriptSyntax: Sendable {
  public struct Item: Sendable {
    public var statement: StatementSyntax
    /// The statement with its semicolon, when it has one.
    public var range: ByteRange
    public var hasSemicolon: Bool
    public init(statement: StatementSyntax, range: ByteRange, hasSemicolon: Bool) {
      self.statement = statement
      self.range = range
      self.hasSemicolon = hasSemicolon
    }
  }

  public var source: SourceFile
  /// The part of the file that was read; the whole file unless the caller asked for less.
  public var range: ByteRange
  public var items: [Item]
  /// Every token of `range`, in order: with the blanks and comments between them they are its exact bytes.
  public var tokens: [Token]
  /// What of the language is used that old releases of SQLite do not have, in the order of the text.
  public var features: [UsedFeature]

  public init(
    source: SourceFile, range: ByteRange, items: [Item], tokens: [Token], features: [UsedFeature] = []
  ) {
    self.source = source
    self.range = range
    self.items = items
    self.tokens = tokens
    self.features = features
  }
}
