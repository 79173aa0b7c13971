// What becomes of the columns, foreign keys and indexes of tables that stay.

import SQLCDiagnostics
import SQLCEngine

/// What tables and columns were called before a migration, by the names that they have afterwards.
struct EarlierNames {
  private var tables: [String: String] = [:]
  private var columns: [String: [String: String]] = [:]
  /// What a rebuild takes the place of.
  private var dropped: [String: (table: String?, columns: [String: String]?)] = [:]

  init(_ statements: [ParsedStatement], before: some TrialSchema) {
    for table in before.objects where table.kind == .table { tables[table.name] = table.name }
    for effect in statements.flatMap(\.effects) {
      switch effect {
      case .creates(.table, let table): tables[table] = tables[table] ?? (before.hasTable(table) ? table : nil)
      case .drops(.table, let table):
        dropped[table.key] = (tables[table.key], columns[table.key])
        tables[table.key] = nil
        columns[table.key] = nil
      case .renames(let table, let new):
        // The last step of a rebuild, where the old name is a new table's.
        let isRebuilt = !before.hasTable(table.key)
        if isRebuilt {
          tables[new.key] = dropped[new.key]?.table ?? (before.hasTable(new.key) ? new.key : nil)
          columns[new.key] = dropped[new.key]?.columns
        } else {
          tables[new.key] = tables[table.key]
          columns[new.key] = columns[table.key]
        }
        tables[table.key] = nil
        columns[table.key] = nil
      case .renamesColumn(let old, let table, let new):
        let first = columns[table.key]?[old.key] ?? old.key
        columns[table.key]?[old.key] = nil
        columns[table.key, default: [:]][new.key] = first
      default: continue
      }
    }
  }

  func table(_ name: String) -> String? { tables[name] }
  func column(_ name: String, of table: String) -> String { columns[table]?[name] ?? name }
}

/// A column that becomes NOT NULL, by its names before.
struct TightenedColumn {
  var table: String
  var column: String
  /// The table's name afterwards.
  var newTable: String
  /// Where it is said.
  var source: SourceRange
  /// With its names afterwards.
  var diagnostic: (_ reason: String) -> Diagnostic
}

/// A foreign key over columns that had none, by the names afterwards.
struct NewForeignKey {
  var table: String
  var oldTable: String
  var diagnostic: Diagnostic
}

extension MigrationLint {
  private var keptTables: [(old: String, new: String)] {
    let names = EarlierNames(migration.up, before: before)
    return after.objects.filter { $0.kind == .table }.map(\.name).sorted().compactMap { table in
      names.table(table).flatMap { before.hasTable($0) ? ($0, table) : nil }
    }
  }

  /// Columns before and after, of tables that stay.
  private func keptColumns() -> [(old: ColumnRule, new: ColumnRule, tables: (old: String, new: String))] {
    let names = EarlierNames(migration.up, before: before)
    return keptTables.flatMap { tables in
      let former = Dictionary(
        before.columnRules(of: tables.old).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      return after.columnRules(of: tables.new).compactMap { column in
        former[names.column(column.name, of: tables.new)].map { ($0, column, tables) }
      }
    }
  }

  func changedTypes() -> [Diagnostic] {
    keptColumns().filter { $0.old.type.lowercased() != $0.new.type.lowercased() }.map { old, new, tables in
      CheckDiagnostic.changedType(new.name, table: tables.new, from: old.type, to: new.type)
        .at(place(of: tables.new, naming: new.name))
    }
  }

  func tightenedColumns() -> [TightenedColumn] {
    keptColumns().filter { $0.old.nulls == .nullable && $0.new.nulls == .notNull }
      .filter { !before.primaryKey(of: $0.tables.old).contains($0.old.name) }
      .map { old, new, tables in
        let source = place(of: tables.new, naming: new.name)
        return TightenedColumn(table: tables.old, column: old.name, newTable: tables.new, source: source) { reason in
          CheckDiagnostic.notNullOnData(new.name, table: tables.new, reason: reason).at(source)
        }
      }
  }

  func droppedForeignKeys() -> [Diagnostic] {
    let names = EarlierNames(migration.up, before: before)
    return keptTables.flatMap { tables -> [Diagnostic] in
      let columns = Set(after.columns(of: tables.new).map { names.column($0, of: tables.new) })
      let left = Set(
        after.foreignKeys(of: tables.new).map { key in
          ForeignKeyRule(
            columns: key.columns.map { names.column($0, of: tables.new) }, parent: names.table(key.parent) ?? key.parent
          )
        })
      let parents = Set(keptTables.map(\.old))
      return before.foreignKeys(of: tables.old).subtracting(left)
        .filter { parents.contains($0.parent) && columns.isSuperset(of: $0.columns) }
        .sorted { ($0.columns.joined(separator: ","), $0.parent) < ($1.columns.joined(separator: ","), $1.parent) }
        .map { key in
          CheckDiagnostic.droppedForeignKey(key.columns, table: tables.new, parent: key.parent)
            .at(place(of: tables.new, naming: key.columns.first ?? ""))
        }
    }
  }

  /// Foreign keys of tables that may have rows, over columns that they had before.
  func newForeignKeys() -> [NewForeignKey] {
    let names = EarlierNames(migration.up, before: before)
    return keptTables.flatMap { tables -> [NewForeignKey] in
      let had = before.foreignKeys(of: tables.old)
      let columns = Set(before.columns(of: tables.old))
      return after.foreignKeys(of: tables.new)
        .filter { key in
          let old = key.columns.map { names.column($0, of: tables.new) }
          return columns.isSuperset(of: old)
            && !had.contains(ForeignKeyRule(columns: old, parent: names.table(key.parent) ?? key.parent))
        }
        .sorted { ($0.columns.joined(separator: ","), $0.parent) < ($1.columns.joined(separator: ","), $1.parent) }
        .map { key in
          NewForeignKey(
            table: tables.new, oldTable: tables.old,
            diagnostic: CheckDiagnostic.foreignKeyOnData(key.columns, table: tables.new, parent: key.parent)
              .at(place(of: tables.new, naming: key.columns.first ?? "")))
        }
    }
  }

  /// Indexes that a statement drops by name, each with that statement, and that nothing takes the place of.
  func droppedIndexes() -> [(index: TrialObject, source: SourceRange)] {
    before.objects.filter { $0.kind == .index && $0.owner.map(after.hasTable) == true && !isKept($0) }
      .sorted { $0.name < $1.name }
      .compactMap { index in migration.up.first { $0.drops(index) }.map { (index, $0.source) } }
  }

  /// The statement that changes a table: that makes its successor, or the first that names table and column.
  private func place(of table: String, naming column: String) -> SourceRange {
    for statement in migration.up {
      for case .renames(let old, let new) in statement.effects where new.key == table && !before.hasTable(old.key) {
        let definition = migration.up.first { $0.newTables.contains(old.key) }
        if let definition { return definition.source }
      }
    }
    return migration.up.first { statement in
      let text = statement.sql.lowercased()
      return text.contains(table.lowercased()) && text.contains(column.lowercased())
    }?.source ?? migration.start
  }
}
