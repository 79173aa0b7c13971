// The queries that most programs have of a table, as SQL that its reader owns from then on.

import SQLCFacts

/// One query with its annotation.
struct ScaffoldedQuery: Equatable {
  var name: String
  /// `one`
  var command: String
  var documentation: [String] = []
  var sql: String

  var text: String {
    (["-- name: \(name) :\(command)"] + documentation.map { "-- \($0)" } + [sql + ";"]).joined(separator: "\n") + "\n"
  }
}

/// What guards the rows of a table: `tenant` and `soft_delete` of the configuration's `vet`.
struct ScaffoldGuards: Equatable {
  var tenant: String?
  var softDelete: String?
}

/// Makes the queries of one table.
struct TableScaffold {
  enum Dialect { case sqlite, postgresql }

  let table: TableFact
  let names: ScaffoldNames
  let dialect: Dialect
  private let tenant: ColumnFact?
  private let softDelete: ColumnFact?

  init(_ table: TableFact, names: ScaffoldNames, dialect: Dialect, guards: ScaffoldGuards) {
    self.table = table
    self.names = names
    self.dialect = dialect
    func column(_ name: String?) -> ColumnFact? {
      name.flatMap { name in table.columns.first { $0.name.lowercased() == name.lowercased() } }
    }
    tenant = column(guards.tenant)
    softDelete = column(guards.softDelete).flatMap { $0.isNotNull ? nil : $0 }
  }

  func queries() -> [ScaffoldedQuery] {
    var queries = [create]
    if !key.isEmpty { queries += [get, list] + [update, patch].compactMap(\.self) + [delete, exists] }
    queries.append(count)
    for unique in table.keys.dropFirst(table.keys.first?.kind == .primary ? 1 : 0) {
      queries += [find(by: unique.columns)]
    }
    var known: [[Int]] = []
    for foreign in table.foreignKeys
    where !foreign.columns.isEmpty && !known.contains(foreign.columns)
      && !foreign.columns.allSatisfy({ table.columns[$0].name == tenant?.name })
    {
      known.append(foreign.columns)
      queries.append(list(by: foreign.columns))
    }
    return queries
  }

  // MARK: Columns

  /// The primary key.
  private var key: [ColumnFact] {
    guard let first = table.keys.first, first.kind == .primary else { return [] }
    return first.columns.map { table.columns[$0] }
  }

  private func isKey(_ column: ColumnFact) -> Bool { key.contains { $0.name == column.name } }

  /// What the database gives by itself.
  private func isGiven(_ column: ColumnFact) -> Bool {
    if column.isGenerated || column.presence == .hidden || column.defaultText != nil { return true }
    if case .column(let index) = table.rowKey { return table.columns[index].name == column.name }
    return false
  }

  private func isMoment(_ column: ColumnFact) -> Bool {
    let text = (column.defaultText ?? "").lowercased()
    return ["current_timestamp", "current_date", "now(", "strftime", "datetime(", "unixepoch"].contains {
      text.contains($0)
    }
  }

  /// What users change of a row.
  private var changed: [ColumnFact] {
    table.columns.filter { column in
      !isKey(column) && !column.isGenerated && column.presence == .visible && column.name != tenant?.name
        && column.name != softDelete?.name && !isMoment(column) && !isLastChange(column)
    }
  }

  private func isLastChange(_ column: ColumnFact) -> Bool {
    ["updated_at", "modified_at", "changed_at"].contains(column.name.lowercased())
  }

  /// `updated_at = CURRENT_TIMESTAMP`, as the column's own default has it.
  private var lastChange: [String] {
    table.columns.filter(isLastChange).map {
      "\(quoted($0.name)) = \(isMoment($0) ? $0.defaultText ?? now($0) : now($0))"
    }
  }

  private func now(_ column: ColumnFact) -> String {
    let type = column.typeName.lowercased()
    switch dialect {
    case .sqlite where type.contains("bool"): return "TRUE"
    case .sqlite where type.contains("int"): return "CAST(strftime('%s', 'now') AS INTEGER)"
    case .sqlite: return "CURRENT_TIMESTAMP"
    case .postgresql where type.contains("bool"): return "TRUE"
    case .postgresql where type.contains("int"): return "extract(epoch FROM now())::bigint"
    case .postgresql: return "now()"
    }
  }

  // MARK: Text

  private func quoted(_ name: String) -> String { names.quoted(name) }
  private func parameter(_ column: ColumnFact) -> String { "@" + names.parameter(column.name) }
  private func equality(_ column: ColumnFact) -> String { "\(quoted(column.name)) = \(parameter(column))" }
  private var from: String { names.table }

  /// Whose row, and not deleted.
  ///
  /// - Parameter bound: columns that are bound already.
  private func guards(beside bound: [ColumnFact] = []) -> [String] {
    var terms: [String] = []
    if let tenant, !bound.contains(where: { $0.name == tenant.name }) { terms.append(equality(tenant)) }
    if let softDelete { terms.append("\(quoted(softDelete.name)) IS NULL") }
    return terms
  }

  private func condition(_ terms: [String]) -> String {
    terms.isEmpty ? "" : "\nWHERE " + terms.joined(separator: "\n  AND ")
  }

  private var oneRow: String { condition(key.map(equality) + guards(beside: key)) }

  // MARK: Queries

  private var create: ScaffoldedQuery {
    let columns = table.columns.filter { column in
      !isGiven(column) && column.name != softDelete?.name && (column.isNotNull || !isLastChange(column))
    }
    let list = columns.map { quoted($0.name) }.joined(separator: ", ")
    let values = columns.map { isLastChange($0) ? now($0) : parameter($0) }.joined(separator: ", ")
    return ScaffoldedQuery(
      name: "Create\(names.singular)", command: "one",
      sql: columns.isEmpty
        ? "INSERT INTO \(from) DEFAULT VALUES\nRETURNING *"
        : "INSERT INTO \(from) (\(list))\nVALUES (\(values))\nRETURNING *")
  }

  private var get: ScaffoldedQuery {
    ScaffoldedQuery(name: "Get\(names.singular)", command: "one", sql: "SELECT * FROM \(from)\(oneRow)")
  }

  private var list: ScaffoldedQuery {
    ScaffoldedQuery(
      name: "List\(names.plural)", command: "many",
      documentation: ["A page, in the order of the key: what follows the last row of the page before."],
      sql: "SELECT * FROM \(from)\(condition(guards() + [following]))\n\(page)")
  }

  private func list(by columns: [Int]) -> ScaffoldedQuery {
    let bound = columns.map { table.columns[$0] }
    let isPaged = !key.isEmpty
    return ScaffoldedQuery(
      name: "List\(names.plural)By\(bound.map { names.words($0.name) }.joined(separator: "And"))", command: "many",
      sql: "SELECT * FROM \(from)"
        + condition(bound.map(equality) + guards(beside: bound) + (isPaged ? [following] : []))
        + (isPaged ? "\n\(page)" : ""))
  }

  private func find(by columns: [Int]) -> ScaffoldedQuery {
    let bound = columns.map { table.columns[$0] }
    return ScaffoldedQuery(
      name: "Get\(names.singular)By\(bound.map { names.words($0.name) }.joined(separator: "And"))", command: "one",
      sql: "SELECT * FROM \(from)\(condition(bound.map(equality) + guards(beside: bound)))")
  }

  /// The rows behind the one whose key is given; without it all.
  private var following: String {
    guard key.count > 1 else { return "sqlc.optional(\(quoted(key[0].name)) > @after)" }
    let columns = key.map { quoted($0.name) }.joined(separator: ", ")
    let values = key.map { "@after_\(names.parameter($0.name))" }.joined(separator: ", ")
    return "sqlc.optional(after, (\(columns)) > (\(values)))"
  }

  private var page: String { "ORDER BY \(key.map { quoted($0.name) }.joined(separator: ", "))\nLIMIT @page_size" }

  private var update: ScaffoldedQuery? {
    guard !changed.isEmpty else { return nil }
    let sets = changed.map(equality) + lastChange
    return ScaffoldedQuery(
      name: "Update\(names.singular)", command: "one", documentation: ["Sets every column."],
      sql: "UPDATE \(from)\nSET \(sets.joined(separator: ", "))\(oneRow)\nRETURNING *")
  }

  private var patch: ScaffoldedQuery? {
    guard !changed.isEmpty else { return nil }
    let sets = ["sqlc.patch(\(changed.map(equality).joined(separator: ", ")))"] + lastChange
    return ScaffoldedQuery(
      name: "Patch\(names.singular)", command: "one", documentation: ["Sets the columns that are given."],
      sql: "UPDATE \(from)\nSET \(sets.joined(separator: ", "))\(oneRow)\nRETURNING *")
  }

  private var delete: ScaffoldedQuery {
    guard let softDelete else {
      return ScaffoldedQuery(name: "Delete\(names.singular)", command: "execrows", sql: "DELETE FROM \(from)\(oneRow)")
    }
    return ScaffoldedQuery(
      name: "Delete\(names.singular)", command: "execrows", documentation: ["Marks the row as deleted."],
      sql: "UPDATE \(from)\nSET \(quoted(softDelete.name)) = \(now(softDelete))\(oneRow)")
  }

  private var exists: ScaffoldedQuery {
    ScaffoldedQuery(
      name: "\(names.singular)Exists", command: "one",
      sql: "SELECT EXISTS (\n  SELECT 1 FROM \(from)\(oneRow.replacing("\n", with: "\n  "))\n) AS is_there")
  }

  private var count: ScaffoldedQuery {
    ScaffoldedQuery(
      name: "Count\(names.plural)", command: "one", sql: "SELECT count(*) FROM \(from)\(condition(guards()))")
  }
}
