// The facts that SQLite tells of a schema, as the trial of migrations asks for them.

public import SQLCEngine
import SQLCSQLiteHandle

public struct SQLiteTrialSchema: TrialSchema {
  private let facts: SchemaSnapshot

  init(_ facts: SchemaSnapshot) { self.facts = facts }

  public init() { facts = SchemaSnapshot() }

  public var objects: [TrialObject] { facts.objects.map(TrialObject.init) }

  public func contains(_ object: TrialObject) -> Bool { facts.contains(SchemaObject(object)) }

  public func columns(of table: String) -> [String] { facts.columns(of: table).map(\.name) }

  public func storedColumns(of table: String) -> [String] {
    facts.columns(of: table).filter { $0.storage == .stored }.map(\.name).sorted()
  }

  public func primaryKey(of table: String) -> [String] {
    facts.columns(of: table).filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name)
  }

  public func columnRules(of table: String) -> [ColumnRule] {
    facts.columns(of: table).filter { $0.storage == .stored }.sorted { $0.name < $1.name }.map { column in
      ColumnRule(name: column.name, type: column.type, nulls: column.nulls == .notNull ? .notNull : .nullable)
    }
  }

  public func foreignKeys(of table: String) -> Set<ForeignKeyRule> {
    Set(
      facts.details(of: SchemaObject(.table, table)).compactMap { detail in
        guard case .foreignKey(let key) = detail else { return nil }
        return ForeignKeyRule(columns: key.columns, parent: key.parent)
      })
  }

  public func tablesNamedByTriggers(on table: String) -> [String] {
    facts.objects.filter { $0.kind == .trigger && $0.owner == table }.flatMap { trigger in
      facts.details(of: trigger).flatMap { detail -> [String] in
        guard case .definition(let definition) = detail else { return [] }
        return definition.words.filter { $0.kind == .word }.map(\.text).filter {
          facts.contains(SchemaObject(.table, $0))
        }
      }
    }
  }

  // MARK: Comparing

  public func changedObjects(from other: SQLiteTrialSchema) -> [TrialObject] {
    facts.changedObjects(from: other.facts).map(TrialObject.init)
  }

  public func differences(from other: SQLiteTrialSchema) -> [String] { facts.differences(from: other.facts) }

  public func isSame(_ object: TrialObject, as counterpart: TrialObject, of other: SQLiteTrialSchema) -> Bool {
    facts.details(of: SchemaObject(object)) == other.facts.details(of: SchemaObject(counterpart))
  }

  public func hasConstraint(insteadOf index: TrialObject, of other: SQLiteTrialSchema) -> Bool {
    // A UNIQUE constraint keeps an index of its own.
    guard let index = other.index(index), index.uniqueness == .unique, index.condition == nil else { return false }
    return facts.details(of: SchemaObject(.table, index.table)).contains { detail in
      if case .key(_, let columns) = detail { columns == index.columns } else { false }
    }
  }

  // MARK: Keys

  public func columns(ofIndex index: TrialObject) -> [String] { self.index(index)?.columns.compactMap(\.name) ?? [] }

  private func index(_ object: TrialObject) -> IndexFact? {
    guard case .index(let index)? = facts.details(of: SchemaObject(object)).first else { return nil }
    return index
  }

  public func uniqueKeys(of table: String) -> [UniqueKey] {
    var keys: [UniqueKey] = []
    func add(_ columns: [KeyColumn], _ index: IndexFact? = nil, named name: String? = nil) {
      let named = columns.compactMap { column in column.name.map { ($0, column.collation ?? "") } }
      let key = UniqueKey(
        columns: Dictionary(named, uniquingKeysWith: { first, _ in first }),
        condition: index?.condition.map { "\($0)" }, expressions: index?.expressions.map { "\($0)" }, index: name)
      if !keys.contains(where: { $0.isOver(key) }) { keys.append(key) }
    }
    for case .key(_, let columns) in facts.details(of: SchemaObject(.table, table)) { add(columns) }
    for object in facts.objects where object.kind == .index && object.owner == table {
      guard case .index(let index)? = facts.details(of: object).first, index.uniqueness == .unique else { continue }
      add(index.columns, index, named: object.name)
    }
    // The rowid by another name has no index of its own.
    let key = facts.columns(of: table).filter { $0.keyPlace > 0 }
    if key.count == 1 { add([KeyColumn(name: key[0].name)]) }
    return keys
  }
}

extension UniqueKey {
  /// Whatever keeps it, does it keep the same apart?
  fileprivate func isOver(_ other: UniqueKey) -> Bool {
    columns == other.columns && condition == other.condition && expressions == other.expressions
  }
}

extension TrialObject {
  fileprivate init(_ object: SchemaObject) {
    let kind: TrialObject.Kind =
      switch object.kind {
      case .table: .table
      case .view: .view
      case .index: .index
      case .trigger: .trigger
      }
    self.init(kind, object.name, owner: object.owner)
  }
}

extension SchemaObject {
  fileprivate init(_ object: TrialObject) {
    let kind: SchemaObject.Kind =
      switch object.kind {
      case .table: .table
      case .view: .view
      case .index: .index
      case .trigger: .trigger
      }
    self.init(kind, object.name, owner: object.owner)
  }
}
