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
  private var books: MigrationBooks { MigrationBooks(database: core.database) }

  init(_ core: ConnectionCore, _ migrations: [Migration], _ options: MigrationOptions) {
    self.core = core
    self.migrations = migrations
    self.options = options
  }

  func run(to target: MigrationTarget) throws -> MigrationSummary {
    var summary = MigrationSummary()
    let last = try lastIndex(of: target)
    if options.isDryRun { return try rehearse(to: last) }
    let enforcesForeignKeys = try core.database.texts("PRAGMA foreign_keys").first?[0] == "1"
    // A table is rebuilt by dropping it, which must not delete the rows that refer to it (SQLite,
    // lang_altertable.html#otheralter); the pragma does nothing inside a transaction.
    try core.database.execute("PRAGMA foreign_keys = OFF")
    defer { if enforcesForeignKeys { try? core.database.execute("PRAGMA foreign_keys = ON") } }
    summary.adoptedFrom = try inLock { try openBooks() }
    while try step(to: last, &summary) {}
    return summary
  }

  // MARK: One step

  private enum Work {
    case apply(Migration)
    case revert(Migration, previous: String?)
  }

  /// Does the next thing that is to be done; false when there is nothing left. What is next is asked with the lock held, so
  /// that two processes do not do the same.
  private func step(to last: Int?, _ summary: inout MigrationSummary) throws -> Bool {
    var done: Work?
    var loose: Migration?
    try inLock {
      let applied = try checkedBooks()
      guard let work = next(applied, last) else { return }
      switch work {
      case .apply(let migration):
        options.progress(.applying(version: migration.version, name: migration.name))
        try books.begin(migration)
        guard migration.isInTransaction else {
          loose = migration
          done = work
          return
        }
        try run(migration.up, of: migration)
        try books.finish(migration)
      case .revert(let migration, let previous):
        guard let down = migration.down else {
          throw MigrationError.irreversible(version: migration.version, name: migration.name)
        }
        options.progress(.reverting(version: migration.version, name: migration.name))
        try run(down, of: migration)
        try books.remove(migration, previous: previous)
      }
      done = work
    }
    if let loose {
      try runStatements(loose.up, of: loose)
      try inLock { try books.finish(loose) }
    }
    switch done {
    case .apply(let migration): summary.applied.append(migration.version)
    case .revert(let migration, _): summary.reverted.append(migration.version)
    case nil: return false
    }
    return true
  }

  private func next(_ applied: Set<String>, _ last: Int?) -> Work? {
    let wanted = last.map { migrations[...$0] } ?? []
    if let undone = migrations.lastIndex(where: { applied.contains($0.version) }), undone > last ?? -1 {
      let previous = migrations[..<undone].last { applied.contains($0.version) }?.version
      return .revert(migrations[undone], previous: previous)
    }
    return wanted.first { !applied.contains($0.version) }.map { .apply($0) }
  }

  /// Runs the statements and looks whether rows still find the rows they refer to.
  private func run(_ statements: [String], of migration: Migration) throws {
    let before = brokenReferences()
    try runStatements(statements, of: migration)
    let after = brokenReferences()
    let broken = after.keys.filter { (after[$0] ?? 0) > (before[$0] ?? 0) }.sorted()
    if !broken.isEmpty {
      throw MigrationError.brokenReferences(version: migration.version, name: migration.name, tables: broken)
    }
  }

  private func runStatements(_ statements: [String], of migration: Migration) throws {
    for (index, sql) in statements.enumerated() {
      do throws(DatabaseError) {
        try core.execute(sql, .migration)
      } catch {
        throw MigrationError.failed(
          version: migration.version, name: migration.name, statement: index + 1, sql: sql, error)
      }
    }
  }

  /// Rows without the row they refer to, by table. A schema that SQLite cannot check has none that could be counted.
  private func brokenReferences() -> [String: Int] {
    let rows = try? core.database.texts("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1")
    return Dictionary(
      (rows ?? []).map { ($0[0] ?? "", Int($0[1] ?? "") ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Books

  /// Makes the books; when they are new, takes over what another tool has noted.
  private func openBooks() throws -> String? {
    let isNew = try !books.has("sqlc_schema_migrations")
    try core.database.execute(MigrationBooks.create)
    guard isNew, let tool = try books.tool() else { return nil }
    let versions = try books.adopted(from: tool, migrations)
    options.progress(.adopting(tool: tool.rawValue, versions: versions.map(\.version)))
    for migration in versions {
      _ = try core.database.texts(
        """
        INSERT INTO sqlc_schema_migrations (version, name, checksum, finished_at)
        VALUES (?1, ?2, ?3, strftime('%Y-%m-%d %H:%M:%S', 'now'))
        """, [migration.version, migration.name, migration.checksum])
    }
    return tool.rawValue
  }

  /// The versions that are applied, once nothing is wrong with them.
  private func checkedBooks() throws -> Set<String> { try check(try books.applied()) }

  private func check(_ applied: [AppliedMigration]) throws -> Set<String> {
    for entry in applied {
      guard let migration = migrations.first(where: { $0.version == entry.version }) else {
        throw MigrationError.unknownVersion(entry.version)
      }
      if !entry.isFinished { throw MigrationError.unfinished(version: entry.version) }
      if let checksum = entry.checksum, checksum != migration.checksum {
        throw MigrationError.changed(version: migration.version, name: migration.name)
      }
    }
    return Set(applied.map(\.version))
  }

  private func lastIndex(of target: MigrationTarget) throws -> Int? {
    switch target {
    case .latest: return migrations.indices.last
    case .empty: return nil
    case .version(let version):
      guard let index = migrations.firstIndex(where: { $0.version == version }) else {
        throw MigrationError.noSuchVersion(version)
      }
      return index
    }
  }

  /// The plan, from the books as they are.
  private func rehearse(to last: Int?) throws -> MigrationSummary {
    var summary = MigrationSummary()
    var applied: Set<String>
    if try !books.has("sqlc_schema_migrations"), let tool = try books.tool() {
      summary.adoptedFrom = tool.rawValue
      applied = Set(try books.adopted(from: tool, migrations).map(\.version))
    } else {
      applied = try checkedBooks()
    }
    while let work = next(applied, last) {
      switch work {
      case .apply(let migration):
        applied.insert(migration.version)
        summary.applied.append(migration.version)
      case .revert(let migration, _):
        guard migration.down != nil else {
          throw MigrationError.irreversible(version: migration.version, name: migration.name)
        }
        applied.remove(migration.version)
        summary.reverted.append(migration.version)
      }
    }
    return summary
  }

  // MARK: The lock

  /// Runs `body` in a transaction that has the write lock; waits for another process that has it.
  private func inLock<T>(_ body: () throws -> T) throws -> T {
    let start = ContinuousClock.now
    while true {
      do {
        return try core.transaction(.immediate) { _ in try body() }
      } catch let error as DatabaseError
        where error.code.primary == .busy && ContinuousClock.now - start < options.lockTimeout && !Task.isCancelled
      {
        continue
      }
    }
  }
}
