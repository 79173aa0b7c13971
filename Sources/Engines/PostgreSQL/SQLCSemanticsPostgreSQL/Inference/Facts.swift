import SQLCTreePostgreSQL

// What a condition says of NULL, by its outcome:
//
// | condition | when true | when false |
// |---|---|---|
// | AND | of each | of all alike |
// | OR | of all alike | of each |
// | NOT x | x when false | x when true |
// | strict operator or function | its arguments are not NULL | the same |
// | x IS NOT NULL | x is not NULL | |
// | x IS NULL | | x is not NULL |
// | x IS TRUE, x IS FALSE, x IS NOT UNKNOWN | x when true, when false; x is not NULL | |
// | x = ANY(a) | x and a | a |
// | x = ALL(a) | a, and x where a has an element | x and a |
// | x IN (SELECT …) | x | |
// | x IS DISTINCT FROM y | | one where the other is never NULL |
// | (a, b) < (c, d) | a and c | the same |
extension QueryScope {
  func whenTrue(_ condition: Expression, _ context: Context) -> Set<Fact> {
    switch condition {
    case .junction(.and, let all, _): return union(all) { whenTrue($0, context) }
    case .junction(.or, let all, _): return intersection(all) { whenTrue($0, context) }
    case .not(let inner, _): return whenFalse(inner, context)
    case .nullTest(let test):
      guard test.test == .isNotNull else { return [] }
      var facts = notNull(test.argument)
      if test.isOfRow, isStable(test.argument) { facts.insert(.rowNotNull(test.argument)) }
      return facts
    case .booleanTest(let test):
      switch test.test {
      case .isTrue: return whenTrue(test.argument, context)
      case .isFalse: return whenFalse(test.argument, context)
      case .isNotUnknown: return notNull(test.argument)
      case .isNotTrue: return whenNotTrue(test.argument, context)
      case .isNotFalse: return whenNotFalse(test.argument, context)
      case .isUnknown: return []
      }
    case .arrayComparison(let comparison):
      guard analyzer.isStrict(analyzer.function(comparison.function, of: comparison.operator)) else { return [] }
      let hasElement = comparison.quantifier == .any || isNonEmptyArray(comparison.array)
      return notNull(comparison.array).union(hasElement ? notNull(comparison.value) : [])
    case .subquery(let subquery):
      guard subquery.kind == .any, let test = subquery.test else { return [] }
      return union(comparisons(of: test)) { call in
        analyzer.isStrict(analyzer.function(of: call)) ? call.arguments.first.map(notNull) ?? [] : []
      }
    case .caseWhen, .distinct: return []
    case .rowComparison: return firstOfRow(condition)
    default: return notNull(condition)
    }
  }

  func whenFalse(_ condition: Expression, _ context: Context) -> Set<Fact> {
    switch condition {
    case .junction(.or, let all, _): return union(all) { whenFalse($0, context) }
    case .junction(.and, let all, _): return intersection(all) { whenFalse($0, context) }
    case .not(let inner, _): return whenTrue(inner, context)
    case .nullTest(let test): return test.test == .isNull && !test.isOfRow ? notNull(test.argument) : []
    case .booleanTest(let test):
      switch test.test {
      case .isUnknown: return notNull(test.argument)
      case .isNotTrue: return whenTrue(test.argument, context)
      case .isNotFalse: return whenFalse(test.argument, context)
      case .isTrue: return whenNotTrue(test.argument, context)
      case .isFalse: return whenNotFalse(test.argument, context)
      case .isNotUnknown: return []
      }
    case .distinct(let call):
      guard call.arguments.count == 2 else { return [] }
      var facts: Set<Fact> = []
      if cause(call.arguments[0], context) == nil { facts.formUnion(notNull(call.arguments[1])) }
      if cause(call.arguments[1], context) == nil { facts.formUnion(notNull(call.arguments[0])) }
      return facts
    case .arrayComparison(let comparison):
      guard analyzer.isStrict(analyzer.function(comparison.function, of: comparison.operator)) else { return [] }
      // Of an empty array ANY is false, whatever the value.
      let hasElement = comparison.quantifier == .all || isNonEmptyArray(comparison.array)
      return notNull(comparison.array).union(hasElement ? notNull(comparison.value) : [])
    case .subquery, .caseWhen: return []
    case .rowComparison: return firstOfRow(condition)
    default: return notNull(condition)
    }
  }

  /// When it is false or NULL.
  func whenNotTrue(_ condition: Expression, _ context: Context) -> Set<Fact> {
    switch condition {
    case .nullTest, .distinct, .booleanTest: whenFalse(condition, context)
    case .junction(.or, let all, _): union(all) { whenNotTrue($0, context) }
    case .junction(.and, let all, _): intersection(all) { whenNotTrue($0, context) }
    case .not(let inner, _): whenNotFalse(inner, context)
    default: []
    }
  }

  /// When it is true or NULL: what a CHECK constraint lets through.
  func whenNotFalse(_ condition: Expression, _ context: Context) -> Set<Fact> {
    switch condition {
    case .nullTest, .booleanTest: whenTrue(condition, context)
    case .junction(.and, let all, _): union(all) { whenNotFalse($0, context) }
    case .junction(.or, let all, _): intersection(all) { whenNotFalse($0, context) }
    case .not(let inner, _): whenNotTrue(inner, context)
    default: []
    }
  }

  /// What is not NULL when it is not.
  func notNull(_ expression: Expression) -> Set<Fact> {
    var facts: Set<Fact> = []
    collectNotNull(expression, &facts)
    return facts
  }

  private func collectNotNull(_ expression: Expression, _ facts: inout Set<Fact>) {
    if isStable(expression) { facts.insert(.notNull(expression)) }
    switch expression {
    case .call(let call):
      guard !call.returnsSet, analyzer.isStrict(analyzer.function(of: call)) else { return }
      // An array of VARIADIC arguments is an argument like the others.
      for argument in call.arguments { collectNotNull(argument, &facts) }
    case .conversion(let conversion): collectNotNull(conversion.argument, &facts)
    case .collate(let inner, _), .domain(let inner, _, _), .field(let inner, _, _), .named(let inner, _),
      .not(let inner, _):
      collectNotNull(inner, &facts)
    case .nullIf(let call): if let first = call.arguments.first { collectNotNull(first, &facts) }
    case .element(let element):
      guard element.kind == .element else { return }
      collectNotNull(element.container, &facts)
      for case .some(let bound) in element.bounds { collectNotNull(bound, &facts) }
    case .arrayComparison(let comparison):
      guard analyzer.isStrict(analyzer.function(comparison.function, of: comparison.operator)) else { return }
      collectNotNull(comparison.array, &facts)
    default: break
    }
  }

  /// `(a, b) < (c, d)` is decided by a and c, or by b and d once those are equal.
  private func firstOfRow(_ condition: Expression) -> Set<Fact> {
    guard case .rowComparison(let comparison) = condition, let first = comparison.operators.first,
      analyzer.isStrict(analyzer.function(.none, of: first)), let left = comparison.left.first,
      let right = comparison.right.first
    else { return [] }
    return notNull(left).union(notNull(right))
  }

  /// The comparisons that `x IN (SELECT …)` and `(x, y) IN (SELECT …)` make, all of which hold where it does.
  func comparisons(of test: Expression) -> [Call] {
    switch test {
    case .call(let call): [call]
    case .junction(.and, let all, _): all.flatMap(comparisons)
    default: []
    }
  }

  func isNonEmptyArray(_ expression: Expression) -> Bool {
    if case .array(let array) = expression { return array.shape == .elements && !array.elements.isEmpty }
    return false
  }

  /// It has one value wherever it is evaluated for a row: nothing volatile, nothing from a subquery, nothing unknown.
  func isStable(_ expression: Expression) -> Bool {
    !expression.contains { part, _ in
      switch part {
      case .subquery, .unknown, .nextValue, .caseTest, .defaultValue, .window: true
      default: isVolatileCall(part)
      }
    }
  }

  /// Whether its own function, not those inside it, can give another value each time.
  func isVolatileCall(_ expression: Expression) -> Bool {
    func isVolatile(_ function: ObjectID) -> Bool {
      catalog.functions[function].map { $0.volatility == .volatile } ?? true
    }
    switch expression {
    case .call(let call), .distinct(let call), .nullIf(let call): return isVolatile(analyzer.function(of: call))
    case .arrayComparison(let comparison):
      return isVolatile(analyzer.function(comparison.function, of: comparison.operator))
    case .nextValue, .unknown: return true
    default: return false
    }
  }

  private func union<T>(_ all: [T], _ facts: (T) -> Set<Fact>) -> Set<Fact> {
    all.reduce(into: []) { $0.formUnion(facts($1)) }
  }
  private func intersection<T>(_ all: [T], _ facts: (T) -> Set<Fact>) -> Set<Fact> {
    guard var result = all.first.map(facts) else { return [] }
    for one in all.dropFirst() where !result.isEmpty { result.formIntersection(facts(one)) }
    return result
  }
}
