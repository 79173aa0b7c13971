// Types, names and optionality of parameters, from every place they stand in.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferParameter(_ index: Int, at range: ByteRange, _ expected: Expectation?) -> Value {
    guard parameters.indices.contains(index - 1) else { return .unknown }
    parameters[index - 1].note(expected ?? .plain(.any), at: range.lower)
    let state = parameters[index - 1]
    if let resolved = state.resolved { return resolved }
    var value = expected?.value ?? Value(.any, .never)
    value.origin = nil
    value.literal = .none
    if state.bound.kind == .nullableArgument {
      value.facts.nullability = .maybe(NullReason(.parameter(state.bound.name ?? ""), at: range))
    }
    if state.answered == nil { parameters[index - 1].answered = value.facts }
    if state.answered != nil, state.answered != value.facts { parameters[index - 1].wasReadEarly = true }
    return value
  }

  func resolveParameters() {
    for index in parameters.indices {
      var state = parameters[index]
      let value = resolve(&state)
      if let answered = state.answered, answered != value.facts { state.wasReadEarly = true }
      state.resolved = value
      parameters[index] = state
    }
  }

  private func resolve(_ state: inout ParameterState) -> Value {
    let wants = state.expectations.sorted { $0.at < $1.at }.map(\.wants)
    let typed = wants.filter {
      !$0.value.facts.storage.isEmpty && $0.value.facts.storage != .any && !$0.value.facts.isUnknown
    }
    let strongest = typed.map(\.strength).max() ?? .weak
    let decisive = typed.filter { $0.strength == strongest }
    var value = Value(.any, .never)
    if let first = decisive.first {
      value = first.value
      for other in decisive.dropFirst() {
        let merged = unify(value, other.value)
        if merged.facts.storage == .any || !merged.isCompatible, state.conflict == nil {
          state.conflict = (first, other)
        }
        value = merged.value
      }
    }
    value.literal = .none
    let origins = wants.filter { $0.strength == .strong }.compactMap(\.value.origin)
    value.origin = value.facts.logical == nil && state.conflict != nil ? nil : origins.first
    if state.conflict != nil { value.facts.logical = nil }
    value.facts.nullability =
      isOptional(state, wants, value)
      ? .maybe(NullReason(.parameter(state.bound.name ?? ""), at: state.bound.occurrences.first)) : .never
    return value
  }

  private struct Unified {
    var value: Value
    var isCompatible: Bool
    var facts: TypeFacts { value.facts }
  }

  /// The more specific of two types; INTEGER and REAL meet in REAL.
  private func unify(_ a: Value, _ b: Value) -> Unified {
    let x = a.facts.storage
    let y = b.facts.storage
    var value = a
    var isCompatible = true
    if x == y {
      if a.facts.logical != b.facts.logical { value.facts.logical = nil }
    } else if x.isSubset(of: y) {
      value = a
    } else if y.isSubset(of: x) {
      value = b
    } else if x.union(y).isSubset(of: .numeric) {
      value = Value(.real, .never)
    } else {
      value = Value(x.union(y), .never)
      isCompatible = false
    }
    value.origin = a.origin ?? b.origin
    return Unified(value: value, isCompatible: isCompatible)
  }

  private func isOptional(_ state: ParameterState, _ wants: [Expectation], _ value: Value) -> Bool {
    switch state.bound.kind {
    case .nullableArgument: return true
    case .slice: return false
    case .argument: break
    }
    func has(_ optionality: Expectation.Optionality) -> Bool { wants.contains { $0.optionality == optionality } }
    if has(.required) { return false }
    if has(.provided) { return true }
    if has(.comparedWithRequired) { return false }
    if has(.compared) { return value.facts.storage == .any && state.conflict == nil }
    if has(.stored) || has(.matchesNull) { return true }
    return value.facts.storage == .any
  }

  /// Names are unique: `id`, `id2`. Written names go first.
  func typedParameters() -> [TypedParameter] {
    // `$1` is a name to SQLite, but a number to whoever writes it.
    func written(_ state: ParameterState) -> String? {
      state.bound.name.flatMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? nil : $0 }
    }
    var taken = Set(parameters.compactMap { written($0)?.asciiLowercased })
    var tried: [String: Int] = [:]
    return parameters.map { state in
      let value = state.resolved ?? Value(.any, .never)
      report(state, value)
      let name: String
      if let written = written(state) {
        name = written
      } else {
        let wanted = state.expectations.sorted { $0.at < $1.at }.lazy.compactMap(\.wants.name).first ?? "p"
        name = unique(identifier(wanted), &taken, &tried)
      }
      return TypedParameter(
        index: state.bound.index, name: name, isSlice: state.bound.kind == .slice, facts: value.facts,
        origin: value.origin, occurrences: state.bound.occurrences,
        isNullableArgument: state.bound.kind == .nullableArgument)
    }
  }

  /// - Parameter tried: by name, the last number that was given or found taken.
  private func unique(_ name: String, _ taken: inout Set<String>, _ tried: inout [String: Int]) -> String {
    let key = name.asciiLowercased
    if taken.insert(key).inserted { return name }
    var number = tried[key, default: 1] + 1
    while !taken.insert("\(key)\(number)").inserted { number += 1 }
    tried[key] = number
    return "\(name)\(number)"
  }

  /// `the id` → `the_id`
  private func identifier(_ name: String) -> String {
    var result = ""
    for character in name.unicodeScalars {
      result.unicodeScalars.append(
        character.properties.isAlphabetic || character == "_" || ("0"..."9").contains(character) ? character : "_")
    }
    if let first = result.unicodeScalars.first, ("0"..."9").contains(first) { result = "p" + result }
    return result.isEmpty ? "p" : result
  }

  /// The name a parameter takes from what it stands beside.
  func peerName(_ expression: BoundExpression) -> String? {
    switch expression.kind {
    case .column(let column): return column.name
    case .mergedColumn(let columns): return columns.first?.name
    case .tableColumn(let source): return tableName(source)
    case .unary(_, let operand), .collate(let operand, _), .cast(let operand, _): return peerName(operand)
    case .binary(let op, let left, let right):
      if op == .jsonArrow || op == .jsonArrowText { return jsonPathName(right) ?? peerName(left) }
      return aliasName(expression) ?? peerName(left) ?? peerName(right)
    case .call(let call):
      if let alias = aliasName(expression) { return alias }
      if call.function.name.hasPrefix("json"), call.arguments.count > 1, let name = jsonPathName(call.arguments[1]) {
        return name
      }
      for argument in call.arguments {
        if case .parameter = argument.kind { continue }
        if let name = peerName(argument) { return name }
      }
      return call.function.name
    case .caseWhen, .subquery:
      if let alias = aliasName(expression) { return alias }
      if case .subquery(let query) = expression.kind {
        // `count(*)` is called count.
        return query.columnNames.first.map { name in
          String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }.flatMap { $0.isEmpty ? nil : $0 }
      }
      return nil
    default: return nil
    }
  }

  private func tableName(_ source: SourceID) -> String? {
    guard let state = states[source] else { return nil }
    if case .table(let table) = state.content { return table.name }
    return state.name
  }

  /// The alias an expression has among the results: `HAVING count(*) > ?` beside `count(*) AS n`.
  private func aliasName(_ expression: BoundExpression) -> String? {
    for output in outputs where output.isNameGuaranteed {
      let range = output.expression.range
      if range == expression.range { return output.name }
      guard range.count == expression.range.count else { continue }
      if source.slice(range) == source.slice(expression.range) { return output.name }
    }
    return nil
  }

  /// What a call's other arguments suggest: `instr(name, ?)` is about `name`.
  func peerInCall(_ call: BoundCall, beside index: Int) -> String? {
    if call.function.name.hasPrefix("json"), index > 1 || index == 0 { return nil }
    for (other, argument) in call.arguments.enumerated() where other != index {
      if case .parameter = argument.kind { continue }
      if let name = peerName(argument) { return name }
    }
    return nil
  }

  /// `$.a.title` → `title`; `title` → `title`.
  func jsonPathName(_ expression: BoundExpression) -> String? {
    guard case .literal(.string(let path)) = expression.kind else { return nil }
    let last = path.split(whereSeparator: { $0 == "." || $0 == "$" || $0 == "\"" || $0 == "[" || $0 == "]" }).last
    guard let last,
      last.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0) }),
      let first = last.first, !first.isNumber
    else { return nil }
    return String(last)
  }

  private func report(_ state: ParameterState, _ value: Value) {
    guard let occurrence = state.bound.occurrences.first else { return }
    if let (first, second) = state.conflict {
      diagnose(
        .conflictingParameter(name: state.bound.name ?? "?", first.value.facts, second.value.facts), at: occurrence)
    } else if value.facts.storage == .any, value.origin == nil,
      !state.expectations.contains(where: { $0.wants.strength == .strong })
    {
      diagnose(.untypedParameter(String(source.slice(occurrence))), at: occurrence)
    }
  }
}
