// Migrations that take the place of others: what a database has of them.

/// What is recorded of the migrations that a snapshot holds.
struct SnapshotCoverage {
  enum State: Sendable, Hashable {
    /// Nothing.
    case none
    case all
    case some(applied: [String], missing: [String])
  }

  let state: State
  /// One that was edited after it had been applied, before it became part of the snapshot.
  let edited: SquashedMigration?

  /// - Parameter recorded: by version.
  init(of migration: Migration, _ recorded: [String: AppliedMigration]) {
    let lines = migration.squashed
    func has(_ line: SquashedMigration) -> Bool {
      guard let entry = recorded[line.version], entry.progress == .finished else { return false }
      return entry.checksum == nil || entry.checksum == line.checksum
    }
    // A version that is listed twice was a snapshot of what stands above it.
    func isCovered(_ lines: ArraySlice<SquashedMigration>) -> Bool {
      guard let last = lines.last else { return true }
      let above = lines.dropLast()
      if above.last?.version == last.version { return has(last) || isCovered(above) }
      return has(last) && isCovered(above)
    }
    let present = lines.filter { recorded[$0.version] != nil }
    let known = Set(lines.filter(has).map(\.version))
    edited = present.last { line in
      guard let entry = recorded[line.version], entry.progress == .finished else { return false }
      return !known.contains(line.version)
    }
    if present.isEmpty {
      state = .none
    } else if isCovered(lines[...]) {
      state = .all
    } else {
      state = .some(
        applied: migration.squashedVersions.filter(known.contains),
        missing: migration.squashedVersions.filter { !known.contains($0) })
    }
  }
}

extension Migration {
  /// Each once, in order.
  var squashedVersions: [String] {
    var seen: Set<String> = []
    return squashed.map(\.version).filter { seen.insert($0).inserted }
  }

  /// Of a table that says no more than versions: does the database have the snapshot, or what it holds?
  ///
  /// - Throws: where it has some of it.
  func isApplied<Cause>(
    in versions: Set<String>, as _: MigrationFailure<Cause>.Type
  ) throws(MigrationFailure<Cause>) -> Bool {
    if squashed.isEmpty { return versions.contains(version) }
    let all = squashedVersions
    let applied = all.filter(versions.contains)
    // The other tool made the database with the snapshot itself.
    if applied.count == all.count || applied == [version] { return true }
    if applied.isEmpty { return versions.contains(version) }
    throw .beforeSnapshot(
      version: version, name: name, applied: applied, missing: all.filter { !versions.contains($0) })
  }
}
