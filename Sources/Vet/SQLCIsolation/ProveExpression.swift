// Expressions: the value that one is, what follows when one is true, and what the queries in one read.

import SQLCFacts

extension Prover {
  /// The value of an expression, where it is one that can be followed.
  func node(of expression: RelationalExpression, _ environment: Environment) -> Node? {
    switch expression.kind {
    case .column(let column): environment.sources[column.source].map { .column($0, column.index) }
    case .parameter(let index): listParameters.contains(index) ? nil : .parameter(index)
    case .null: .null
    case .constant(let text): .constant(text)
    default: nil
    }
  }

  enum Truth { case isTrue, isFalse }

  /// What follows when the expression is true (or false).
  ///
  /// - Parameter context: what is known where it stands; needed to compare branches of OR.
  func knowledge(
    of expression: RelationalExpression, when truth: Truth = .isTrue, _ environment: Environment, _ context: Knowledge
  ) -> Knowledge {
    func all(_ parts: [RelationalExpression]) -> Knowledge {
      parts.reduce(into: Knowledge()) { $0 += knowledge(of: $1, when: truth, environment, context + $0) }
    }
    func any(_ parts: [RelationalExpression]) -> Knowledge {
      common(parts.map { knowledge(of: $0, when: truth, environment, context) }, context)
    }
    if let constant = expression.constantTruth {
      return Knowledge(isImpossible: constant != .known(truth == .isTrue))
    }
    switch (expression.kind, truth) {
    case (.all(let parts), .isTrue), (.any(let parts), .isFalse): return all(parts)
    case (.any(let parts), .isTrue), (.all(let parts), .isFalse): return any(parts)
    case (.not(let operand), .isTrue): return knowledge(of: operand, when: .isFalse, environment, context)
    case (.not(let operand), .isFalse): return knowledge(of: operand, environment, context)
    case (.compare(.equal, let left, let right, .exact), .isTrue),
      (.compare(.notEqual, let left, let right, .exact), .isFalse):
      return equal(left, right, environment, context)
    case (.compare(.same, let left, let right, .exact), .isTrue),
      (.compare(.notSame, let left, let right, .exact), .isFalse):
      // A query without rows is NULL, and so may the other side be: nothing is known of its rows then.
      return left.query == nil && right.query == nil ? equal(left, right, environment, context) : Knowledge()
    case (.between(let operand, let low, let high, isNegated: false), .isTrue):
      guard let value = node(of: low, environment), value == node(of: high, environment) else { return Knowledge() }
      return equal(operand, low, environment, context)
    case (.isNull(let operand), .isTrue):
      // The first that is not NULL of several is none.
      if case .call(let call) = operand.kind, call.name == "coalesce" || call.name == "ifnull" {
        return Knowledge(equalities: call.arguments.compactMap { node(of: $0, environment) }.map { ($0, .null) })
      }
      return node(of: operand, environment).map { Knowledge(equalities: [($0, .null)]) } ?? Knowledge()
    case (.inList(let operand, let list, isNegated: false, .exact), .isTrue) where list.count == 1:
      return equal(operand, list[0], environment, context)
    case (.inQuery(let operand, let query, isNegated: false, .exact), .isTrue):
      return membership(of: operand, in: query, environment, context)
    case (.exists(let query), .isTrue): return quietly { rows(of: query, environment, context) }.knowledge
    default: return Knowledge()
    }
  }

  private func equal(
    _ left: RelationalExpression, _ right: RelationalExpression, _ environment: Environment, _ context: Knowledge
  ) -> Knowledge {
    if case .row(let lefts) = left.kind, case .row(let rights) = right.kind, lefts.count == rights.count {
      return zip(lefts, rights).reduce(into: Knowledge()) { $0 += equal($1.0, $1.1, environment, context) }
    }
    for (one, other) in [(left, right), (right, left)] {
      guard case .subquery(let query) = one.kind else { continue }
      let found = quietly { rows(of: query, environment, context) }
      return found.knowledge + membership(of: other, in: found, environment)
    }
    guard let a = node(of: left, environment), let b = node(of: right, environment) else { return Knowledge() }
    return Knowledge(equalities: [(a, b)])
  }

  /// To be in a UNION is to be in one of its arms.
  private func membership(
    of operand: RelationalExpression, in query: RelationalQuery, _ environment: Environment, _ context: Knowledge
  ) -> Knowledge {
    let arms = query.unionArms
    guard arms.count > 1 else {
      let found = quietly { rows(of: query, environment, context) }
      return found.knowledge + membership(of: operand, in: found, environment)
    }
    return common(arms.map { membership(of: operand, in: $0, environment, context) }, context)
  }

  private func membership(of operand: RelationalExpression, in rows: Rows, _ environment: Environment) -> Knowledge {
    let operands: [RelationalExpression] = if case .row(let parts) = operand.kind { parts } else { [operand] }
    guard operands.count == rows.outputs.count else { return Knowledge() }
    return Knowledge(
      equalities: zip(operands, rows.outputs).compactMap { operand, output in
        guard let node = node(of: operand, environment), let output else { return nil }
        return (node, output)
      })
  }

  /// The value of an expression, and what is known where it is not NULL: also of a query that gives one.
  func value(
    of expression: RelationalExpression, _ environment: Environment, _ context: Knowledge
  ) -> (node: Node?, knowledge: Knowledge) {
    guard case .subquery(let query) = expression.kind else { return (node(of: expression, environment), Knowledge()) }
    let found = quietly { rows(of: query, environment, context) }
    guard found.outputs.count == 1 else { return (nil, Knowledge()) }
    var knowledge = found.knowledge
    // Of no row the value is NULL, and what stands around it goes on.
    knowledge.isImpossible = false
    return (found.outputs[0], knowledge)
  }

  /// What is true whichever branch is.
  private func common(_ branches: [Knowledge], _ context: Knowledge) -> Knowledge {
    let possible = branches.filter { !$0.isImpossible }
    guard let first = possible.first.map({ classes(of: context + $0) }) else {
      return Knowledge(isImpossible: !branches.isEmpty)
    }
    let others = possible.dropFirst().map { classes(of: context + $0) }
    var groups: [[Node]: Node] = [:]
    var result = Knowledge()
    for node in first.nodes {
      let key = [first.find(node)] + others.map { $0.find(node) }
      if let known = groups[key] {
        result.equalities.append((known, node))
      } else {
        groups[key] = node
      }
    }
    return result
  }

  // MARK: Reading

  enum Use {
    /// It only matters whether it is true.
    case truth
    /// Its value matters, NULL and false apart.
    case value
  }

  /// Looks at the queries in an expression, each with what is known where it is evaluated.
  func visit(
    _ expression: RelationalExpression, _ environment: Environment, _ context: Knowledge, as use: Use = .value
  ) {
    guard !isQuiet else { return }
    switch expression.kind {
    case .column, .parameter, .list, .null, .constant, .nearest: return
    case .standing(let source): visitStanding(source, expression, environment)
    case .exists(let query), .subquery(let query): loseUnrestricted(rows(of: query, environment, context).open)
    case .inQuery(let operand, let query, let isNegated, let precision):
      visit(operand, environment, context)
      let found = rows(of: query, environment, context)
      guard use == .truth, !isNegated, precision == .exact else { return loseUnrestricted(found.open) }
      // Rows other than that which the operand equals change nothing.
      loseUnrestricted(settle(found.open, context + found.knowledge + membership(of: operand, in: found, environment)))
    case .all(let parts):
      let inside = context.adding(knowledge(of: expression, environment, context), for: use)
      for part in parts { visit(part, environment, inside, as: use) }
    case .any(let parts):
      for part in parts {
        visit(part, environment, context.adding(knowledge(of: part, environment, context), for: use), as: use)
      }
    case .caseWhen(let operand, let branches, let otherwise):
      if let operand { visit(operand, environment, context) }
      for branch in branches {
        visit(branch.when, environment, context, as: operand == nil ? .truth : .value)
        let known = operand == nil ? knowledge(of: branch.when, environment, context) : Knowledge()
        visit(branch.then, environment, context + known)
      }
      if let otherwise { visit(otherwise, environment, context) }
    case .call(let call):
      var inside = context
      if let filter = call.filter {
        inside += knowledge(of: filter, environment, context)
        visit(filter, environment, inside, as: .truth)
      }
      for argument in call.arguments + call.partition { visit(argument, environment, inside) }
    case .not, .compare, .between, .isNull, .inList, .like, .row, .other:
      for operand in expression.operands { visit(operand, environment, context) }
    }
  }

  private func visitStanding(_ source: Int, _ expression: RelationalExpression, _ environment: Environment) {
    guard policy.kind == .tenant, let occurrence = environment.sources[source], let table = scanned[occurrence],
      tables[table]?.guarding != nil
    else { return }
    report(
      .standing, table: table, column: policy.column,
      "the rank of a match is reckoned over the rows of everybody",
      at: environment.place ?? expression.range.lower..<expression.range.upper)
  }
}

extension Knowledge {
  /// With what is known where an expression is true. What is never true still has a value, which may be NULL or false.
  fileprivate func adding(_ other: Knowledge, for use: Prover.Use) -> Knowledge {
    var result = self + other
    if use == .value { result.isImpossible = isImpossible }
    return result
  }
}

/// A condition that is the same for every row.
enum ConstantTruth: Sendable, Hashable {
  case known(Bool)
  /// NULL: neither true nor false.
  case unknown
}

extension RelationalExpression {
  /// Of a literal that is a truth value, or a whole number, and of NULL.
  var constantTruth: ConstantTruth? {
    switch kind {
    case .null: return .unknown
    case .constant(let text):
      switch text.lowercased() {
      case "true": return .known(true)
      case "false": return .known(false)
      default: return Int(text).map { .known($0 != 0) }
      }
    default: return nil
    }
  }
}

extension RelationalQuery {
  /// The queries that this is the union of; itself where it is none, or where LIMIT counts the rows of all of them.
  fileprivate var unionArms: [RelationalQuery] {
    guard limit == nil, offset == nil, case .compound(let op, let left, let right) = body,
      op == .union || op == .unionAll
    else { return [self] }
    return [left, right].flatMap { body in
      RelationalQuery(
        commonTables: commonTables, body: body, orderBy: [], limit: nil, offset: nil, range: range
      ).unionArms
    }
  }
}
