// A statement that would run for hours is interrupted when the time is up.

import SQLCDiagnostics
import SQLCEngine
import SQLCExercise
import SQLCModel
import SQLCOracleSQLite
import SQLCTrialSQLite
import Testing

/// A million values of eight megabytes each: few steps of SQLite's virtual machine, and each takes long.
private let hours = """
  WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 1000000)
  SELECT sum(length(hex(zeroblob(4000000 + x)))) FROM c
  """

@Suite(.timeLimit(.minutes(10))) struct DeadlineTests {
  @Test func exerciseEndsInTime() throws {
    let nowhere = SourceRange(path: "queries.sql", range: ByteRange(at: 0))
    let column = ResultColumnModel(
      name: "n", type: .integer(.bits64), typeName: "INTEGER", nullability: .never, origin: nil, source: nowhere)
    let query = QueryModel(
      name: "Q", command: .one, rowCount: .exactlyOne, rowCountReason: "", documentation: [], sql: [.text(hours)],
      isReadOnly: true, reads: [], writes: [], parameters: [], results: [.column(column)], source: nowhere,
      statement: nowhere)
    let start = ContinuousClock.now
    let report = try exercise(
      GenerationModel(tables: [], enumerations: [], queries: [query]), schema: ["CREATE TABLE t (a)"],
      on: SQLiteTrialEngine(), options: ExerciseOptions(seconds: 1))
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(report.isCutShort)
    // That the time was up is no failure of the query.
    #expect(report.queries[0].executions == 0 && report.queries[0].failures.isEmpty)
    #expect(report.unverified.map(\.reason) == [.neverRan(nil)])
  }

  @Test func aSchemaEndsInTime() throws {
    let report = try exercise(
      GenerationModel(tables: [], enumerations: [], queries: []), schema: ["CREATE TABLE t AS \(hours)"],
      on: SQLiteTrialEngine(), options: ExerciseOptions(seconds: 0.5))
    #expect(report.isCutShort && report.databases == 0)
  }

  /// Nothing that was refused for want of time says anything of a row.
  @Test func fillingEndsInTime() throws {
    let database = try SQLiteTrialEngine().open(until: .after(seconds: 0))
    let failure = #expect(throws: TrialFailure.self) {
      try database.attempt(TrialQuery([.text(hours)]), limit: 1)
    }
    #expect(failure?.cause == .outOfTime)
    #expect(!database.isInTransaction)
  }

  @Test func theBudgetOfAConnectionInterruptsToo() throws {
    var extensions = ScratchExtensions()
    extensions.budget = ExecutionBudget(seconds: 1)
    let database = try SQLiteTrialEngine(extensions: extensions).open()
    let start = ContinuousClock.now
    let outcome = try database.migrate(["CREATE TABLE t (a)", "INSERT INTO t \(hours)"], .oneTransaction)
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(outcome.failure?.index == 1)
    #expect(outcome.failure?.reason.contains("the budget is 1 seconds") == true)
  }
}
