// Expressions. Each kind has its own function, so that deep nesting costs little stack.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  /// An expression where one value is wanted.
  mutating func bindScalar(_ syntax: ExpressionSyntax, in scope: Scope) -> BoundExpression {
    let bound = bindAny(syntax, in: scope)
    return checkScalar(bound)
  }

  mutating func bindOptional(_ syntax: ExpressionSyntax?, in scope: Scope) -> BoundExpression? {
    guard let syntax else { return nil }
    return bindScalar(syntax, in: scope)
  }

  mutating func checkScalar(_ bound: BoundExpression) -> BoundExpression {
    switch bound.kind {
    case .row(let elements):
      report(.rowValueMisused(elements.count), at: bound.range)
      return BoundExpression(.invalid, range: bound.range)
    case .subquery(let query) where query.columnNames.count > 1:
      report(.subqueryColumns(got: query.columnNames.count, wanted: 1), at: bound.range)
      return BoundExpression(.invalid, range: bound.range)
    default: return bound
    }
  }

  /// An expression that may be a row value or a subquery of several columns.
  mutating func bindAny(_ syntax: ExpressionSyntax, in scope: Scope) -> BoundExpression {
    switch syntax {
    case .literal(let node): return BoundExpression(.literal(node.value), range: node.range)
    case .parameter(let node): return BoundExpression(.parameter(parameters.index(at: node.range)), range: node.range)
    case .column(let node): return bindColumn(node, in: scope)
    case .macro(let node): return bindMacro(node)
    case .unary(let node):
      return BoundExpression(.unary(node.op, bindScalar(node.operand, in: scope)), range: node.range)
    case .binary(let node): return bindBinary(node, in: scope)
    case .nullTest(let node):
      return BoundExpression(
        .nullTest(bindScalar(node.operand, in: scope), isNull: node.isNull), range: node.range)
    case .like(let node): return bindLike(node, in: scope)
    case .between(let node): return bindBetween(node, in: scope)
    case .inList(let node): return bindMembership(node, in: scope)
    case .collate(let node):
      return BoundExpression(
        .collate(bindScalar(node.operand, in: scope), collation: node.collation.text), range: node.range)
    case .cast(let node):
      return BoundExpression(.cast(bindScalar(node.operand, in: scope), node.type), range: node.range)
    case .caseWhen(let node): return bindCase(node, in: scope)
    case .function(let node): return bindCall(node, in: scope)
    case .exists(let node):
      return BoundExpression(.exists(bindQuery(node.query, parent: scope)), range: node.range)
    case .subquery(let node):
      return BoundExpression(.subquery(bindQuery(node.query, parent: scope)), range: node.range)
    case .row(let node): return bindRow(node, in: scope)
    case .parenthesized(let node):
      var inner = bindAny(node.expression, in: scope)
      inner.range = node.range
      return inner
    case .raise(let node):
      if !allowsRaise { report(.misplacedRaise, at: node.range) }
      _ = bindOptional(node.message, in: scope)
      return BoundExpression(.raise(node.action), range: node.range)
    case .missing(let node): return BoundExpression(.invalid, range: node.range)
    }
  }

  private mutating func bindRow(_ node: RowValueSyntax, in scope: Scope) -> BoundExpression {
    var elements: [BoundExpression] = []
    for element in node.elements { elements.append(bindScalar(element, in: scope)) }
    return BoundExpression(.row(elements), range: node.range)
  }

  private mutating func bindMacro(_ node: MacroSyntax) -> BoundExpression {
    if node.name == .embed || node.name == .nest {
      report(.misplacedEmbed(node.name.rawValue), at: node.range)
      return BoundExpression(.invalid, range: node.range)
    }
    return BoundExpression(.parameter(parameters.index(at: node.range)), range: node.range)
  }

  private mutating func bindBinary(_ node: BinarySyntax, in scope: Scope) -> BoundExpression {
    requireOperator(of: node)
    switch node.op {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .is, .isNot:
      let left = bindAny(node.left, in: scope)
      let right = bindAny(node.right, in: scope)
      guard checkArity(left, right) else { return BoundExpression(.invalid, range: node.range) }
      return BoundExpression(.binary(node.op, left, right), range: node.range)
    case .or, .and, .bitAnd, .bitOr, .shiftLeft, .shiftRight, .add, .subtract, .multiply, .divide, .modulo, .concat,
      .jsonArrow, .jsonArrowText:
      let left = bindScalar(node.left, in: scope)
      let right = bindScalar(node.right, in: scope)
      return BoundExpression(.binary(node.op, left, right), range: node.range)
    }
  }

  /// SQLite, rowvalue.html §2.1: "two row values … must be of the same size".
  mutating func checkArity(_ left: BoundExpression, _ right: BoundExpression) -> Bool {
    guard let a = left.width, let b = right.width else { return true }
    guard a != b else { return true }
    if case .subquery = right.kind {
      report(.subqueryColumns(got: b, wanted: a), at: right.range)
    } else if case .subquery = left.kind {
      report(.subqueryColumns(got: a, wanted: b), at: left.range)
    } else {
      report(.rowArity(left: a, right: b), at: left.range.union(right.range))
    }
    return false
  }

  private mutating func bindLike(_ node: LikeSyntax, in scope: Scope) -> BoundExpression {
    let operand = bindScalar(node.operand, in: scope)
    let pattern = bindScalar(node.pattern, in: scope)
    let escape = bindOptional(node.escape, in: scope)
    return BoundExpression(
      .like(node.op, isNegated: node.isNegated, operand, pattern: pattern, escape: escape), range: node.range)
  }

  private mutating func bindBetween(_ node: BetweenSyntax, in scope: Scope) -> BoundExpression {
    let operand = bindAny(node.operand, in: scope)
    let low = bindAny(node.low, in: scope)
    let high = bindAny(node.high, in: scope)
    guard checkArity(operand, low), checkArity(operand, high) else {
      return BoundExpression(.invalid, range: node.range)
    }
    return BoundExpression(.between(operand, low: low, high: high, isNegated: node.isNegated), range: node.range)
  }

  private mutating func bindCase(_ node: CaseSyntax, in scope: Scope) -> BoundExpression {
    let operand = node.operand.map { bindAny($0, in: scope) }
    var branches: [BoundCaseBranch] = []
    for branch in node.branches {
      let when = operand == nil ? bindScalar(branch.when, in: scope) : bindAny(branch.when, in: scope)
      if let operand { _ = checkArity(operand, when) }
      branches.append(BoundCaseBranch(when: when, then: bindScalar(branch.then, in: scope)))
    }
    let elseBranch = bindOptional(node.elseBranch, in: scope)
    return BoundExpression(.caseWhen(operand: operand, branches: branches, elseBranch: elseBranch), range: node.range)
  }

  private mutating func bindMembership(_ node: InSyntax, in scope: Scope) -> BoundExpression {
    let operand = bindAny(node.operand, in: scope)
    switch node.source {
    case .list(let elements):
      var list: [BoundExpression] = []
      for element in elements {
        let bound = bindAny(element, in: scope)
        list.append(operand.width == 1 ? checkScalar(bound) : bound)
        if let width = operand.width, width > 1, !checkArity(operand, bound) { break }
      }
      return BoundExpression(.inList(operand, list, isNegated: node.isNegated), range: node.range)
    case .macro(let macro):
      let element = BoundExpression(.parameter(parameters.index(at: macro.range)), range: macro.range)
      return BoundExpression(.inList(checkScalar(operand), [element], isNegated: node.isNegated), range: node.range)
    case .subquery(let query):
      let bound = bindQuery(query, parent: scope)
      return membership(operand, bound, node)
    case .table(let name, let arguments):
      let reference = TableReferenceSyntax(name: name, arguments: arguments, range: node.sourceRange)
      let core = SelectCoreSyntax(
        columns: [ResultColumnSyntax(value: .star, range: ByteRange(at: node.sourceRange.lower))],
        from: FromSyntax(first: .table(reference), joins: [], range: node.sourceRange), range: node.sourceRange)
      let bound = bindQuery(SelectSyntax(body: .select(core), range: node.sourceRange), parent: scope)
      return membership(operand, bound, node)
    }
  }

  private mutating func membership(_ operand: BoundExpression, _ query: BoundQuery, _ node: InSyntax) -> BoundExpression
  {
    if let width = operand.width, !query.columnNames.isEmpty, width != query.columnNames.count {
      report(.subqueryColumns(got: query.columnNames.count, wanted: width), at: node.sourceRange)
      return BoundExpression(.invalid, range: node.range)
    }
    return BoundExpression(.inQuery(operand, query, isNegated: node.isNegated), range: node.range)
  }
}

extension BoundExpression {
  /// How many values it is; unknown after an error.
  var width: Int? {
    switch kind {
    case .row(let elements): elements.count
    case .subquery(let query): query.columnNames.isEmpty ? nil : query.columnNames.count
    case .invalid: nil
    default: 1
    }
  }
}
