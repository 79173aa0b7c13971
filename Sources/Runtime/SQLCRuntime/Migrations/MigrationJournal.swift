// One step of migrating, and how it is noted.

import SQLCRuntimeKit
import SQLCSQLiteHandle

extension MigrationWork {
  var plan: MigrationPlan {
    MigrationPlan(statements, migration.isInTransaction ? .one : .whereSQLiteAllows)
  }
}

/// The version table of the database that is migrated.
struct MigrationJournal: MigrationRecorder {
  let work: MigrationWork
  let core: ConnectionCore
  let versionTable: VersionTable
  let options: MigrationOptions

  func inTransaction<T>(_ body: () throws -> T) throws -> T { try core.withMigrationLock(options, body) }

  func done() throws -> Int? {
    try versionTable.applied().first { $0.version == work.migration.version }?.done(of: work)
  }

  func note(done: Int, of count: Int) throws {
    switch work {
    case _ where done < count: try versionTable.note(done: done, of: work.migration)
    case .apply(let migration): try versionTable.finish(migration)
    case .revert(let migration, let previous): try versionTable.remove(migration, previous: previous)
    }
  }

  func execute(_ sql: String) throws { try core.execute(sql, .migration) }

  func found(brokenReferences tables: [String]) throws {
    throw MigrationError.brokenReferences(version: work.migration.version, name: work.migration.name, tables: tables)
  }
}

extension ConnectionCore {
  /// Runs `body` in a transaction that has the write lock; waits for another process that has it.
  func withMigrationLock<T>(_ options: MigrationOptions, _ body: () throws -> T) throws -> T {
    let start = ContinuousClock.now
    while true {
      do {
        return try transaction(.immediate) { _ in try body() }
      } catch let error as DatabaseError
        where error.code.primary == .busy && ContinuousClock.now - start < options.lockTimeout && !Task.isCancelled
      {
        continue
      }
    }
  }
}
