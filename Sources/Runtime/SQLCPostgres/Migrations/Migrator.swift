// Brings a database from the versions it has to the versions it should have, one migration at a time.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

struct Migrator {
  let session: MigrationSession
  let migrations: [Migration]
  let options: MigrationOptions
  let versionTable: VersionTable
  private let course: MigrationCourse<DatabaseError>

  init(_ session: MigrationSession, _ migrations: [Migration]) {
    self.session = session
    self.migrations = migrations
    options = session.options
    versionTable = VersionTable(session.connection, session.tables)
    course = MigrationCourse(migrations, session.options.order)
  }

  func run(to target: MigrationTarget) async throws -> MigrationSummary {
    var summary = MigrationSummary()
    let last = try course.lastIndex(of: target)
    if options.isDryRun { return try await rehearsed(to: last) }
    try await session.reset()
    try await session.begin()
    summary.adoptedFrom = try await openVersionTable()
    try await session.commit()
    while try await step(to: last, &summary) {}
    return summary
  }

  func statuses() async throws -> [MigrationStatus] {
    let record = session.tables.hasOurs ? nil : try await versionTable.foreignRecord()
    let adopted = try record?.adopted(migrations, as: MigrationError.self) ?? []
    return MigrationHistory(migrations, try await versionTable.applied()).statuses(adopted: adopted)
  }

  /// The migrations that a baseline is about, and what another tool has noted.
  func taken(at version: String?) async throws -> (migrations: [Migration], found: ToolHistory?) {
    let record = try await versionTable.foreignRecord()
    return (
      try course.taken(at: version, recorded: try await versionTable.applied(), record), record?.history
    )
  }

  /// Records migrations as applied that were not run.
  func adopt(_ taken: [Migration]) async throws {
    try await session.begin()
    if let entry = try await versionTable.applied().first { throw MigrationError.hasHistory(version: entry.version) }
    try await versionTable.create()
    let isBlank = try await versionTable.foreignRecord()?.isBlank == true
    for migration in taken {
      try await versionTable.adopt(migration)
      if isBlank { try await versionTable.noteForTool(migration) }
    }
    try await versionTable.clearMarks(taken)
    try await session.commit()
  }

  // MARK: One step

  /// Does the next thing that is to be done; false when there is nothing left. What is next is asked with the lock held, so
  /// that two processes do not do the same.
  private func step(to last: Int?, _ summary: inout MigrationSummary) async throws -> Bool {
    var attempt = 1
    while true {
      do {
        try await session.begin()
        guard let state = try await checkedState(), let work = try course.next(state, last) else {
          try await session.commit()
          return false
        }
        options.progress(work.step)
        let run = MigrationRun(session: session, versionTable: versionTable, work: work)
        if work.migration.isInTransaction, state.halfDone == nil {
          let had = state.isEmpty ? try await tables() : .known
          try await naming(work, had) { try await run.runAtomically() }
        } else {
          try await session.keepLock()
          if state.halfDone == nil { try await run.start() }
          try await session.commit()
          try await naming(work, .known) { try await run.goOn() }
          try await session.releaseLock()
        }
        try await session.reset()
        summary.note(work)
        return true
      } catch let error as MigrationError {
        guard attempt < options.tableLockAttempts, case .failed(_, _, _, _, let cause) = error,
          cause.sqlState == .lockNotAvailable
        else { throw error }
        try await session.rollback()
        // It keeps the lock of a migration that is half done, and comes back to it.
        try await session.texts("SELECT pg_advisory_unlock_all()")
        try await session.reset()
        try await Task.sleep(for: .seconds(Double.random(in: 0.5...1) * Double(min(1 << attempt, 10)) / 2))
        attempt += 1
      }
    }
  }

  /// Where the tables come from that were there before a migration.
  private enum Tables { case none, known, unrecorded }

  private func tables() async throws(DatabaseError) -> Tables {
    try await versionTable.hasTables() ? .unrecorded : .none
  }

  /// Gives what fails the migration's name.
  private func naming(_ work: MigrationWork, _ tables: Tables, _ body: () async throws -> Void) async throws {
    let migration = work.migration
    do {
      try await body()
    } catch let failure as MigrationStatementFailure {
      let sql = failure.index < work.statements.count ? work.statements[failure.index] : "COMMIT"
      if tables == .unrecorded, failure.cause.isOfWhatIsThere {
        throw MigrationError.existingTables(
          version: migration.version, name: migration.name, sql: sql, failure.cause)
      }
      throw MigrationError.failed(
        version: migration.version, name: migration.name, statement: failure.index + 1, sql: sql, failure.cause)
    }
  }

  // MARK: Version table

  /// Makes the version table; when it is new, takes over what another tool has noted.
  private func openVersionTable() async throws -> String? {
    guard try await !versionTable.isThere() else { return nil }
    try await versionTable.create()
    guard let record = try await versionTable.foreignRecord() else { return nil }
    let versions = try record.adopted(migrations, as: MigrationError.self)
    if !versions.isEmpty {
      options.progress(.adopting(tool: record.tool.rawValue, versions: versions.map(\.version)))
    }
    for migration in versions { try await versionTable.adopt(migration) }
    return record.tool.rawValue
  }

  /// What is applied, once nothing is wrong with it; files that were renamed are noted by their new name.
  private func checkedState() async throws -> MigrationState? {
    let record = MigrationHistory(migrations, try await versionTable.applied()).record
    let state = try course.state(of: record)
    for (old, migration) in record.renamed { try await versionTable.rename(old, to: migration) }
    return state
  }

  /// The plan, from the version table as it is.
  private func rehearsed(to last: Int?) async throws -> MigrationSummary {
    var summary = MigrationSummary()
    var state = MigrationState()
    if !session.tables.hasOurs, let record = try await versionTable.foreignRecord() {
      summary.adoptedFrom = record.tool.rawValue
      state.applied = Set(try record.adopted(migrations, as: MigrationError.self).map(\.version))
    } else {
      state = try course.state(of: MigrationHistory(migrations, try await versionTable.applied()).record)
    }
    try course.rehearse(state, last, &summary)
    return summary
  }
}

extension DatabaseError {
  /// Does a statement make what is there already (class 42, duplicate_…)?
  fileprivate var isOfWhatIsThere: Bool {
    switch sqlState {
    case "42P07", "42710", "42P06", "42723", "42701": true
    default: false
    }
  }
}
