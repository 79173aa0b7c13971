// The functions that an editor offers.

import SQLCEngine
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

extension PostgreSQLCatalog {
  /// Functions that a query can call without naming their schema: not those that types, operators and triggers are made of.
  func shownFunctions() -> [FunctionSignature] {
    let schemas = Set(searchPath + ["pg_catalog"])
    let ofOperators = Set(operators.values.map(\.function))
    let found = functions.compactMap { id, function -> FunctionSignature? in
      guard schemas.contains(function.schema), !function.name.hasPrefix("_"), function.kind != .procedure,
        function.schema != "pg_catalog" || !ofOperators.contains(id),
        let result = shownType(function.resultType)
      else { return nil }
      let types = function.argumentTypes.map(shownType)
      guard !types.contains(nil) else { return nil }
      let parameters = types.enumerated().map { index, type in
        let name = function.argumentNames.indices.contains(index) ? function.argumentNames[index] : nil
        return [name, type].compactMap(\.self).joined(separator: " ")
      }
      let kind: FunctionSignature.Kind =
        switch function.kind {
        case .aggregate: .aggregate
        case .window: .window
        case .function, .procedure: function.result == .set ? .table : .scalar
        }
      return FunctionSignature(
        name: function.name, kind: kind, parameters: parameters, required: parameters.count, result: result)
    }
    return found.sorted { ($0.name, $0.parameters.count, $0.text) < ($1.name, $1.parameters.count, $1.text) }
  }

  /// Nothing for what no query has a value of.
  private func shownType(_ id: ObjectID) -> String? {
    guard let type = types[id] else { return nil }
    if let element = type.element, type.name.hasPrefix("_") { return shownType(element).map { $0 + "[]" } }
    let hidden: Set<String> = [
      "internal", "cstring", "trigger", "event_trigger", "language_handler", "fdw_handler", "index_am_handler",
      "table_am_handler", "tsm_handler", "opaque", "pg_ddl_command",
    ]
    guard !hidden.contains(type.name) else { return nil }
    let spelled = [
      "int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
      "bool": "boolean", "bpchar": "character", "varchar": "character varying",
    ]
    return type.schema == "pg_catalog" ? spelled[type.name] ?? type.name : type.name
  }
}
