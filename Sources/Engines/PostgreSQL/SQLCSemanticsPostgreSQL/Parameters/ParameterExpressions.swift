import SQLCTreePostgreSQL

extension ParameterVisitor {
  /// `hint` names what the expression is compared with or stored in.
  mutating func visit(_ expression: Expression, _ stack: [Query], _ hint: NamedColumn? = nil) {
    switch expression {
    case .parameter(let parameter):
      add(
        parameter,
        ParameterUse(
          name: hint?.name, place: .other, origin: hint?.origin, sharesValues: hint?.sharesValues ?? false))
    case .junction(let kind, let all, _):
      if kind == .and { between(all, stack) }
      for one in all { visit(one, stack) }
    case .call(let call):
      if call.operator != nil {
        visitOperands(call.arguments, stack, hint, isDistinct: false, isEquality: isEquality(call.operator))
      } else {
        visit(call, stack, hint)
      }
    case .nullIf(let call):
      visitOperands(call.arguments, stack, hint, isDistinct: false, isEquality: isEquality(call.operator))
    case .distinct(let call):
      visitOperands(call.arguments, stack, hint, isDistinct: true, isEquality: isEquality(call.operator))
    case .arrayComparison(let comparison): visit(comparison, stack)
    case .rowComparison(let comparison):
      for (left, right) in zip(comparison.left, comparison.right) {
        visitOperands([left, right], stack, nil, isDistinct: false, isEquality: false)
      }
    case .nullTest(let test):
      if case .parameter(let parameter) = plain(test.argument) {
        add(parameter, ParameterUse(name: nil, allowsNull: "asked whether it IS NULL", place: .other))
      } else {
        visit(test.argument, stack)
      }
    case .coalesce(let all, _):
      let named = all.filter { if case .parameter = plain($0) { false } else { true } }
      let column = firstColumn(named, stack) ?? hint
      for (index, one) in all.enumerated() {
        if case .parameter(let parameter) = plain(one) {
          add(
            parameter,
            ParameterUse(
              name: column?.name, allowsNull: index < all.count - 1 ? "another value is there for it" : nil,
              place: .other, origin: column?.origin,
              sharesValues: hint?.sharesValues ?? false && hint?.origin == column?.origin))
        } else {
          visit(one, stack, column)
        }
      }
    case .caseWhen(let expression):
      expression.argument.map { visit($0, stack) }
      for branch in expression.branches {
        visit(branch.condition, stack, expression.argument.flatMap { column(in: $0, stack) })
        visit(branch.result, stack, hint)
      }
      expression.otherwise.map { visit($0, stack, hint) }
    case .subquery(let subquery):
      if let test = subquery.test {
        let names = subquery.query.parts.targets.filter { !$0.isHidden }.map(\.name)
        for (index, call) in comparisons(of: test).enumerated() {
          guard let first = call.arguments.first else { continue }
          visit(first, stack, (names.at(index) ?? nil).map { NamedColumn(name: $0) })
        }
      }
      visit(subquery.query, stack)
    case .conversion(let conversion): visit(conversion.argument, stack, hint)
    case .domain(let inner, _, _), .collate(let inner, _), .named(let inner, _): visit(inner, stack, hint)
    case .array(let array): for one in array.elements { visit(one, stack, hint) }
    case .extreme(_, let all, _): for one in all { visit(one, stack, hint ?? firstColumn(all, stack)) }
    default:
      var children: [Expression] = []
      expression.forEachChild { children.append($0) }
      for child in children { visit(child, stack) }
    }
  }

  private func comparisons(of test: Expression) -> [Call] {
    switch test {
    case .call(let call): [call]
    case .junction(_, let all, _): all.flatMap(comparisons)
    default: []
    }
  }

  private func firstColumn(_ all: [Expression], _ stack: [Query]) -> NamedColumn? {
    for one in all { if let column = column(in: one, stack) { return column } }
    return nil
  }

  /// Each operand of an operator is named by the column in the other.
  private mutating func visitOperands(
    _ operands: [Expression], _ stack: [Query], _ hint: NamedColumn?, isDistinct: Bool, isEquality: Bool
  ) {
    guard operands.count == 2 else {
      for one in operands { visit(one, stack, hint) }
      return
    }
    for (own, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
      var column = column(in: other, stack) ?? hint ?? functionName(in: other)
      column?.sharesValues = isEquality && isColumn(other)
      if case .parameter(let parameter) = plain(own) {
        add(
          parameter,
          ParameterUse(
            name: column?.name,
            allowsNull: isDistinct
              ? column.map { "compared with \($0.name), NULL included" } ?? "compared, NULL included" : nil,
            place: .other, origin: column?.origin, sharesValues: column?.sharesValues ?? false))
      } else {
        visit(own, stack, column)
      }
    }
  }

  private mutating func visit(_ comparison: ArrayComparison, _ stack: [Query]) {
    let isEquality = isEquality(comparison.operator)
    visitOperands([comparison.value, comparison.array], stack, nil, isDistinct: false, isEquality: isEquality)
    // Marks the parameter that is the list.
    if case .parameter(let parameter) = plain(comparison.array) {
      let column = column(in: comparison.value, stack)
      add(
        parameter,
        ParameterUse(
          name: column?.name, place: .other, origin: column?.origin,
          sharesValues: isEquality && isColumn(comparison.value), isList: true))
    }
  }

  /// `=` and `<>`.
  private func isEquality(_ operation: ObjectID?) -> Bool {
    guard let operation = operation.flatMap({ catalog.operators[$0] }) else { return false }
    return operation.schema == "pg_catalog" && ["=", "<>"].contains(operation.name)
  }

  /// A column, its value unchanged.
  private func isColumn(_ expression: Expression) -> Bool {
    switch expression {
    case .variable: true
    case .conversion(let conversion) where conversion.kind == .relabel: isColumn(conversion.argument)
    default: false
    }
  }

  private mutating func visit(_ call: Call, _ stack: [Query], _ hint: NamedColumn?) {
    let function = catalog.functions[analyzer.function(of: call)]
    let isList = isUnnest(call)
    for (index, argument) in call.arguments.enumerated() {
      var position = index
      if case .named(_, let number) = argument { position = number }
      let name = function?.argumentNames.at(position) ?? nil
      let own = name.flatMap { $0.isEmpty ? nil : NamedColumn(name: $0) }
      var column = own ?? hint ?? (call.arguments.count > 1 ? firstColumn(call.arguments, stack) : nil)
      column?.sharesValues = false
      if case .parameter(let parameter) = plain(argument) {
        add(
          parameter,
          ParameterUse(name: column?.name, place: .other, origin: own == nil ? column?.origin : nil, isList: isList))
      } else {
        visit(argument, stack, column)
      }
    }
  }

  /// `x BETWEEN $1 AND $2`: two comparisons of one expression, written at one place.
  private mutating func between(_ all: [Expression], _ stack: [Query]) {
    var calls: [Call] = []
    for case .call(let call) in all where call.arguments.count == 2 && call.offset.value != nil { calls.append(call) }
    for (index, first) in calls.enumerated() {
      for second in calls.dropFirst(index + 1)
      where first.offset.value == second.offset.value && first.arguments[0] == second.arguments[0] {
        guard let column = column(in: first.arguments[0], stack) else { continue }
        for call in [first, second] {
          let prefix: String
          switch analyzer.name(of: call) {
          case ">=": prefix = "from_"
          case "<=": prefix = "to_"
          default: continue
          }
          guard case .parameter(let parameter) = plain(call.arguments[1]) else { continue }
          add(parameter, ParameterUse(name: prefix + column.name, place: .between, origin: column.origin))
        }
      }
    }
  }

  /// The first column in an expression, by its name in its range.
  func column(in expression: Expression, _ stack: [Query]) -> NamedColumn? {
    var found: NamedColumn?
    func look(_ part: Expression) {
      guard found == nil else { return }
      if case .variable(let variable) = part, variable.attribute > 0, variable.levelsUp < stack.count,
        let range = stack[stack.count - 1 - variable.levelsUp].parts.ranges.at(variable.range - 1),
        let name = range.columnNames.at(variable.attribute - 1)
      {
        var origin: ColumnOrigin?
        if case .relation(let relation, _) = range.kind {
          origin = ColumnOrigin(relation: relation, attribute: variable.attribute)
        }
        found = NamedColumn(name: name, origin: origin)
        return
      }
      part.forEachChild(look)
    }
    look(expression)
    return found
  }

  private func functionName(in expression: Expression) -> NamedColumn? {
    var found: NamedColumn?
    func look(_ part: Expression) {
      guard found == nil else { return }
      switch part {
      case .call(let call) where call.operator == nil && call.form == .call:
        found = NamedColumn(name: analyzer.name(of: analyzer.function(of: call)))
      case .aggregate(let aggregate): found = NamedColumn(name: analyzer.name(of: aggregate.function))
      default: part.forEachChild(look)
      }
    }
    look(expression)
    return found
  }
}
