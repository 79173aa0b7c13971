public import SQLCSyntaxSQLite

/// What the project's configuration says about meaning.
public struct SemanticsOptions: Sendable, Hashable {
  /// The oldest SQLite that will run the queries: newer functions and syntax are diagnosed, and answers that differ
  /// between
  /// versions are taken the sound way from this one up.
  public var minimumVersion: SQLiteVersion
  /// The project does not say which it is.
  public var isMinimumAssumed: Bool
  /// Follow SQLite's letter: a lone `TEXT PRIMARY KEY` can be NULL.
  public var strictPrimaryKeys: Bool
  /// Functions the application registers, which the queries may call.
  public var userFunctions: [UserFunction]
  /// Virtual table modules SQLite does not bring along: name to its columns, as a CREATE TABLE column list would say
  /// them.
  public var modules: [String: [Column]]

  /// Declared types that the project gives a meaning of its own, in lower case.
  public var knownTypes: Set<String> = []

  /// How many queries SQLite may have to compile for one statement, views and common tables written out.
  public var mostQueries = 20_000

  /// How much of a statement SQLite takes.
  public var limits = SQLiteLimits()

  public struct UserFunction: Sendable, Hashable {
    /// When its result is NULL.
    public enum ResultNullability: Sendable, Hashable {
      case never
      /// When an argument is NULL; an aggregate, when there are no rows too.
      case arguments
      case always
    }
    public var definition: FunctionDefinition
    /// The type; its nullability is that of `nullability`.
    public var result: TypeFacts
    public var nullability: ResultNullability
    /// What each argument is; absent when they can be anything.
    public var arguments: [TypeFacts]?
    public init(
      definition: FunctionDefinition, result: TypeFacts, nullability: ResultNullability = .never,
      arguments: [TypeFacts]? = nil
    ) {
      self.definition = definition
      self.result = result
      self.nullability = nullability
      self.arguments = arguments
    }
  }

  public init(
    minimumVersion: SQLiteVersion? = nil, strictPrimaryKeys: Bool = false,
    userFunctions: [UserFunction] = [], modules: [String: [Column]] = [:]
  ) {
    self.minimumVersion = minimumVersion ?? SQLiteVersion(3, 37)
    isMinimumAssumed = minimumVersion == nil
    self.strictPrimaryKeys = strictPrimaryKeys
    self.userFunctions = userFunctions
    self.modules = modules
  }
}
