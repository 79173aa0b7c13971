// The plans of slow queries.

import SQLCRuntimeKit
import Synchronization

/// The queries that are being explained, or wait for it: each once at a time.
final class SlowQueries: Sendable {
  private let names = Mutex<Set<String>>([])
  func begin(_ name: String) -> Bool { names.withLock { $0.insert(name).inserted } }
  func end(_ name: String) { names.withLock { _ = $0.remove(name) } }
}

extension Pool {
  /// How often a free connection is looked for, and after which pauses: the one that the query ran on is free soon, in most cases.
  private static var pausesBeforeExplaining: [Duration] {
    [.zero, .milliseconds(10), .milliseconds(100), .seconds(1)]
  }

  /// Explains a query on a connection that is free now or soon, and tells the instruments; where there is none, or the server
  /// refuses, nothing is told. Nobody waits for it, and it takes no connection that somebody waits for.
  func explain(_ run: StatementRun, _ parameters: [PostgresType]) {
    guard slowQueries.begin(run.name) else { return }
    let instruments = configuration.instruments
    Task.detached { [self] in
      defer { slowQueries.end(run.name) }
      for pause in Self.pausesBeforeExplaining {
        if pause > .zero { try? await Task.sleep(for: pause) }
        guard let connection = acquireIdle() else { continue }
        let plan = try? await connection.plan(of: run.sql, parameters)
        release(connection)
        guard let plan, !plan.isEmpty else { return }
        for instrument in instruments { instrument.statementExplained(run, plan: plan) }
        return
      }
    }
  }
}

extension Connection {
  /// The generic plan: the statement is planned for any values, and not run (sql-prepare.html, `plan_cache_mode`). What is set and
  /// prepared goes with the transaction, or is deallocated.
  fileprivate nonisolated(nonsending) func plan(
    of sql: String, _ parameters: [PostgresType]
  ) async throws(DatabaseError) -> [String] {
    // The trace is not told of it: it would be told of its own asking.
    let trace = trace
    self.trace = nil
    defer { self.trace = trace }
    var numbers: [String] = []
    for type in parameters {
      guard let oid = types.oid(of: type) else { return [] }
      numbers.append("\(oid)::regtype::text")
    }
    let names = numbers.isEmpty ? [] : try await texts("SELECT \(numbers.joined(separator: ", "))").first ?? []
    let list = names.compactMap { $0 }.joined(separator: ", ")
    let values = names.map { _ in "NULL" }.joined(separator: ", ")
    try await texts(
      """
      BEGIN READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan;
      PREPARE sqlc_explain\(list.isEmpty ? "" : " (\(list))") AS \(sql)
      """)
    let rows: [[String?]]
    do throws(DatabaseError) {
      rows = try await texts("EXPLAIN EXECUTE sqlc_explain\(values.isEmpty ? "" : " (\(values))")")
    } catch {
      // Prepared statements outlive the transaction; ROLLBACK first, for in a failed one nothing else is done.
      try await texts("ROLLBACK; DEALLOCATE sqlc_explain")
      throw error
    }
    try await texts("ROLLBACK; DEALLOCATE sqlc_explain")
    return rows.compactMap { $0.first ?? nil }
  }
}
