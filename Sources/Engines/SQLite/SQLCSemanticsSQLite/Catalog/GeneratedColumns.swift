// Generated columns (SQLite, gencol.html): what they yield follows from their expression and their declared type.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  /// Checks the names in generated columns and takes their facts from their expressions.
  mutating func resolveGeneratedColumns(_ columns: [ColumnDefinitionSyntax], of key: String) {
    for column in columns {
      guard let expression = generatedExpression(of: column), let (index, found) = refined(column, expression, of: key)
      else { continue }
      // Taken out meanwhile: nothing is copied.
      guard case .table(var table)? = catalog.relations.removeValue(forKey: key) else { continue }
      table.columns[index] = found
      catalog.relations[key] = .table(table)
    }
  }

  private mutating func refined(
    _ column: ColumnDefinitionSyntax, _ expression: ExpressionSyntax, of key: String
  ) -> (index: Int, column: Column)? {
    guard case .table(let table)? = catalog.relations[key], let index = table.columnIndex(named: column.name.text)
    else {
      return nil
    }
    let statement = selectStatement(of: expression, from: table.name)
    var binder = Binder(catalog: catalog, source: source, options: options)
    binder.mode = .definition
    let query = binder.bindQuery(statement, parent: nil, named: .result)
    diagnostics += binder.diagnostics
    guard !binder.diagnostics.hasErrors else { return nil }
    let bound = BoundStatement(body: .query(query), parameters: [], expansions: [], range: expression.range)
    return (index, refined(table.columns[index], by: bound))
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
  private func refined(_ column: Column, by statement: BoundStatement) -> Column {
    let typed = inferTypes(of: statement, in: catalog, source: source, options: options).value
    guard let facts = typed.columns.first?.facts, !facts.isUnknown else { return column }
    var column = column
    if !column.isNotNull, column.facts.nullability.canBeNull { column.facts.nullability = facts.nullability }
    if column.declaredType == nil || column.affinity == .blob {
      column.facts.storage = facts.storage
      column.facts.logical = facts.logical
    } else if column.facts.logical == nil, facts.storage.converted(to: column.affinity) != .any, facts.storage != .any {
      // Of what can be anything the declared type is a promise, as it is of any column.
      column.facts.storage = facts.storage.converted(to: column.affinity)
    }
    return column
  }
}

extension StorageClasses {
  /// What values of these classes become when an affinity is applied (SQLite, datatype3.html §3): text that looks like a
  /// number becomes one, text that does not stays; a BLOB is never changed.
  ///
  /// | affinity         | INTEGER       | REAL            | TEXT                  |
  /// |------------------|---------------|-----------------|-----------------------|
  /// | TEXT             | TEXT          | TEXT            | TEXT                  |
  /// | INTEGER, NUMERIC | INTEGER       | INTEGER or REAL | any of the three      |
  /// | REAL             | REAL          | REAL            | REAL or TEXT          |
  func converted(to affinity: Affinity) -> StorageClasses {
    var result = intersection(.blob)
    switch affinity {
    case .blob: return self
    case .text: if !isDisjoint(with: [.integer, .real, .text]) { result.insert(.text) }
    case .integer, .numeric:
      if contains(.integer) { result.insert(.integer) }
      if contains(.real) { result.formUnion(.numeric) }
      if contains(.text) { result.formUnion([.integer, .real, .text]) }
    case .real:
      if !isDisjoint(with: .numeric) { result.insert(.real) }
      if contains(.text) { result.formUnion([.real, .text]) }
    }
    return result
  }
}
