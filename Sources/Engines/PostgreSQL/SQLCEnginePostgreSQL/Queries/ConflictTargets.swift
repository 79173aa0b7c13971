// ON CONFLICT names columns; whether an index has them only planning tells.

import SQLCDiagnostics
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle

extension QueryBatch {
  /// Plans the statements that have a conflict target, which PostgreSQL looks for no earlier (42P10).
  ///
  /// Planning may call functions that are declared immutable. In a database of its own, as a role without rights, and for this
  /// question alone that is acceptable; every other query is parsed only.
  func checkConflictTargets(_ jobs: inout [QueryJob]) throws {
    let indices = jobs.indices.filter { jobs[$0].isAlive && jobs[$0].described != nil && hasConflictTarget(jobs[$0]) }
    guard !indices.isEmpty else { return }
    try run("SET plan_cache_mode = force_generic_plan")
    for index in indices {
      guard let text = jobs[index].text else { continue }
      let arguments = (jobs[index].described?.parameterTypes ?? []).map { _ in "NULL" }.joined(separator: ", ")
      do throws(PostgreSQLFailure) {
        try execute("PREPARE sqlc_conflict AS \(jobs[index].sent.text)")
        defer { _ = try? connection.execute("DEALLOCATE sqlc_conflict", deadline: .now + limit) }
        try execute("EXPLAIN EXECUTE sqlc_conflict" + (arguments.isEmpty ? "" : "(\(arguments))"))
      } catch {
        switch error {
        case .server(let refusal) where refusal.sqlState == "42P10":
          jobs[index].diagnostics.append(diagnostic(text))
        // Anything else is planning's own affair.
        case .server: continue
        default: throw ServerProblem(error, doing: "plan a query")
        }
      }
    }
    try run("RESET plan_cache_mode")
  }

  private func execute(_ sql: String) throws(PostgreSQLFailure) {
    try connection.execute(sql, deadline: .now + limit)
  }

  private func run(_ sql: String) throws(ServerProblem) {
    do {
      try execute(sql)
    } catch {
      throw ServerProblem(error, doing: "run '\(sql)'")
    }
  }

  /// `ON CONFLICT (`
  private func conflictTarget(_ text: QueryText) -> ByteRange? {
    for index in text.tokens.indices.dropFirst(2) where text.tokens[index].kind == .openParenthesis {
      let words = text.tokens[(index - 2)..<index].map { text.source.slice($0.range).uppercased() }
      if words == ["ON", "CONFLICT"] { return text.tokens[index].range }
    }
    return nil
  }

  private func hasConflictTarget(_ job: QueryJob) -> Bool { job.text.flatMap(conflictTarget) != nil }

  private func diagnostic(_ text: QueryText) -> Diagnostic {
    Diagnostic(
      PostgreSQLRule.missingConflictIndex.rule, "no unique index has exactly the columns of this ON CONFLICT",
      at: DiagnosticLabel(
        SourceRange(path: text.source.path, range: conflictTarget(text) ?? text.range),
        "a partial index needs its WHERE here as well"),
      notes: [
        "PostgreSQL says so only when the statement runs: there is no unique or exclusion constraint that matches"
      ])
  }
}
