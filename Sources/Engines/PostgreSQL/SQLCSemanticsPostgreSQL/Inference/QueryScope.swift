import SQLCTreePostgreSQL

/// Where an expression is evaluated, and what is known there besides what holds in the whole query.
struct Context {
  enum Phase: Hashable {
    /// For each row of FROM and WHERE: conditions, arguments of aggregates, values that are stored.
    case input
    /// For each row of the result: after grouping.
    case output
    /// For each row that was written.
    case returning
  }
  var phase: Phase
  /// What the branch of a CASE or the operands before in AND and OR say of this very row.
  var assumed: Set<Fact> = []

  static let input = Context(phase: .input)
  static let output = Context(phase: .output)
  static let returning = Context(phase: .returning)

  func assuming(_ facts: Set<Fact>) -> Context {
    facts.isEmpty ? self : Context(phase: phase, assumed: assumed.union(facts))
  }
}

/// What holds in every row.
enum Fact: Hashable {
  case notNull(Expression)
  /// All fields of a row are not NULL.
  case rowNotNull(Expression)
}

/// One side of an outer join: it can be blank.
struct JoinSide: Hashable {
  enum Side: Hashable { case left, right }
  var join: Int
  var side: Side
}

/// Which of the values `$1`, `$2` … may be NULL.
enum ParameterValues {
  /// Arrays among them have no NULL elements.
  case ofStatement(nullable: Set<Int>)
  /// Those beyond `count` have defaults, of which nothing is known.
  case ofFunction(count: Int, nullable: Set<Int>)

  func mayBeNull(_ number: Int) -> Bool {
    switch self {
    case .ofStatement(let nullable): nullable.contains(number)
    case .ofFunction(let count, let nullable): number > count || nullable.contains(number)
    }
  }
}

/// One query, and what is known of its rows.
final class QueryScope {
  unowned let analyzer: StatementAnalyzer
  let query: Query
  let outer: QueryScope?
  /// Where in the outer query this one is evaluated.
  let outerContext: Context
  let parameters: ParameterValues
  var parts: QueryParts { query.parts }
  var catalog: PostgreSQLCatalog { analyzer.catalog }

  /// What WHERE, and the ON of joins that do not let rows without a match through, say of every row of FROM.
  var facts: Set<Fact> = []
  /// Sides that are blank in no row that is left.
  var matched: Set<JoinSide> = []
  /// The sides that can blank each range.
  var nullers: [Int: [JoinSide]] = [:]
  /// Conditions, and the sides that must be matched for them to hold.
  var conditions: [(expression: Expression, required: Set<JoinSide>)] = []
  var havingFacts: Set<Fact> = []
  let grouping: GroupingShape
  /// Facts no longer change: what is derived from them can be kept.
  var isSettled = false

  var rangeScopes: [Int: QueryScope] = [:]
  var tableScopes: [String: QueryScope] = [:]
  /// The same query where columns of its result are known not to be NULL.
  var narrowedScopes: [Set<Int>: QueryScope] = [:]
  var subqueryScopes: [SubqueryKey: QueryScope] = [:]
  var rangeCauses: [ColumnKey: NullCause?] = [:]
  var columnCauses: [Int: NullCause?] = [:]
  /// Of recursive tables: what is assumed of their columns.
  var recursiveColumns: [String: [NullCause?]] = [:]
  var rowCache: Cardinality?
  var busy: Set<ColumnKey> = []
  /// Columns of which the query around says that they have one value.
  var outsideEqualities: [Variable: [KeyEquality]] = [:]
  /// Columns that have one and the same value, byte for byte, in the rows that are looked at; never NULL.
  var identicalColumns: Set<Variable> = []

  struct SubqueryKey: Hashable {
    var query: ObjectIdentifier
    var phase: Context.Phase
  }
  struct ColumnKey: Hashable {
    var range: Int
    var attribute: Int
  }

  init(
    _ query: Query, in analyzer: StatementAnalyzer, outer: QueryScope? = nil, outerContext: Context = .input,
    parameters: ParameterValues? = nil, given: Set<Fact> = []
  ) {
    self.analyzer = analyzer
    self.query = query
    self.outer = outer
    self.outerContext = outerContext
    self.parameters = parameters ?? outer?.parameters ?? .ofStatement(nullable: [])
    grouping = GroupingShape(query.parts)
    facts = given
    if query.parts.command != .merge, let from = query.parts.from { collect(from, []) }
    settle()
    isSettled = true
    if let having = query.parts.having { havingFacts = whenTrue(having, .output) }
  }

  /// Its statements are those of a function: they can run in the middle of another statement.
  var isInFunction: Bool {
    switch parameters {
    case .ofStatement: false
    case .ofFunction: true
    }
  }

  /// Finds which side of which join can blank each range, and under which of them each condition holds.
  private func collect(_ tree: JoinTree, _ above: [JoinSide]) {
    switch tree {
    case .range(let range): nullers[range] = above
    case .from(let items, let condition):
      for item in items { collect(item, above) }
      if let condition { conditions.append((condition, Set(above))) }
    case .join(let join):
      let left = JoinSide(join: join.range, side: .left)
      let right = JoinSide(join: join.range, side: .right)
      var leftAbove = above
      var rightAbove = above
      var required = Set(above)
      if join.kind == .left || join.kind == .full {
        rightAbove.append(right)
        required.insert(right)
      }
      if join.kind == .right || join.kind == .full {
        leftAbove.append(left)
        required.insert(left)
      }
      nullers[join.range] = above
      collect(join.left, leftAbove)
      collect(join.right, rightAbove)
      if let condition = join.condition { conditions.append((condition, required)) }
    }
  }

  /// WHERE holds; ON holds where the sides it asks for are matched; a fact about a range's column makes its sides matched.
  private func settle() {
    var done: Set<Int> = []
    var changes = true
    while changes {
      changes = false
      for (index, condition) in conditions.enumerated() where !done.contains(index) {
        guard condition.required.isSubset(of: matched) else { continue }
        done.insert(index)
        facts.formUnion(whenTrue(condition.expression, .input))
        changes = true
      }
      for case .notNull(.variable(let variable)) in facts where variable.levelsUp == 0 {
        for side in nullers[variable.range] ?? [] where matched.insert(side).inserted { changes = true }
      }
      if parts.command == .select, !parts.locksRows, !isInFunction, let from = parts.from, matchForeignKeys(from) {
        changes = true
      }
    }
  }

  /// Whether a condition of FROM or WHERE holds in every row that is left.
  func holds(_ condition: (expression: Expression, required: Set<JoinSide>)) -> Bool {
    condition.required.isSubset(of: matched)
  }

  /// The query that many levels above, and where in it this one is evaluated.
  func above(_ levels: Int) -> (scope: QueryScope, context: Context)? {
    var scope = self
    var context = Context.output
    for _ in 0..<levels {
      guard let outer = scope.outer else { return nil }
      context = scope.outerContext
      scope = outer
    }
    return (scope, context)
  }

  func rangeName(_ range: Int) -> String { parts.ranges.at(range - 1)?.name ?? "a range" }

  /// The targets of the result, in order.
  var resultTargets: [Target] {
    (parts.command == .select ? parts.targets : parts.returning).filter { !$0.isHidden }
  }
  var resultContext: Context { parts.command == .select ? .output : .returning }

  /// The query of a range of FROM.
  func scope(ofRange range: Int) -> QueryScope? {
    if let known = rangeScopes[range] { return known }
    guard case .subquery(let inner)? = parts.ranges.at(range - 1)?.kind else { return nil }
    let scope = QueryScope(inner, in: analyzer, outer: self, outerContext: .input)
    if isSettled { rangeScopes[range] = scope }
    return scope
  }

  func scope(of subquery: Subquery, _ context: Context) -> QueryScope {
    let key = SubqueryKey(query: ObjectIdentifier(subquery.query), phase: context.phase)
    let mayKeep = isSettled && context.assumed.isEmpty
    if mayKeep, let known = subqueryScopes[key] { return known }
    let scope = QueryScope(subquery.query, in: analyzer, outer: self, outerContext: context)
    if mayKeep { subqueryScopes[key] = scope }
    return scope
  }
}

extension Array {
  /// The element there; nil beyond the ends.
  func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
