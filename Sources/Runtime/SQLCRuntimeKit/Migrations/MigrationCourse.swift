// Which step comes next, from what is recorded.

/// What is applied, once nothing is wrong with it.
package struct MigrationState: Sendable, Hashable {
  package var applied: Set<String> = []
  /// Repeatable ones that are others now: there, and to be applied again.
  package var outdated: Set<String> = []
  /// What was stopped, and comes before anything else.
  package var halfDone: MigrationWork?
  package init() {}
  package var isEmpty: Bool { applied.isEmpty && halfDone == nil }
}

/// The way from the versions that a database has to those that it should have.
package struct MigrationCourse<Cause: Error & CustomStringConvertible>: Sendable {
  package typealias Failure = MigrationFailure<Cause>

  let migrations: [Migration]
  let order: MigrationOrder

  package init(_ migrations: [Migration], _ order: MigrationOrder) {
    self.migrations = migrations
    self.order = order
  }

  /// The place of the last migration that is to be applied; nothing for none.
  package func lastIndex(of target: MigrationTarget) throws(Failure) -> Int? {
    switch target {
    case .latest: return migrations.indices.last
    case .empty: return nil
    case .version(let version):
      let index = try index(of: version)
      // With the last step come those that are applied after all of them.
      return migrations[(index + 1)...].allSatisfy(\.isRepeatable) ? migrations.indices.last : index
    }
  }

  private func index(of version: String) throws(Failure) -> Int {
    if let index = migrations.firstIndex(where: { $0.version == version }) { return index }
    if let snapshot = migrations.first(where: { $0.squashedVersions.contains(version) }) {
      throw .squashedVersion(version, into: snapshot.version)
    }
    throw .noSuchVersion(version)
  }

  /// The migrations that a baseline is about.
  ///
  /// - Parameters:
  ///   - version: the last one; absent: what another tool says.
  ///   - recorded: what is recorded already: nothing, or it is refused.
  ///   - foreign: the table of another tool. Where it has no mark of a migration that stopped inside, it has to say the same
  ///     as the version.
  package func taken(
    at version: String?, recorded: [AppliedMigration], _ foreign: ForeignRecord?
  ) throws(Failure) -> [Migration] {
    if let entry = recorded.first { throw .hasHistory(version: entry.version) }
    guard let version else {
      guard let foreign, !foreign.isBlank else { throw .noToolHistory }
      return try foreign.adopted(migrations, as: Failure.self)
    }
    let taken = Array(migrations[...(try index(of: version))])
    // A table without a version says nothing of the schema, which is compared.
    guard let foreign, foreign.history.dirty == nil, !foreign.isBlank else { return taken }
    let adopted = try foreign.adopted(migrations, as: Failure.self)
    let noted = taken.filter { foreign.tool.records($0) }
    if adopted.map(\.version) != noted.map(\.version) { throw .otherHistory(foreign.history) }
    return taken
  }

  package func state(of record: MigrationHistory.Record) throws(Failure) -> MigrationState {
    if let edited = record.edited.first { throw .changed(version: edited.version, name: edited.name) }
    if let (snapshot, applied, missing) = record.partial.first {
      throw .beforeSnapshot(version: snapshot.version, name: snapshot.name, applied: applied, missing: missing)
    }
    if let unknown = record.unknown.first { throw .unknownVersion(unknown.version) }
    var state = MigrationState()
    var half: (migration: Migration, progress: AppliedMigration.Progress)?
    for migration in migrations {
      guard let entry = record.entries[migration.version] else { continue }
      let isChanged = entry.checksum != nil && entry.checksum != migration.checksum
      switch entry.progress {
      case .unknown: throw .unfinished(version: migration.version)
      case .applying(let done), .reverting(let done):
        if isChanged { throw .halfDone(version: migration.version, name: migration.name, done: done) }
        half = (migration, entry.progress)
      case .finished:
        if isChanged, migration.isRepeatable {
          state.outdated.insert(migration.version)
          continue
        }
        if isChanged { throw .changed(version: migration.version, name: migration.name) }
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

  /// - Parameter last: the place of the last migration that is to be applied.
  package func next(_ state: MigrationState, _ last: Int?) throws(Failure) -> MigrationWork? {
    if let half = state.halfDone { return half }
    if let undone = lastUndone(state, last) {
      let migration = migrations[undone]
      guard migration.down?.isEmpty == false else {
        throw .irreversible(version: migration.version, name: migration.name)
      }
      return .revert(migration, previous: previous(of: undone, state.applied))
    }
    let wanted = last.map { migrations[...$0] } ?? []
    guard let index = wanted.firstIndex(where: { !state.applied.contains($0.version) }) else { return nil }
    try checkOrder(of: index, state.applied)
    return .apply(wanted[index])
  }

  /// All steps from here, without taking them.
  package func rehearse(_ start: MigrationState, _ last: Int?, _ summary: inout MigrationSummary) throws(Failure) {
    var state = start
    while let work = try next(state, last) {
      state.halfDone = nil
      switch work {
      case .apply(let migration): state.applied.insert(migration.version)
      case .revert(let migration, _):
        state.applied.remove(migration.version)
        state.outdated.remove(migration.version)
      }
      summary.note(work)
    }
  }

  /// The place of what is to be taken back next. Repeatable ones go before a step does, and by themselves only where nothing
  /// is to stay; those that nobody can take away stay.
  private func lastUndone(_ state: MigrationState, _ last: Int?) -> Int? {
    let goesBack = migrations.indices.contains { index in
      let migration = migrations[index]
      return index > last ?? -1 && state.applied.contains(migration.version) && (last == nil || !migration.isRepeatable)
    }
    guard goesBack else { return nil }
    return migrations.indices.last { index in
      let migration = migrations[index]
      if index <= last ?? -1 { return false }
      if migration.isRepeatable {
        return migration.down?.isEmpty == false
          && (state.applied.contains(migration.version) || state.outdated.contains(migration.version))
      }
      return state.applied.contains(migration.version)
    }
  }

  private func checkOrder(of index: Int, _ applied: Set<String>) throws(Failure) {
    let migration = migrations[index]
    guard order == .strict, migration.order == .strict, !migration.isRepeatable else { return }
    let later = migrations[index...].last { one in
      !one.isRepeatable && applied.contains(one.version) && migration.isOlder(than: one)
    }
    if let later { throw .outOfOrder(version: migration.version, name: migration.name, newest: later.version) }
  }

  private func previous(of index: Int, _ applied: Set<String>) -> String? {
    migrations[..<index].last { applied.contains($0.version) }?.version
  }
}

extension MigrationSummary {
  package mutating func note(_ work: MigrationWork) {
    switch work {
    case .apply(let migration): applied.append(migration.version)
    case .revert(let migration, _): reverted.append(migration.version)
    }
  }
}
