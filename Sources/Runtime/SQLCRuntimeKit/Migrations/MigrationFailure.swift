// Why migrating ended before its end.

/// Why the schema was not migrated. The database is as it was before the migration that failed.
///
/// - Parameter Cause: The error of the database's runtime.
public enum MigrationFailure<Cause: Error & CustomStringConvertible>: Error, CustomStringConvertible {
  /// A statement failed: the number of it within its migration (from 1), its text, and the database's error.
  case failed(version: String, name: String, statement: Int, sql: String, Cause)
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
  /// A statement that runs outside of any transaction was running when migrating ended. Whether it has done its work is not known,
  /// and running it twice might do it twice.
  case interrupted(version: String, name: String, statement: Int, sql: String)
  /// Another process that migrates held the lock for longer than was waited.
  case locked(waited: Duration)
  /// The first migration failed on a database that has tables, but no record of migrations.
  case existingTables(version: String, name: String, sql: String, Cause)
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
  case database(Cause)

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
    case .interrupted(let version, let name, let statement, let sql):
      "migration \(version) (\(name)), statement \(statement), was running when migrating ended, outside of a transaction. Look"
        + " whether it has done its work; in its row of sqlc_schema_migrations set is_running to false, and progress to"
        + " \(statement) where it has\n\(sql)"
    case .locked(let waited): "another process is migrating, and was not done within \(waited)"
    case .existingTables(let version, let name, let sql, let error):
      "migration \(version) (\(name)): \(error)\n\(sql)\nThe database has tables but no record of migrations. If it has the"
        + " schema of some version already, say so: 'sqlc-swift migrate baseline VERSION --database …', or"
        + " 'baseline(_:at:)' of Database. 'migrate status' shows what is recorded"
    case .hasHistory(let version):
      "version \(version) is recorded as applied already; 'migrate status' shows what is"
    case .dirty(let tool, let version):
      "\(tool) left version \(version) marked as dirty: it stopped inside. Mend the schema, and say which version it is:"
        + " 'sqlc-swift migrate baseline VERSION --database …' (or 'baseline(_:at:)' of Database) compares it, and takes"
        + " the mark away"
    case .otherHistory(let history): "\(history): that is what can be taken over"
    case .noToolHistory:
      "no table of goose, golang-migrate, dbmate, sql-migrate or tern has a version to take over: name the version that the"
        + " schema is"
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
