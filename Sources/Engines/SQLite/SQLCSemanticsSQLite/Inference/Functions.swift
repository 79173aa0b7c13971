// Calls (inference rules F to K), by the tables in Types/Builtin.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferCall(_ call: BoundCall, _ range: ByteRange, _ expected: Expectation?) -> Value {
    guard let function = FunctionCatalog.builtin.builtin(for: call.function) else {
      return inferUserCall(call, range)
    }
    let arguments = inferArguments(of: call, function, expected)
    if let filter = call.filter { infer(filter, .plain(.integer, logical: .boolean)) }
    for term in call.orderBy { infer(term) }
    if let window = call.window { inferWindow(window) }

    var result = resultValue(function, call, arguments)
    result.facts.nullability = nullability(of: function, call, arguments, range)
    result.origin = nil
    return result
  }

  /// Functions of the application are what the configuration says.
  private func inferUserCall(_ call: BoundCall, _ range: ByteRange) -> Value {
    let user = options.userFunctions.first { $0.definition == call.function }
    var nullability = Nullability.never
    for (index, argument) in call.arguments.enumerated() {
      let type = user?.arguments.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      let wanted = type.map { Expectation(Value($0), .strong, .neutral, name: peerInCall(call, beside: index)) }
      nullability = nullability || infer(argument, wanted).nullability
    }
    if let filter = call.filter { infer(filter, .plain(.integer, logical: .boolean)) }
    if let window = call.window { inferWindow(window) }
    let mayBeNull = Nullability.maybe(NullReason(.function(call.function.name), at: range))
    guard let user else { return Value(.any, mayBeNull) }
    var result = user.result
    switch user.nullability {
    case .never: result.nullability = .never
    case .always: result.nullability = mayBeNull
    case .arguments:
      // Over no rows an aggregate has seen no argument.
      if case .scalar = call.role { result.nullability = nullability } else { result.nullability = mayBeNull }
    }
    return Value(result)
  }

  private func inferWindow(_ window: BoundWindow) {
    for term in window.partitionBy { infer(term) }
    for term in window.orderBy { infer(term) }
    for bound in [window.frame.start, window.frame.end] {
      switch bound {
      case .preceding(let count), .following(let count): infer(count, .plain(.integer, .strong, .required))
      case .unboundedPreceding, .unboundedFollowing, .currentRow: break
      }
    }
  }

  private func inferArguments(
    of call: BoundCall, _ function: BuiltinFunction, _ expected: Expectation?
  ) -> [Value] {
    // The arguments of an aggregate are looked at once for every row: there is one.
    if case .aggregate(let select) = call.role, bareSelects.contains(select) {
      bareSelects.remove(select)
      defer { bareSelects.insert(select) }
      return argumentValues(of: call, function, expected)
    }
    return argumentValues(of: call, function, expected)
  }

  private func argumentValues(
    of call: BoundCall, _ function: BuiltinFunction, _ expected: Expectation?
  ) -> [Value] {
    let siblings = call.arguments.indices.compactMap { index -> BoundExpression? in
      switch function.role(at: index) {
      case .same, .sameOrNull: call.arguments[index]
      case .any, .text, .integer, .real, .numeric, .blob, .boolean, .json, .jsonPath, .dateTime, .table: nil
      }
    }
    let sibling = siblings.count > 1 ? siblingExpectation(siblings) : nil
    let isChooser = call.function.name == "iif" || call.function.name == "if"
    return call.arguments.indices.map { index in
      let argument = call.arguments[index]
      let expectation = expectation(for: function, call, index, sibling: sibling, expected)
      guard isChooser, index > 0 else { return infer(argument, expectation) }
      // iif(c, a, b) is CASE WHEN c THEN a ELSE b END.
      return scoped {
        if call.arguments.count == 3 {
          narrow(
            index == 1 ? nonNullWhenTrue(call.arguments[0]) : nonNullWhenNotTrue(call.arguments[0]))
        }
        return infer(argument, expectation)
      }
    }
  }

  private func expectation(
    for function: BuiltinFunction, _ call: BoundCall, _ index: Int, sibling: Expectation?, _ expected: Expectation?
  ) -> Expectation? {
    let optionality = expected?.optionality ?? .neutral
    let inherited: Expectation.Optionality = optionality == .stored || optionality == .required ? optionality : .neutral
    let isLast = index == call.arguments.count - 1
    var name = function.argumentName(at: index) ?? peerInCall(call, beside: index) ?? expected?.name
    if function.definition.name.hasSuffix("_set") || function.definition.name.hasSuffix("_insert")
      || function.definition.name.hasSuffix("_replace")
    {
      // json_set(json, path, value, path, value, …)
      if index > 0, index % 2 == 0 { name = jsonPathName(call.arguments[index - 1]) ?? name }
      if index > 0, index % 2 == 1 { return .plain(.text, .strong, .neutral, name: "path") }
      return index == 0 ? .plain(.text, logical: nil, .weak, inherited, name: name) : .plain(.any, name: name)
    }
    if function.definition.name.hasSuffix("_object"), index % 2 == 1,
      case .literal(.string(let key)) = call.arguments[index - 1].kind
    {
      name = key
    }
    switch function.role(at: index) {
    case .any: return .plain(.any, name: name)
    case .table: return nil
    case .text: return .plain(.text, .weak, inherited, name: name)
    case .json: return .plain(.text, .weak, inherited, name: expected?.name ?? name)
    case .jsonPath: return .plain(.text, .strong, .neutral, name: function.argumentName(at: 1) ?? "path")
    case .dateTime: return .plain(.text, .weak, .neutral, name: name)
    case .integer: return .plain(.integer, .weak, inherited, name: name)
    case .real: return .plain(.real, .weak, inherited, name: name)
    case .numeric:
      return .plain(
        expected.map { arithmeticStorage($0.value.facts.storage) } ?? .numeric, .weak, inherited, name: name)
    case .blob: return .plain(.blob, .weak, inherited, name: name)
    case .boolean: return .plain(.integer, logical: .boolean, .weak, .neutral, name: "condition")
    case .same:
      // What a parameter of iif is called does not come from the condition.
      let isChooser = call.function.name == "iif" || call.function.name == "if"
      return decisive(expected, sibling)?.with(inherited).with(name: isChooser ? sibling?.name ?? expected?.name : name)
    case .sameOrNull:
      let base = decisive(expected, sibling) ?? .plain(.any)
      return base.with(isLast ? inherited : .provided).with(name: expected?.name ?? name)
    }
  }

  /// A value taken out of JSON can be anything but a BLOB (json1.html#jptr).
  private func isOutOfJSON(_ expression: BoundExpression?) -> Bool {
    switch expression?.kind {
    case .binary(.jsonArrowText, _, _): true
    case .call(let call): call.function.name == "json_extract"
    default: false
    }
  }

  private func resultValue(_ function: BuiltinFunction, _ call: BoundCall, _ arguments: [Value]) -> Value {
    switch function.result {
    case .fixed(let storage, let logical): return Value(storage, logical: logical, .never)
    case .argument(let index): return arguments.indices.contains(index) ? arguments[index] : .unknown
    case .oneOf(let from):
      // iif(c1, a1, c2, a2, b): the conditions are no results.
      let chosen = arguments.indices.filter { index in
        index >= from && (from == 0 || index % 2 == 1 || index == arguments.count - 1)
      }
      guard let first = chosen.first else { return .unknown }
      return chosen.dropFirst().reduce(arguments[first]) { either($0, arguments[$1]) }
    case .numericLike:
      return Value(arguments.first.map { arithmeticStorage($0.facts.storage) } ?? .numeric, .never)
    case .absolute:
      let storage = arguments.first?.facts.storage ?? .numeric
      if storage == .text || storage == .blob { return Value(.real, .never) }
      return Value(arithmeticStorage(storage), .never)
    case .textLike:
      let storage = arguments.first?.facts.storage ?? .text
      if storage == .blob { return Value(.blob, .never) }
      return Value(storage.contains(.blob) && !isOutOfJSON(call.arguments.first) ? [.text, .blob] : .text, .never)
    case .replaced:
      // SQLite, lang_corefunc.html#replace: "If Y is an empty string then return X unchanged."
      if call.arguments.count > 1, case .literal(.string(let pattern)) = call.arguments[1].kind, !pattern.isEmpty {
        return Value(.text, .never)
      }
      return Value(arguments.first.map { $0.facts.storage.union(.text) } ?? .text, .never)
    case .argumentOrDefault:
      guard let first = arguments.first else { return .unknown }
      return arguments.count == 3 ? either(first, arguments[2]) : first
    case .sum:
      return Value(arguments.first.map { arithmeticStorage($0.facts.storage) } ?? .numeric, .never)
    case .unixEpoch: return Value(unixEpochStorage(call), .never)
    case .jsonExtract:
      return arguments.count > 2 ? Value(.text, logical: .json, .never) : Value(.any, .never)
    }
  }

  private func nullability(
    of function: BuiltinFunction, _ call: BoundCall, _ arguments: [Value], _ range: ByteRange
  ) -> Nullability {
    let name = function.definition.name
    func because(_ cause: NullReason.Cause) -> Nullability { .maybe(NullReason(cause, at: range)) }
    func any(_ values: ArraySlice<Value>) -> Nullability {
      for value in values where value.nullability.canBeNull { return value.nullability }
      return .never
    }
    switch function.nulls {
    case .never: return .never
    case .anyArgument:
      // `substr(x'', 1)` is NULL, measured on 3.40: an empty blob has no bytes to point to.
      if function.result == .textLike, arguments.first?.facts.storage.contains(.blob) ?? false {
        return because(.function(name))
      }
      return any(arguments[...])
    case .argument(let index):
      return arguments.indices.contains(index) ? arguments[index].nullability : because(.function(name))
    case .leading(let count): return any(arguments.prefix(count))
    case .allArguments:
      return arguments.contains { !$0.nullability.canBeNull } ? .never : any(arguments[...])
    case .anyArgumentFrom(let from): return any(arguments.dropFirst(from))
    case .always:
      // Numbers are in the domain of these: only what is no number gives NULL.
      if name == "sign" || function.result == .numericLike, let first = arguments.first,
        first.facts.storage.isSubset(of: .numeric)
      {
        return first.nullability
      }
      if function.result == .jsonExtract, arguments.count > 2 { return any(arguments[...]) }
      if function.result == .oneOf(from: 1), arguments.count % 2 == 1 {
        return any(arguments.indices.filter { $0 % 2 == 1 || $0 == arguments.count - 1 }.map { arguments[$0] }[...])
      }
      return because(.function(name))
    case .date: return isGoodTime(call.arguments[...]) ? .never : because(.function(name))
    case .strftime:
      guard let format = call.arguments.first, isGoodFormat(format), isGoodTime(call.arguments.dropFirst()) else {
        return because(.function(name))
      }
      return .never
    case .emptyAggregate: return aggregateNullability(call, arguments, range)
    case .offsetWindow:
      guard arguments.count == 3 else { return because(.function(name)) }
      return arguments[0].nullability || arguments[2].nullability
    case .frame:
      guard let window = call.window, !canBeEmpty(window.frame) else { return because(.emptyFrame) }
      return any(arguments[...])
    }
  }

  /// SQLite, lang_aggfunc.html: NULL when no row has a value that is not NULL.
  private func aggregateNullability(_ call: BoundCall, _ arguments: [Value], _ range: ByteRange) -> Nullability {
    let noRows = Nullability.maybe(NullReason(.aggregateOverNoRows(call.function.name), at: range))
    if call.filter != nil { return noRows }
    switch call.role {
    case .scalar: break
    case .aggregate(let select): if !groupedSelects.contains(select) { return noRows }
    case .window:
      guard let window = call.window, !canBeEmpty(window.frame) else {
        return .maybe(NullReason(.emptyFrame, at: range))
      }
    }
    return arguments.first?.nullability ?? noRows
  }

  /// SQLite, windowfunctions.html#framespec: a frame that holds the current row is never empty.
  private func canBeEmpty(_ frame: BoundWindow.Frame) -> Bool {
    switch frame.start {
    case .following, .unboundedFollowing: return true
    case .unboundedPreceding, .preceding, .currentRow: break
    }
    switch frame.end {
    case .preceding, .unboundedPreceding: return true
    case .unboundedFollowing, .following, .currentRow: break
    }
    switch frame.exclusion {
    case .noOthers, .ties: return false
    case .currentRow, .group: return true
    }
  }
}
