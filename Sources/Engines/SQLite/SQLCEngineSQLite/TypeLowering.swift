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
  case .dateTime: return .timestamp(.withTimeZone)
  case .date: return .date
  case .time: return .time(.withoutTimeZone)
  case .json: return .json(.text)
  case .uuid: return .uuid
  case .decimal: return .decimal
  case .vector(let dimensions): return .vector(dimensions: dimensions)
  case .enumeration(let id): return .enumeration(enumerationID(id))
  case nil: break
  }
  switch facts.storage {
  case .integer: return .integer(.bits64)
  case .real: return .real(.double)
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

func enumerationID(_ id: EnumerationID) -> EnumerationModel.ID {
  .column(ColumnReference(table: QualifiedName(id.table), column: id.column))
}

/// How `analyze` spells it: the storage class, or the logical type's name.
func typeName(of facts: TypeFacts) -> String {
  switch facts.logical {
  case .boolean: return "BOOLEAN"
  case .dateTime: return "DATETIME"
  case .date: return "DATE"
  case .time, .enumeration: return "TEXT"
  case .json: return "JSON"
  case .uuid: return "UUID"
  case .decimal: return "DECIMAL"
  case .vector: return "VECTOR"
  case nil: break
  }
  switch facts.storage {
  case .integer: return "INTEGER"
  case .real: return "REAL"
  case .text: return "TEXT"
  case .blob: return "BLOB"
  case .numeric: return "NUMERIC"
  default: return "ANY"
  }
}
