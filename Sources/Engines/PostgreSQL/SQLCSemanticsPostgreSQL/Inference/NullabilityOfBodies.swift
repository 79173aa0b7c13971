import SQLCTreePostgreSQL

extension QueryScope {
  /// What is found of a function by reading its body.
  struct BodyFinding {
    var cause: NullCause?
  }

  /// Why a call of a SQL function with a body (`BEGIN ATOMIC`, `RETURN`) can be NULL; nil where its body is not known.
  ///
  /// `column` is that of a function in FROM, whose rows it gives; nil for a value.
  func bodyCause(
    of function: ObjectID, _ call: Call, _ context: Context, column: Int? = nil
  ) -> BodyFinding? {
    guard let description = catalog.functions[function], description.kind == .function,
      let last = analyzer.body(of: function).last, !analyzer.active.contains(function)
    else { return nil }
    analyzer.active.insert(function)
    defer { analyzer.active.remove(function) }

    var nullable: Set<Int> = []
    var given: Set<Int> = []
    for (index, argument) in call.arguments.enumerated() {
      var number = index + 1
      if case .named(_, let position) = argument { number = position + 1 }
      given.insert(number)
      guard let cause = cause(argument, context) else { continue }
      if description.nullInput == .returnsNull, column == nil { return BodyFinding(cause: cause) }
      nullable.insert(number)
    }
    let count = description.argumentTypes.count
    nullable.formUnion(Set(1...max(count, 1)).subtracting(given))
    // A strict function is not called with NULL: in FROM it gives no rows, or one row of NULLs.
    if description.nullInput == .returnsNull, !nullable.isDisjoint(with: 1...max(count, 1)), count > 0 {
      guard description.result == .set else { return nil }
      nullable = []
    }
    let scope = QueryScope(
      last, in: analyzer, parameters: .ofFunction(count: count, nullable: nullable))
    let unknown = BodyFinding(cause: NullCause(.function(description.name), at: call.offset.value))
    let isScalarResult = isSingleValue(call.type)
    guard scope.resultTargets.count == 1 ? isScalarResult : column != nil else { return unknown }
    if description.result == .value || column == nil {
      guard scope.cardinality.count == .exactlyOne else { return unknown }
    }
    let cause = scope.columnCause(column ?? 1)
    return BodyFinding(
      cause: cause.map { NullCause(.userFunction(description.name, $0.reason), at: call.offset.value) })
  }

  private func isSingleValue(_ type: ObjectID) -> Bool {
    switch catalog.types[type]?.kind {
    case .base, .enumeration, .domain, .range, .multirange: true
    case .composite, .pseudo, nil: false
    }
  }
}
