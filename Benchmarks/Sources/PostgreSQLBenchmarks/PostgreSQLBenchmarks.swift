// Queries for PostgreSQL analysed, beside the server alone: Parse and Describe of the same statements in a pipeline, once as they
// are, and once with the trees that the analysis reads (`debug_print_parse`), whose text alone is more work than the rest.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile

@main struct PostgreSQLBenchmarks {
  static func main() throws {
    let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9
    print(
      "tables × queries        server  its trees   analysis  warm: trees/server  analysis/server  q1–q3        server   analysis  cold: server"
    )
    for tables in [100, 1000] {
      let workload = Workload(tables: tables)
      let settings = ServerSettings(
        machine: Machine(environment: ProcessInfo.processInfo.environment, libraryPaths: LibPQ.usualPaths))
      let engine = PostgreSQLEngine(
        settings: settings, extensions: [], place: SourceRange(path: "configuration", range: ByteRange(at: 0)))
      let queries = splitQueries(of: workload.queries, rules: .postgresql).value
      var times = (
        server: [Double](), trees: [Double](), analysis: [Double](), coldServer: [Double](), coldAnalysis: [Double]()
      )

      // Cold: from nothing to the answers.
      for _ in 0..<(CommandLine.arguments.contains("warm") ? 0 : max(1, rounds / 3)) {
        times.coldServer.append(
          try seconds {
            let (server, connection) = try serve(workload, settings)
            _ = try connection.describe(workload.statements, within: .seconds(60))
            server.stop()
          })
        times.coldAnalysis.append(
          try seconds { try check(engine.analyze(queries, over: [workload.schema], progress: { _ in }).queries) })
      }

      // Warm: the schema is loaded, and both have been asked before.
      let (server, connection) = try serve(workload, settings)
      let printing = try server.connect()
      try printing.execute(
        "SET client_min_messages = log; SET debug_pretty_print = off; SET debug_print_parse = on",
        deadline: .now + .seconds(60))
      let loaded = try engine.load([workload.schema]).value
      _ = try loaded.analyze(queries, progress: { _ in })
      _ = try connection.describe(workload.statements, within: .seconds(60))
      _ = try printing.describe(workload.statements, within: .seconds(60))
      for _ in 0..<rounds {
        times.server.append(
          try seconds { _ = try connection.describe(workload.statements, within: .seconds(60)) })
        times.trees.append(try seconds { _ = try printing.describe(workload.statements, within: .seconds(60)) })
        times.analysis.append(try seconds { try check(loaded.analyze(queries, progress: { _ in })) })
      }
      server.stop()
      let ratios = zip(times.analysis, times.server).map { $0 / $1 }.sorted()
      print(
        "\(tables) × \(queries.count)".padding(toLength: 18, withPad: " ", startingAt: 0), milliseconds(times.server),
        milliseconds(times.trees), milliseconds(times.analysis),
        String(
          format: "%18.2f  %15.2f  %.2f–%.2f", median(zip(times.trees, times.server).map { $0 / $1 }),
          ratios[ratios.count / 2], ratios[ratios.count / 4], ratios[ratios.count * 3 / 4]),
        milliseconds(times.coldServer), milliseconds(times.coldAnalysis),
        String(format: "%12.2f", median(times.coldAnalysis) / median(times.coldServer)))
    }
  }

  static func serve(_ workload: Workload, _ settings: ServerSettings) throws -> (
    server: ScratchServer, connection: PostgreSQLConnection
  ) {
    let server = try ScratchServer(settings)
    let connection = try server.connect()
    // One by one, as schemas are run: all in one message would be one transaction, with a lock for each table.
    for statement in workload.schema.text.split(separator: ";") {
      try connection.execute(String(statement), deadline: .now + .seconds(60))
    }
    return (server, connection)
  }

  static func check(_ answers: [Diagnosed<QueryModel?>]) throws {
    if let wrong = answers.first(where: { $0.value == nil }) {
      throw Failure(words: "\(wrong.diagnostics.first?.message ?? "")")
    }
  }

  struct Failure: Error { var words: String }

  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  static func median(_ values: [Double]) -> Double { values.isEmpty ? .nan : values.sorted()[values.count / 2] }
  static func milliseconds(_ values: [Double]) -> String { String(format: "%8.1f ms", median(values) * 1000) }
}

/// Tables that refer to each other, and five queries for each: a key, a join, an aggregate, an INSERT and an UPDATE.
struct Workload {
  var schema: SourceFile
  var queries: SourceFile
  /// What is sent for them, as the server reads it.
  var statements: [StatementText] = []

  init(tables: Int) {
    var schema = "CREATE TYPE state AS ENUM ('new', 'open', 'done');\n"
    var queries = ""
    var statements: [StatementText] = []
    func add(_ name: String, _ command: String, _ sql: String, sent: String? = nil) {
      queries += "-- name: \(name) :\(command)\n\(sql);\n\n"
      statements.append(StatementText(sent ?? sql))
    }
    for number in 1...tables {
      let table = "table_\(number)"
      let parent = "table_\(max(1, number - 1))"
      schema += """
        CREATE TABLE \(table) (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email varchar(200) UNIQUE, state state NOT NULL,
          parent bigint REFERENCES \(parent), price numeric(10, 2) NOT NULL DEFAULT 0 CHECK (price >= 0), settings jsonb,
          tags text[] NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(), deleted_at timestamptz);
        CREATE INDEX ON \(table) (parent);

        """
      let columns = "id, name, email, state, parent, price, settings, tags, created_at, deleted_at"
      add(
        "Get\(number)", "one", "SELECT * FROM \(table) WHERE id = $1",
        sent: "SELECT \(columns) FROM \(table) WHERE id = $1")
      add(
        "List\(number)", "many",
        "SELECT a.id, a.name, p.name AS parent_name, coalesce(p.price, 0) AS parent_price FROM \(table) a LEFT JOIN \(parent) p ON p.id = a.parent WHERE a.state = $1 AND a.deleted_at IS NULL AND a.created_at > $2 ORDER BY a.created_at DESC LIMIT $3"
      )
      add(
        "Sum\(number)", "many",
        "SELECT state, count(*) AS n, sum(price) AS total, max(created_at) AS latest FROM \(table) WHERE tags && $1 GROUP BY state HAVING count(*) > 1"
      )
      add(
        "Add\(number)", "one",
        "INSERT INTO \(table) (name, email, state, parent, price, settings) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, created_at"
      )
      add(
        "Set\(number)", "execrows",
        "UPDATE \(table) SET name = $1, settings = coalesce(settings, '{}') || $2, deleted_at = CASE WHEN state = 'done' THEN now() END WHERE id = $3 AND EXISTS (SELECT FROM \(parent) p WHERE p.id = \(table).parent)"
      )
    }
    self.schema = SourceFile(path: "schema.sql", text: schema)
    self.queries = SourceFile(path: "queries.sql", text: queries)
    self.statements = statements
  }
}
