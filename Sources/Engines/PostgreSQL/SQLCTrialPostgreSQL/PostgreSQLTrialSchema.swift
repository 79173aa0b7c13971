// A schema at one version, as its catalogs describe it.

public import SQLCEngine

public struct PostgreSQLTrialSchema: TrialSchema {
  struct Table: Sendable {
    var columns: [String] = []
    var stored: [String] = []
    var primaryKey: [String] = []
    var uniqueKeys: [UniqueKey] = []
    var rules: [ColumnRule] = []
    var foreignKeys: Set<ForeignKeyRule> = []
    /// Named in the functions of its triggers.
    var triggered: Set<String> = []
  }

  var tables: [String: Table] = [:]
  /// What each object is, line by line, its name left out.
  var details: [TrialObject: Set<String>] = [:]
  /// Functions, types, sequences, policies, extensions: `function f(integer)`, and what they are.
  var others: [String: String] = [:]
  /// The columns of each index.
  var indexColumns: [String: [String]] = [:]

  public init() {}

  public var objects: [TrialObject] { Array(details.keys) }
  public func contains(_ object: TrialObject) -> Bool {
    details.keys.contains { $0.kind == object.kind && $0.name == object.name }
  }
  public func columns(of table: String) -> [String] { tables[table]?.columns ?? [] }
  public func storedColumns(of table: String) -> [String] { (tables[table]?.stored ?? []).sorted() }
  public func primaryKey(of table: String) -> [String] { tables[table]?.primaryKey ?? [] }
  public func uniqueKeys(of table: String) -> [UniqueKey] { tables[table]?.uniqueKeys ?? [] }
  public func columnRules(of table: String) -> [ColumnRule] {
    (tables[table]?.rules ?? []).sorted { $0.name < $1.name }
  }
  public func foreignKeys(of table: String) -> Set<ForeignKeyRule> { tables[table]?.foreignKeys ?? [] }
  public func tablesNamedByTriggers(on table: String) -> [String] { (tables[table]?.triggered ?? []).sorted() }
  public func columns(ofIndex index: TrialObject) -> [String] { indexColumns[index.name] ?? [] }

  public func changedObjects(from other: PostgreSQLTrialSchema) -> [TrialObject] {
    Set(details.keys).union(other.details.keys).filter { details[$0] != other.details[$0] }
      .sorted { ($0.name, $0.kind.rawValue) < ($1.name, $1.kind.rawValue) }
  }

  public func differences(from other: PostgreSQLTrialSchema) -> [String] {
    var missing: [String] = []
    var unexpected: [String] = []
    for object in changedObjects(from: other) {
      let shown = "\(object.kind.rawValue) \(object.name)"
      guard let ours = details[object] else {
        missing.append("missing: \(shown)")
        continue
      }
      guard let theirs = other.details[object] else {
        unexpected.append("unexpected: \(shown)")
        continue
      }
      missing += theirs.subtracting(ours).map { "missing: \(shown): \($0)" }
      unexpected += ours.subtracting(theirs).map { "unexpected: \(shown): \($0)" }
    }
    for name in Set(others.keys).union(other.others.keys) where others[name] != other.others[name] {
      if others[name] == nil {
        missing.append("missing: \(name)")
      } else if other.others[name] == nil {
        unexpected.append("unexpected: \(name)")
      } else {
        unexpected.append("unexpected: \(name) is another")
      }
    }
    return missing.sorted() + unexpected.sorted()
  }

  public func isSame(_ object: TrialObject, as counterpart: TrialObject, of other: PostgreSQLTrialSchema) -> Bool {
    details[object] == other.details[counterpart]
  }

  public func hasConstraint(insteadOf index: TrialObject, of other: PostgreSQLTrialSchema) -> Bool {
    guard let owner = index.owner,
      let key = other.uniqueKeys(of: owner).first(where: { $0.index == index.name })
    else { return false }
    return uniqueKeys(of: owner).contains { $0.index == nil && $0.implies(key) }
  }
}
