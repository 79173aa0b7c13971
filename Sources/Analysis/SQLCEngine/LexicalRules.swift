/// What cutting a file into statements needs to know of a dialect: where strings, quoted names and comments end, and where a
/// statement does. Nothing else of SQL is read for it.
public struct LexicalRules: Sendable, Hashable {
  /// A string or a quoted name.
  public struct Quote: Sendable, Hashable {
    public var open: UInt8
    public var close: UInt8
    public var escape: Escape

    public init(_ open: Character, _ close: Character, _ escape: Escape) {
      self.open = open.asciiValue ?? 0
      self.close = close.asciiValue ?? 0
      self.escape = escape
    }
  }

  /// How the closing quote is written within.
  public enum Escape: Sendable, Hashable { case doubled, impossible }

  public enum BlockComments: Sendable, Hashable { case flat, nested }

  /// `$$…$$`, `$tag$…$tag$`
  public enum DollarQuotes: Sendable, Hashable { case absent, present }

  /// `E'…\'…'`
  public enum EscapeStrings: Sendable, Hashable { case absent, present }

  /// How parameters are written, beside `@name` and what begins with `sqlc.`.
  public enum Parameters: Sendable, Hashable {
    /// `?`, `?1`, `:name`, `$name`
    case questionMarks
    /// `$1`; `?` and `@` are parts of operators.
    case dollarNumbers
  }

  /// Where a semicolon is not the end of a statement.
  public enum Boundaries: Sendable, Hashable {
    /// In the body of CREATE TRIGGER, up to `; END ;`.
    ///
    /// SQLite, c3ref/complete.html: a semicolon ends a statement unless it is within a string, a comment or the body of a
    /// CREATE TRIGGER statement.
    case triggerBodies
    /// In parentheses (CREATE RULE), and between BEGIN or CASE and END in CREATE FUNCTION and CREATE PROCEDURE: psql's own
    /// rule (src/fe_utils/psqlscan.l).
    case parenthesesAndRoutineBodies
  }

  public var quotes: [Quote]
  public var blockComments: BlockComments
  public var dollarQuotes: DollarQuotes
  public var escapeStrings: EscapeStrings
  public var parameters: Parameters
  public var boundaries: Boundaries
  /// First words of statements that set things up rather than asking or changing anything a method could be made of, in
  /// capitals; beside CREATE, ALTER and DROP.
  public var preparations: Set<String>

  public init(
    quotes: [Quote], blockComments: BlockComments, dollarQuotes: DollarQuotes = .absent,
    escapeStrings: EscapeStrings = .absent, parameters: Parameters = .questionMarks, boundaries: Boundaries,
    preparations: Set<String>
  ) {
    self.quotes = quotes
    self.blockComments = blockComments
    self.dollarQuotes = dollarQuotes
    self.escapeStrings = escapeStrings
    self.parameters = parameters
    self.boundaries = boundaries
    self.preparations = preparations
  }
}

extension LexicalRules {
  /// SQLite, lang_keywords.html and tokenize.c.
  public static let sqlite = LexicalRules(
    quotes: [
      Quote("'", "'", .doubled), Quote("\"", "\"", .doubled), Quote("`", "`", .doubled), Quote("[", "]", .impossible),
    ], blockComments: .flat, boundaries: .triggerBodies,
    preparations: [
      "PRAGMA", "BEGIN", "COMMIT", "END", "ROLLBACK", "ANALYZE", "REINDEX", "VACUUM", "ATTACH", "DETACH",
    ])

  /// PostgreSQL, sql-syntax-lexical.html.
  public static let postgresql = LexicalRules(
    quotes: [Quote("'", "'", .doubled), Quote("\"", "\"", .doubled)], blockComments: .nested, dollarQuotes: .present,
    escapeStrings: .present, parameters: .dollarNumbers, boundaries: .parenthesesAndRoutineBodies,
    preparations: [
      "ABORT", "ANALYZE", "BEGIN", "CHECKPOINT", "CLUSTER", "COMMENT", "COMMIT", "DISCARD", "DO", "END", "GRANT",
      "LISTEN",
      "LOAD", "LOCK", "REINDEX", "RELEASE", "RESET", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY", "SET", "START",
      "UNLISTEN", "VACUUM",
    ])
}
