// Keys through expressions.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

extension KeyWalk {
  /// What an expression's value is. Everything in it is followed on the way.
  mutating func meaning(of expression: RelationalExpression) -> KeyMeaning {
    switch expression.kind {
    case .column(let column):
      let columns = sources[column.source]
      return columns.flatMap { $0.indices.contains(column.index) ? $0[column.index] : nil } ?? .plain
    case .parameter(let index), .list(let index):
      found.places[index, default: []].append(expression.range)
      return .given([index])
    case .null, .constant: return .open
    case .compare(_, let left, let right, _):
      compare(left, right)
      return .plain
    case .between(let operand, let low, let high, _):
      compare(operand, low)
      compare(operand, high)
      return .plain
    case .inList(let operand, let list, _, _):
      for element in list { compare(operand, element) }
      if list.isEmpty { _ = meaning(of: operand) }
      return .plain
    case .inQuery(let operand, let query, _, _):
      let rows = rows(of: query)
      let operands = parts(of: operand, count: rows.count)
      for (part, values) in zip(operands, rows) {
        for value in values { meet(part.meaning, at: part.range, value.meaning, at: value.range) }
      }
      return .plain
    case .exists(let query):
      _ = rows(of: query)
      return .plain
    case .subquery(let query): return outputs(of: query).first ?? .plain
    case .caseWhen(let operand, let branches, let otherwise):
      for branch in branches {
        if let operand { compare(operand, branch.when) } else { _ = meaning(of: branch.when) }
      }
      return either((branches.map(\.then) + (otherwise.map { [$0] } ?? [])).map { (meaning(of: $0), $0.range) })
    case .call(let call): return meaning(of: call)
    case .all, .any, .not, .isNull, .like, .row, .standing, .nearest, .other:
      for operand in expression.operands { _ = meaning(of: operand) }
      return .plain
    }
  }

  mutating func compare(_ left: RelationalExpression, _ right: RelationalExpression) {
    let count = max(left.width, right.width)
    if count > 1 {
      let sides = (parts(of: left, count: count), parts(of: right, count: count))
      for (a, b) in zip(sides.0, sides.1) { meet(a.meaning, at: a.range, b.meaning, at: b.range) }
    } else {
      meet(meaning(of: left), at: left.range, meaning(of: right), at: right.range)
    }
  }

  /// The values of a row: written, or of a query.
  mutating func parts(
    of expression: RelationalExpression, count: Int
  ) -> [(meaning: KeyMeaning, range: ByteRange)] {
    switch expression.kind {
    case .row(let parts): return parts.map { (meaning(of: $0), $0.range) }
    case .subquery(let query) where count > 1:
      return rows(of: query).map { (either($0), $0.first?.range ?? query.range) }
    default: return [(meaning(of: expression), expression.range)]
    }
  }

  /// Functions that give one of their arguments, or one of the values that an argument has in several rows.
  private mutating func meaning(of call: RelationalCall) -> KeyMeaning {
    let values = call.arguments.map { (meaning: meaning(of: $0), range: $0.range) }
    if let filter = call.filter { _ = meaning(of: filter) }
    for key in call.partition { _ = meaning(of: key) }
    switch call.name {
    case "coalesce", "ifnull": return either(values)
    case "iif", "if": return values.count == 3 ? either(Array(values.dropFirst())) : .plain
    case "likely", "unlikely", "likelihood", "any_value", "first_value", "last_value", "nth_value", "lag", "lead",
      "array_agg", "unnest":
      return values.first?.meaning ?? .plain
    case "min", "max":
      guard case .scalar = call.role else { return values.first?.meaning ?? .plain }
      return either(values)
    case "nullif":
      if values.count == 2 {
        meet(values[0].meaning, at: values[0].range, values[1].meaning, at: values[1].range)
      }
      return values.first?.meaning ?? .plain
    default: return .plain
    }
  }
}

extension RelationalExpression {
  /// How many values it is, as far as it is written: a query can be more.
  fileprivate var width: Int { if case .row(let parts) = kind { parts.count } else { 1 } }
}
