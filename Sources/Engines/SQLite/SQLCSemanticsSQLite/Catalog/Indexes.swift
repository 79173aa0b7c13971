// CREATE INDEX (SQLite, lang_createindex.html). A unique index over plain columns and all rows is a key.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func createIndex(_ syntax: CreateIndexSyntax) {
    let name = syntax.name.name
    if let existing = catalog.indexes[name.key] {
      guard !syntax.ifNotExists else { return }
      report(
        .duplicateObject(kind: "index", name: name.text), at: name.range,
        secondary: firstDefinition(existing.definition))
      return
    }
    if let relation = catalog.relations[name.key] {
      let kind = if case .view = relation { "view" } else { "table" }
      report(
        .duplicateObject(kind: kind, name: name.text), at: name.range, secondary: firstDefinition(relation.definition))
      return
    }
    guard let relation = catalog.relations[syntax.table.key] else {
      report(.unknownTable(syntax.table.text), at: syntax.table.range, label: nearestTable(to: syntax.table.text))
      return
    }
    guard case .table(var table) = relation, !table.isVirtual else {
      let kind = if case .view = relation { "view" } else { "virtual table" }
      report(.wrongKind(name: syntax.table.text, is: kind, wanted: "table"), at: syntax.table.range)
      return
    }
    var columns: [Int?] = []
    for term in syntax.columns {
      guard let column = plainColumn(term.expression) else {
        columns.append(nil)
        continue
      }
      guard let index = table.columnIndex(named: column.text) else {
        // In double or single quotes it is a string, an expression like any other.
        if column.quoting == .doubleQuotes || column.quoting == .singleQuotes {
          columns.append(nil)
          continue
        }
        report(
          .unknownColumn(column.text, table: table.name), at: column.range,
          label: suggestion(nearest(to: column.text, in: table.columns.map(\.name))), notes: [columnsNote(of: table)])
        return
      }
      columns.append(comparesAsColumns([term], of: table) ? index : nil)
    }
    var expressions = syntax.columns.map(\.expression).filter { plainColumn($0) == nil }
    if let condition = syntax.whereClause { expressions.append(condition) }
    guard let bound = bound(expressions, over: syntax.table) else { return }
    let index = Index(
      name: name.text, table: table.name, isUnique: syntax.isUnique, columns: columns,
      isPartial: syntax.whereClause != nil, definition: here(name.range))
    catalog.indexes[name.key] = index
    if let key = uniqueKey(of: index) {
      table.uniqueKeys.append(key)
      catalog.relations[syntax.table.key] = .table(table)
    }
    let plain = columns.compactMap { $0 }
    if index.isUnique, syntax.whereClause != nil, plain.count == columns.count, let condition = bound.last {
      table.partialKeys.append(PartialKey(index: name.key, columns: plain, condition: condition))
      catalog.relations[syntax.table.key] = .table(table)
    }
  }

  private func uniqueKey(of index: Index) -> UniqueKey? {
    guard index.isUnique, !index.isPartial else { return nil }
    let columns = index.columns.compactMap { $0 }
    return columns.count == index.columns.count ? UniqueKey(columns: columns) : nil
  }

  /// Takes back what the index proved; an equal constraint of the table keeps its own.
  mutating func removeUniqueKey(of index: Index) {
    if index.isPartial, case .table(var table)? = catalog.relations[index.table.asciiLowercased] {
      table.partialKeys.removeAll { $0.index == index.name.asciiLowercased }
      catalog.relations[index.table.asciiLowercased] = .table(table)
    }
    guard let key = uniqueKey(of: index), case .table(var table)? = catalog.relations[index.table.asciiLowercased],
      let position = table.uniqueKeys.lastIndex(of: key)
    else { return }
    table.uniqueKeys.remove(at: position)
    catalog.relations[index.table.asciiLowercased] = .table(table)
  }
}
