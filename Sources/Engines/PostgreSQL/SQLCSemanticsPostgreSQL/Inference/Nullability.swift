import SQLCTreePostgreSQL

extension QueryScope {
  /// Why an expression can be NULL; nil when it cannot. What is not understood can.
  func cause(_ expression: Expression, _ context: Context) -> NullCause? {
    if context.phase == .output, grouping.partial.contains(expression) {
      let isKnown = isKnown(expression, havingFacts) || isKnown(expression, context.assumed)
      return isKnown && dependsOnRow(expression) ? nil : NullCause(.groupingSet, at: expression.offset)
    }
    if isKnown(expression, in: context) { return nil }
    switch expression {
    case .variable(let variable): return cause(of: variable, context)
    case .constant(let constant):
      return constant.bytes == nil ? NullCause(.null, at: constant.offset.value) : nil
    case .parameter(let parameter): return cause(of: parameter)
    case .call(let call): return cause(of: call, context)
    case .distinct, .nullTest, .booleanTest, .array, .row, .grouping, .mergeAction, .nextValue: return nil
    case .nullIf(let call): return NullCause(.nullIf, at: call.offset.value)
    case .arrayComparison(let comparison): return cause(of: comparison, context)
    case .junction(let kind, let all, _): return cause(ofJunction: kind, all, context)
    case .caseWhen(let expression): return cause(of: expression, context)
    case .caseTest: return NullCause(.notUnderstood("a value of CASE"))
    case .coalesce(let all, let offset): return cause(ofAll: all, "coalesce", offset, context)
    case .extreme(.greatest, let all, let offset): return cause(ofAll: all, "greatest", offset, context)
    case .extreme(.least, let all, let offset): return cause(ofAll: all, "least", offset, context)
    case .rowComparison(let comparison):
      guard
        comparison.operators.allSatisfy({ analyzer.rule(of: analyzer.function(.none, of: $0)) == .total })
      else { return NullCause(.notUnderstood("a comparison of rows"), at: expression.offset) }
      return cause(ofAny: comparison.left + comparison.right, context)
    case .element(let element):
      guard element.kind != .element else { return NullCause(.missingElement, at: expression.offset) }
      return cause(ofAny: [element.container] + element.bounds.compactMap(\.self), context)
    case .field(let inner, let number, _): return cause(ofField: number, inner, context)
    case .conversion(let conversion): return cause(of: conversion, context)
    case .not(let inner, _), .collate(let inner, _), .named(let inner, _), .isJSON(let inner, _, _):
      return cause(inner, context)
    case .domain(let inner, let type, _):
      if case .domain(_, _, .declared)? = catalog.types[type]?.kind { return nil }
      return cause(inner, context)
    case .valueFunction(let op, _, let offset):
      return op == 14 ? NullCause(.function("current_schema"), at: offset.value) : nil
    case .aggregate(let aggregate): return cause(of: aggregate, context)
    case .window(let call): return cause(of: call, context)
    case .subquery(let subquery): return cause(of: subquery, context)
    case .jsonConstructor(let constructor): return cause(of: constructor, context)
    case .defaultValue: return NullCause(.notSupplied)
    case .unknown(let node): return NullCause(.notUnderstood(node.name))
    }
  }

  func cause(ofAny all: [Expression], _ context: Context) -> NullCause? {
    for one in all { if let cause = cause(one, context) { return cause } }
    return nil
  }

  func isKnown(_ expression: Expression, _ facts: Set<Fact>) -> Bool {
    !facts.isEmpty && facts.contains(.notNull(expression))
  }

  /// Whether a fact says that it is not NULL, as it is evaluated there.
  private func isKnown(_ expression: Expression, in context: Context) -> Bool {
    if isKnown(expression, context.assumed) { return true }
    switch context.phase {
    case .input: return isKnown(expression, facts)
    case .output:
      if isKnown(expression, havingFacts) { return true }
      // A group of no rows has no row of which the facts speak; a grouping set blanks columns after WHERE.
      return !grouping.mayBeEmpty && isKnown(expression, facts) && !isPartlyGrouped(expression)
    case .returning:
      // WHERE speaks of the row as it was.
      return isKnown(expression, facts) && (parts.command == .delete || !isOfTarget(expression))
    }
  }

  private func isPartlyGrouped(_ expression: Expression) -> Bool {
    !grouping.partialVariables.isEmpty
      && expression.contains { part, depth in
        guard case .variable(var variable) = part, variable.levelsUp == depth else { return false }
        variable.levelsUp = 0
        return grouping.partialVariables.contains(variable)
      }
  }

  /// A condition on a grouped constant is decided by the constant, not by what the grouping made of it (15 to 18).
  private func dependsOnRow(_ expression: Expression) -> Bool {
    expression.contains { part, depth in
      guard case .variable(let variable) = part else { return false }
      guard variable.levelsUp == depth, case .group(let grouped)? = parts.ranges.at(variable.range - 1)?.kind else {
        return true
      }
      return grouped.at(variable.attribute - 1).map(dependsOnRow) ?? false
    }
  }

  private func isOfTarget(_ expression: Expression) -> Bool {
    expression.contains { part, depth in
      if case .variable(let variable) = part { return variable.levelsUp == depth && variable.range == parts.target }
      return false
    }
  }

  private func cause(of parameter: Parameter) -> NullCause? {
    switch parameter.kind {
    case .external:
      return parameters.mayBeNull(parameter.number)
        ? NullCause(.parameter(parameter.number), at: parameter.offset.value) : nil
    case .assigned: return NullCause(.assignedRowMayBeMissing)
    case .other: return NullCause(.notUnderstood("a parameter"))
    }
  }

  /// An operand is only asked where those before did not decide: NULL AND false is false.
  private func cause(
    ofJunction kind: Expression.Junction, _ all: [Expression], _ context: Context
  ) -> NullCause? {
    var here = context
    for one in all {
      if let cause = cause(one, here) { return cause }
      here = here.assuming(kind == .and ? whenTrue(one, here) : whenFalse(one, here))
    }
    return nil
  }

  private func cause(of expression: CaseExpression, _ context: Context) -> NullCause? {
    var here = context
    for branch in expression.branches {
      let facts = expression.argument == nil ? whenTrue(branch.condition, here) : whenMatched(expression, branch)
      if let cause = cause(branch.result, here.assuming(facts)) {
        return NullCause(.caseResult(cause.reason), at: cause.offset)
      }
      if expression.argument == nil { here = here.assuming(whenNotTrue(branch.condition, here)) }
    }
    guard let otherwise = expression.otherwise else { return NullCause(.caseWithoutElse, at: expression.offset.value) }
    if case .constant(let constant) = otherwise, constant.bytes == nil {
      return NullCause(.caseWithoutElse, at: expression.offset.value)
    }
    return cause(otherwise, here).map { NullCause(.caseResult($0.reason), at: $0.offset) }
  }

  /// `CASE x WHEN y`: a strict comparison of x holds.
  private func whenMatched(_ expression: CaseExpression, _ branch: CaseExpression.Branch) -> Set<Fact> {
    guard let argument = expression.argument, case .call(let call) = branch.condition,
      analyzer.isStrict(analyzer.function(of: call)),
      call.arguments.contains(where: { if case .caseTest = $0 { true } else { false } })
    else { return [] }
    return notNull(argument)
  }

  private func cause(
    ofAll all: [Expression], _ name: String, _ offset: SourceOffset, _ context: Context
  ) -> NullCause? {
    var last: NullCause?
    for one in all {
      guard let cause = cause(one, context) else { return nil }
      last = cause
    }
    if coversFullJoin(all, context) { return nil }
    return NullCause(.allArguments(of: name, last?.reason ?? .null), at: last?.offset ?? offset.value)
  }

  /// In every row of a FULL JOIN one side is there: of a column of either, each never NULL in its own range, one has a value.
  /// It is what the column of FULL JOIN … USING is.
  private func coversFullJoin(_ all: [Expression], _ context: Context) -> Bool {
    guard context.phase == .input || !grouping.mayBeEmpty else { return false }
    var sides: [Int: Set<JoinSide.Side>] = [:]
    for one in all {
      guard case .variable(let variable) = withoutRelabels(one), variable.levelsUp == 0, variable.attribute > 0,
        context.phase == .input || !grouping.partialVariables.contains(variable)
      else { continue }
      let blanking = (nullers[variable.range] ?? []).filter { !matched.contains($0) }
      guard blanking.count == 1, let side = blanking.first,
        rangeCause(variable.range, variable.attribute, at: nil) == nil
      else { continue }
      sides[side.join, default: []].insert(side.side)
    }
    return sides.values.contains { $0.count == 2 }
  }

  private func cause(ofField number: Int, _ inner: Expression, _ context: Context) -> NullCause? {
    if case .variable(var variable) = inner, variable.attribute == 0, variable.levelsUp == 0,
      let range = parts.ranges.at(variable.range - 1), hasColumns(range)
    {
      variable.attribute = number
      return cause(.variable(variable), context)
    }
    if case .row(let fields, _, _) = inner, let field = fields.at(number - 1) { return cause(field, context) }
    let row = Fact.rowNotNull(inner)
    let isKnown =
      context.assumed.contains(row) || context.phase == .output && havingFacts.contains(row)
      || facts.contains(row) && self.isKnown(inner, in: context)
    return isKnown ? nil : NullCause(.compositeField, at: inner.offset)
  }

  private func hasColumns(_ range: RangeEntry) -> Bool {
    switch range.kind {
    case .relation, .subquery, .values, .commonTable: true
    case .join, .functions, .tableFunction, .empty, .group, .unknown: false
    }
  }

  private func cause(of conversion: Conversion, _ context: Context) -> NullCause? {
    // A conversion is NULL for NULL only: input and output functions give no NULL, elements stay inside the array.
    cause(conversion.argument, context)
  }

  private func cause(of constructor: JSONConstructor, _ context: Context) -> NullCause? {
    // JSON_OBJECT and JSON_ARRAY.
    if constructor.kind == 1 || constructor.kind == 2 { return nil }
    guard let function = constructor.function else { return NullCause(.notUnderstood("a JSON constructor")) }
    return cause(function, context)
  }

  /// Without conversions that keep the bytes.
  func withoutRelabels(_ expression: Expression) -> Expression {
    var inner = expression
    while true {
      if case .conversion(let conversion) = inner, conversion.kind == .relabel {
        inner = conversion.argument
      } else if case .variable(let variable) = inner, variable.levelsUp == 0,
        case .group(let grouped)? = parts.ranges.at(variable.range - 1)?.kind,
        let expression = grouped.at(variable.attribute - 1)
      {
        inner = expression
      } else {
        return inner
      }
    }
  }
}

extension Expression {
  /// Where it is written.
  var offset: Int? {
    switch self {
    case .variable(let variable): variable.offset.value
    case .constant(let constant): constant.offset.value
    case .parameter(let parameter): parameter.offset.value
    case .call(let call), .distinct(let call), .nullIf(let call): call.offset.value
    case .arrayComparison(let comparison): comparison.offset.value
    case .junction(_, _, let offset), .not(_, let offset), .coalesce(_, let offset), .extreme(_, _, let offset),
      .row(_, _, let offset), .domain(_, _, let offset), .valueFunction(_, _, let offset), .isJSON(_, _, let offset):
      offset.value
    case .nullTest(let test): test.offset.value
    case .booleanTest(let test): test.offset.value
    case .caseWhen(let expression): expression.offset.value
    case .array(let array): array.offset.value
    case .conversion(let conversion): conversion.offset.value ?? conversion.argument.offset
    case .aggregate(let aggregate): aggregate.offset.value
    case .window(let call): call.offset.value
    case .subquery(let subquery): subquery.offset.value
    case .element(let element): element.container.offset
    case .rowComparison(let comparison): comparison.left.first?.offset
    case .field(let inner, _, _), .collate(let inner, _), .named(let inner, _): inner.offset
    case .grouping, .jsonConstructor, .mergeAction, .nextValue, .defaultValue, .caseTest, .unknown: nil
    }
  }
}
