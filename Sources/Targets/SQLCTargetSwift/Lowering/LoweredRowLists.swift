// Lists of rows in Swift: a struct for the rows of each, and how its fields are bound.
//
// | in the SQL                                        | argument                            |
// |---------------------------------------------------|-------------------------------------|
// | `(agent_id, tool_id) IN (sqlc.slice(pairs))`      | `pairs: [Query.Pair]`               |
// | `sqlc.optional((a, b) IN (sqlc.slice(pairs)))`    | `pairs: [Query.Pair]? = nil`        |

import SQLCDiagnostics
import SQLCModel

/// The rows of a list.
struct LoweredRowList: Sendable {
  /// The struct, nested in the query's.
  var type: SwiftName
  /// Its properties.
  var members: [LoweredQuery.Parameter]
}

/// What a caller gives for a parameter, or for the fields of one list of rows, which are several.
struct ArgumentUnit {
  var argument: LoweredQuery.Parameter
  var members: [LoweredQuery.Parameter]
  var kind: Kind
  enum Kind { case value, rows }
}

extension Lowering {
  /// Names for structs inside of a query's.
  func nestedTypeNames(of query: QueryModel) -> UniqueNames {
    var taken: Set<String> = ["Row", "Output", "Order"]
    if query.variants?.page != nil { taken.insert("Cursor") }
    for case .embed(let embed) in query.results { taken.insert(naming.table(QualifiedName(embed.name)).name) }
    return UniqueNames(taken: taken)
  }

  /// The parameters, those of one list of rows together at the place of the first.
  func arguments(
    _ parameters: [ParameterModel], of query: QueryModel, typeName: SwiftName, _ unique: inout UniqueNames,
    _ typeNames: inout UniqueNames, _ lists: inout [LoweredRowList]
  ) -> [ArgumentUnit] {
    var units: [ArgumentUnit] = []
    var done: Set<String> = []
    for (position, parameter) in parameters.enumerated() {
      guard let member = parameter.rowList else {
        let lowered = lower(parameter, named: parameter.name, of: query, position: position + 1, &unique)
        units.append(ArgumentUnit(argument: lowered, members: [lowered], kind: .value))
        continue
      }
      guard done.insert(member.list.lowercased()).inserted else { continue }
      var names = UniqueNames()
      let members = parameters.filter { $0.rowList?.list.lowercased() == member.list.lowercased() }.enumerated().map {
        lower($1, named: $1.rowList?.field ?? $1.name, of: query, position: $0 + 1, &names)
      }
      let type = rowListType(member.list, &typeNames)
      lists.append(LoweredRowList(type: type, members: members))
      var argument = LoweredQuery.Parameter(
        model: parameter,
        name: unique.claim(naming.property(member.list, kind: queryProperty, position: position + 1)).name,
        type: SwiftType("\(typeName).\(type)"), isOptional: false)
      argument.form = LoweredQuery.Parameter.Form(written: "[\(typeName).\(type)]", defaultValue: nil)
      units.append(ArgumentUnit(argument: argument, members: members, kind: .rows))
    }
    return units
  }

  /// `pairs` → `Pair`; `tools` → `ToolInput`, beside a struct `Tool`.
  private func rowListType(_ list: String, _ typeNames: inout UniqueNames) -> SwiftName {
    let wanted = naming.table(QualifiedName(list)).name
    let name = wanted == "Row" ? "RowInput" : nestedTypeName(wanted, suffix: "Input")
    return typeNames.claim(name).name
  }

  private func lower(
    _ parameter: ParameterModel, named name: String, of query: QueryModel, position: Int, _ unique: inout UniqueNames
  ) -> LoweredQuery.Parameter {
    let isOptional = parameter.nullability.isOptional
    return LoweredQuery.Parameter(
      model: parameter, name: unique.claim(naming.property(name, kind: queryProperty, position: position)).name,
      type: types.type(
        parameter.type, origin: parameter.origin, key: parameter.key, isOptional: isOptional,
        use: use(of: parameter, in: query)),
      isOptional: isOptional)
  }

  /// The structs of a query's lists of rows.
  func rowListTypes(of query: LoweredQuery) -> [Declaration] {
    query.rowLists.map { list in
      memberStruct(
        list.type, list.members.map { (name: $0.name, type: $0.type.written(isOptional: $0.isOptional)) },
        documentation: ["A row of a list that ``\(query.typeName)`` takes."])
    }
  }

  /// A struct of values that callers give.
  func memberStruct(
    _ name: SwiftName, _ members: [(name: SwiftName, type: SwiftCode)], documentation: [String] = []
  ) -> Declaration {
    var body = members.map { Declaration.line("\(access)var \(escaped($0.name)): \($0.type)") }
    body.append(
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)init", parameters: members.map { "\(parameterName($0.name)): \($0.type)" },
            body: .fields(members.map { "self.\(escaped($0.name)) = \(localName($0.name))" })))))
    return Declaration(
      documentation: documentation,
      .type(TypeDeclaration("\(access)nonisolated struct \(name): Sendable, Hashable", spacing: .dense, members: body)))
  }
}
