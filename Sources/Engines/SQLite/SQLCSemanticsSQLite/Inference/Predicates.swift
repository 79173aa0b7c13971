// LIKE, BETWEEN, IN, CAST and CASE (inference rules 51 to 59).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  func inferLike(
    _ op: LikeSyntax.Operator, _ operand: BoundExpression, _ pattern: BoundExpression, _ escape: BoundExpression?
  ) -> Value {
    if op == .match {
      infer(pattern, hiddenColumnPeer(operand) ?? .plain(.text, .strong, .compared, name: peerName(operand)))
      infer(operand, .plain(.text))
      return Value.boolean.with(.maybe(NullReason(.function("MATCH"), at: nil)))
    }
    let a = infer(operand, .plain(.text, .strong, .compared, name: peerName(pattern)))
    let b = infer(pattern, .plain(.text, .strong, .compared, name: peerName(operand)))
    var result = a.nullability || b.nullability
    if let escape { result = result || infer(escape, .plain(.text, .strong, .required, name: "escape")).nullability }
    return Value.boolean.with(result)
  }

  func inferBetween(_ operand: BoundExpression, _ low: BoundExpression, _ high: BoundExpression) -> Value {
    if case .row = operand.kind {
      let nullability = inferComparison(operand, low, .compared) || inferComparison(operand, high, .compared)
      return Value.boolean.with(nullability)
    }
    if isOpen(operand) {
      let a = infer(low)
      let b = infer(high)
      let bound = either(a, b)
      let name = commonName(peerName(low), peerName(high))
      let x = infer(operand, peer(isOpen(low) ? high : low, bound, .compared).with(name: name))
      return Value.boolean.with(x.nullability || a.nullability || b.nullability)
    }
    let x = infer(operand)
    let expected = peer(operand, x, .compared)
    let a = infer(low, expected.with(name: "from"))
    let b = infer(high, expected.with(name: "to"))
    return Value.boolean.with(x.nullability || a.nullability || b.nullability)
  }

  /// `started_at`, `finished_at`: `at`. The words two names end in, else those they begin with.
  private func commonName(_ a: String?, _ b: String?) -> String? {
    guard let a, let b else { return a ?? b }
    let x = a.split(separator: "_")
    let y = b.split(separator: "_")
    let ending = zip(x.reversed(), y.reversed()).prefix { $0 == $1 }.map(\.0).reversed()
    if !ending.isEmpty { return ending.joined(separator: "_") }
    let beginning = zip(x, y).prefix { $0 == $1 }.map(\.0)
    return beginning.isEmpty ? "value" : beginning.joined(separator: "_")
  }

  func inferIn(_ operand: BoundExpression, _ elements: [BoundExpression]) -> Value {
    // SQLite, lang_expr.html#in_op: an empty list is false, whatever the operand.
    if elements.isEmpty {
      infer(operand)
      return .boolean
    }
    var result: Nullability
    if isOpen(operand), let sample = elements.first(where: { !isOpen($0) }) {
      let known = infer(sample)
      result = infer(operand, peer(sample, known, .compared)).nullability
    } else {
      result = infer(operand).nullability
    }
    if elements.count == 1, let element = elements.first, let wanted = hiddenColumnPeer(operand) {
      // SQLite reads a list of one as `=`.
      return Value.boolean.with(result || infer(element, wanted).nullability)
    }
    for element in elements { result = result || inferComparison(operand, element, .compared) }
    return Value.boolean.with(result)
  }

  func inferIn(_ operand: BoundExpression, _ query: BoundQuery) -> Value {
    let operands: [BoundExpression]
    if case .row(let elements) = operand.kind { operands = elements } else { operands = [operand] }
    let open = operands.contains(where: isOpen)
    let expecting = open ? [] : operands.map { peer($0, infer($0), .compared) }
    let facts = infer(query, expecting: expecting)
    var result = Nullability.never
    for (index, operand) in operands.enumerated() {
      let expectation =
        facts.columns.indices.contains(index)
        ? Expectation(
          facts.columns[index].with(.never), .strong, .compared,
          name: query.columnNames.indices.contains(index) ? query.columnNames[index] : nil) : nil
      result = result || infer(operand, open ? expectation : nil).nullability
    }
    for column in facts.columns { result = result || column.nullability }
    return Value.boolean.with(result)
  }

  /// Is it 0, 1 or NULL? To SQLite BOOLEAN is NUMERIC: a CAST keeps any other number.
  private func isTruthValue(_ value: Value) -> Bool {
    value.facts.logical == .boolean || value.literal == .flag || value.facts.storage.isEmpty
  }

  /// A result column that is meant to be a truth value, and is a number.
  func checkBooleanCast(_ expression: BoundExpression, _ facts: TypeFacts) {
    guard case .cast(let operand, let type) = expression.kind, logicalType(ofDeclared: type.text) == .boolean,
      facts.logical != .boolean
    else { return }
    diagnose(
      .looseBoolean(facts, mend: isNumber(operand) ? "\(source.slice(operand.range)) <> 0" : nil), at: expression.range)
  }

  /// A column of numbers: of text the comparison with 0 would be another one than that of the number in it.
  private func isNumber(_ expression: BoundExpression) -> Bool {
    guard case .column(let column) = expression.kind else { return false }
    return value(of: column).facts.storage.isSubset(of: .numeric)
  }

  /// SQLite, datatype3.html §3.1: a CAST converts by the affinity of the type's name. NULL stays NULL.
  func inferCast(_ operand: BoundExpression, _ type: TypeNameSyntax) -> Value {
    let affinity = Affinity(declaredType: type.text)
    let logical = logicalType(ofDeclared: type.text)
    let wanted: StorageClasses
    switch affinity {
    case .integer: wanted = .integer
    case .real: wanted = .real
    case .text: wanted = .text
    case .blob: wanted = .blob
    case .numeric: wanted = logical == .boolean ? .integer : .numeric
    }
    let hint: Expectation =
      affinity == .numeric && logical != .boolean && logical != .decimal && logical != nil
      ? .plain(.text, .strong, .neutral) : .plain(wanted, logical: logical == .boolean ? .boolean : nil, .strong)
    let value = infer(operand, hint)
    var result = Value(wanted, value.nullability)
    if affinity == .numeric {
      if logical == .boolean, isTruthValue(value) {
        result.facts = TypeFacts(.integer, logical: .boolean, value.nullability)
      } else if value.facts.storage == .integer {
        result.facts.storage = .integer
      } else {
        result.facts.storage = .numeric
      }
    }
    if value.facts.storage.isEmpty, value.nullability.canBeNull { result.facts.storage = wanted }
    return result
  }

  /// Each branch is looked at with what its WHEN, and the failure of those before it, prove.
  func inferCase(
    _ operand: BoundExpression?, _ branches: [BoundCaseBranch], _ elseBranch: BoundExpression?, _ range: ByteRange,
    _ expected: Expectation?
  ) -> Value {
    let thens = branches.map(\.then) + (elseBranch.map { [$0] } ?? [])
    let expectation = decisive(expected, siblingExpectation(thens))
    return scoped {
      var result: Value?
      func add(_ value: Value) { result = result.map { either($0, value) } ?? value }
      for branch in branches {
        let proven: NonNull
        if let operand {
          inferComparison(operand, branch.when, .compared)
          proven = nonNullWhenNotNull(operand).union(nonNullWhenNotNull(branch.when))
        } else {
          infer(branch.when, .plain(.integer, logical: .boolean))
          proven = nonNullWhenTrue(branch.when)
        }
        if proven.isEmpty {
          add(infer(branch.then, expectation))
        } else {
          add(
            scoped {
              narrow(proven)
              return infer(branch.then, expectation)
            })
        }
        if operand == nil { narrow(nonNullWhenNotTrue(branch.when)) }
      }
      if let elseBranch { add(infer(elseBranch, expectation)) }
      guard var value = result else { return .unknown }
      if elseBranch == nil {
        value.facts.nullability = value.nullability || .maybe(NullReason(.caseWithoutElse, at: range))
        value.literal = .none
      }
      value.origin = nil
      return value
    }
  }

  /// What the place wants, or what the siblings say where the place takes anything (and only lends a name).
  func decisive(_ expected: Expectation?, _ sibling: Expectation?) -> Expectation? {
    guard let expected, let sibling, expected.value.facts.storage == .any else { return expected ?? sibling }
    return sibling.with(name: expected.name)
  }

  /// What the values that are no parameters say of those that are.
  func siblingExpectation(_ expressions: [BoundExpression]) -> Expectation? {
    guard expressions.contains(where: isOpen) else { return nil }
    var known: Value?
    var source: BoundExpression?
    for expression in expressions where !isOpen(expression) && !isNullLiteral(expression) {
      let value = infer(expression)
      known = known.map { either($0, value) } ?? value
      source = source ?? expression
    }
    guard let known, let source else { return nil }
    return peer(source, known, .neutral)
  }
}
