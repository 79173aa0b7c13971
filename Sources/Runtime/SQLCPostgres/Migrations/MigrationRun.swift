// Runs the statements of one migration in one direction.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

/// A statement failed; its number counts from 0. Behind the last one it is what was deferred.
struct MigrationStatementFailure: Error {
  var index: Int
  var cause: DatabaseError
}

/// One transaction for everything and the note of it, or one for each statement where the migration asks for that.
///
/// A migration's own BEGIN and COMMIT are savepoints in it. A run that was killed goes on behind the last statement that was
/// noted: each is noted in its own transaction. What PostgreSQL refuses inside one is noted before and after.
struct MigrationRun {
  let session: MigrationSession
  let versionTable: VersionTable
  let work: MigrationWork
  private let statements: [String]
  private let kinds: [MigrationStatementKind]

  init(session: MigrationSession, versionTable: VersionTable, work: MigrationWork) {
    self.session = session
    self.versionTable = versionTable
    self.work = work
    statements = work.statements
    kinds = statements.map { MigrationStatementKind(of: $0) }
  }

  /// Inside a transaction that has the lock, which it ends: all statements and the note of them.
  func runAtomically() async throws {
    if case .apply(let migration) = work { try await versionTable.begin(migration) }
    try await runTogether(statements.indices)
    try await note(done: statements.count)
    do throws(DatabaseError) {
      try await session.commit()
    } catch {
      throw MigrationStatementFailure(index: statements.count, cause: error)
    }
  }

  /// Inside a transaction that has the lock: notes that the work begins.
  func start() async throws {
    switch work {
    case .apply(let migration): try await versionTable.begin(migration)
    case .revert(let migration, _): try await versionTable.note(done: 0, of: migration)
    }
  }

  /// Outside any transaction, with the session's lock: what is left to be done.
  func goOn() async throws {
    guard let entry = try await versionTable.entry(of: work) else { return }
    for index in 0..<min(entry.done, statements.count) where kinds[index] == .setting { try await execute(index) }
    var index = entry.done
    var isRunning = entry.isRunning
    while index < statements.count {
      if kinds[index].isAlone {
        try await runAlone(index, wasBegun: isRunning)
        index += 1
      } else {
        let piece = piece(from: index)
        try await session.together {
          try await runTogether(piece)
          try await note(done: piece.upperBound)
          // What is deferred is checked here, so that it has the name of what it belongs to.
          try await execute("SET CONSTRAINTS ALL IMMEDIATE", of: piece.upperBound - 1)
        }
        index = piece.upperBound
      }
      isRunning = false
    }
    // There are none, or somebody has noted the last one by hand.
    if entry.done >= statements.count { try await session.together { try await note(done: statements.count) } }
  }

  /// One statement, or the migration's own transaction.
  private func piece(from start: Int) -> Range<Int> {
    guard case .control = kinds[start] else { return start..<(start + 1) }
    var open = OpenTransactions()
    for index in start..<statements.count {
      // What is refused is said when it is run.
      if case .control(let control) = kinds[index] { _ = try? open.replacement(for: control) }
      if open.isEmpty { return start..<(index + 1) }
    }
    return start..<statements.count
  }

  private func runTogether(_ range: Range<Int>) async throws {
    var open = OpenTransactions()
    for index in range {
      var sql = statements[index]
      if case .control(let control) = kinds[index] {
        do throws(TransactionControlFailure) {
          sql = try open.replacement(for: control) ?? sql
        } catch {
          throw MigrationStatementFailure(index: index, cause: DatabaseError(kind: .misuse, message: error.message))
        }
      }
      try await execute(sql, of: index)
      guard session.isInTransaction else {
        let cause = DatabaseError(
          kind: .misuse, message: "the statement ended the transaction that the migration runs in")
        throw MigrationStatementFailure(index: index, cause: cause)
      }
    }
    guard open.isEmpty else {
      let cause = DatabaseError(kind: .misuse, message: "the migration ends inside a transaction that it began")
      throw MigrationStatementFailure(index: range.upperBound - 1, cause: cause)
    }
  }

  private func execute(_ index: Int) async throws {
    try await execute(statements[index], of: index)
  }

  /// Runs SQL that is, or belongs to, that statement.
  private func execute(_ sql: String, of index: Int) async throws {
    do throws(DatabaseError) {
      try await session.texts(sql)
    } catch {
      throw MigrationStatementFailure(index: index, cause: error)
    }
  }

  /// Inside a transaction: so many statements are done; all of them ends the migration.
  private func note(done: Int) async throws(DatabaseError) {
    switch work {
    case _ where done < statements.count: try await versionTable.note(done: done, of: work.migration)
    case .apply(let migration): try await versionTable.finish(migration)
    case .revert(let migration, let previous): try await versionTable.remove(migration, previous: previous)
    }
  }

  // MARK: Outside of a transaction

  /// - Parameter wasBegun: it was running when an earlier run ended.
  private func runAlone(_ index: Int, wasBegun: Bool) async throws {
    let isDone = wasBegun ? try await whatBecame(of: index) : false
    if !isDone {
      if !wasBegun {
        try await session.together { try await versionTable.note(done: index, isRunning: true, of: work.migration) }
      }
      do {
        try await session.withoutLockTimeout { try await execute(index) }
      } catch let failure as MigrationStatementFailure {
        throw MigrationStatementFailure(index: index, cause: try await afterwards(index, failure.cause))
      }
    }
    try await session.together { try await note(done: index + 1) }
  }

  /// Has a statement done its work that was running when an earlier run ended? What it has left is cleared away.
  private func whatBecame(of index: Int) async throws -> Bool {
    switch kinds[index] {
    case .createIndex(let name?, let table):
      guard let index = try await madeIndex(name, on: table) else { return false }
      if !index.isValid { try await session.texts("DROP INDEX CONCURRENTLY \(index.name)") }
      return index.isValid
    case .dropIndex(let name?):
      return try await session.texts("SELECT to_regclass(\(quotedLiteral(name))) IS NULL").first?.first == "t"
    case .createIndex, .dropIndex, .once:
      throw MigrationError.interrupted(
        version: work.migration.version, name: work.migration.name, statement: index + 1, sql: statements[index])
    case .repeatable, .ordinary, .setting, .control: return false
    }
  }

  private func madeIndex(_ name: String, on table: String) async throws(DatabaseError) -> (name: String, isValid: Bool)?
  {
    let row = try await session.texts(
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), i.indisvalid
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE i.indrelid = to_regclass(\(quotedLiteral(table))) AND c.relname = \(quotedLiteral(name))
      """
    ).first
    return row.map { ($0[0] ?? "", $0[1] == "t") }
  }

  /// Notes what is known once a statement has failed, and adds what it has left.
  private func afterwards(_ index: Int, _ cause: DatabaseError) async throws -> DatabaseError {
    // Nobody knows what became of it.
    guard cause.kind == .server else { return cause }
    switch kinds[index] {
    case .createIndex(let name?, let table):
      // An index that was there before has made the statement fail at once.
      if cause.sqlState == "42P07" { break }
      guard let left = try await madeIndex(name, on: table), !left.isValid else { break }
      return cause.with(
        kind: .server,
        message:
          "\(cause.message); the index \(left.name) is left, invalid: migrating again drops it and builds it anew")
    case .once(.maybe): return cause
    default: break
    }
    try await session.together { try await versionTable.note(done: index, of: work.migration) }
    return cause
  }
}
