// Values for which the runtime has no type.

import SQLCDiagnostics
import SQLCModel

extension Lowering {
  /// Has each column a Swift type? A table's struct is there for queries that ask for all of its columns; of one that has
  /// a column without a type, no query can.
  func hasStruct(_ table: TableModel) -> Bool { columnWithoutType(of: table) == nil }

  private func columnWithoutType(of table: TableModel) -> TableModel.Column? {
    columnWithoutType(among: table.columns, of: table.name)
  }

  private func columnWithoutType(
    among columns: [TableModel.Column], of row: QualifiedName
  ) -> TableModel.Column? {
    columns.first { column in
      let origin = ColumnReference(table: row, column: column.name)
      return types.known(column.type, origin: origin, key: column.key, isOptional: column.nullability.isOptional) == nil
    }
  }

  /// One for each parameter and result whose type has no counterpart and no override, and a warning for each struct that is
  /// left out for want of one.
  func checkTypes(_ model: GenerationModel) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let rows =
      model.tables.map { ($0.name, $0.columns, $0.source, "the \($0.kind == .view ? "view" : "table")") }
      + model.composites.map { ($0.name, $0.fields, $0.source, "the type") }
    for (name, columns, source, kind) in rows {
      guard let column = columnWithoutType(among: columns, of: name) else { continue }
      let place = column.source ?? source ?? SourceRange(path: "<schema>", range: ByteRange(at: 0))
      diagnostics.append(
        TargetDiagnostic.omittedStruct(
          what: "\(kind) '\(name)'", column: column.name, type: column.typeName, at: place
        ).diagnostic)
    }
    for query in model.queries {
      for parameter in query.parameters
      where types.known(
        parameter.type, origin: parameter.origin, key: parameter.key, isOptional: parameter.nullability.isOptional,
        use: use(of: parameter, in: query)) == nil
      {
        diagnostics.append(unknown(parameter.typeName, "the parameter '\(parameter.name)'", parameter.source))
      }
      for result in query.results {
        let columns =
          switch result {
          case .column(let column): [column]
          case .embed(let embed): embed.columns
          }
        for column in columns
        where types.known(
          column.type, origin: column.origin, key: column.key, isOptional: column.nullability.isOptional,
          use: use(of: column, in: query)
        )
          == nil
        {
          diagnostics.append(unknown(column.typeName, "the result '\(column.name)'", column.source))
        }
      }
    }
    return diagnostics
  }

  private func unknown(_ type: String, _ what: String, _ place: SourceRange) -> Diagnostic {
    TargetDiagnostic.unknownType(type: type, what: what, at: place).diagnostic
  }
}
