// Operators (inference rules 39 to 65).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferUnary(_ op: UnarySyntax.Operator, _ operand: BoundExpression, _ expected: Expectation?) -> Value {
    switch op {
    case .not:
      let value = infer(operand, .plain(.integer, logical: .boolean))
      return Value.boolean.with(value.nullability)
    case .bitNot:
      return Value(.integer, infer(operand, expected ?? .plain(.integer)).nullability)
    case .plus:
      var value = infer(operand, expected)
      value.origin = nil
      return value
    case .minus:
      // SQLite, expr.c, `codeInteger`: the smallest integer is written as the negative of one that does not fit.
      if case .literal(.integer("9223372036854775808")) = operand.kind { return Value(.integer, .never) }
      let value = infer(operand, expected ?? .plain(.numeric))
      var result = Value(arithmeticStorage(value.facts.storage), value.nullability)
      if value.literal.isNumber { result.literal = .integer }
      return result
    }
  }

  func inferBinary(
    _ op: BinarySyntax.Operator, _ left: BoundExpression, _ right: BoundExpression, _ range: ByteRange,
    _ expected: Expectation?
  ) -> Value {
    switch op {
    case .and, .or:
      let a = infer(left, .plain(.integer, logical: .boolean))
      let b = infer(right, .plain(.integer, logical: .boolean))
      return Value.boolean.with(a.nullability || b.nullability)
    case .equal where hiddenColumnPeer(left) != nil || hiddenColumnPeer(right) != nil:
      let a = infer(left, hiddenColumnPeer(right))
      let b = infer(right, hiddenColumnPeer(left))
      return Value.boolean.with(a.nullability || b.nullability)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let nullability = inferComparison(left, right, .compared)
      checkComparison(left, right, range)
      return Value.boolean.with(nullability)
    case .is, .isNot:
      inferIs(left, right)
      return .boolean
    case .add, .subtract, .multiply, .divide, .modulo:
      return inferArithmetic(op, left, right, range, expected)
    case .bitAnd, .bitOr, .shiftLeft, .shiftRight:
      let a = infer(left, .plain(.integer).with(name: peerName(right)))
      let b = infer(right, .plain(.integer).with(name: peerName(left)))
      return Value(.integer, a.nullability || b.nullability)
    case .concat:
      let text = Expectation.plain(.text, .strong, expected?.optionality ?? .neutral, name: expected?.name)
      let a = infer(left, text.with(name: expected?.name ?? peerName(right)))
      let b = infer(right, text.with(name: expected?.name ?? peerName(left)))
      return Value(.text, a.nullability || b.nullability)
    case .jsonArrow:
      let a = infer(left, .plain(.text))
      _ = a
      infer(right, .plain(.text, name: "path"))
      return Value(.text, logical: .json, .maybe(NullReason(.function("->"), at: range)))
    case .jsonArrowText:
      infer(left, .plain(.text))
      infer(right, .plain(.text, name: "path"))
      return Value(.any, .maybe(NullReason(.function("->>"), at: range)))
    }
  }

  /// Both sides, each typed by the other where it has a parameter; NULL when either is.
  @discardableResult
  func inferComparison(
    _ left: BoundExpression, _ right: BoundExpression, _ optionality: Expectation.Optionality,
    leftName: String? = nil, rightName: String? = nil
  ) -> Nullability {
    if case .row(let lefts) = left.kind {
      if case .row(let rights) = right.kind, lefts.count == rights.count {
        var result = Nullability.never
        for (a, b) in zip(lefts, rights) { result = result || inferComparison(a, b, optionality) }
        return result
      }
      if case .subquery(let query) = right.kind { return inferRow(lefts, query) }
    }
    if case .row(let rights) = right.kind, case .subquery(let query) = left.kind { return inferRow(rights, query) }
    if isOpen(left) {
      let b = infer(right, isOpen(right) ? .plain(.any, .weak, optionality) : nil)
      let a = infer(left, peer(right, b, optionality).with(name: leftName))
      return a.nullability || b.nullability
    }
    let a = infer(left)
    let b = infer(right, peer(left, a, optionality).with(name: rightName))
    return a.nullability || b.nullability
  }

  private func inferRow(_ elements: [BoundExpression], _ query: BoundQuery) -> Nullability {
    let values = elements.map { infer($0) }
    let facts = infer(
      query, expecting: zip(elements, values).map { peer($0, $1, .compared) })
    var result = Nullability.never
    for value in values { result = result || value.nullability }
    for column in facts.columns { result = result || column.nullability }
    guard hasExactlyOneRow(query) else {
      return result || .maybe(NullReason(.scalarSubqueryMayBeEmpty, at: query.range))
    }
    return result
  }

  /// What the other side of a comparison tells a parameter.
  func peer(_ expression: BoundExpression, _ value: Value, _ optionality: Expectation.Optionality) -> Expectation {
    var expected = value
    expected.facts.nullability = .never
    let strength: Expectation.Strength
    switch expression.kind {
    case .literal, .boolean: strength = .weak
    default: strength = .strong
    }
    let isRequired = optionality == .compared && value.origin != nil && !value.nullability.canBeNull
    return Expectation(
      expected, strength, isRequired ? .comparedWithRequired : optionality, name: peerName(expression))
  }

  private func inferIs(_ left: BoundExpression, _ right: BoundExpression) {
    if isNullLiteral(right) {
      infer(left, Expectation(.bottom, .weak, .provided))
    } else if isNullLiteral(left) {
      infer(right, Expectation(.bottom, .weak, .provided))
    } else {
      let open = isOpen(left)
      let known = infer(open ? right : left)
      let other = open ? right : left
      let expectation = peer(other, known, known.nullability.canBeNull ? .matchesNull : .compared)
      infer(open ? left : right, expectation)
    }
  }

  private func inferArithmetic(
    _ op: BinarySyntax.Operator, _ left: BoundExpression, _ right: BoundExpression, _ range: ByteRange,
    _ expected: Expectation?
  ) -> Value {
    let a: Value
    let b: Value
    let optionality = expected?.optionality ?? .neutral
    if isOpen(left) {
      b = infer(right, isOpen(right) ? expected ?? .plain(.numeric) : nil)
      a = infer(left, numericPeer(right, b, expected, optionality))
    } else {
      a = infer(left)
      b = infer(right, numericPeer(left, a, expected, optionality))
    }
    if a.facts.isUnknown || b.facts.isUnknown { return .unknown }
    let nullability = a.nullability || b.nullability
    let storage: StorageClasses
    if a.facts.storage.isEmpty || b.facts.storage.isEmpty {
      storage = []
    } else {
      let x = arithmeticStorage(a.facts.storage)
      let y = arithmeticStorage(b.facts.storage)
      storage = x == .real || y == .real ? .real : (x == .integer && y == .integer ? .integer : .numeric)
    }
    var result = Value(storage, nullability)
    // SQLite, lang_expr.html: division by zero is NULL.
    if op == .divide || op == .modulo, !isNonzeroLiteral(right, for: op) {
      result.facts.nullability = nullability || .maybe(NullReason(.divisionByZero, at: range))
    } else if mayBeNoNumber(op, left, right) {
      result.facts.nullability =
        nullability || .maybe(NullReason(.other("infinity here can give no number, which is NULL"), at: range))
    }
    return result
  }

  /// In `tokens + ?` the parameter is what `tokens` is; beside a literal it is what the whole is wanted for.
  private func numericPeer(
    _ other: BoundExpression, _ value: Value, _ expected: Expectation?, _ optionality: Expectation.Optionality
  ) -> Expectation {
    var storage = arithmeticStorage(value.facts.storage)
    var strength = Expectation.Strength.strong
    switch other.kind {
    case .literal, .parameter:
      strength = .weak
      if let expected, !expected.value.facts.storage.isEmpty, expected.value.facts.storage != .any {
        storage = arithmeticStorage(expected.value.facts.storage)
        strength = expected.strength
      }
    default: break
    }
    return .plain(storage, strength, optionality, name: peerName(other) ?? expected?.name)
  }

  /// SQLite, lang_expr.html: operands of arithmetic become numbers.
  func arithmeticStorage(_ storage: StorageClasses) -> StorageClasses {
    if storage.isEmpty || storage == .integer || storage == .real { return storage }
    return .numeric
  }

  func isNullLiteral(_ expression: BoundExpression) -> Bool {
    if case .literal(.null) = expression.kind { return true }
    return false
  }

  /// `x % 0.5` divides by zero too: the operands of `%` become integers.
  private func isNonzeroLiteral(_ expression: BoundExpression, for op: BinarySyntax.Operator) -> Bool {
    switch expression.kind {
    case .literal(.integer(let digits)):
      // Zero has no other digit, whatever its base.
      return digits.dropFirst(digits.hasPrefix("0x") || digits.hasPrefix("0X") ? 2 : 0).contains { $0 != "0" }
    case .literal(.real(let digits)): return op == .divide && (Double(digits) ?? 0) != 0
    case .unary(.minus, let operand), .unary(.plus, let operand): return isNonzeroLiteral(operand, for: op)
    default: return false
    }
  }

  /// A parameter stands for the whole expression, or for as much of it as has a type of its own.
  func isOpen(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .parameter: true
    case .unary(let op, let operand): op != .not && isOpen(operand)
    case .collate(let operand, _): isOpen(operand)
    case .binary(let op, let left, let right):
      switch op {
      case .add, .subtract, .multiply, .divide, .modulo:
        (isOpen(left) || isConstant(left)) && (isOpen(right) || isConstant(right)) && (isOpen(left) || isOpen(right))
      default: false
      }
    case .call(let call):
      switch call.function.name {
      case "coalesce", "ifnull", "nullif":
        call.arguments.contains(where: isOpen) && call.arguments.allSatisfy { isOpen($0) || isConstant($0) }
      default: false
      }
    case .caseWhen(_, let branches, let elseBranch):
      branches.allSatisfy { isOpen($0.then) || isConstant($0.then) }
        && elseBranch.map { isOpen($0) || isConstant($0) } ?? true
        && (branches.contains { isOpen($0.then) } || elseBranch.map(isOpen) ?? false)
    case .row(let elements): elements.contains(where: isOpen)
    default: false
    }
  }

  private func isConstant(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .literal, .boolean: true
    case .unary(_, let operand): isConstant(operand)
    default: false
    }
  }
}
