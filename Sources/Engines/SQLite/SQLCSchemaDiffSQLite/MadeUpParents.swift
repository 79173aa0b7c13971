// The way back makes tables again whose rows are gone. Rows that have to refer to one get one.

import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension DirectionPlanner {
  /// What stands in a NOT NULL column of which nothing is known any more: a row that there is where it refers to one.
  func standIn(for column: TableDescription.Column, of table: TableState) -> String {
    let key = column.name.asciiLowercased
    for reference in table.foreignKeys {
      guard let place = reference.columns.firstIndex(of: key), place < reference.parentColumns.count else { continue }
      let target = sqlName(reference.parentColumns[place])
      // To itself.
      if reference.parent == table.key, before.table(table.key)?.column(reference.parentColumns[place]) != nil {
        return target
      }
      guard before.table(reference.parent) != nil, let parent = wanted.table(reference.parent) else { continue }
      let order = reference.parentColumns.map(sqlName).joined(separator: ", ")
      return "(SELECT \(target) FROM \(sqlName(parent.name)) ORDER BY \(order) LIMIT 1)"
    }
    return table.storage(of: column).neutralValue
  }

  /// Rows for the tables that are made again, by the references of those that stayed, and of those made up.
  mutating func makeUpParents(_ difference: SchemaDifference) throws(SQLiteFailure) {
    let empty = Set(difference.newTables.map(\.key))
    var children = wanted.tables.filter { before.table($0.key) != nil }
    var done: Set<String> = []
    while !children.isEmpty {
      let child = children.removeFirst()
      for reference in child.foreignKeys where reference.parent != child.key && empty.contains(reference.parent) {
        guard let parent = wanted.table(reference.parent), reference.parentColumns.count == reference.columns.count,
          try refersToSomething(child, reference, difference)
        else { continue }
        try makeUp(parent, for: reference, of: child)
        makeUp("rows of '\(parent.name)' are made up: those that '\(child.name)' refers to are gone")
        if done.insert(parent.key).inserted { children.append(parent) }
      }
    }
  }

  private func refersToSomething(
    _ child: TableState, _ reference: ForeignKeyFact, _ difference: SchemaDifference
  ) throws(SQLiteFailure) -> Bool {
    guard let change = (difference.rebuilds + difference.alterations).first(where: { $0.after.key == child.key }) else {
      return true
    }
    return !reference.columns.contains { column in
      refersToNothing(column, in: change) || (change.before.column(column) == nil && !isGiven(column, in: change))
    }
  }

  /// Has a new column a value?
  private func isGiven(_ column: String, in change: TableChange) -> Bool {
    guard let found = change.after.column(column) else { return false }
    return found.isNotNull || found.defaultValue != nil || backfill(of: found, in: change) != nil
  }

  private mutating func makeUp(
    _ parent: TableState, for reference: ForeignKeyFact, of child: TableState
  ) throws(SQLiteFailure) {
    let pairs = Array(zip(reference.columns, reference.parentColumns))
    let columns = pairs.map(\.0).map(sqlName)
    var names = pairs.map(\.1).map(sqlName)
    var values = columns
    let keys = wanted.keys(of: parent)
    for column in parent.storedColumns {
      let key = column.name.asciiLowercased
      if reference.parentColumns.contains(key) || parent.rowIDAlias?.name == column.name { continue }
      let given = backfills[parent.key]?[key]
      guard given != nil || (column.isNotNull && column.defaultValue == nil) else { continue }
      names.append(sqlName(column.name))
      let isKey = keys.contains { $0.columns[key] != nil }
      values.append(given ?? (isKey ? "row_number() OVER ()" : standIn(for: column, of: parent)))
    }
    let known = columns.map { "\($0) IS NOT NULL" }
    let same = pairs.map { pair in
      "\(sqlName(parent.name)).\(sqlName(pair.1)) = \(sqlName(child.name)).\(sqlName(pair.0))"
    }
    try emit(
      "INSERT INTO \(sqlName(parent.name)) (\(names.joined(separator: ", ")))\n"
        + "SELECT \(values.joined(separator: ", ")) FROM (\n"
        + "  SELECT DISTINCT \(columns.joined(separator: ", ")) FROM \(sqlName(child.name)) WHERE \(known.joined(separator: " AND "))\n"
        + "    AND NOT EXISTS (SELECT 1 FROM \(sqlName(parent.name)) WHERE \(same.joined(separator: " AND "))))",
      comment: "Rows that are referred to, and of which nothing else is known any more.")
  }
}
