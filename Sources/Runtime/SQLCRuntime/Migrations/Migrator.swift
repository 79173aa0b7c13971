// Brings a database from the versions it has to the versions it should have, one migration at a time.

import CSQLite
import SQLCSQLiteHandle

/// What is being done, for a progress line or a log.
public enum MigrationStep: Sendable, Hashable {
  case adopting(tool: String, versions: [String])
  case applying(version: String, name: String)
  case reverting(version: String, name: String)
}

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
  private let history: MigrationHistory
  private var versionTable: VersionTable { history.versionTable }

  init(_ core: ConnectionCore, _ migrations: [Migration], _ options: MigrationOptions) {
    self.core = core
    self.migrations = migrations
    self.options = options
    history = MigrationHistory(core.database, migrations)
  }

  func run(to target: MigrationTarget) throws -> MigrationSummary {
    var summary = MigrationSummary()
    let last = try lastIndex(of: target)
    if options.isDryRun { return try rehearse(to: last) }
    return try core.database.withMigrationSettings {
      summary.adoptedFrom = try inLock { try openVersionTable() }
      while try step(to: last, &summary) {}
      return summary
    }
  }

  /// Records migrations as applied that were not run.
  func adopt(_ taken: [Migration]) throws {
    try inLock {
      if let entry = try versionTable.applied().first { throw MigrationError.hasHistory(version: entry.version) }
      try versionTable.open()
      for migration in taken { try versionTable.adopt(migration) }
      try versionTable.clearMarks(last: taken.last)
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
      guard let work = try next(state, last) else { return }
      let run = run(of: work)
      done = work
      goesOn = try start(work, state, isAtomic: run.plan.isAtomic)
      if goesOn { return }
      let had = state.isEmpty ? try tables() : .known
      try naming(work, had) { try run.runAtomically() }
    }
    guard let done else { return false }
    if goesOn { try naming(done, .known) { try run(of: done).run() } }
    switch done {
    case .apply(let migration): summary.applied.append(migration.version)
    case .revert(let migration, _): summary.reverted.append(migration.version)
    }
    return true
  }

  /// Notes that the work begins; true when it is to be done piece by piece, or was begun before.
  private func start(_ work: MigrationWork, _ state: MigrationState, isAtomic: Bool) throws -> Bool {
    let isBegun = state.halfDone != nil
    switch work {
    case .apply(let migration):
      options.progress(.applying(version: migration.version, name: migration.name))
      if !isBegun { try versionTable.begin(migration) }
    case .revert(let migration, _):
      options.progress(.reverting(version: migration.version, name: migration.name))
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

  private func next(_ state: MigrationState, _ last: Int?) throws -> MigrationWork? {
    if let half = state.halfDone { return half }
    if let undone = migrations.lastIndex(where: { state.applied.contains($0.version) }), undone > last ?? -1 {
      let migration = migrations[undone]
      guard migration.down?.isEmpty == false else {
        throw MigrationError.irreversible(version: migration.version, name: migration.name)
      }
      return .revert(migration, previous: previous(of: undone, state.applied))
    }
    let wanted = last.map { migrations[...$0] } ?? []
    guard let index = wanted.firstIndex(where: { !state.applied.contains($0.version) }) else { return nil }
    try checkOrder(of: index, state.applied)
    return .apply(wanted[index])
  }

  private func checkOrder(of index: Int, _ applied: Set<String>) throws {
    let migration = migrations[index]
    guard options.order == .strict, migration.order == .strict, !migration.isRepeatable else { return }
    let later = migrations[index...].last { one in
      !one.isRepeatable && applied.contains(one.version) && migration.isOlder(than: one)
    }
    if let later {
      throw MigrationError.outOfOrder(version: migration.version, name: migration.name, newest: later.version)
    }
  }

  private func previous(of index: Int, _ applied: Set<String>) -> String? {
    migrations[..<index].last { applied.contains($0.version) }?.version
  }

  // MARK: Version table

  /// Makes the version table; when it is new, takes over what another tool has noted.
  private func openVersionTable() throws -> String? {
    let isNew = try !versionTable.has("sqlc_schema_migrations")
    try versionTable.open()
    guard isNew, let tool = try versionTable.tool() else { return nil }
    let versions = try versionTable.adopted(from: tool, migrations)
    options.progress(.adopting(tool: tool.rawValue, versions: versions.map(\.version)))
    for migration in versions { try versionTable.adopt(migration) }
    return tool.rawValue
  }

  private struct MigrationState {
    var applied: Set<String> = []
    /// What was stopped, and comes before anything else.
    var halfDone: MigrationWork?
    var isEmpty: Bool { applied.isEmpty && halfDone == nil }
  }

  /// What is applied, once nothing is wrong with it; files that were renamed are noted by their new name.
  private func checkedState() throws -> MigrationState {
    let record = try history.record()
    let state = try state(of: record)
    for (old, migration) in record.renamed { try versionTable.rename(old, to: migration) }
    return state
  }

  private func state(of record: MigrationHistory.Record) throws -> MigrationState {
    if let edited = record.edited.first {
      throw MigrationError.changed(version: edited.version, name: edited.name)
    }
    if let (snapshot, applied, missing) = record.partial.first {
      throw MigrationError.beforeSnapshot(
        version: snapshot.version, name: snapshot.name, applied: applied, missing: missing)
    }
    if let unknown = record.unknown.first { throw MigrationError.unknownVersion(unknown.version) }
    var state = MigrationState()
    var half: (migration: Migration, progress: AppliedMigration.Progress)?
    for migration in migrations {
      guard let entry = record.entries[migration.version] else { continue }
      let isChanged = entry.checksum != nil && entry.checksum != migration.checksum
      switch entry.progress {
      case .unknown: throw MigrationError.unfinished(version: migration.version)
      case .applying(let done), .reverting(let done):
        if isChanged {
          throw MigrationError.halfDone(version: migration.version, name: migration.name, done: done)
        }
        half = (migration, entry.progress)
      case .finished:
        if isChanged, migration.isRepeatable { continue }
        if isChanged { throw MigrationError.changed(version: migration.version, name: migration.name) }
      }
      state.applied.insert(migration.version)
    }
    if let half {
      switch half.progress {
      case .reverting:
        let index = migrations.firstIndex(of: half.migration) ?? 0
        state.halfDone = .revert(half.migration, previous: previous(of: index, state.applied))
      case .applying, .finished, .unknown: state.halfDone = .apply(half.migration)
      }
    }
    return state
  }

  private func lastIndex(of target: MigrationTarget) throws -> Int? {
    switch target {
    case .latest: return migrations.indices.last
    case .empty: return nil
    case .version(let version):
      guard let index = migrations.firstIndex(where: { $0.version == version }) else {
        throw noVersion(version, of: migrations)
      }
      return index
    }
  }

  /// The plan, from the version table as it is.
  private func rehearse(to last: Int?) throws -> MigrationSummary {
    var summary = MigrationSummary()
    var state = MigrationState()
    if try !versionTable.has("sqlc_schema_migrations"), let tool = try versionTable.tool() {
      summary.adoptedFrom = tool.rawValue
      state.applied = Set(try versionTable.adopted(from: tool, migrations).map(\.version))
    } else {
      state = try self.state(of: try history.record())
    }
    if state.isEmpty, summary.adoptedFrom == nil, case .apply(let first)? = try next(state, last) {
      try foresee(first)
    }
    while let work = try next(state, last) {
      state.halfDone = nil
      switch work {
      case .apply(let migration):
        state.applied.insert(migration.version)
        summary.applied.append(migration.version)
      case .revert(let migration, _):
        state.applied.remove(migration.version)
        summary.reverted.append(migration.version)
      }
    }
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
