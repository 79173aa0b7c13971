// Brings a database from the versions it has to the versions it should have, one migration at a time.

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

/// How migrating goes about it.
public struct MigrationOptions: Sendable {
  /// Says what would be done, and does nothing.
  public var isDryRun = false
  /// Are migrations applied that are older than one that is applied already?
  public var order = MigrationOrder.strict
  /// How long another process may hold the lock that migrating takes, migration by migration.
  public var lockTimeout = Duration.seconds(60)
  /// Called before each step.
  public var progress: @Sendable (MigrationStep) -> Void = { _ in }

  public init() {}
}

/// Runs on the thread that owns the connection.
struct Migrator {
  let core: ConnectionCore
  let migrations: [Migration]
  let options: MigrationOptions
  private let course: MigrationCourse<DatabaseError>
  private var versionTable: VersionTable { VersionTable(database: core.database) }

  init(_ core: ConnectionCore, _ migrations: [Migration], _ options: MigrationOptions) {
    self.core = core
    self.migrations = migrations
    self.options = options
    course = MigrationCourse(migrations, options.order)
  }

  func run(to target: MigrationTarget) throws -> MigrationSummary {
    var summary = MigrationSummary()
    let last = try course.lastIndex(of: target)
    if options.isDryRun { return try rehearse(to: last) }
    return try core.database.withMigrationSettings {
      summary.adoptedFrom = try inLock { try openVersionTable() }
      while try step(to: last, &summary) {}
      return summary
    }
  }

  /// The migrations that a baseline is about, and what another tool has noted.
  func taken(at version: String?) throws -> (migrations: [Migration], found: ToolHistory?) {
    let record = try versionTable.foreignRecord()
    return (try course.taken(at: version, recorded: versionTable.applied(), record), record?.history)
  }

  /// Records migrations as applied that were not run.
  func adopt(_ taken: [Migration]) throws {
    try inLock {
      if let entry = try versionTable.applied().first { throw MigrationError.hasHistory(version: entry.version) }
      try versionTable.open()
      let isBlank = try versionTable.foreignRecord()?.isBlank == true
      for migration in taken {
        try versionTable.adopt(migration)
        if isBlank { try versionTable.noteForTool(migration) }
      }
      try versionTable.clearMarks(taken)
    }
  }

  // MARK: One step

  /// Does the next thing that is to be done; false when there is nothing left. What is next is asked with the lock held, so
  /// that two processes do not do the same.
  private func step(to last: Int?, _ summary: inout MigrationSummary) throws -> Bool {
    var done: MigrationWork?
    var goesOn = false
    try inLock {
      let state = try checkedState()
      guard let work = try course.next(state, last) else { return }
      let run = run(of: work)
      done = work
      goesOn = try start(work, state, isAtomic: run.plan.isAtomic)
      if goesOn { return }
      let had = state.isEmpty ? try tables() : .known
      try naming(work, had) { try run.runAtomically() }
    }
    guard let done else { return false }
    if goesOn { try naming(done, .known) { try run(of: done).run() } }
    summary.note(done)
    return true
  }

  /// Notes that the work begins; true when it is to be done piece by piece, or was begun before.
  private func start(_ work: MigrationWork, _ state: MigrationState, isAtomic: Bool) throws -> Bool {
    let isBegun = state.halfDone != nil
    options.progress(work.step)
    switch work {
    case .apply(let migration): if !isBegun { try versionTable.begin(migration) }
    case .revert(let migration, _):
      if !isBegun, !isAtomic { try versionTable.note(done: 0, of: migration) }
    }
    if isBegun { return true }
    return !isAtomic
  }

  private func run(of work: MigrationWork) -> MigrationRun<MigrationJournal> {
    MigrationRun(
      work.plan, on: core.database,
      MigrationJournal(work: work, core: core, versionTable: versionTable, options: options))
  }

  /// Where the tables come from that were there before a migration.
  private enum Tables { case none, known, unrecorded }

  private func tables() throws(SQLiteFailure) -> Tables { try versionTable.hasTables() ? .unrecorded : .none }

  /// Gives what fails the migration's name.
  private func naming(_ work: MigrationWork, _ tables: Tables, _ body: () throws -> Void) throws {
    let migration = work.migration
    do {
      try body()
    } catch let failure as MigrationStatementFailure {
      let sql = work.statements[failure.index]
      let cause = databaseError(failure.cause, sql)
      if tables == .unrecorded, cause.code.primary == .error {
        throw MigrationError.existingTables(version: migration.version, name: migration.name, sql: sql, cause)
      }
      throw MigrationError.failed(
        version: migration.version, name: migration.name, statement: failure.index + 1, sql: sql, cause)
    }
  }

  private func databaseError(_ cause: any Error, _ sql: String) -> DatabaseError {
    switch cause {
    case let error as DatabaseError: error
    case let failure as SQLiteFailure: DatabaseError(failure, query: nil, text: sql)
    default: DatabaseError(kind: .misuse, message: "\(cause)")
    }
  }

  // MARK: Version table

  /// Makes the version table; when it is new, takes over what another tool has noted.
  private func openVersionTable() throws -> String? {
    let isNew = try !versionTable.has("sqlc_schema_migrations")
    try versionTable.open()
    guard isNew, let record = try versionTable.foreignRecord() else { return nil }
    let versions = try record.adopted(migrations, as: MigrationError.self)
    if !versions.isEmpty {
      options.progress(.adopting(tool: record.tool.rawValue, versions: versions.map(\.version)))
    }
    for migration in versions { try versionTable.adopt(migration) }
    return record.tool.rawValue
  }

  /// What is applied, once nothing is wrong with it; files that were renamed are noted by their new name.
  private func checkedState() throws -> MigrationState {
    let record = try MigrationHistory(migrations, versionTable.applied()).record
    let state = try course.state(of: record)
    for (old, migration) in record.renamed { try versionTable.rename(old, to: migration) }
    return state
  }

  /// The plan, from the version table as it is.
  private func rehearse(to last: Int?) throws -> MigrationSummary {
    var summary = MigrationSummary()
    var state = MigrationState()
    if try !versionTable.has("sqlc_schema_migrations"), let record = try versionTable.foreignRecord() {
      summary.adoptedFrom = record.tool.rawValue
      state.applied = Set(try record.adopted(migrations, as: MigrationError.self).map(\.version))
    } else {
      state = try course.state(of: MigrationHistory(migrations, versionTable.applied()).record)
    }
    if state.isEmpty, summary.adoptedFrom == nil, case .apply(let first)? = try course.next(state, last) {
      try foresee(first)
    }
    try course.rehearse(state, last, &summary)
    return summary
  }

  /// Does the first migration make what is there already? Tried on the definitions alone, without rows.
  private func foresee(_ migration: Migration) throws {
    guard try versionTable.hasTables() else { return }
    let definitions = try core.database.texts("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    let copy = try DatabaseHandle(filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    for definition in definitions.compactMap({ $0[0] }) where !definition.isEmpty { try? copy.execute(definition) }
    for sql in migration.up {
      do {
        try copy.execute(sql)
      } catch {
        // Functions of the application are not there; a name that is taken is taken.
        guard error.message.hasSuffix(" already exists") else { return }
        throw MigrationError.existingTables(
          version: migration.version, name: migration.name, sql: sql, databaseError(error, sql))
      }
    }
  }

  private func inLock<T>(_ body: () throws -> T) throws -> T { try core.withMigrationLock(options, body) }
}
