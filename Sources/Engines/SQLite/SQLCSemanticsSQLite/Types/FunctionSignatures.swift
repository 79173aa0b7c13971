// How functions are called, for people: made of the tables that calls are checked against.

/// One function as it is shown to who writes a call.
package struct ShownFunction: Sendable, Hashable {
  package var definition: FunctionDefinition
  /// A word for each argument: `text`, `separator`.
  package var arguments: [String]
  /// `INTEGER`; absent where it depends on the arguments.
  package var result: String?
}

extension FunctionCatalog {
  /// Every function that the options allow, the application's first.
  package func shown(_ options: SemanticsOptions) -> [ShownFunction] {
    let own = options.userFunctions.map { function in
      let count = function.definition.maximumArguments ?? max(1, function.definition.minimumArguments)
      return ShownFunction(
        definition: function.definition,
        arguments: (0..<count).map { index in
          function.arguments.flatMap { index < $0.count ? $0[index].storage.word : nil } ?? "value"
        }, result: function.result.storage.name)
    }
    let builtin = all.filter { $0.definition.since.map { $0 <= options.minimumVersion } ?? true }.map { function in
      let definition = function.definition
      let count = definition.maximumArguments ?? max(definition.minimumArguments, function.roles.count, 1)
      return ShownFunction(
        definition: definition,
        arguments: (0..<count).map { function.argumentName(at: $0) ?? function.role(at: $0).word },
        result: function.result.name)
    }
    return own + builtin
  }
}

extension StorageClasses {
  fileprivate var name: String? {
    switch self {
    case .integer: "INTEGER"
    case .real: "REAL"
    case .text: "TEXT"
    case .blob: "BLOB"
    default: nil
    }
  }

  fileprivate var word: String? { name?.lowercased() }
}

extension BuiltinFunction.Result {
  fileprivate var name: String? {
    switch self {
    case .fixed(let classes, _): classes.name
    case .replaced: "TEXT"
    case .argument, .oneOf, .numericLike, .absolute, .textLike, .argumentOrDefault, .sum, .unixEpoch, .jsonExtract: nil
    }
  }
}

extension BuiltinFunction.Role {
  fileprivate var word: String {
    switch self {
    case .any, .same, .sameOrNull: "value"
    case .text: "text"
    case .integer: "integer"
    case .real: "real"
    case .numeric: "number"
    case .blob: "blob"
    case .boolean: "condition"
    case .json: "json"
    case .jsonPath: "path"
    case .dateTime: "time"
    case .table: "table"
    }
  }
}
