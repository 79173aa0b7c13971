// What the tests of `migrate diff` share.

import SQLCEngine
import SQLCMigrationCheck
import SQLCSchemaDiffSQLite
import SQLCTrialSQLite
import Testing

struct NoPlan: Error { var answer: SchemaPlanAnswer }

/// A plan that holds when it is tried; what does not is an issue.
func provenPlan(
  _ from: [String], _ to: [String], _ choices: PlanChoices = PlanChoices(),
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> SchemaPlan {
  let plan = try unprovenPlan(from, to, choices)
  let proof = try prove(plan, from: from, to: to, on: SQLiteTrialEngine())
  #expect(proof.failures == [], sourceLocation: sourceLocation)
  return plan
}

func unprovenPlan(_ from: [String], _ to: [String], _ choices: PlanChoices = PlanChoices()) throws -> SchemaPlan {
  let answer = try SQLiteSchemaPlanner().plan(from: from, to: to, choices)
  guard case .plan(let plan) = answer else { throw NoPlan(answer: answer) }
  return plan
}

extension SchemaPlan {
  var upSQL: [String] { up.map(\.sql) }
  var downSQL: [String] { down.map(\.sql) }
  var allSQL: String { (upSQL + downSQL).joined(separator: ";\n") }
}

/// A database with a schema and rows, as the runtime migrates it.
func filledDatabase(_ statements: [String]) throws -> SQLiteTrialDatabase {
  let database = try SQLiteTrialEngine().open()
  for statement in statements { try database.execute(statement) }
  return database
}

extension SQLiteTrialDatabase {
  func take(_ statements: [String]) throws {
    let outcome = try migrate(statements, .oneTransaction)
    #expect(outcome.failure == nil)
    #expect(outcome.brokenReferences == [])
  }

  func values(_ query: String) throws -> [[TrialValue]] {
    try attempt(TrialQuery([.text(query)]), limit: .max).rows
  }
}
