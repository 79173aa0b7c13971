// Expressions as relations see them.

import SQLCDiagnostics
import SQLCFacts
import SQLCTreePostgreSQL

extension RelationLowering {
  typealias Kind = RelationalExpression.Kind

  mutating func expression(_ expression: Expression) -> RelationalExpression {
    RelationalExpression(kind(of: expression), range: range(expression.firstOffset))
  }

  private mutating func list(_ all: [Expression]) -> [RelationalExpression] { all.map { expression($0) } }

  private mutating func kind(of expression: Expression) -> Kind {
    switch expression {
    case .variable(let variable): return column(variable)
    case .constant(let constant): return literal(constant)
    case .parameter(let parameter):
      switch parameter.kind {
      case .external: return .parameter(parameter.number)
      case .assigned:
        // `SET (a, b) = (SELECT …)`
        isWhole = false
        return .other([])
      case .other: return .other([])
      }
    case .call(let call): return self.call(call)
    case .distinct(let call):
      guard call.arguments.count == 2 else { return .other(list(call.arguments)) }
      return .compare(
        .notSame, self.expression(call.arguments[0]), self.expression(call.arguments[1]), precision(of: call))
    case .nullIf(let call): return .other(list(call.arguments))
    case .arrayComparison(let comparison): return self.arrayComparison(comparison)
    case .junction(.and, let parts, _): return between(parts) ?? .all(list(parts))
    case .junction(.or, let parts, _): return .any(list(parts))
    case .not(.subquery(let subquery), _) where subquery.kind == .any: return membership(subquery, isNegated: true)
    case .not(let operand, _): return .not(self.expression(operand))
    case .nullTest(let test):
      let operand = self.expression(test.argument)
      guard !test.isOfRow else { return .other([operand]) }
      let isNull = RelationalExpression(.isNull(operand), range: range(test.offset))
      return test.test == .isNull ? isNull.kind : .not(isNull)
    // `x IS TRUE` is the truth of x.
    case .booleanTest(let test): return .other([self.expression(test.argument)])
    case .caseWhen(let choice):
      return .caseWhen(
        operand: choice.argument.map { self.expression($0) },
        choice.branches.map {
          RelationalBranch(when: self.expression($0.condition), then: self.expression($0.result))
        }, otherwise: choice.otherwise.map { self.expression($0) })
    case .caseTest, .valueFunction, .mergeAction, .nextValue, .defaultValue: return .other([])
    case .coalesce(let parts, _):
      return .call(RelationalCall(name: "coalesce", role: .scalar, arguments: list(parts), filter: nil))
    case .extreme(_, let parts, _), .grouping(let parts): return .other(list(parts))
    case .array(let array): return .other(list(array.elements))
    case .row(let parts, _, _): return .row(list(parts))
    case .rowComparison(let comparison): return rowComparison(comparison)
    case .element(let element): return .other(list([element.container] + element.bounds.compactMap(\.self)))
    case .field(let operand, _, _), .isJSON(let operand, _, _): return .other([self.expression(operand)])
    case .conversion(let conversion): return self.conversion(conversion)
    case .collate(let operand, let collation):
      return catalog.collations[collation]?.isDeterministic == false
        ? .other([self.expression(operand)]) : kind(of: operand)
    case .domain(let operand, _, _): return operand.isGiven ? kind(of: operand) : .other([self.expression(operand)])
    case .aggregate(let aggregate): return self.aggregate(aggregate)
    case .window(let window):
      return .call(
        RelationalCall(
          name: analyzer.name(of: window.function), role: .window(partition(of: window)),
          arguments: list(window.arguments), filter: window.filter.map { self.expression($0) }))
    case .subquery(let subquery): return self.subquery(subquery)
    case .named(let operand, _): return kind(of: operand)
    case .jsonConstructor(let constructor):
      return .other(list(constructor.arguments + [constructor.function, constructor.coercion].compactMap(\.self)))
    case .unknown:
      isWhole = false
      return .other([])
    }
  }

  // MARK: Values

  private mutating func column(_ variable: Variable) -> Kind {
    guard let (id, entry) = source(variable.range, levelsUp: variable.levelsUp) else {
      isWhole = false
      return .other([])
    }
    switch entry.kind {
    case .relation(let object, _):
      if variable.attribute == 0 {
        let width = catalog.relations[catalog.root(of: object)]?.columns.count ?? 0
        return .other((0..<width).map { column(id, $0, variable) })
      }
      guard let index = catalog.columnIndex(variable.attribute, of: object) else { return .other([]) }
      return column(id, index, variable).kind
    // What GROUP BY has grouped (18), and the columns of a JOIN, are what they stand for.
    case .group(let expressions):
      guard variable.levelsUp == 0, let expression = expressions.at(variable.attribute - 1) else { break }
      return kind(of: expression)
    case .join(let columns):
      guard variable.levelsUp == 0, let expression = columns.at(variable.attribute - 1) ?? nil else { break }
      return kind(of: expression)
    default:
      if variable.attribute == 0 { return .other(entry.columnNames.indices.map { column(id, $0, variable) }) }
      return column(id, variable.attribute - 1, variable).kind
    }
    isWhole = false
    return .other([])
  }

  private func column(_ source: Int, _ index: Int, _ variable: Variable) -> RelationalExpression {
    RelationalExpression(.column(RelationColumn(source: source, index: index)), range: range(variable.offset))
  }

  /// As SQL has it where it is a text, a whole number or a truth; else by type and bytes.
  /// `(a, b) < (c, d)`; equalities of rows come as those of their parts.
  private mutating func rowComparison(_ comparison: RowComparison) -> Kind {
    // RowCompareType, later CompareType.
    let kinds: [Int: RelationalExpression.Comparison] = [1: .less, 2: .lessOrEqual, 4: .greaterOrEqual, 5: .greater]
    guard let kind = kinds[comparison.kind] else { return .other(list(comparison.left + comparison.right)) }
    let sides = [comparison.left, comparison.right].map { parts in
      RelationalExpression(.row(list(parts)), range: range(parts.first?.firstOffset))
    }
    return .compare(kind, sides[0], sides[1], .exact)
  }

  private func literal(_ constant: Constant) -> Kind {
    guard let bytes = constant.bytes else { return .null }
    switch catalog.types[constant.type]?.name {
    // A header of four bytes stands before the text.
    case "text"?, "varchar"?:
      return .constant(
        "'" + String(decoding: bytes.dropFirst(4), as: UTF8.self).replacingScalars("'", with: "''") + "'")
    case "bool"?: return .constant(bytes.first == 1 ? "TRUE" : "FALSE")
    case "int2"?, "int4"?, "int8"?:
      let width =
        catalog.types[constant.type]?.name == "int8" ? 8 : catalog.types[constant.type]?.name == "int4" ? 4 : 2
      let bits = bytes.prefix(width).enumerated().reduce(UInt64(0)) {
        $0 | UInt64($1.element) << (8 * UInt64($1.offset))
      }
      let shift = 64 - 8 * width
      return .constant("\(Int64(bitPattern: bits << UInt64(shift)) >> Int64(shift))")
    default: return .constant("\(constant.type.rawValue):" + bytes.map { String($0, radix: 16) }.joined(separator: "."))
    }
  }

  private mutating func conversion(_ conversion: Conversion) -> Kind {
    if conversion.argument.isGiven { return kind(of: conversion.argument) }
    // The same bytes; but blanks at the end of `character(n)` do not count.
    if case .relabel = conversion.kind, typeName(of: conversion.argument) != "bpchar" {
      return kind(of: conversion.argument)
    }
    return .other([expression(conversion.argument)])
  }

  private func typeName(of expression: Expression) -> String? {
    guard case .variable(let variable) = expression else { return nil }
    return catalog.types[variable.type]?.name
  }

  // MARK: Calls

  /// `x BETWEEN a AND b`, which the server has as `x >= a AND x <= b`.
  private mutating func between(_ parts: [Expression]) -> Kind? {
    guard parts.count == 2, case .call(let low) = parts[0], case .call(let high) = parts[1],
      isComparison(low, ">="), isComparison(high, "<="), low.arguments[0] == high.arguments[0],
      catalog.collations[low.collation]?.isDeterministic != false, typeName(of: low.arguments[0]) != "bpchar"
    else { return nil }
    return .between(
      expression(low.arguments[0]), low: expression(low.arguments[1]), high: expression(high.arguments[1]),
      isNegated: false)
  }

  func isComparison(_ call: Call, _ name: String? = nil) -> Bool {
    guard call.arguments.count == 2, let found = call.operator.flatMap({ catalog.operators[$0] }),
      found.schema == "pg_catalog", RelationalExpression.Comparison(rawValue: found.name) != nil
    else { return false }
    return name == nil || found.name == name
  }

  private mutating func call(_ call: Call) -> Kind {
    if call.operator == nil, call.form != .call, let argument = call.arguments.first {
      // What a caller gives is as much the caller's in another type, and a number is the same number in a wider one.
      let isWidened = call.form == .implicitCast && isWholeNumber(argument)
      if argument.isGiven || isWidened { return kind(of: argument) }
      return .other(list(call.arguments))
    }
    guard let operation = call.operator, call.arguments.count == 2, let found = catalog.operators[operation] else {
      return .call(
        RelationalCall(name: analyzer.name(of: call), role: .scalar, arguments: list(call.arguments), filter: nil))
    }
    if found.schema == "pg_catalog", let comparison = RelationalExpression.Comparison(rawValue: found.name) {
      return .compare(comparison, expression(call.arguments[0]), expression(call.arguments[1]), precision(of: call))
    }
    switch found.name {
    case "~~": return .like(expression(call.arguments[0]), pattern: expression(call.arguments[1]), others: [])
    case "/":
      return .call(RelationalCall(name: "/", role: .scalar, arguments: list(call.arguments), filter: nil))
    default: return .other(list(call.arguments))
    }
  }

  private func isWholeNumber(_ expression: Expression) -> Bool {
    guard case .variable(let variable) = expression else { return false }
    return ["int2", "int4", "int8"].contains(catalog.types[variable.type]?.name)
  }

  /// Equal are only values that are the same: not where a collation takes two for one, nor blanks at the end.
  private func precision(of call: Call) -> RelationalExpression.Precision {
    guard let operation = call.operator, catalog.operators[operation]?.schema == "pg_catalog",
      catalog.equalityOperators.values.contains(where: { $0.contains(operation) })
        || catalog.operators[operation]?.name == "<>",
      catalog.collations[call.collation]?.isDeterministic != false,
      !call.arguments.contains(where: { typeName(of: $0) == "bpchar" })
    else { return .loose }
    return .exact
  }

  private mutating func arrayComparison(_ comparison: ArrayComparison) -> Kind {
    // `x = ANY($1)`
    if case .parameter(let parameter) = comparison.array, case .external = parameter.kind,
      comparison.quantifier == .any, let found = catalog.operators[comparison.operator],
      found.schema == "pg_catalog", found.name == "="
    {
      let list = RelationalExpression(.list(parameter.number), range: range(comparison.array.firstOffset))
      return .inList(expression(comparison.value), [list], isNegated: false, .loose)
    }
    guard case .array(let array) = comparison.array, array.shape == .elements,
      let found = catalog.operators[comparison.operator], found.schema == "pg_catalog"
    else { return .other(list([comparison.value, comparison.array])) }
    let isExact =
      catalog.collations[comparison.collation]?.isDeterministic != false && typeName(of: comparison.value) != "bpchar"
    switch (found.name, comparison.quantifier) {
    case ("=", .any):
      return .inList(expression(comparison.value), list(array.elements), isNegated: false, isExact ? .exact : .loose)
    case ("<>", .all):
      return .inList(expression(comparison.value), list(array.elements), isNegated: true, isExact ? .exact : .loose)
    default: return .other(list([comparison.value] + array.elements))
    }
  }

  private mutating func aggregate(_ aggregate: Aggregate) -> Kind {
    // It belongs to a query around this one.
    if aggregate.levelsUp > 0 { isWhole = false }
    let name = analyzer.name(of: aggregate.function)
    let arguments = aggregate.arguments.map(\.expression)
    return .call(
      RelationalCall(
        name: name,
        role: .aggregate(nullSkipping.contains(name) && !arguments.isEmpty ? .skipped : .counted),
        arguments: list(arguments + aggregate.directArguments), filter: aggregate.filter.map { expression($0) }))
  }

  private mutating func partition(of call: WindowCall) -> [RelationalExpression] {
    guard let parts = levels.last else { return [] }
    guard let window = parts.windows.first(where: { $0.number == call.window }) else { return [] }
    return window.partition.compactMap { key in
      parts.targets.first { $0.sortReference == key.reference }?.expression
    }.map { expression($0) }
  }

  // MARK: Subqueries

  private mutating func subquery(_ subquery: Subquery) -> Kind {
    switch subquery.kind {
    case .exists: return .exists(query(subquery.query))
    case .scalar, .array: return .subquery(query(subquery.query))
    case .any: return membership(subquery, isNegated: false)
    case .all:
      let operand = subquery.test.map { self.operand(of: $0) } ?? RelationalExpression(.other([]), range: range(nil))
      return .inQuery(operand, query(subquery.query), isNegated: true, .loose)
    case .rowComparison, .assigned, .commonTable:
      isWhole = false
      return .other([])
    }
  }

  /// `x IN (SELECT …)`: the test compares x, or each part of a row, with what the query gives.
  private mutating func membership(_ subquery: Subquery, isNegated: Bool) -> Kind {
    var tests: [Expression] = []
    switch subquery.test {
    case .junction(.and, let parts, _)?: tests = parts
    case let test?: tests = [test]
    case nil: isWhole = false
    }
    let calls = tests.compactMap { test -> Call? in if case .call(let call) = test { call } else { nil } }
    let isExact =
      calls.count == tests.count
      && calls.allSatisfy { call in
        precision(of: call) == .exact && call.operator.flatMap { catalog.operators[$0]?.name } == "="
      }
    let operands = tests.map { operand(of: $0) }
    let compared =
      operands.count == 1 ? operands[0] : RelationalExpression(.row(operands), range: range(subquery.offset))
    return .inQuery(compared, query(subquery.query), isNegated: isNegated, isExact ? .exact : .loose)
  }

  private mutating func operand(of test: Expression) -> RelationalExpression {
    if case .call(let call) = test, let first = call.arguments.first { return expression(first) }
    return expression(test)
  }
}

extension Expression {
  /// A parameter, in whatever type.
  fileprivate var isGiven: Bool {
    switch self {
    case .parameter(let parameter): parameter.kind == .external
    case .conversion(let conversion): conversion.argument.isGiven
    case .domain(let operand, _, _): operand.isGiven
    case .call(let call): call.operator == nil && call.form != .call && call.arguments.first?.isGiven == true
    default: false
    }
  }

  /// Where it is written, or something in it.
  fileprivate var firstOffset: SourceOffset? {
    var first: Int?
    forEachInside { expression, _ in
      let offset: Int? =
        switch expression {
        case .variable(let variable): variable.offset.value
        case .constant(let constant): constant.offset.value
        case .parameter(let parameter): parameter.offset.value
        case .call(let call): call.offset.value
        default: nil
        }
      if let offset { first = min(first ?? offset, offset) }
    }
    return first.map { SourceOffset($0) }
  }
}

/// Aggregates for which a NULL is no value (PostgreSQL, functions-aggregate).
private let nullSkipping: Set<String> = [
  "avg", "bit_and", "bit_or", "bool_and", "bool_or", "count", "every", "max", "min", "string_agg", "sum",
]
