// Plans as rows: the steps of each combination, the indexes that queries want, what has changed since plans were written down.

import SQLCAnalysis
public import SQLCDiagnostics
public import SQLCEngine
import SQLCFacts
public import SQLCPlans

/// What `vet` is to know of plans.
public struct VetPlanning: Sendable {
  public var options = PlanOptions()
  /// By the engines whose plans they are for.
  public var statistics: [EngineName: PlanStatistics] = [:]
  /// The file of plans that were written down, and where the configuration names it.
  public var baseline: (text: String, place: SourceRange)?

  public init() {}

  /// Tables of ``factTables`` that nothing is put into without planning.
  static let tables = ["plans", "plan_steps", "wanted_indexes", "index_requests", "plan_changes"]

  /// Does a rule ask about plans?
  public static func isNeeded(by rules: [VetRule]) -> Bool {
    rules.contains { rule in tables.contains { rule.select.contains($0) } }
  }
}

extension FactWriter {
  mutating func add(_ plans: BlockPlans, ids: [Int], indexes: [String: Int]) {
    for (plan, queryID) in zip(plans.queries, ids) {
      for statement in plan.statements { add(statement, of: queryID, plans, indexes) }
    }
    for wanted in plans.wanted {
      let id = newID("wanted_indexes")
      let first = wanted.indexes[0]
      let columns = wanted.indexes.map { $0.terms.map(\.label).joined(separator: ", ") }.joined(separator: "; ")
      add(
        "wanted_indexes", .integer(id), FactValue(tables[first.table.lowercased()]), .text(first.name), .text(columns),
        .text(wanted.definitions.joined(separator: "; ")), FactValue(wanted.replaces))
      // What is spared most comes first.
      let order = wanted.queries.enumerated().sorted { left, right in
        (left.element.spares.rank, left.offset) < (right.element.spares.rank, right.offset)
      }
      for (ordinal, request) in order.map(\.element).enumerated() {
        add(
          "index_requests", .integer(id), .integer(ordinal), .integer(ids[request.place]),
          .text(request.spares.rawValue))
      }
    }
  }

  private mutating func add(
    _ statement: StatementPlan, of queryID: Int, _ plans: BlockPlans, _ indexes: [String: Int]
  ) {
    let id = newID("plans")
    add("plans", .integer(id), .integer(queryID), .text(statement.combination))
    for (ordinal, step) in statement.steps.enumerated() {
      let table = step.table.flatMap { tables[$0.lowercased()] }
      let isSmall = step.table.map(plans.isSmall) ?? false
      add(
        "plan_steps", .integer(id), .integer(queryID), .integer(ordinal), FactValue(step.parent),
        .text(step.kind.rawValue), FactValue(table), FactValue(step.source), FactValue(step.index),
        FactValue(step.index.flatMap { indexes[$0.lowercased()] }), FactValue(flag: step.reading == .indexOnly),
        .text(step.terms.joined(separator: " AND ")), FactValue(step.purpose),
        FactValue(flag: statement.isRestricted(step)), FactValue(flag: isSmall), .text(step.detail))
    }
  }

  mutating func add(_ changes: [PlanChange], ids: [String: Int], baseline: SourceRange) {
    for change in changes {
      add(
        "plan_changes", FactValue(ids[change.query]), .text(change.query), .text(change.combination),
        .text(change.kind.rawValue), .text(change.detail), place(baseline))
    }
  }
}

extension SparedWork {
  fileprivate var rank: Int { SparedWork.allCases.firstIndex(of: self) ?? 0 }
}
