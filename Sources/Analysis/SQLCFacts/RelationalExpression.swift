// Expressions, as far as they decide which rows there are.

public import SQLCDiagnostics

/// A column of a source; ``rowKey`` is the number that the database gives the row.
public struct RelationColumn: Sendable, Hashable {
  public static let rowKey = -1

  public var source: Int
  public var index: Int

  public init(source: Int, index: Int) {
    self.source = source
    self.index = index
  }
}

public struct RelationalExpression: Sendable {
  public indirect enum Kind: Sendable {
    case column(RelationColumn)
    /// 1-based.
    case parameter(Int)
    /// As many values as the caller gives.
    case list(Int)
    case null
    /// A literal, as written.
    case constant(String)
    case all([RelationalExpression])
    case any([RelationalExpression])
    case not(RelationalExpression)
    case compare(Comparison, RelationalExpression, RelationalExpression, Precision)
    case between(RelationalExpression, low: RelationalExpression, high: RelationalExpression, isNegated: Bool)
    case isNull(RelationalExpression)
    case inList(RelationalExpression, [RelationalExpression], isNegated: Bool, Precision)
    case inQuery(RelationalExpression, RelationalQuery, isNegated: Bool, Precision)
    case like(RelationalExpression, pattern: RelationalExpression, others: [RelationalExpression])
    case exists(RelationalQuery)
    case subquery(RelationalQuery)
    case row([RelationalExpression])
    case caseWhen(operand: RelationalExpression?, [RelationalBranch], otherwise: RelationalExpression?)
    case call(RelationalCall)
    /// A value of a row that depends on all rows of its source: the rank of a full-text index.
    case standing(source: Int)
    /// True of the rows that are nearest to something among all rows of their source.
    case nearest(source: Int)
    /// A value of these.
    case other([RelationalExpression])
  }

  public enum Comparison: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "<>"
    /// `IS`: NULL is the same as NULL.
    case same = "IS"
    case notSame = "IS NOT"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Whether an equality takes only the same value for the same.
  public enum Precision: Sendable, Hashable {
    case exact
    /// `a` for `A`, `1` for `'01'`: another collation than the column's own, or other types on both sides.
    case loose
  }

  public var kind: Kind
  public var range: ByteRange

  public init(_ kind: Kind, range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

public struct RelationalBranch: Sendable {
  public var when: RelationalExpression
  public var then: RelationalExpression

  public init(when: RelationalExpression, then: RelationalExpression) {
    self.when = when
    self.then = then
  }
}

public struct RelationalCall: Sendable {
  public enum Role: Sendable {
    case scalar
    case aggregate(Nulls)
    /// Over the rows that agree in these.
    case window([RelationalExpression])
  }

  /// What an aggregate makes of a NULL.
  public enum Nulls: Sendable, Hashable { case skipped, counted }

  /// In lower case.
  public var name: String
  public var role: Role
  public var arguments: [RelationalExpression]
  public var filter: RelationalExpression?

  public init(name: String, role: Role, arguments: [RelationalExpression], filter: RelationalExpression?) {
    self.name = name
    self.role = role
    self.arguments = arguments
    self.filter = filter
  }
}

extension RelationalExpression {
  /// The expressions right below; what stands in subqueries is not among them.
  public var operands: [RelationalExpression] {
    switch kind {
    case .column, .parameter, .list, .null, .constant, .exists, .subquery, .standing, .nearest: []
    case .all(let parts), .any(let parts), .row(let parts), .other(let parts): parts
    case .not(let operand), .isNull(let operand), .inQuery(let operand, _, _, _): [operand]
    case .compare(_, let left, let right, _): [left, right]
    case .between(let operand, let low, let high, _): [operand, low, high]
    case .inList(let operand, let list, _, _): [operand] + list
    case .like(let operand, let pattern, let others): [operand, pattern] + others
    case .caseWhen(let operand, let branches, let otherwise):
      (operand.map { [$0] } ?? []) + branches.flatMap { [$0.when, $0.then] } + (otherwise.map { [$0] } ?? [])
    case .call(let call):
      call.arguments + (call.filter.map { [$0] } ?? []) + call.partition
    }
  }

  /// The query right in it.
  public var query: RelationalQuery? {
    switch kind {
    case .exists(let query), .subquery(let query), .inQuery(_, let query, _, _): query
    default: nil
    }
  }

  /// The expression and all below it, without what stands in subqueries.
  public var flattened: [RelationalExpression] { [self] + operands.flatMap(\.flattened) }
}

extension RelationalCall {
  public var partition: [RelationalExpression] {
    if case .window(let partition) = role { partition } else { [] }
  }
}
