// Projects in memory that rules are asked about.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCDriver
import SQLCFactStoreSQLite
import SQLCIsolation
import SQLCPlans
import SQLCVet

struct ProjectError: Error, CustomStringConvertible { var description: String }

/// A project of one schema and one file of queries, without errors.
func snapshot(schema: String, queries: String) throws -> Snapshot {
  let files = MemoryFiles([
    "/p/sqlc-swift.yaml":
      "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema.sql\n    queries: queries.sql\n    gen: {swift: {out: Out}}\n",
    "/p/schema.sql": schema, "/p/queries.sql": queries,
  ])
  let workspace = Workspace(
    at: ProjectLocation(workingDirectory: "/p"), files: files, engines: .standard)
  let snapshot = try workspace.snapshot()
  let errors = snapshot.diagnostics.filter { $0.severity == .error && $0.id.description != "input/no-queries" }
  guard errors.isEmpty else { throw ProjectError(description: "\(errors.map(\.message))") }
  return snapshot
}

/// The facts of such a project, plans included.
func vetting(
  schema: String, queries: String = "", policies: [IsolationPolicy] = [], options: [String: String] = [:]
) throws -> Vetting {
  let options = defaultOptions.merging(options) { $1 }
  var planning = VetPlanning()
  planning.options = PlanOptions(options, policies)
  planning.baseline = options["baseline"].map {
    ($0, SourceRange(path: "sqlc-swift.yaml", range: ByteRange(at: 0)))
  }
  return try Vetting(
    snapshot(schema: schema, queries: queries), in: SQLiteFacts(), policies: policies, options: options,
    planning: planning, scope: .syntax)
}

/// A page's SQL: tables, and below the first annotation queries.
func split(_ example: String) -> (schema: String, queries: String) {
  guard let range = example.range(of: "-- name:") else { return (example, "") }
  return (String(example[..<range.lowerBound]), String(example[range.lowerBound...]))
}

extension VetRule {
  var policies: [IsolationPolicy] {
    [
      page.options["tenant"].map { IsolationPolicy(.tenant, column: $0) },
      page.options["soft_delete"].map { IsolationPolicy(.softDelete, column: $0) },
    ].compactMap(\.self)
  }

  /// What the rule finds in an example.
  func found(in example: String) throws -> [Violation] {
    let (schema, queries) = split(example)
    return try vetting(schema: schema, queries: queries, policies: policies, options: page.options).violations(of: self)
  }
}
