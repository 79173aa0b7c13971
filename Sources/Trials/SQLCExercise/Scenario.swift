// The kinds of databases that queries are run on.

import SQLCEngine

/// A kind of database that a query may meet.
struct Scenario {
  var name: String
  var plan: FillPlan
}

/// Empty, full, with NULLs wherever they may be, with hardly any, and with one table left empty at a time, so that joins find no
/// match.
///
/// - Parameter tables: that queries are about, in their order.
func scenarios(_ round: Int, tables: [String], _ deadline: TrialDeadline) -> [Scenario] {
  var plan = FillPlan()
  plan.deadline = deadline
  plan.guardedTables = .filledBesideTriggers
  var scenarios: [Scenario] = []
  func add(_ name: String) { scenarios.append(Scenario(name: name, plan: plan)) }
  plan.rows = 0...0
  if round == 0 { add("no rows") }
  plan.rows = 1...1
  add("one row in each table")
  plan.rows = 4...12
  add("some rows")
  plan.nullPercentage = 90
  add("NULL wherever it may be")
  plan.nullPercentage = 0
  add("no NULL")
  plan.nullPercentage = 40
  for table in tables where tables.count > 1 {
    plan.excluded = [table.lowercased()]
    add("no row in \(table)")
  }
  return scenarios
}
