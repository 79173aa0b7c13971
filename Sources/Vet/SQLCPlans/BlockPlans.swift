// The plans of all queries over one schema, and the indexes that they want.

public import SQLCEngine
public import SQLCFacts
public import SQLCModel

/// A query to plan.
public struct QueryToPlan: Sendable {
  public var query: AnnotatedQuery
  public var model: QueryModel
  /// Of a query without choices, where whoever asks has it.
  public var statement: RelationalStatement?

  public init(_ query: AnnotatedQuery, _ model: QueryModel, statement: RelationalStatement? = nil) {
    self.query = query
    self.model = model
    self.statement = statement
  }
}

/// What is wanted of plans.
public struct PlanOptions: Sendable {
  /// Columns that come first in an index where they are compared: those that say whose a row is.
  public var leadingColumns: [String] = []
  /// How indexes are named.
  public var indexName = "idx_{table}_{columns}"
  /// Tables whose rows are few, by patterns with `*`.
  public var smallTables: [String] = []
  /// Tables of fewer rows are small, where there are statistics.
  public var smallRows = 1000
  /// Names of queries that alone are advised; all without.
  public var advised: Set<String>?

  public init() {}
}

/// One query's plans.
public struct QueryPlans: Sendable {
  public var query: AnnotatedQuery
  public var model: QueryModel
  /// Of each combination, the whole one first.
  public var statements: [StatementPlan] = []
  /// Of combinations that want an index, each advice once.
  public var advice: [(combination: String, advice: IndexAdvice)] = []
  /// Why it has no plans.
  public var failure: PlanFailure?
}

/// An index and the queries that want it.
public struct WantedIndex: Sendable {
  public var indexes: [ProposedIndex]
  /// Places in ``BlockPlans/queries``, and what is spared them.
  public var queries: [(place: Int, spares: SparedWork)]
  public var replaces: String?
  /// `CREATE INDEX …`, one for each index.
  public var definitions: [String]
}

/// The plans of a block.
public struct BlockPlans {
  public private(set) var queries: [QueryPlans] = []
  public private(set) var wanted: [WantedIndex] = []
  public let schema: PlanSchema
  private let advisor: IndexAdvisor
  private let planner: any QueryPlanner

  public init(
    _ queries: [QueryToPlan], over facts: SchemaFacts, inspector: (any FactInspector)?, by planner: any QueryPlanner,
    options: PlanOptions = PlanOptions()
  ) {
    self.planner = planner
    let schema = PlanSchema(facts)
    self.schema = schema
    let patterns = options.smallTables
    let smallRows = options.smallRows
    advisor = IndexAdvisor(
      planner: planner, schema: schema, leading: Set(options.leadingColumns.map { $0.lowercased() }),
      naming: IndexNaming(
        pattern: options.indexName,
        taken: Set((facts.indexes.map(\.name) + facts.tables.map(\.name)).map { $0.lowercased() })),
      isSmall: { table in
        planner.rowCount(of: table).map { $0 < smallRows } ?? false || patterns.contains { matches(table, $0) }
      })
    for query in queries { self.queries.append(plans(of: query, inspector)) }
    for place in self.queries.indices where options.advised?.contains(self.queries[place].model.name) ?? true {
      advise(place)
    }
    gather()
  }

  /// Are the rows of a table few enough to be read?
  public func isSmall(_ table: String) -> Bool { advisor.isSmall(table) }

  public func rowCount(of table: String) -> Int? { planner.rowCount(of: table) }

  // MARK: Plans

  private func plans(of query: QueryToPlan, _ inspector: (any FactInspector)?) -> QueryPlans {
    var plans = QueryPlans(query: query.query, model: query.model)
    let combinations: [(label: String, sql: [SQLSegment], choice: VariantChoice?)] =
      if let variants = query.model.variants {
        variants.readingChoices.map { (variants.label(of: $0), variants.sql(for: $0), $0) }
      } else {
        [("", query.model.sql, nil)]
      }
    for (label, sql, choice) in combinations {
      do throws(PlanFailure) {
        let steps = try planner.plan(of: sql)
        // Nothing is read, or a key finds it: a statement that has no step needs no relations.
        var statement = StatementPlan(combination: label, sql: sql, steps: steps)
        if !steps.isEmpty, let inspector {
          let relations =
            choice.map { inspector.statement(of: query.query, for: $0) } ?? query.statement
            ?? inspector.statements(of: query.query).first
          statement.uses = relations.map(SourceUses.init)
          if let uses = statement.uses { statement.steps = uses.resolve(steps, schema) }
        }
        plans.statements.append(statement)
      } catch {
        plans.failure = error
        plans.statements = []
        return plans
      }
    }
    return plans
  }

  // MARK: Advice

  private mutating func advise(_ place: Int) {
    var seen: Set<[PlanStep]> = []
    var known: Set<[ProposedIndex]> = []
    for statement in queries[place].statements where seen.insert(statement.steps).inserted {
      guard let advice = advisor.advice(for: statement), known.insert(advice.indexes).inserted else { continue }
      queries[place].advice.append((statement.combination, advice))
    }
  }

  /// Each index once, those that a wider one serves left out.
  private mutating func gather() {
    var found: [[ProposedIndex]: [(place: Int, spares: SparedWork)]] = [:]
    for (place, query) in queries.enumerated() {
      for (_, advice) in query.advice { found[advice.indexes, default: []].append((place, advice.spares)) }
    }
    let order = found.keys.sorted { left, right in
      (-left.width, left.map(\.name).joined()) < (-right.width, right.map(\.name).joined())
    }
    // Only those of one table can be each other's.
    let ofTable = Dictionary(grouping: order.filter { $0.count == 1 }) { $0[0].table }
    for narrow in order where narrow.count == 1 {
      guard let index = narrow.first, let asking = found[narrow] else { continue }
      let wider = ofTable[index.table]?.first { other in
        guard let wide = other.first, other.count == 1, found[other] != nil else { return false }
        let isWider =
          wide.conditions == index.conditions
          ? wide.terms.count > index.terms.count
          : wide.conditions.isEmpty && wide.terms.count >= index.terms.count
        return wide.table == index.table && isWider
          && Array(wide.terms.prefix(index.terms.count)) == index.terms
          && asking.allSatisfy { serves(wide, narrow, $0.place) }
      }
      guard let wider else { continue }
      found[wider]?.append(contentsOf: asking)
      found[narrow] = nil
      for (place, _) in asking {
        for number in queries[place].advice.indices where queries[place].advice[number].advice.indexes == narrow {
          queries[place].advice[number].advice.indexes = wider
        }
      }
    }
    var statements: [String: [StatementPlan]] = [:]
    for statement in queries.flatMap(\.statements) {
      for name in Set(statement.steps.compactMap(\.index)) { statements[name, default: []].append(statement) }
    }
    for indexes in order {
      guard let asking = found[indexes] else { continue }
      let replaces = indexes.count == 1 ? advisor.replaced(by: indexes[0], among: statements) : nil
      if replaces != nil {
        for (place, _) in asking {
          for number in queries[place].advice.indices where queries[place].advice[number].advice.indexes == indexes {
            queries[place].advice[number].advice.replaces = replaces
          }
        }
      }
      wanted.append(
        WantedIndex(
          indexes: indexes, queries: asking.sorted { $0.place < $1.place }, replaces: replaces,
          definitions: indexes.map(\.name)))
    }
    wanted.sort { ($0.queries[0].place, $0.definitions) < ($1.queries[0].place, $1.definitions) }
    // Two of the same columns have the same name, until they are told apart.
    var taken: Set<String> = []
    for place in wanted.indices {
      wanted[place].definitions = wanted[place].indexes.map { index in
        var index = index
        let name = index.name
        var number = 1
        while !taken.insert(index.name.lowercased()).inserted {
          number += 1
          index.name = "\(name)_\(number)"
        }
        return planner.definition(of: index)
      }
    }
  }

  /// Does a wider index do for a query what the narrow one does?
  private func serves(_ wide: ProposedIndex, _ narrow: [ProposedIndex], _ place: Int) -> Bool {
    queries[place].statements.filter { $0.uses != nil }.allSatisfy { statement in
      guard let before = advisor.trial(narrow, statement) else { return true }
      return advisor.trial([wide], statement).map { $0.work <= before.work } ?? false
    }
  }
}

extension [ProposedIndex] {
  fileprivate var width: Int { reduce(0) { $0 + $1.terms.count } }
}

private func < (left: (Int, [String]), right: (Int, [String])) -> Bool {
  left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}

/// `*` stands for any characters.
func matches(_ text: String, _ pattern: String) -> Bool {
  func match(_ text: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return match(text, pattern.dropFirst()) || !text.isEmpty && match(text.dropFirst(), pattern)
    }
    return text.first == first && match(text.dropFirst(), pattern.dropFirst())
  }
  return match(text.lowercased()[...], pattern.lowercased()[...])
}
