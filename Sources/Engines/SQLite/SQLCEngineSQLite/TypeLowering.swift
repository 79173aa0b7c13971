// Facts about a value, in the words of the model.

import SQLCDiagnostics
import SQLCModel
import SQLCSemanticsSQLite

/// The type of a value whose facts are known; poison that got here is a defect and says so.
func lowerType(
  _ facts: TypeFacts, name: String, at source: SourceRange, _ diagnostics: inout [Diagnostic]
) -> ValueType {
  guard !facts.isUnknown else {
    diagnostics.append(EngineDiagnostic.unresolvedType(column: name).at(source))
    return .any
  }
  return valueType(of: facts)
}

/// | logical type | storage | model |
/// |---|---|---|
/// | known | – | that type |
/// | – | one class | that class |
/// | – | integer, real | numeric |
/// | – | another mix, or always NULL | any |
func valueType(of facts: TypeFacts) -> ValueType {
  switch facts.logical {
  case .boolean: return .boolean
  case .dateTime: return .dateTime
  case .date: return .date
  case .time: return .time
  case .json: return .json
  case .uuid: return .uuid
  case .decimal: return .decimal
  case .vector(let dimensions): return .vector(dimensions: dimensions)
  case .enumeration(let id): return .enumeration(EnumerationModel.ID(table: id.table, column: id.column))
  case nil: break
  }
  switch facts.storage {
  case .integer: return .integer
  case .real: return .real
  case .text: return .text
  case .blob: return .blob
  case .numeric: return .numeric
  default: return .any
  }
}

/// A column's own nullability, as its table declares it.
func lowerNullability(_ nullability: Nullability, declaredAt source: SourceRange?) -> ModelNullability {
  switch nullability {
  case .never: .never
  case .maybe(let reason): .optional(reason: reason.text, at: source.map { ReasonPlace(source: $0) })
  }
}
