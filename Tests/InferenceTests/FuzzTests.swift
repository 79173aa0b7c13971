// Generated statements, analysed, prepared and executed: columns and parameters are SQLite's, every value that comes back is
// one of those inferred, and there are as many rows as proven.
//
// `INFERENCE_FUZZ=100000 INFERENCE_FUZZ_SEED=1 swift test -c release -Xswiftc -enable-testing --filter
// InferenceTests.FuzzTests` runs that many of each kind from that seed on; the seed of a failure is in its message. Counts
// go to standard output.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import Testing

@Suite struct FuzzTests {
  @Test func generatedQueriesAreSound() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["INFERENCE_FUZZ"].flatMap { Int($0) } ?? 3000
    let first = environment["INFERENCE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    let analysis = Analysis(schema: QueryGenerator.schema, options: .newest)
    let soundness = try Soundness(schema: QueryGenerator.schema)
    var executed = 0
    var unsound: [String] = []
    var rejected: [String] = []
    for seed in first..<(first + UInt64(count)) {
      var generator = QueryGenerator(seed: seed)
      let sql = generator.query()
      let results = analysis.analyze(sql, options: .newest)
      guard let (_, result) = results.first else { continue }
      if result.diagnostics.hasErrors {
        if (try? soundness.database.execute(sql)) != nil {
          rejected.append("\(result.diagnostics.filter { $0.severity == .error }.map(\.message)): \(sql)")
        }
        continue
      }
      executed += 1
      let problems = soundness.check(sql, against: result.value)
      if !problems.isEmpty { unsound.append("seed \(seed): \(problems)") }
    }
    #expect(unsound.isEmpty, "\(unsound.count) of \(executed): \(unsound.prefix(12).joined(separator: "\n"))")
    #expect(rejected.isEmpty, "\(rejected.count): \(rejected.prefix(5).joined(separator: "\n"))")
    #expect(executed > count / 2, "\(executed) executed")
  }

  @Test func generatedStatementsAreSound() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["INFERENCE_FUZZ"].flatMap { Int($0) } ?? 3000
    let first = environment["INFERENCE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    let analysis = Analysis(schema: StatementGenerator.schema, options: .newest)
    let soundness = try Soundness(schema: StatementGenerator.schema)
    var (analysed, accepted, executed, withParameters, writes, rows) = (0, 0, 0, 0, 0, 0)
    var unsound: [String] = []
    var rejected: [String] = []
    for seed in first..<(first + UInt64(count)) {
      var generator = StatementGenerator(seed: seed)
      let sql = generator.statement()
      guard let (_, result) = analysis.analyze(sql, options: .newest).first else { continue }
      if result.diagnostics.hasErrors {
        if soundness.isAccepted(sql) {
          rejected.append("\(result.diagnostics.filter { $0.severity == .error }.map(\.message)): seed \(seed): \(sql)")
        }
        continue
      }
      analysed += 1
      var random = SeededGenerator(seed: seed &+ 77)
      let outcome = soundness.run(sql, against: result.value, random: &random)
      accepted += outcome.isAccepted ? 1 : 0
      executed += outcome.isExecuted ? 1 : 0
      withParameters += outcome.isExecuted && !result.value.parameters.isEmpty ? 1 : 0
      writes += outcome.isExecuted && !result.value.writes.isEmpty ? 1 : 0
      rows += outcome.rows
      if !outcome.problems.isEmpty { unsound.append("seed \(seed): \(outcome.problems.prefix(2)): \(sql)") }
    }
    print(
      "\(count) statements: \(analysed) analysed, \(accepted) prepared, \(executed) ran to their end "
        + "(\(withParameters) with parameters, \(writes) that write), \(rows) rows")
    #expect(unsound.isEmpty, "\(unsound.count) of \(executed): \(unsound.prefix(12).joined(separator: "\n"))")
    #expect(rejected.isEmpty, "\(rejected.count): \(rejected.prefix(8).joined(separator: "\n"))")
    #expect(executed > count / 2 && withParameters > count / 10 && writes > count / 20, "\(executed) executed")
  }
}
