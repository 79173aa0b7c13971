// Unique indexes with a WHERE: keys of the rows that it selects (SQLite, partialindex.html).

import SQLCSyntaxSQLite

/// A unique partial index whose condition is plain enough to be recognised in a query.
public struct PartialKey: Sendable, Hashable {
  /// The index's name in lower case.
  var index: String
  public var columns: [Int]
  /// All of them hold for the rows that the key covers.
  var conditions: Set<PartialCondition>
}

/// One condition of a partial index, about a column by its index.
enum PartialCondition: Sendable, Hashable {
  case isNull(Int)
  case isNotNull(Int)
  /// With a literal, as SQL writes it.
  case equals(Int, String)
  /// `column` by itself, which `column = 1` implies.
  case isTrue(Int)
  /// `NOT column`, which `column = 0` implies.
  case isFalse(Int)

  /// What follows from it.
  var implied: Set<PartialCondition> {
    switch self {
    case .equals(let column, "1"): [self, .isTrue(column), .isNotNull(column)]
    case .equals(let column, "0"): [self, .isFalse(column), .isNotNull(column)]
    case .equals(let column, _), .isTrue(let column), .isFalse(let column): [self, .isNotNull(column)]
    case .isNull, .isNotNull: [self]
    }
  }
}

/// The conjuncts of an index's WHERE; nothing when one of them is of another form.
func partialConditions(_ expression: ExpressionSyntax, of table: Table) -> Set<PartialCondition>? {
  func column(_ expression: ExpressionSyntax) -> Int? {
    guard case .column(let reference) = expression.unparenthesized else { return nil }
    return table.columnIndex(named: reference.column.text)
  }
  switch expression.unparenthesized {
  case .binary(let node) where node.op == .and:
    guard let left = partialConditions(node.left, of: table), let right = partialConditions(node.right, of: table)
    else { return nil }
    return left.union(right)
  case .binary(let node) where node.op == .equal || node.op == .is:
    guard let index = column(node.left), case .literal(let literal) = node.right.unparenthesized else { return nil }
    if case .null = literal.value { return node.op == .is ? [.isNull(index)] : nil }
    return literalKey(literal.value).map { [.equals(index, $0)] }
  case .binary(let node) where node.op == .isNot:
    guard let index = column(node.left), case .literal(let literal) = node.right.unparenthesized,
      case .null = literal.value
    else { return nil }
    return [.isNotNull(index)]
  case .nullTest(let node):
    return column(node.operand).map { [node.isNull ? .isNull($0) : .isNotNull($0)] }
  case .unary(let node) where node.op == .not: return column(node.operand).map { [.isFalse($0)] }
  case .column: return column(expression).map { [.isTrue($0)] }
  default: return nil
  }
}

/// What is compared, so that equal literals are equal texts.
func literalKey(_ value: LiteralSyntax.Value) -> String? {
  switch value {
  case .integer(let digits): digits
  case .string(let text): "'" + text
  default: nil
  }
}
