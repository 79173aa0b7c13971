/// What the project's configuration says about meaning.
public struct SemanticsOptions: Sendable {
  /// The oldest SQLite that will run the queries: newer functions and syntax are diagnosed, and answers that differ
  /// between
  /// versions are taken the sound way from this one up.
  public var minimumVersion: SQLiteVersion
  /// Follow SQLite's letter: a lone `TEXT PRIMARY KEY` can be NULL.
  public var strictPrimaryKeys: Bool
  /// Functions the application registers, which the queries may call.
  public var userFunctions: [UserFunction]
  /// Virtual table modules SQLite does not bring along: name to its columns, as a CREATE TABLE column list would say
  /// them.
  public var modules: [String: [Column]]

  public struct UserFunction: Sendable, Hashable {
    public var definition: FunctionDefinition
    public var result: TypeFacts
    public init(definition: FunctionDefinition, result: TypeFacts) {
      self.definition = definition
      self.result = result
    }
  }

  public init(
    minimumVersion: SQLiteVersion = SQLiteVersion(3, 37), strictPrimaryKeys: Bool = false,
    userFunctions: [UserFunction] = [], modules: [String: [Column]] = [:]
  ) {
    self.minimumVersion = minimumVersion
    self.strictPrimaryKeys = strictPrimaryKeys
    self.userFunctions = userFunctions
    self.modules = modules
  }
}
