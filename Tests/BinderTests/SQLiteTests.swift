// The same case files, through the real SQLite: it must accept what the binder accepts, call the columns the same, and
// touch the same tables.

import CSQLite
import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

/// Errors that are ours alone: SQLite takes these statements.
private let ourErrors: Set<String> = [
  "double-quoted-string", "unknown-rowid", "virtual-returning", "parameter-gap", "mixed-slice", "merged-parameters",
  "returning-star",
]

@Suite struct SQLiteTests {
  @Test(arguments: caseNames()) func agreesWithSQLite(_ name: String) throws {
    let file = try readCase(name)
    let options = SemanticsOptions(minimumVersion: SQLiteVersion(3, 40))
    let schema = parseScript(file.schema)
    let catalog = buildCatalog(from: [schema.value], options: options)
    let database = try #require(TestDatabase())
    for item in schema.value.items { database.run(String(file.schema.slice(item.statement.range))) }
    let script = parseScript(file.queries, options: ParserOptions(allowsMacros: true))
    var compared = 0
    for item in script.value.items {
      let text = String(file.queries.slice(item.statement.range))
      if text.asciiLowercased.contains("sqlc.") || text.contains("concat") { continue }
      let bound = bind(item.statement, in: catalog.value, source: file.queries, options: options)
      let errors = bound.diagnostics.filter { $0.severity == .error }
      if errors.contains(where: { ourErrors.contains($0.id.name) }) { continue }
      compared += 1
      guard let described = database.describe(text) else {
        #expect(!errors.isEmpty, "\(name): SQLite refuses \(text): \(database.message)")
        continue
      }
      #expect(errors.isEmpty, "\(name): SQLite accepts \(text): \(errors.map(\.message))")
      guard errors.isEmpty else { continue }
      #expect(bound.value.columnNames == described.columns, "\(name): \(text)")
      let effects = effects(of: bound.value, in: catalog.value)
      #expect(effects.reads == described.reads, "\(name): reads of \(text)")
      #expect(effects.writes == described.writes, "\(name): writes of \(text)")
      checkExpansions(bound.value, text, item.statement.range.lower, described, database, name)
    }
    #expect(compared > 0)
  }

  /// With its stars spelled out a statement is the same.
  private func checkExpansions(
    _ statement: BoundStatement, _ text: String, _ offset: Int, _ described: TestDatabase.Answer,
    _ database: TestDatabase, _ name: String
  ) {
    guard !statement.expansions.isEmpty else { return }
    var bytes = Array(text.utf8)
    for expansion in statement.expansions.reversed() {
      let range = (expansion.range.lower - offset)..<(expansion.range.upper - offset)
      bytes.replaceSubrange(range, with: Array(expansion.columns.joined(separator: ", ").utf8))
    }
    let spelled = String(decoding: bytes, as: UTF8.self)
    #expect(database.describe(spelled)?.columns == described.columns, "\(name): \(spelled): \(database.message)")
  }
}

/// A database in memory with foreign keys on.
final class TestDatabase {
  struct Answer {
    var columns: [String]
    var reads: [String]
    var writes: [String]
  }
  private var handle: OpaquePointer?
  private let log = AuthorizerLog()

  init?() {
    guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { return nil }
    run("PRAGMA foreign_keys = ON")
    sqlite3_set_authorizer(
      handle,
      { context, action, first, _, _, source in
        guard let context, let first else { return SQLITE_OK }
        let log = Unmanaged<AuthorizerLog>.fromOpaque(context).takeUnretainedValue()
        let name = String(cString: first)
        switch action {
        case SQLITE_READ: log.reads.insert(name)
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: log.writes.insert(name)
        default: break
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(log).toOpaque())
  }

  deinit { sqlite3_close(handle) }

  var message: String { sqlite3_errmsg(handle).map { String(cString: $0) } ?? "" }

  func run(_ sql: String) { sqlite3_exec(handle, sql, nil, nil, nil) }

  func describe(_ sql: String) -> Answer? {
    log.reads = []
    log.writes = []
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return nil }
    let columns = (0..<sqlite3_column_count(statement)).map {
      sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
    }
    let virtual = log.reads.filter { $0.hasPrefix("json_") || $0.hasPrefix("pragma_") }
    let noise: Set<String> = virtual.isEmpty ? [] : ["sqlite_master"]
    return Answer(
      columns: columns, reads: log.reads.subtracting(virtual).subtracting(noise).subtracting(views()).sorted(),
      writes: log.writes.subtracting(noise).subtracting(views()).sorted())
  }

  private func views() -> Set<String> {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let (reads, writes) = (log.reads, log.writes)
    defer { (log.reads, log.writes) = (reads, writes) }
    var names: Set<String> = []
    guard
      sqlite3_prepare_v2(handle, "SELECT name FROM sqlite_master WHERE type = 'view'", -1, &statement, nil) == SQLITE_OK
    else { return [] }
    while sqlite3_step(statement) == SQLITE_ROW { names.insert(String(cString: sqlite3_column_text(statement, 0))) }
    return names
  }
}

private final class AuthorizerLog {
  var reads: Set<String> = []
  var writes: Set<String> = []
}
