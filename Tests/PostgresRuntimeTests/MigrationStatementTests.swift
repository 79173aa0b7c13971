import SQLCPostgreSQLHandle
import SQLCRuntimeKit
import Testing

@Suite("Statements of migrations")
struct MigrationStatementTests {
  @Test(
    arguments: [
      ("CREATE TABLE t (a int)", .ordinary),
      ("-- first\n/* a /* nested */ comment */ begin", .control(.begin)),
      ("START TRANSACTION ISOLATION LEVEL SERIALIZABLE", .control(.begin)),
      ("END", .control(.commit)), ("ABORT", .control(.rollback)), ("ROLLBACK WORK", .control(.rollback)),
      ("ROLLBACK TO SAVEPOINT \"A \"\"b\"", .control(.rollbackTo("A \"b"))),
      ("SAVEPOINT One", .control(.savepoint("one"))), ("RELEASE SAVEPOINT one", .control(.release("one"))),
      ("COMMIT PREPARED 'x'", .once(.never)),
      ("SET search_path = ''", .setting), ("SET LOCAL lock_timeout = '1s'", .ordinary), ("RESET ALL", .setting),
      ("VACUUM (ANALYZE) t", .repeatable), ("REINDEX INDEX CONCURRENTLY i", .repeatable),
      ("CREATE INDEX i ON t (a)", .ordinary),
      ("CREATE UNIQUE INDEX CONCURRENTLY I ON App.\"T\" (a)", .createIndex(name: "i", table: "\"app\".\"T\"")),
      ("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY t (a)", .createIndex(name: "i", table: "\"t\"")),
      ("CREATE INDEX CONCURRENTLY ON t (a)", .createIndex(name: nil, table: "\"t\"")),
      ("DROP INDEX CONCURRENTLY app.i", .dropIndex("\"app\".\"i\"")), ("DROP INDEX CONCURRENTLY i, j", .dropIndex(nil)),
      ("DROP INDEX CONCURRENTLY IF EXISTS i", .repeatable), ("DROP INDEX i", .ordinary),
      ("ALTER TABLE t DETACH PARTITION p CONCURRENTLY", .once(.never)),
      ("ALTER TABLE t ADD concurrently int", .ordinary),
      ("DO $$ BEGIN PERFORM 'commit_log'; END $$", .ordinary), ("DO $x$ BEGIN COMMIT; END $x$", .once(.maybe)),
      ("CALL backfill()", .once(.maybe)), ("CREATE DATABASE d", .once(.never)),
      ("INSERT INTO t VALUES ('VACUUM', E'\\'; COMMIT')", .ordinary),
      ("COMMENT ON TABLE t IS $$CREATE INDEX CONCURRENTLY$$", .ordinary),
    ] as [(String, MigrationStatementKind)])
  func whatItHasToDoWithTransactions(sql: String, expected: MigrationStatementKind) {
    #expect(MigrationStatementKind(of: sql) == expected)
  }
}
