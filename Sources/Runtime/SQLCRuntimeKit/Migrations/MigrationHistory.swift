// What a database says about its migrations, against what the code says.

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
    /// Stopped behind so many of its statements, which are others now: migrating does not go on (``MigrationFailure/halfDone(version:name:done:)``).
    case halfDoneAndEdited(done: Int)
    /// Begun by an earlier release, which did not note how far it came.
    case unfinished
    /// It is a snapshot, and not all of the migrations are applied that it holds
    /// (``MigrationFailure/beforeSnapshot(version:name:applied:missing:)``).
    case beforeSnapshot(missing: [String])
  }

  public var version: String
  public var name: String
  public var state: State
  /// `YYYY-MM-DD HH:MM:SS`, UTC.
  public var appliedAt: String?
}

/// A version table, read against the migrations.
package struct MigrationHistory: Sendable {
  let migrations: [Migration]
  /// In the order in which they were recorded.
  let applied: [AppliedMigration]
  private let byVersion: [String: Migration]

  package init(_ migrations: [Migration], _ applied: [AppliedMigration]) {
    self.migrations = migrations
    self.applied = applied
    byVersion = Dictionary(migrations.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is recorded, by the versions of today.
  package struct Record: Sendable {
    package var entries: [String: AppliedMigration] = [:]
    /// Versions that go by another name now, with the migration that they are.
    package var renamed: [(old: String, migration: Migration)] = []
    package var unknown: [AppliedMigration] = []
    /// Snapshots of which the database has a part, with what it has and what it lacks.
    package var partial: [(snapshot: Migration, applied: [String], missing: [String])] = []
    /// Of what a snapshot holds, what was edited after it had been applied.
    package var edited: [SquashedMigration] = []
  }

  /// A version that the code does not have may be a file that was moved or renamed: the one with the same statements, if
  /// there is exactly one.
  package var record: Record {
    var record = Record()
    let versions = Set(applied.map(\.version))
    let folded = readSnapshots(applied, &record)
    for entry in applied where !folded.contains(entry.version) {
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

  /// The versions that are recorded as what they were before they became part of a snapshot.
  private func readSnapshots(_ applied: [AppliedMigration], _ record: inout Record) -> Set<String> {
    let recorded = Dictionary(applied.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
    var folded: Set<String> = []
    for snapshot in migrations where !snapshot.squashed.isEmpty {
      if recorded[snapshot.version]?.checksum == snapshot.checksum {
        // It is there as itself; rows of what it holds say nothing more.
        folded.formUnion(snapshot.squashedVersions.filter { $0 != snapshot.version })
        continue
      }
      let coverage = SnapshotCoverage(of: snapshot, recorded)
      if let edited = coverage.edited { record.edited.append(edited) }
      switch coverage.state {
      case .none: continue
      case .all:
        let last = snapshot.squashed.last.flatMap { recorded[$0.version] }
        if var entry = last {
          entry.version = snapshot.version
          entry.name = snapshot.name
          entry.checksum = snapshot.checksum
          record.entries[snapshot.version] = entry
        }
      case .some(let applied, let missing): record.partial.append((snapshot, applied, missing))
      }
      folded.formUnion(snapshot.squashedVersions)
    }
    return folded
  }

  /// - Parameter adopted: what another tool has recorded, where nothing is of ours.
  package func statuses(adopted: [Migration]) -> [MigrationStatus] {
    let record = record
    let adopted = Set(adopted.map(\.version))
    let partial = Dictionary(
      record.partial.map { ($0.snapshot.version, $0.missing) }, uniquingKeysWith: { first, _ in first })
    let known = migrations.map { migration in
      if let missing = partial[migration.version] {
        return MigrationStatus(
          version: migration.version, name: migration.name, state: .beforeSnapshot(missing: missing))
      }
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
