// What a database says about its migrations, against what the code says.

import SQLCSQLiteHandle

/// One migration and what the database has recorded of it.
public struct MigrationStatus: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case pending, applied
    /// Applied, and its statements are others now.
    case edited
    /// Applied, and the code does not have it.
    case unknown
    /// Stopped behind so many of its statements; migrating goes on there, unless it was edited.
    case halfApplied(done: Int)
    case halfReverted(done: Int)
    /// Stopped behind so many of its statements, which are others now: migrating does not go on (``MigrationError/halfDone(version:name:done:)``).
    case halfDoneAndEdited(done: Int)
    /// Begun by an earlier release, which did not note how far it came.
    case unfinished
  }

  public var version: String
  public var name: String
  public var state: State
  /// `YYYY-MM-DD HH:MM:SS`, UTC.
  public var appliedAt: String?
}

/// The version table, read against the migrations.
struct MigrationHistory {
  let versionTable: VersionTable
  let migrations: [Migration]
  private let byVersion: [String: Migration]

  init(_ database: DatabaseHandle, _ migrations: [Migration]) {
    versionTable = VersionTable(database: database)
    self.migrations = migrations
    byVersion = Dictionary(migrations.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func migration(_ version: String) -> Migration? { byVersion[version] }

  /// What is recorded, by the versions of today.
  struct Record {
    var entries: [String: AppliedMigration] = [:]
    /// Versions that go by another name now, with the migration that they are.
    var renamed: [(old: String, migration: Migration)] = []
    var unknown: [AppliedMigration] = []
  }

  /// A version that the code does not have may be a file that was moved or renamed: the one with the same statements, if
  /// there is exactly one.
  func record() throws(SQLiteFailure) -> Record {
    var record = Record()
    let applied = try versionTable.applied()
    let versions = Set(applied.map(\.version))
    for entry in applied {
      if byVersion[entry.version] != nil {
        record.entries[entry.version] = entry
        continue
      }
      let candidates = migrations.filter { $0.checksum == entry.checksum && !versions.contains($0.version) }
      if candidates.count == 1, !record.renamed.contains(where: { $0.migration == candidates[0] }) {
        record.entries[candidates[0].version] = entry
        record.renamed.append((entry.version, candidates[0]))
      } else {
        record.unknown.append(entry)
      }
    }
    return record
  }

  func records() throws -> [MigrationStatus] {
    let record = try record()
    var adopted: Set<String> = []
    if try !versionTable.has("sqlc_schema_migrations"), let tool = try versionTable.tool() {
      adopted = Set(try versionTable.adopted(from: tool, migrations).map(\.version))
    }
    let known = migrations.map { migration in
      let entry = record.entries[migration.version]
      return MigrationStatus(
        version: migration.version, name: migration.name,
        state: entry.map { state($0, of: migration) } ?? (adopted.contains(migration.version) ? .applied : .pending),
        appliedAt: entry?.appliedAt)
    }
    return known
      + record.unknown.map {
        MigrationStatus(version: $0.version, name: $0.name, state: .unknown, appliedAt: $0.appliedAt)
      }
  }

  private func state(_ entry: AppliedMigration, of migration: Migration) -> MigrationStatus.State {
    let isEdited = entry.checksum != nil && entry.checksum != migration.checksum
    return switch entry.progress {
    case .unknown: .unfinished
    case .applying(let done): isEdited ? .halfDoneAndEdited(done: done) : .halfApplied(done: done)
    case .reverting(let done): isEdited ? .halfDoneAndEdited(done: done) : .halfReverted(done: done)
    case .finished: isEdited ? .edited : .applied
    }
  }
}
