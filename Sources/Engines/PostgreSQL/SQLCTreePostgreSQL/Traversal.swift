extension Expression {
  /// Its direct parts. The query of a subquery is none of them.
  public func forEachChild(_ body: (Expression) -> Void) {
    switch self {
    case .variable, .constant, .parameter, .caseTest, .valueFunction, .mergeAction, .nextValue, .defaultValue: break
    case .call(let call), .distinct(let call), .nullIf(let call): call.arguments.forEach(body)
    case .arrayComparison(let comparison):
      body(comparison.value)
      body(comparison.array)
    case .junction(_, let all, _), .coalesce(let all, _), .extreme(_, let all, _), .row(let all, _, _),
      .grouping(let all):
      all.forEach(body)
    case .not(let one, _), .field(let one, _, _), .collate(let one, _), .domain(let one, _, _), .named(let one, _),
      .isJSON(let one, _, _):
      body(one)
    case .nullTest(let test): body(test.argument)
    case .booleanTest(let test): body(test.argument)
    case .caseWhen(let expression):
      expression.argument.map(body)
      for branch in expression.branches {
        body(branch.condition)
        body(branch.result)
      }
      expression.otherwise.map(body)
    case .array(let array): array.elements.forEach(body)
    case .rowComparison(let comparison):
      comparison.left.forEach(body)
      comparison.right.forEach(body)
    case .element(let element):
      body(element.container)
      for bound in element.bounds { bound.map(body) }
    case .conversion(let conversion):
      body(conversion.argument)
      if case .elements(let by) = conversion.kind { body(by) }
    case .aggregate(let aggregate):
      for one in aggregate.arguments { body(one.expression) }
      aggregate.directArguments.forEach(body)
      aggregate.filter.map(body)
    case .window(let call):
      call.arguments.forEach(body)
      call.filter.map(body)
    case .subquery(let subquery): subquery.test.map(body)
    case .jsonConstructor(let constructor):
      constructor.arguments.forEach(body)
      constructor.function.map(body)
      constructor.coercion.map(body)
    case .unknown(let node): node.children.forEach(body)
    }
  }

  /// It and all inside it, subqueries too. `depth` says how many queries further in: a variable there with
  /// `levelsUp == depth` is one of the query that this expression stands in.
  public func forEachInside(depth: Int = 0, _ body: (Expression, Int) -> Void) {
    body(self, depth)
    forEachChild { $0.forEachInside(depth: depth, body) }
    if case .subquery(let subquery) = self { subquery.query.forEachInside(depth: depth + 1, body) }
  }

  /// Whether it or anything inside it, subqueries too, is so.
  public func contains(_ condition: (Expression, Int) -> Bool) -> Bool {
    var found = false
    forEachInside { expression, depth in if !found, condition(expression, depth) { found = true } }
    return found
  }
}

extension Query {
  /// The expressions that stand in it, not those of queries inside it.
  public func forEachExpression(_ body: (Expression) -> Void) {
    for range in parts.ranges {
      switch range.kind {
      case .functions(let functions, _): for one in functions { body(one.expression) }
      case .tableFunction(let all), .group(let all): all.forEach(body)
      case .values(let rows): for row in rows { row.forEach(body) }
      case .join(let all): for one in all { one.map(body) }
      case .relation, .subquery, .commonTable, .empty, .unknown: break
      }
    }
    parts.from?.forEachCondition(body)
    for target in parts.targets + parts.returning { body(target.expression) }
    if let conflict = parts.onConflict {
      for one in conflict.set { body(one.expression) }
      conflict.condition.map(body)
      conflict.arbiterCondition.map(body)
      conflict.arbiterElements.forEach(body)
    }
    parts.having.map(body)
    for window in parts.windows {
      window.startOffset.map(body)
      window.endOffset.map(body)
    }
    parts.limit.map(body)
    parts.offset.map(body)
    parts.mergeCondition.map(body)
    for action in parts.mergeActions {
      action.condition.map(body)
      for one in action.targets { body(one.expression) }
    }
  }

  /// The queries of WITH and FROM; those of subqueries stand in expressions.
  public func forEachNested(_ body: (Query) -> Void) {
    for table in parts.commonTables { body(table.query) }
    for range in parts.ranges { if case .subquery(let query) = range.kind { body(query) } }
  }

  /// All expressions inside it at any depth; its own have the depth given.
  public func forEachInside(depth: Int, _ body: (Expression, Int) -> Void) {
    forEachExpression { $0.forEachInside(depth: depth, body) }
    forEachNested { $0.forEachInside(depth: depth + 1, body) }
  }

  /// Whether anything inside it is so.
  public func contains(_ condition: (Expression, Int) -> Bool) -> Bool {
    var found = false
    forEachInside(depth: 0) { expression, depth in if !found, condition(expression, depth) { found = true } }
    return found
  }
}

extension JoinTree {
  public func forEachCondition(_ body: (Expression) -> Void) {
    switch self {
    case .range: break
    case .from(let all, let condition):
      for one in all { one.forEachCondition(body) }
      condition.map(body)
    case .join(let join):
      join.left.forEachCondition(body)
      join.right.forEachCondition(body)
      join.condition.map(body)
    }
  }

  /// The ranges that it joins, in order.
  public var ranges: [Int] {
    switch self {
    case .range(let range): [range]
    case .from(let all, _): all.flatMap(\.ranges)
    case .join(let join): join.left.ranges + join.right.ranges
    }
  }
}
