// Generated queries, analysed and executed: every value that comes back is one of those inferred.
// `INFERENCE_FUZZ=100000` runs that many; the seed of a failure is in its message.

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
}
