// Advice on indexes: each candidate is made in the scratch database, the statement is planned again, and what helps most is
// proposed.

public import SQLCEngine
import SQLCFacts

/// What an index spares a statement.
public enum SparedWork: String, Sendable, Hashable, CaseIterable {
  case scan
  case automaticIndex = "automatic index"
  /// Sorting all rows to give a few.
  case limitedSort = "limited sort"
  case sort
}

/// An index that a statement wants, verified.
public struct IndexAdvice: Sendable, Hashable {
  /// More than one where each branch of an OR needs its own.
  public var indexes: [ProposedIndex]
  public var spares: SparedWork
  /// An index of the schema that does nothing any more which the new one does not.
  public var replaces: String?
  /// The plan with it.
  public var steps: [PlanStep]
}

struct IndexAdvisor {
  let planner: any QueryPlanner
  let schema: PlanSchema
  /// Columns that come first where they are compared, in lower case.
  let leading: Set<String>
  let naming: IndexNaming
  /// A table whose rows are few enough to be read.
  let isSmall: (String) -> Bool

  /// What helps a statement; nothing where it has nothing to be spared, or no index spares it.
  func advice(for statement: StatementPlan) -> IndexAdvice? {
    guard let uses = statement.uses else { return nil }
    let before = PlanWork(statement.steps)
    guard before.scans + before.automaticIndexes + before.sorts > 0 else { return nil }
    var best: (trial: Trial, advice: IndexAdvice)?
    for use in uses.uses.values.sorted(by: { $0.id < $1.id }) where !isSmall(use.table) {
      guard let table = schema[use.table], case .table = table.kind else { continue }
      let candidates = IndexCandidates(
        table: table, existing: schema.indexes(of: table.name), leading: leading, naming: naming,
        joins: planner.joins)
      let branches = candidates.branches(of: use)
      for indexes in candidates.candidates(for: use, isLimited: uses.isLimited).map({ [$0] })
        + (branches.isEmpty ? [] : [branches])
      {
        guard let trial = trial(indexes, statement), trial.work < before,
          let spared = spared(before, trial.work, uses), isWorthwhile(trial, of: use, statement)
        else { continue }
        if let best, !(trial < best.trial) { continue }
        best = (trial, IndexAdvice(indexes: indexes, spares: spared, replaces: nil, steps: trial.steps))
      }
    }
    return best?.advice
  }

  /// An engine that joins by hashing reads two tables whole to join all of their rows, and does well.
  private func isWorthwhile(_ trial: Trial, of use: SourceUse, _ statement: StatementPlan) -> Bool {
    guard planner.joins == .hashed, !use.isRestricted, statement.uses?.isLimited == false else { return true }
    func isRead(_ step: PlanStep) -> Bool { step.isScan && !statement.isRestricted(step) }
    let before = statement.steps.filter { $0.isScan && $0.table?.lowercased() == use.table.lowercased() }
    let isForEachRow = before.contains { step in
      step.parent.map { statement.steps[$0].kind == .correlatedSubquery } ?? false
    }
    return isForEachRow || !trial.steps.contains(where: isRead)
  }

  private func spared(_ before: PlanWork, _ after: PlanWork, _ uses: SourceUses) -> SparedWork? {
    if after.scans < before.scans { return .scan }
    if after.automaticIndexes < before.automaticIndexes { return .automaticIndex }
    guard after.sorts < before.sorts else { return nil }
    // What is left puts rows with the same beginning in order.
    return uses.isLimited && after.sorts <= 1 ? .limitedSort : .sort
  }

  /// How a statement would run with some indexes.
  struct Trial: Comparable {
    var steps: [PlanStep]
    var work: PlanWork
    /// Columns that rows are found by.
    var bound: Int
    var width: Int

    static func < (left: Self, right: Self) -> Bool {
      if left.work != right.work { return left.work < right.work }
      return (-left.bound, left.width) < (-right.bound, right.width)
    }

    static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }
  }

  /// Nothing where the engine uses none of them, or reads an index from end to end for no more than an order.
  func trial(_ indexes: [ProposedIndex], _ statement: StatementPlan) -> Trial? {
    guard let uses = statement.uses, let steps = try? planner.plan(of: statement.sql, with: indexes) else { return nil }
    let own = steps.filter { step in indexes.contains { $0.name == step.index } }
    guard Set(own.compactMap(\.index)).count == indexes.count else { return nil }
    if own.contains(where: { $0.kind == .indexScan }), !uses.isLimited { return nil }
    let tables = own.map { step -> PlanStep in
      var step = step
      let index = indexes.first { $0.name == step.index }
      step.table = index?.table
      // It has the rows that are asked for, and no others.
      if step.kind == .indexScan, index?.conditions.isEmpty == false { step.kind = .search }
      return step
    }
    let resolved = uses.resolve(steps.map { step in tables.first { $0.detail == step.detail } ?? step }, schema)
    return Trial(
      steps: resolved, work: PlanWork(resolved),
      bound: own.reduce(0) { $0 + $1.terms.count } + indexes.reduce(0) { $0 + $1.conditions.count },
      width: indexes.reduce(0) { $0 + $1.terms.count })
  }

  /// The index of the schema in whose place a wider one can stand, as the plans of all statements that use it say.
  ///
  /// - Parameter statements: those that use an index, by its name.
  func replaced(by index: ProposedIndex, among statements: [String: [StatementPlan]]) -> String? {
    guard index.conditions.isEmpty, index.terms.allSatisfy({ $0.column != nil }) else { return nil }
    let names = index.terms.map { $0.column?.lowercased() }
    let narrower = schema.indexes(of: index.table).filter { known in
      !known.isUnique && known.method == .ordered && known.reach == .allRows && known.terms.count < names.count
        && known.terms.allSatisfy(\.isPlain)
        && known.terms.map { $0.column?.lowercased() } == Array(names.prefix(known.terms.count))
        && index.terms.prefix(known.terms.count).allSatisfy { $0.direction == .ascending }
    }.max { $0.terms.count < $1.terms.count }
    guard let narrower, (try? planner.add(index)) != nil else { return nil }
    defer { try? planner.remove(indexNamed: index.name) }
    guard (try? planner.remove(indexNamed: narrower.name)) != nil else { return nil }
    defer { try? planner.restore(indexNamed: narrower.name) }
    let isAsGood = statements[narrower.name, default: []].allSatisfy { statement in
      guard let steps = try? planner.plan(of: statement.sql), let uses = statement.uses else { return false }
      return PlanWork(uses.resolve(steps, schema)) <= PlanWork(statement.steps)
    }
    return isAsGood ? narrower.name : nil
  }
}
