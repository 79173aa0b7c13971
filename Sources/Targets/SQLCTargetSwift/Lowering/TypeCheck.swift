// Values for which the runtime has no type.

import SQLCDiagnostics
import SQLCModel

extension Lowering {
  /// One for each column, parameter and result whose type has no counterpart and no override.
  func checkTypes(_ model: GenerationModel) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for table in model.tables {
      for column in table.columns {
        let origin = ColumnReference(table: table.name, column: column.name)
        guard types.known(column.type, origin: origin, isOptional: column.nullability.isOptional) == nil else {
          continue
        }
        let place = column.source ?? table.source ?? SourceRange(path: "<schema>", range: ByteRange(at: 0))
        diagnostics.append(unknown(column.typeName, "'\(origin)'", place))
      }
    }
    for query in model.queries {
      for parameter in query.parameters
      where types.known(
        parameter.type, origin: parameter.origin, isOptional: parameter.nullability.isOptional,
        use: (query.name, parameter.name)) == nil
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
          column.type, origin: column.origin, isOptional: column.nullability.isOptional, use: (query.name, column.name))
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
