// What each statement of a migration did to tables that were there before, as the server tells.

import SQLCEngine

/// How strong a lock is, by what it keeps others from (explicit-locking.html).
enum TableLock: Int, Comparable {
  case none, harmless
  /// Nobody writes.
  case share, shareRowExclusive, exclusive
  /// Nobody reads either.
  case accessExclusive

  static func < (a: TableLock, b: TableLock) -> Bool { a.rawValue < b.rawValue }

  init(mode: String?) {
    switch mode {
    case nil: self = .none
    case "ShareLock"?: self = .share
    case "ShareRowExclusiveLock"?: self = .shareRowExclusive
    case "ExclusiveLock"?: self = .exclusive
    case "AccessExclusiveLock"?: self = .accessExclusive
    default: self = .harmless
    }
  }

  /// For people.
  var words: String {
    switch self {
    case .none, .harmless: "a lock"
    case .share: "a SHARE lock: nobody writes to it meanwhile"
    case .shareRowExclusive: "a SHARE ROW EXCLUSIVE lock: nobody writes to it meanwhile"
    case .exclusive: "an EXCLUSIVE lock: nobody writes to it meanwhile"
    case .accessExclusive: "an ACCESS EXCLUSIVE lock: nobody reads or writes it meanwhile"
    }
  }
}

/// The tables as they are at one moment of a migration.
struct TableStates {
  struct State: Equatable {
    var name: String
    /// The file that holds its rows; another one: they were written anew.
    var file: String
    /// How often its rows were gone through.
    var scans: Int
    var lock: TableLock
  }

  /// By object identifier.
  var states: [String: State] = [:]

  /// - Parameter only: object identifiers; absent: every table.
  static func read(_ database: PostgreSQLTrialDatabase, only: Set<String>?) throws(TrialFailure) -> TableStates {
    var found = TableStates()
    let filter = only.map { " AND c.oid IN (\(($0.isEmpty ? ["0"] : $0.sorted()).joined(separator: ", ")))" } ?? ""
    for row in try database.run(
      """
      SELECT c.oid, CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END,
        coalesce(pg_relation_filenode(c.oid)::text, ''), coalesce(pg_stat_get_xact_numscans(c.oid), 0),
        (SELECT string_agg(l.mode, ' ') FROM pg_locks l
          WHERE l.pid = pg_backend_pid() AND l.granted AND l.locktype = 'relation' AND l.relation = c.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg\\_%'\(filter)
      """
    ).rows {
      let modes = (row[4] ?? "").split(separator: " ").map { TableLock(mode: String($0)) }
      found.states[row[0] ?? ""] = State(
        name: row[1] ?? "", file: row[2] ?? "", scans: row[3].flatMap { Int($0) } ?? 0, lock: modes.max() ?? .none)
    }
    return found
  }
}

/// Watches the statements of one migration.
struct MigrationWatch {
  private let database: PostgreSQLTrialDatabase
  /// Those that were there before, by object identifier.
  private let tables: Set<String>
  private var before: TableStates
  private(set) var remarks: [MigrationOutcome.Remark] = []

  init(_ database: PostgreSQLTrialDatabase) throws(TrialFailure) {
    self.database = database
    before = try TableStates.read(database, only: nil)
    tables = Set(before.states.keys)
  }

  /// A transaction has begun or ended: what was locked in the last one is free.
  mutating func beginTransaction() throws(TrialFailure) { before = try TableStates.read(database, only: tables) }

  /// To be called after a statement, in its transaction.
  mutating func note(_ statement: String, at index: Int) throws(TrialFailure) {
    let after = try TableStates.read(database, only: tables)
    let words = StatementWords(statement)
    var seen: Set<LockRule> = []
    for (id, now) in after.states.sorted(by: { $0.value.name < $1.value.name }) {
      guard let then = before.states[id], let remark = remark(words, then, now, at: index) else { continue }
      // One statement, one remark of a kind: the table that it names first.
      if seen.insert(remark.0).inserted { remarks.append(remark.1) }
    }
    before = after
  }

  private func remark(
    _ words: StatementWords, _ then: TableStates.State, _ now: TableStates.State, at index: Int
  ) -> (LockRule, MigrationOutcome.Remark)? {
    func remark(_ rule: LockRule, _ message: String, _ notes: String...) -> (LockRule, MigrationOutcome.Remark) {
      let ignore = "'-- sqlc:ignore \(rule.rawValue): reason' in the file says that it is meant"
      return (rule, .init(index: index, rule: rule.rule, message: message, notes: notes + [ignore]))
    }
    let first = words.capitals.first ?? ""
    if then.file != now.file, !["TRUNCATE", "REFRESH", "CLUSTER", "VACUUM"].contains(first) {
      return remark(
        .rewrittenTable, "the rows of '\(now.name)' are all written anew, under an ACCESS EXCLUSIVE lock",
        advice(onRewriting: words))
    }
    let scanned = now.scans > then.scans
    if words.has("CREATE", "INDEX") || words.has("CREATE", "UNIQUE", "INDEX") {
      guard scanned, now.lock >= .share, !words.has("CONCURRENTLY") else { return nil }
      return remark(
        .blockingIndex, "this builds an index on '\(now.name)' under \(now.lock.words)",
        "CREATE INDEX CONCURRENTLY lets others write; it runs outside of a transaction, in a migration of its own")
    }
    guard scanned, now.lock >= .shareRowExclusive else { return nil }
    // Taken before: an earlier statement holds it for as long as this one goes through the rows.
    if then.lock >= .shareRowExclusive, first != "ALTER" || words.has("VALIDATE", "CONSTRAINT") {
      return remark(
        .heldLock,
        "this goes through the rows of '\(now.name)', on which an earlier statement of the migration holds \(then.lock.words)",
        "give it a migration of its own, or the earlier one: locks are held to the end of the transaction")
    }
    guard first == "ALTER" || first == "CREATE" else { return nil }
    if words.has("PRIMARY", "KEY") || words.has("ADD", "UNIQUE") || isAddedKey(words), !words.has("USING", "INDEX") {
      return remark(
        .blockingKey, "this builds the index of a key of '\(now.name)' under \(now.lock.words)",
        "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE (or PRIMARY KEY) USING INDEX")
    }
    if words.has("REFERENCES") || words.has("CHECK") || words.has("FOREIGN", "KEY"), !words.has("NOT", "VALID") {
      return remark(
        .blockingConstraint, "this checks all rows of '\(now.name)' under \(now.lock.words)",
        "add it NOT VALID, which looks at new rows only, and VALIDATE CONSTRAINT in a migration after it, which keeps nobody out"
      )
    }
    if words.has("SET", "NOT", "NULL") {
      return remark(
        .blockingNotNull, "this reads all rows of '\(now.name)' under \(now.lock.words); it fails where one has NULL",
        "a validated CHECK (column IS NOT NULL) proves it without reading: add that NOT VALID, validate it, then set NOT NULL"
      )
    }
    return remark(.blockingScan, "this reads all rows of '\(now.name)' under \(now.lock.words)")
  }

  private func isAddedKey(_ words: StatementWords) -> Bool {
    words.has("ADD", "CONSTRAINT") && words.has("UNIQUE") && !words.has("CHECK")
  }

  private func advice(onRewriting words: StatementWords) -> String {
    if words.has("TYPE") {
      return
        "a type that keeps the values as they are stored (varchar to text, a longer varchar) rewrites nothing; otherwise add a column, fill it in portions, and change over"
    }
    if words.has("DEFAULT") {
      return
        "a default that is computed anew for each row is written into each: add the column without it, set the default after, and fill the rows in portions"
    }
    if words.has("GENERATED") || words.has("IDENTITY") || words.has("SERIAL") || words.has("BIGSERIAL") {
      return "a generated or numbered column is written into each row: add a plain one, and fill the rows in portions"
    }
    return "it takes as long as copying the table"
  }
}
