// What the statements of a migration do to data and to those who use it, read from their text and from the schemas before and
// after. The classes are those of Atlas (https://atlasgo.io/lint/analyzers): destructive, data-dependent,
// backward-incompatible.

import SQLCDiagnostics
import SQLCEngine

struct MigrationLint<Engine: TrialEngine> {
  typealias Schema = Engine.Database.Schema

  let engine: Engine
  let migration: ParsedMigration
  let before: Schema
  let after: Schema

  func run() -> [Diagnostic] { statements() + changedTypes() + droppedForeignKeys() + lostObjects() }

  // MARK: Statements

  private func statements() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    // Tables that take a dropped one's place: the last step of a rebuild.
    let made = Set(migration.up.flatMap(\.newTables))
    let effects = migration.up.flatMap { statement in statement.effects.map { (statement.source, $0) } }
    let rebuilt = Set(
      effects.compactMap { effect -> String? in
        guard case .drops(.table, let table) = effect.1, made.contains(table.key) else { return nil }
        return table.key
      })
    let isToolTransaction = migration.script.isInTransaction
    var isInTransaction = isToolTransaction
    for (source, effect) in effects {
      func report(_ diagnostic: CheckDiagnostic) { diagnostics.append(diagnostic.at(source)) }
      switch effect {
      case .drops(.table, let table):
        if before.hasTable(table.key), !made.contains(table.key) { report(.droppedTable(table.text)) }
      case .dropsColumn(let column, let table):
        if before.hasTable(table.key) { report(.droppedColumn(column.text, table: table.text)) }
      case .renames(let table, let new):
        if before.hasTable(table.key), !rebuilt.contains(new.key), !rebuilt.contains(table.key) {
          report(.renamed(table.text, to: new.text))
        }
      case .renamesColumn(let old, let table, let new):
        if before.hasTable(table.key) { report(.renamed("\(table.text).\(old.text)", to: new.text)) }
      case .beginsTransaction: isInTransaction = true
      case .commitsTransaction: isInTransaction = isToolTransaction
      case .setsOutsideTransactions: if isInTransaction { report(.ineffectivePragma) }
      case .passesOver(let clause, let table):
        let target = effects.lazy.compactMap { effect -> StatementEffect.Name? in
          if case .renames(let old, let new) = effect.1, old.key == table.key { new } else { nil }
        }.first
        let place = target ?? table
        if rebuilt.contains(place.key), made.contains(table.key) {
          report(.passedOver(clause: clause, table: place.text))
        }
      case .inserts, .changesRows, .creates, .addsKey, .drops: break
      }
    }
    if !migration.script.isInTransaction, migration.up.count > 1 {
      let plan = engine.transactions(of: migration.up.map(\.sql))
      if let alone = plan.firstAlone {
        diagnostics.append(CheckDiagnostic.severalTransactions(plan.count).at(migration.up[alone].source))
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
          migration.up.first { $0.drops(TrialObject(.table, owner)) || $0.drops(TrialObject(.view, owner)) }
        }
        return CheckDiagnostic.lostObject(kind: gone.kind.rawValue, name: gone.name)
          .at(owner?.source ?? migration.start)
      }
  }

  /// It is there, or something that was not there before says the same.
  func isKept(_ object: TrialObject) -> Bool {
    if after.contains(object) { return true }
    let objects = after.objects
    if objects.contains(where: { $0.kind == object.kind && $0.name == object.name }) { return true }
    if object.kind == .index, after.hasConstraint(insteadOf: object, of: before) { return true }
    return objects.contains { other in
      other.kind == object.kind && other.owner == object.owner && !before.contains(other)
        && after.isSame(other, as: object, of: before)
    }
  }

  /// It is dropped by name, or what it belonged to is gone.
  private func isMeant(_ object: TrialObject) -> Bool {
    if migration.up.contains(where: { $0.drops(object) }) { return true }
    guard let owner = object.owner else { return false }
    let kind: TrialObject.Kind = before.hasTable(owner) ? .table : .view
    guard after.contains(TrialObject(kind, owner)) else { return true }
    guard object.kind == .index else { return false }
    let left = Set(after.columns(of: owner))
    return before.columns(ofIndex: object).contains { !left.contains($0) }
  }

  // MARK: Keys

  struct NewKey {
    var table: String
    var columns: [String]
    var source: SourceRange
    var diagnostic: Diagnostic
  }

  /// Keys of tables that may have rows, over columns that they had before, which nothing kept unique till now.
  func uniqueKeys() -> [NewKey] {
    var found: [NewKey] = []
    let changed = Set(after.changedObjects(from: before).map { $0.owner ?? $0.name })
    for table in changed.filter({ before.hasTable($0) && after.hasTable($0) }).sorted() {
      let had = before.uniqueKeys(of: table)
      let columns = Set(before.columns(of: table))
      for key in after.uniqueKeys(of: table).sorted(by: isBefore)
      where !had.contains(where: { $0.implies(key) }) && columns.isSuperset(of: key.columns.keys) {
        let place = migration.up.first { isDefinition(of: key, on: table, $0) }?.source ?? migration.start
        found.append(
          NewKey(
            table: table, columns: key.columns.keys.sorted(), source: place,
            diagnostic: CheckDiagnostic.uniqueOnData(table).at(place)))
      }
    }
    return found
  }

  private func isBefore(_ a: UniqueKey, _ b: UniqueKey) -> Bool {
    (a.index ?? "", a.columns.keys.sorted().joined(separator: ",")) < (
      b.index ?? "", b.columns.keys.sorted().joined(separator: ",")
    )
  }

  private func isDefinition(of key: UniqueKey, on table: String, _ statement: ParsedStatement) -> Bool {
    statement.effects.contains { effect in
      switch effect {
      case .creates(.index, let index): key.index == index
      case .addsKey(let changed): key.index == nil && changed == table
      case .creates(.table, let made):
        key.index == nil && (made == table || migration.up.contains { $0.newTables.contains(table) })
      default: false
      }
    }
  }
}
