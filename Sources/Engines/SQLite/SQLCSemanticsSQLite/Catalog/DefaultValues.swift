// DEFAULT (SQLite, lang_createtable.html#dfltval): whether what it gives can be NULL.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  /// Looks at the defaults of columns that are there. SQLite says what is wrong with one; here it is only not proven.
  mutating func resolveDefaults(_ columns: [ColumnDefinitionSyntax], of key: String) {
    for column in columns {
      guard case .table(var table)? = catalog.relations[key],
        let index = table.columnIndex(named: column.name.text), table.columns[index].hasDefault
      else { continue }
      for case .defaultValue(let value) in column.constraints.map(\.kind) {
        table.columns[index].isDefaultNonNull = isNeverNull(value)
      }
      catalog.relations[key] = .table(table)
    }
  }

  private func isNeverNull(_ value: ExpressionSyntax) -> Bool {
    switch value.unparenthesized {
    case .literal(let node): return node.value != .null
    // A name is read as text here: `DEFAULT "draft"`, `DEFAULT draft`.
    case .column: return true
    default: break
    }
    let range = value.range
    let statement = SelectSyntax(
      body: .select(
        SelectCoreSyntax(
          columns: [ResultColumnSyntax(value: .expression(value, alias: nil), range: range)], range: range)
      ), range: range)
    var binder = Binder(catalog: catalog, source: source, options: options)
    binder.mode = .definition
    let query = binder.bindQuery(statement, parent: nil, named: .result)
    guard !binder.diagnostics.hasErrors else { return false }
    let bound = BoundStatement(body: .query(query), parameters: [], expansions: [], range: range)
    let typed = inferTypes(of: bound, in: catalog, source: source, options: options).value
    guard let facts = typed.columns.first?.facts, !facts.isUnknown else { return false }
    return !facts.nullability.canBeNull
  }
}
