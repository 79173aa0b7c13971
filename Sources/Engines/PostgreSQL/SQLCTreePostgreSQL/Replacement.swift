extension Expression {
  /// The same with other variables. Queries of subqueries are left as they are: not for expressions that have some.
  public func replacingVariables(_ replacement: (Variable) -> Expression) -> Expression {
    func new(_ one: Expression) -> Expression { one.replacingVariables(replacement) }
    func new(_ all: [Expression]) -> [Expression] { all.map { $0.replacingVariables(replacement) } }
    func new(_ call: Call) -> Call {
      var call = call
      call.arguments = new(call.arguments)
      return call
    }
    switch self {
    case .variable(let variable): return replacement(variable)
    case .constant, .parameter, .caseTest, .valueFunction, .mergeAction, .nextValue, .defaultValue: return self
    case .call(let call): return .call(new(call))
    case .distinct(let call): return .distinct(new(call))
    case .nullIf(let call): return .nullIf(new(call))
    case .arrayComparison(var comparison):
      comparison.value = new(comparison.value)
      comparison.array = new(comparison.array)
      return .arrayComparison(comparison)
    case .junction(let kind, let all, let offset): return .junction(kind, new(all), offset)
    case .coalesce(let all, let offset): return .coalesce(new(all), offset)
    case .extreme(let kind, let all, let offset): return .extreme(kind, new(all), offset)
    case .row(let all, let type, let offset): return .row(new(all), type: type, offset)
    case .grouping(let all): return .grouping(new(all))
    case .not(let one, let offset): return .not(new(one), offset)
    case .field(let one, let number, let type): return .field(new(one), number: number, type: type)
    case .collate(let one, let collation): return .collate(new(one), collation: collation)
    case .domain(let one, let type, let offset): return .domain(new(one), type: type, offset)
    case .named(let one, let position): return .named(new(one), position: position)
    case .isJSON(let one, let kind, let offset): return .isJSON(new(one), kind: kind, offset)
    case .nullTest(var test):
      test.argument = new(test.argument)
      return .nullTest(test)
    case .booleanTest(var test):
      test.argument = new(test.argument)
      return .booleanTest(test)
    case .caseWhen(var expression):
      expression.argument = expression.argument.map(new)
      expression.branches = expression.branches.map { .init(condition: new($0.condition), result: new($0.result)) }
      expression.otherwise = expression.otherwise.map(new)
      return .caseWhen(expression)
    case .array(var array):
      array.elements = new(array.elements)
      return .array(array)
    case .rowComparison(var comparison):
      comparison.left = new(comparison.left)
      comparison.right = new(comparison.right)
      return .rowComparison(comparison)
    case .element(var element):
      element.container = new(element.container)
      element.bounds = element.bounds.map { $0.map(new) }
      return .element(element)
    case .conversion(var conversion):
      conversion.argument = new(conversion.argument)
      return .conversion(conversion)
    case .aggregate(var aggregate):
      for at in aggregate.arguments.indices {
        aggregate.arguments[at].expression = new(aggregate.arguments[at].expression)
      }
      aggregate.directArguments = new(aggregate.directArguments)
      aggregate.filter = aggregate.filter.map(new)
      return .aggregate(aggregate)
    case .window(var call):
      call.arguments = new(call.arguments)
      call.filter = call.filter.map(new)
      return .window(call)
    case .subquery(var subquery):
      subquery.test = subquery.test.map(new)
      return .subquery(subquery)
    case .jsonConstructor(var constructor):
      constructor.arguments = new(constructor.arguments)
      constructor.function = constructor.function.map(new)
      constructor.coercion = constructor.coercion.map(new)
      return .jsonConstructor(constructor)
    case .unknown(var node):
      node.children = new(node.children)
      return .unknown(node)
    }
  }
}
