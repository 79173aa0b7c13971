// One row of a version table.

package struct AppliedMigration: Sendable, Hashable {
  package enum Progress: Sendable, Hashable {
    case finished
    /// Of a migration that is not one transaction: so many statements are noted.
    case applying(done: Int)
    case reverting(done: Int)
    /// Begun by a release that did not note how far it came.
    case unknown
  }

  package var version: String
  package var name: String
  package var checksum: String?
  package var appliedAt: String?
  package var progress: Progress

  /// - Parameter row: version, name, checksum, finished_at, progress.
  package init(_ row: [String?]) {
    version = row[0] ?? ""
    name = row[1] ?? ""
    checksum = row[2]
    appliedAt = row[3]
    switch (row[3], row[4].flatMap { Int($0) }) {
    case (nil, nil): progress = .unknown
    case (nil, let done?): progress = .applying(done: done)
    case (.some, nil): progress = .finished
    case (.some, let done?): progress = .reverting(done: done)
    }
  }

  /// How many statements of the work are noted; nothing when it is no longer to be done.
  package func done(of work: MigrationWork) -> Int? {
    switch (work, progress) {
    case (.apply, .applying(let done)), (.revert, .reverting(let done)): done
    default: nil
    }
  }
}

/// One step of migrating.
package enum MigrationWork: Sendable, Hashable {
  case apply(Migration)
  /// - Parameter previous: the version that is the last one applied afterwards.
  case revert(Migration, previous: String?)

  package var migration: Migration {
    switch self {
    case .apply(let migration), .revert(let migration, _): migration
    }
  }

  package var statements: [String] {
    switch self {
    case .apply(let migration): migration.up
    case .revert(let migration, _): migration.down ?? []
    }
  }

  package var step: MigrationStep {
    switch self {
    case .apply(let migration): .applying(version: migration.version, name: migration.name)
    case .revert(let migration, _): .reverting(version: migration.version, name: migration.name)
    }
  }
}
