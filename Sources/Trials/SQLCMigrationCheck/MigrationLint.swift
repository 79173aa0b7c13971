// What the statements of a migration do to data and to those who use it, read from their syntax and from the schemas before and
// after. The classes are those of Atlas (https://atlasgo.io/lint/analyzers): destructive, data-dependent,
// backward-incompatible.

import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

struct MigrationLint {
  let migration: ParsedMigration
  let before: SchemaSnapshot
  let after: SchemaSnapshot

  func run() -> [Diagnostic] { statements() + lostObjects() }

  // MARK: Statements

  private func statements() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    // Tables that take a dropped one's place: the last step of a rebuild.
    let made = Set(migration.up.compactMap(\.newTable))
    let rebuilt = Set(
      migration.up.compactMap { statement -> String? in
        guard case .drop(let drop)? = statement.syntax, drop.object == .table else { return nil }
        return made.contains(drop.name.name.key) ? drop.name.name.key : nil
      })
    let isToolTransaction = migration.script.isInTransaction
    var isInTransaction = isToolTransaction
    for statement in migration.up {
      func say(_ diagnostic: CheckDiagnostic) { diagnostics.append(diagnostic.at(statement.source)) }
      switch statement.syntax {
      case .drop(let drop) where drop.object == .table:
        let name = drop.name.name.key
        if before.hasTable(name), !made.contains(name) { say(.droppedTable(drop.name.name.text)) }
      case .alterTable(let alter):
        let table = alter.table.name
        switch alter.action {
        case .dropColumn(let column) where before.hasTable(table.key):
          say(.droppedColumn(column.text, table: table.text))
        case .renameTable(let new)
        where before.hasTable(table.key) && !rebuilt.contains(new.key) && !rebuilt.contains(table.key):
          say(.renamed(table.text, to: new.text))
        case .renameColumn(let old, let new) where before.hasTable(table.key):
          say(.renamed("\(table.text).\(old.text)", to: new.text))
        default: break
        }
      case .transaction(let transaction):
        if case .begin = transaction.action { isInTransaction = true }
        if case .commit = transaction.action { isInTransaction = isToolTransaction }
      case .pragma(let pragma) where pragma.name.name.key == "foreign_keys" && pragma.value != nil && isInTransaction:
        say(.ineffectivePragma)
      default: break
      }
    }
    if !migration.script.isInTransaction {
      let plan = MigrationPlan(migration.up.map(\.sql), .whereSQLiteAllows)
      let alone = plan.pieces.first { if case .alone = $0 { true } else { false } }
      if let alone, migration.up.count > 1 {
        diagnostics.append(
          CheckDiagnostic.severalTransactions(plan.pieces.count).at(migration.up[alone.range.lowerBound].source))
      }
    }
    return diagnostics
  }

  // MARK: What is gone

  /// Indexes, triggers and views that went away with a table that was rebuilt.
  private func lostObjects() -> [Diagnostic] {
    before.objects.filter { $0.kind != .table && !isKept($0) && !isMeant($0) }
      .sorted { ($0.name, $0.kind.rawValue) < ($1.name, $1.kind.rawValue) }
      .map { gone in
        let owner = gone.owner.flatMap { owner in
          migration.up.first { $0.drops(SchemaObject(.table, owner)) || $0.drops(SchemaObject(.view, owner)) }
        }
        return CheckDiagnostic.lostObject(kind: gone.kind.rawValue, name: gone.name)
          .at(owner?.source ?? migration.start)
      }
  }

  /// It is there, or something that was not there before says the same.
  private func isKept(_ object: SchemaObject) -> Bool {
    if after.contains(object) { return true }
    if after.objects.contains(where: { $0.kind == object.kind && $0.name == object.name }) { return true }
    let details = before.details(of: object)
    if object.kind == .index, case .index(let index)? = details.first {
      // A UNIQUE constraint keeps an index of its own.
      if index.uniqueness == .unique, index.condition == nil,
        after.details(of: SchemaObject(.table, index.table)).contains(where: { detail in
          if case .key(_, let columns) = detail { columns == index.columns } else { false }
        })
      {
        return true
      }
    }
    return after.objects.contains { other in
      other.kind == object.kind && other.owner == object.owner && !before.contains(other)
        && after.details(of: other) == details
    }
  }

  /// It is dropped by name, or what it belonged to is gone.
  private func isMeant(_ object: SchemaObject) -> Bool {
    if migration.up.contains(where: { $0.drops(object) }) { return true }
    guard let owner = object.owner else { return false }
    guard after.hasTable(owner) || after.contains(SchemaObject(.view, owner)) else { return true }
    guard case .index(let index)? = before.details(of: object).first else { return false }
    let left = Set(after.columns(of: owner).map(\.name))
    return index.columns.contains { column in column.name.map { !left.contains($0) } ?? false }
  }

  // MARK: Keys

  struct NewKey {
    var table: String
    var diagnostic: Diagnostic
  }

  /// Keys of tables that may have rows, over columns that they had before, which nothing kept unique till now.
  func uniqueKeys() -> [NewKey] {
    var found: [NewKey] = []
    let changed = Set(after.changedObjects(from: before).map { $0.owner ?? $0.name })
    for table in changed.filter({ before.hasTable($0) && after.hasTable($0) }).sorted() {
      let had = before.keys(of: table)
      let columns = Set(before.columns(of: table).map(\.name))
      for key in after.keys(of: table).sorted(by: { "\($0)" < "\($1)" })
      where !had.contains(where: { $0.implies(key) }) && columns.isSuperset(of: key.names) {
        let place = migration.up.first { isDefinition(of: key, on: table, $0) }?.source ?? migration.start
        found.append(NewKey(table: table, diagnostic: CheckDiagnostic.uniqueOnData(table).at(place)))
      }
    }
    return found
  }

  private func isDefinition(of key: UniqueKeyFact, on table: String, _ statement: ParsedStatement) -> Bool {
    switch statement.syntax {
    case .createIndex(let index)?: key.index == index.name.name.key
    case .createTable(let made)?:
      key.index == nil && (made.name.name.key == table || migration.up.contains { $0.newTable == table })
    default: false
    }
  }
}

/// What keeps rows apart.
struct UniqueKeyFact: Hashable {
  var columns: Set<KeyColumn>
  var condition: SchemaTokens?
  var expressions: SchemaTokens?
  /// Nothing for a constraint.
  var index: String?

  var names: Set<String> { Set(columns.compactMap(\.name)) }

  /// Rows that this keeps apart are kept apart by the other too.
  func implies(_ other: UniqueKeyFact) -> Bool {
    if expressions != nil || other.expressions != nil {
      return expressions == other.expressions && condition == other.condition
    }
    return columns.isSubset(of: other.columns) && (condition == nil || condition == other.condition)
  }

  static func == (a: UniqueKeyFact, b: UniqueKeyFact) -> Bool {
    a.columns == b.columns && a.condition == b.condition && a.expressions == b.expressions
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(columns)
    hasher.combine(condition)
  }
}

extension SchemaSnapshot {
  func keys(of table: String) -> Set<UniqueKeyFact> {
    var keys: Set<UniqueKeyFact> = []
    func ascending(_ columns: [KeyColumn]) -> Set<KeyColumn> {
      Set(columns.map { KeyColumn(name: $0.name, collation: $0.collation) })
    }
    for case .key(_, let columns) in details(of: SchemaObject(.table, table)) {
      keys.insert(UniqueKeyFact(columns: ascending(columns)))
    }
    for object in objects where object.kind == .index && object.owner == table {
      guard case .index(let index)? = details(of: object).first, index.uniqueness == .unique else { continue }
      keys.insert(
        UniqueKeyFact(
          columns: ascending(index.columns), condition: index.condition, expressions: index.expressions,
          index: object.name))
    }
    // The rowid by another name has no index of its own.
    let key = columns(of: table).filter { $0.keyPlace > 0 }
    if key.count == 1 { keys.insert(UniqueKeyFact(columns: [KeyColumn(name: key[0].name)])) }
    return keys
  }
}
