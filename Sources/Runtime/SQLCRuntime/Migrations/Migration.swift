// One step in the history of a schema, as generated code embeds it.

import SQLCRuntimeKit

/// A migration: the statements that go up, those that go down again, and how they are run.
public struct Migration: Sendable, Hashable {
  /// As the file's name has it, leading zeros removed: `3`, `20240131120000`, `1.10`; of a file without a number, or with
  /// another's, its path: `auth/schema`.
  public let version: String
  /// The file's name without its folder and extension.
  public let name: String
  public let up: [String]
  /// Nothing when there is no down migration; none has one without statements either.
  public let down: [String]?
  /// False where statements may run outside a transaction that SQLite refuses inside (goose's `NO TRANSACTION`). What can
  /// run in one transaction does all the same.
  public let isInTransaction: Bool
  /// Is it applied again once it has changed (Flyway's `R__views.sql`)?
  public let isRepeatable: Bool
  /// May it be applied after a later one (`-- sqlc:out-of-order` in its file)?
  public let order: MigrationOrder
  /// The migrations that this one is a snapshot of, and takes the place of, in their order. A database that has all of them
  /// has this one.
  public let squashed: [SquashedMigration]

  public init(
    version: String, name: String, up: [String], down: [String]? = nil, isInTransaction: Bool = true,
    isRepeatable: Bool = false, order: MigrationOrder = .strict, squashed: [SquashedMigration] = []
  ) {
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    self.isInTransaction = isInTransaction
    self.isRepeatable = isRepeatable
    self.order = order
    self.squashed = squashed
  }

  /// Of the statements that go up: FNV-1a, 64 bits, in hexadecimal. It tells an edited migration from the one that was
  /// applied.
  public var checksum: String { Fingerprint(up.joined(separator: ";\n")).hexadecimal }
}

/// A migration that a snapshot takes the place of.
public struct SquashedMigration: Sendable, Hashable {
  public let version: String
  public let name: String
  /// What ``Migration/checksum`` was. A version that is listed again with another one was a snapshot of all before it.
  public let checksum: String

  public init(version: String, name: String, checksum: String) {
    self.version = version
    self.name = name
    self.checksum = checksum
  }
}

/// May a migration be applied when a later version is already?
public enum MigrationOrder: Sendable, Hashable {
  /// No: it was written for a schema that is not there any more.
  case strict
  case any
}

/// A schema by its history. Generated as `Schema` with `emit_schema: true`.
public protocol DatabaseSchema: Sendable {
  /// In the order in which they apply.
  static var migrations: [Migration] { get }
}

/// Where migrating ends.
public enum MigrationTarget: Sendable, Hashable, ExpressibleByStringLiteral {
  case latest
  /// That version is the last one applied; later ones are taken back.
  case version(String)
  /// Nothing is applied.
  case empty

  public init(stringLiteral version: String) { self = .version(version) }
}

/// What migrating did, or would do.
public struct MigrationSummary: Sendable, Hashable {
  /// Versions applied, in order.
  public internal(set) var applied: [String] = []
  /// Versions taken back, in order.
  public internal(set) var reverted: [String] = []
  /// The tool whose version table was taken over, such as "goose".
  public internal(set) var adoptedFrom: String?
  public var isEmpty: Bool { applied.isEmpty && reverted.isEmpty }
}

/// Why the schema was not migrated. The database is as it was before the migration that failed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
  /// A statement failed: the number of it within its migration (from 1), its text, and SQLite's error.
  case failed(version: String, name: String, statement: Int, sql: String, DatabaseError)
  /// The statements that were applied are not the ones that the code has now.
  case changed(version: String, name: String)
  /// The database has versions that this code does not know: it was migrated by a newer one.
  case unknownVersion(String)
  /// The migration is older than one that is applied, and nothing says that it may come late.
  case outOfOrder(version: String, name: String, newest: String)
  /// The target is no version of this schema.
  case noSuchVersion(String)
  /// The version is no target any more: a snapshot holds what it made.
  case squashedVersion(String, into: String)
  /// The database has some of the migrations that a snapshot takes the place of, and not all.
  case beforeSnapshot(version: String, name: String, applied: [String], missing: [String])
  /// There is no down migration for this one.
  case irreversible(version: String, name: String)
  /// Rows refer to rows that are not there once the migration has run.
  case brokenReferences(version: String, name: String, tables: [String])
  /// An earlier release of this library began a migration without a transaction, and did not note how far it came.
  case unfinished(version: String)
  /// A migration that is not one transaction was stopped behind some of its statements, and is not the same any more.
  case halfDone(version: String, name: String, done: Int)
  /// The first migration failed on a database that has tables, but no record of migrations.
  case existingTables(version: String, name: String, sql: String, DatabaseError)
  /// Something is applied already, so that there is nothing to take for granted.
  case hasHistory(version: String)
  /// Another tool left its table marked as dirty.
  case dirty(tool: String, version: String)
  /// The table of another tool says that other versions are applied than those that were to be taken for granted.
  case otherHistory(ToolHistory)
  /// No other tool has noted what is applied.
  case noToolHistory
  /// The database does not have the schema that the code was generated for.
  case mismatch(differences: [String])
  case database(DatabaseError)

  public var description: String {
    switch self {
    case .failed(let version, let name, let statement, let sql, let error):
      "migration \(version) (\(name)), statement \(statement): \(error)\n\(sql)"
    case .changed(let version, let name): "migration \(version) (\(name)) was edited after it had been applied"
    case .unknownVersion(let version): "the database has version \(version), which this code does not know"
    case .outOfOrder(let version, let name, let newest):
      "migration \(version) (\(name)) is not applied, and the later version \(newest) is. Give it a later version; or, where it"
        + " does not matter which comes first, say so with '-- sqlc:out-of-order' in its file, with '--allow-out-of-order', or"
        + " with 'options.order = .any'"
    case .noSuchVersion(let version): "there is no version \(version)"
    case .squashedVersion(let version, let snapshot):
      "version \(version) is part of the snapshot \(snapshot), and nothing leads there any more"
    case .beforeSnapshot(let version, let name, let applied, let missing):
      "the database is before the snapshot \(version) (\(name)): it has \(list(applied)) of the migrations in it, and lacks"
        + " \(list(missing)). Migrate it to \(version) with the last release that had them one by one (or with their files"
        + " from version control: 'sqlc-swift migrate to \(version)'), and then with this one"
    case .irreversible(let version, let name):
      "migration \(version) (\(name)) has no down migration: it would be the part that goes down (`-- +goose Down`), or of"
        + " `1_x.up.sql` the file `1_x.down.sql`"
    case .brokenReferences(let version, let name, let tables):
      "migration \(version) (\(name)) leaves rows of \(tables.joined(separator: ", ")) without the rows they refer to"
    case .unfinished(let version):
      "migration \(version), which runs without a transaction, did not end, and how far it came was not noted. Look at what"
        + " is there, and then delete its row in sqlc_schema_migrations, or set its finished_at"
    case .halfDone(let version, let name, let done):
      "migration \(version) (\(name)) is half done, and was edited since: its first \(done) statements have run. Restore the"
        + " file, or finish it by hand and set finished_at, checksum and progress in its row of sqlc_schema_migrations"
    case .existingTables(let version, let name, let sql, let error):
      "migration \(version) (\(name)): \(error)\n\(sql)\nThe database has tables but no record of migrations. If it has the"
        + " schema of some version already, say so: 'sqlc-swift migrate baseline VERSION --database FILE', or"
        + " 'baseline(_:at:)' of Database. 'migrate status' shows what is recorded"
    case .hasHistory(let version):
      "version \(version) is recorded as applied already; 'migrate status' shows what is"
    case .dirty(let tool, let version):
      "\(tool) left version \(version) marked as dirty: it stopped inside. Mend the schema, and say which version it is:"
        + " 'sqlc-swift migrate baseline VERSION --database FILE' (or 'baseline(_:at:)' of Database) compares it, and takes"
        + " the mark away"
    case .otherHistory(let history): "\(history): that is what can be taken over"
    case .noToolHistory:
      "there is no table of goose, golang-migrate, dbmate, sql-migrate or tern to take over: name the version that the schema"
        + " is"
    case .mismatch(let differences):
      "the database has another schema:\n" + differences.prefix(12).map { "  \($0)" }.joined(separator: "\n")
        + (differences.count > 12 ? "\n  and \(differences.count - 12) more" : "")
    case .database(let error): "\(error)"
    }
  }

  /// Not all of them where there are many.
  private func list(_ versions: [String]) -> String {
    versions.count <= 8
      ? versions.joined(separator: ", ")
      : versions.prefix(6).joined(separator: ", ") + " and \(versions.count - 6) more"
  }
}
