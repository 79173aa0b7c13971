// `QueriesFunctions.swift`: what the configuration declares and the application must bring along, as a structure that
// cannot be made without any of it.

import SQLCModel

extension Lowering {
  private struct Member {
    /// The property's name and type, and what goes into the list of functions or collations.
    var name: SwiftName
    var type: SwiftCode
    var isClosure: Bool
    var expression: SwiftCode
    var documentation: String
    var types: [SwiftType] = []
  }

  func functionsFile(_ model: GenerationModel) -> SwiftFile {
    var scope = UniqueNames()
    let functions = model.functions.map { member(for: $0, &scope) }
    let collations = model.collations.map { name in
      let property = scope.claim(naming.property(name)).name
      return Member(
        name: property, type: "@Sendable (String, String) -> CollationOrder", isClosure: true,
        expression: "SQLCollation(\(.literal(name)), \(property))", documentation: "COLLATE \(name)")
    }
    let members = functions + collations
    let name = stem.appending("Functions")
    var declarations = members.map {
      Declaration.line("\(access)var \($0.name): \($0.type)", documentation: [$0.documentation])
    }
    declarations.append(
      Declaration(
        .function(
          FunctionDeclaration(
            "\(access)init",
            parameters: members.map { member in
              let type = member.isClosure ? "@escaping \(member.type)" : member.type
              return "\(parameterName(member.name)): \(type)"
            },
            body: .lines(members.map { "self.\($0.name) = \(localName($0.name))" })))))
    if !functions.isEmpty { declarations.append(list("functions: [SQLFunction]", functions)) }
    if !collations.isEmpty { declarations.append(list("collations: [SQLCollation]", collations)) }
    return SwiftFile(
      name: "\(name).swift", imports: imports(members.flatMap(\.types)),
      declarations: [
        Declaration(
          documentation: [
            "What queries use and \(vocabulary.engine) does not bring along: `configuration.register(\(name)(…))` before opening.",
            "",
            "An argument of a type that is not optional is never NULL: with NULL for it the function is not called.",
          ],
          .type(TypeDeclaration("\(access)nonisolated struct \(name): FunctionLibrary", members: declarations)))
      ])
  }

  private func list(_ property: SwiftCode, _ members: [Member]) -> Declaration {
    Declaration(
      .code(["\(access)var \(property) {", "  ["] + members.map { "    \($0.expression)," } + ["  ]", "}"]))
  }

  private func member(for function: FunctionModel, _ scope: inout UniqueNames) -> Member {
    let name = scope.claim(naming.property(function.name)).name
    // Only where NULL for an argument decides the result need the function not see it.
    let seesNull = function.absence != .ofArguments
    let isResultOptional: Bool =
      switch (function.absence, function.kind) {
      case (.never, _), (.ofArguments, .scalar): false
      case (.always, _), (.ofArguments, .aggregate): true
      }
    let result = types.type(function.result, origin: nil, isOptional: isResultOptional)
    let arguments = function.arguments?.map { types.type($0, origin: nil, isOptional: seesNull) }
    let written = arguments?.map { self.written($0, isOptional: seesNull) }
    let resultText = self.written(result, isOptional: isResultOptional)
    let sqlName = SwiftCode.literal(function.name)
    let documentation =
      "\(function.name)(\(function.arguments == nil ? "…" : written?.joined(separator: ", ").text ?? ""))"
    // A codec of the runtime's stands for its type, whose module nothing else of the file may need.
    let used = ((arguments ?? []) + [result]).filter { $0.codec == nil || $0.module != .foundation }
    switch (function.kind, written) {
    case (.scalar, let written?):
      return Member(
        name: name, type: "@Sendable (\(written.joined(separator: ", "))) throws -> \(resultText)", isClosure: true,
        expression: ".scalar(\(sqlName), \(name))", documentation: documentation, types: used)
    case (.scalar, nil):
      return Member(
        name: name, type: "@Sendable ([\(SwiftCode(stringLiteral: vocabulary.anyValue))]) throws -> \(resultText)",
        isClosure: true,
        expression: ".scalar(variadic: \(sqlName), \(name))", documentation: documentation, types: used)
    case (.aggregate, let written?):
      return Member(
        name: name, type: "SQLAggregate<\(([resultText] + written).joined(separator: ", "))>", isClosure: false,
        expression: ".aggregate(\(sqlName), \(name))", documentation: documentation, types: used)
    case (.aggregate, nil):
      return Member(
        name: name, type: "SQLFunction", isClosure: false, expression: "\(name).named(\(sqlName))",
        documentation: documentation + ", `.aggregate(variadic: …)`")
    }
  }

  /// The type with its codec, since a closure has no place to name one beside it.
  private func written(_ type: SwiftType, isOptional: Bool) -> SwiftCode {
    guard let codec = type.codec else { return type.written(isOptional: isOptional) }
    return isOptional ? "SQLCoded<\(codec.name)>?" : "SQLCoded<\(codec.name)>"
  }
}
