// `migrate diff` on random pairs of schemas: SCHEMA_PAIRS says how many, SCHEMA_SEED where they begin.

import Foundation
import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

@Suite struct RandomPairTests {
  private static func number(_ name: String, _ usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  @Test func everyPlanHoldsUpDownAndUp() throws {
    let (count, first) = (Self.number("SCHEMA_PAIRS", 25), Self.number("SCHEMA_SEED", 1))
    var figures = Figures()
    for seed in first..<(first + count) {
      var generator = SchemaGenerator(seed: UInt64(seed))
      let old = generator.schema()
      let new = generator.changed(old)
      try check(old, new, seed: seed, &figures)
    }
    print("pairs \(count) from seed \(first): \(figures)")
    #expect(figures.plans > count / 2)
    #expect(figures.rows > count * 4)
  }

  private struct Figures: CustomStringConvertible {
    var same = 0, plans = 0, statements = 0, rows = 0, refused = 0, kept = 0
    var description: String {
      "\(plans) plans, \(same) without a change, \(statements) statements up and down, \(rows) rows, \(refused) refused by new rules, \(kept) columns compared"
    }
  }

  private func check(_ old: RandomSchema, _ new: RandomSchema, seed: Int, _ figures: inout Figures) throws {
    let planner = SQLiteSchemaPlanner()
    let (from, to) = (old.definitions, new.definitions)
    let answer: SchemaPlanAnswer
    do {
      answer = try planner.plan(from: from, to: to, choices(from: old, to: new))
    } catch {
      Issue.record("seed \(seed): \(error.message)\n\(Self.show(from))\n=====\n\(Self.show(to))")
      return
    }
    switch answer {
    case .same: figures.same += 1
    case .undecided(let questions): Issue.record("seed \(seed): \(questions)")
    case .plan(let plan):
      figures.plans += 1
      figures.statements += plan.up.count + plan.down.count
      figures.kept += plan.kept.reduce(0) { $0 + $1.columns.count }
      let proof = try prove(plan, from: from, to: to, on: SQLiteTrialEngine(), seed: UInt64(seed))
      figures.rows += proof.rows.values.reduce(0, +)
      figures.refused += proof.refused.values.reduce(0, +)
      if !proof.failures.isEmpty {
        Issue.record(
          "seed \(seed): \(proof.failures.joined(separator: "\n"))\n\(Self.show(from))\n=====\n\(Self.show(to))\n===== up\n\(Self.show(plan.up.map(\.sql)))\n===== down\n\(Self.show(plan.down.map(\.sql)))"
        )
      }
    }
  }

  private static func show(_ statements: [String]) -> String { statements.map { $0 + ";" }.joined(separator: "\n") }
}
