// CREATE INDEX (SQLite, lang_createindex.html). A unique index over plain columns and all rows is a key; others are kept
// as they are.

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
      report(.unknownTable(syntax.table.text), at: syntax.table.range, near: nearestTable(to: syntax.table.text))
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
          near: nearest(to: column.text, in: table.columns.map(\.name)), notes: [columnsNote(of: table)])
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
    let terms = keyTerms(syntax.columns, columns, bound, of: table)
    if index.isUnique, uniqueKey(of: index) == nil, let terms {
      let condition = syntax.whereClause == nil ? nil : bound.last
      table.indexKeys.append(IndexKey(index: name.key, terms: terms, condition: condition))
      catalog.relations[syntax.table.key] = .table(table)
    }
  }

  /// - Parameter bound: the expressions among the terms, in order.
  private func keyTerms(
    _ terms: [IndexedColumnSyntax], _ columns: [Int?], _ bound: [BoundExpression], of table: Table
  ) -> [IndexKey.Term]? {
    var expressions = bound[...]
    var result: [IndexKey.Term] = []
    for (term, column) in zip(terms, columns) {
      if let column {
        result.append(.column(column))
      } else if let name = plainColumn(term.expression) {
        // A column under another collation than its own; a name that is none is a string.
        guard let index = table.columnIndex(named: name.text), case .collate(let node) = term.expression.unparenthesized
        else { return nil }
        let column = BoundColumn(source: SourceID(0), index: index, name: name.text)
        result.append(
          .expression(BoundExpression(.column(column), range: term.range), collation: node.collation.key))
      } else if let expression = expressions.popFirst() {
        guard case .collate(let operand, let collation) = expression.kind else {
          result.append(.expression(expression, collation: nil))
          continue
        }
        result.append(.expression(operand, collation: collation.asciiLowercased))
      }
    }
    return result
  }

  private func uniqueKey(of index: Index) -> UniqueKey? {
    guard index.isUnique, !index.isPartial else { return nil }
    let columns = index.columns.compactMap { $0 }
    return columns.count == index.columns.count ? UniqueKey(columns: columns) : nil
  }

  /// Takes back what the index proved; an equal constraint of the table keeps its own.
  mutating func removeUniqueKey(of index: Index) {
    if case .table(var table)? = catalog.relations[index.table.asciiLowercased] {
      table.indexKeys.removeAll { $0.index == index.name.asciiLowercased }
      catalog.relations[index.table.asciiLowercased] = .table(table)
    }
    guard let key = uniqueKey(of: index), case .table(var table)? = catalog.relations[index.table.asciiLowercased],
      let position = table.uniqueKeys.lastIndex(of: key)
    else { return }
    table.uniqueKeys.remove(at: position)
    catalog.relations[index.table.asciiLowercased] = .table(table)
  }
}
