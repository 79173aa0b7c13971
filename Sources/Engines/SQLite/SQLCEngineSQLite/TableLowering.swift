// The catalog's tables and views in the words of the model.

import SQLCDiagnostics
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// Tables and views in the order of their creation, and the enumerations their columns define.
func lowerTables(
  of catalog: Catalog, comments: SchemaComments, options: SemanticsOptions
) -> SchemaModel {
  var tables: [TableModel] = []
  var enumerations: [EnumerationModel] = []
  let viewColumns = catalog.viewColumns(options: options)
  for key in catalog.order {
    switch catalog.relations[key] {
    case .table(let table)?:
      if case .eponymous = table.kind { continue }
      tables.append(lower(table, comments))
      for column in table.columns {
        guard case .enumeration(let id)? = column.facts.logical, let values = column.enumeration else { continue }
        enumerations.append(
          EnumerationModel(id: enumerationID(id), values: values))
      }
    case .view(let view)?:
      if let model = lower(view, viewColumns[view.definition], comments) { tables.append(model) }
    case nil:
      continue
    }
  }
  return SchemaModel(tables: tables, enumerations: enumerations)
}

private func lower(_ table: Table, _ comments: SchemaComments) -> TableModel {
  let columns = table.columns.filter { $0.visibility == .visible }.map { column in
    TableModel.Column(
      name: column.name, declaredType: column.declaredType, type: valueType(of: column.facts),
      typeName: typeName(of: column.facts),
      nullability: lowerNullability(column.facts.nullability, declaredAt: column.definition),
      documentation: table.isVirtual ? [] : comments.documentation(ofColumnAt: column.definition),
      source: column.definition)
  }
  return TableModel(
    name: QualifiedName(table.name), columns: columns, primaryKey: table.primaryKey.map { table.columns[$0].name },
    documentation: comments.documentation(ofStatementAt: table.definition), source: table.definition)
}

/// A view is typed as `SELECT * FROM view` would be. One that cannot be read has been diagnosed and is left out.
private func lower(_ view: View, _ columns: [TypedColumn]?, _ comments: SchemaComments) -> TableModel? {
  guard let typed = columns else { return nil }
  let columns = typed.map { column in
    TableModel.Column(
      name: column.name, declaredType: nil, type: valueType(of: column.facts),
      typeName: typeName(of: column.facts),
      nullability: lowerNullability(column.facts.nullability, declaredAt: view.definition), source: view.definition)
  }
  return TableModel(
    name: QualifiedName(view.name), kind: .view, columns: columns, primaryKey: [],
    documentation: comments.documentation(ofStatementAt: view.definition), source: view.definition)
}
