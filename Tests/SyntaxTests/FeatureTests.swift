// Which constructs need which SQLite.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

@Suite struct FeatureTests {
  @Test(arguments: [
    ("SELECT sum(a) OVER (ORDER BY b) FROM t", SyntaxFeature.windowFunction),
    ("SELECT sum(a) OVER (ORDER BY b GROUPS 1 PRECEDING)", .windowGroupsOrExclude),
    ("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING", .upsert),
    ("INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING ON CONFLICT DO NOTHING", .upsertSeveralClauses),
    ("VACUUM INTO 'x'", .vacuumInto), ("ALTER TABLE t RENAME a TO b", .renameColumn),
    ("SELECT count(*) FILTER (WHERE a)", .filterClause), ("SELECT 1 ORDER BY 1 NULLS LAST", .nullsFirstOrLast),
    ("CREATE TABLE t (a AS (1))", .generatedColumn), ("UPDATE t SET a = 1 FROM u", .updateFrom),
    ("DELETE FROM t RETURNING *", .returning), ("ALTER TABLE t DROP a", .dropColumn),
    ("WITH a AS MATERIALIZED (SELECT 1) SELECT 1", .materializedHint), ("CREATE TABLE t (a) STRICT", .strictTable),
    ("SELECT a -> 'b'", .jsonArrow), ("SELECT * FROM a FULL JOIN b", .rightOrFullJoin),
    ("SELECT a IS NOT DISTINCT FROM b", .isDistinctFrom), ("SELECT 1 HAVING 1", .havingWithoutGroupBy),
    ("SELECT max(a ORDER BY b)", .aggregateOrderBy), ("SELECT 1_000", .digitSeparator),
    ("CREATE TRIGGER r INSERT ON t BEGIN SELECT RAISE(ABORT, 'a' || 'b'); END", .raiseExpression),
    ("SELECT percentile(50) WITHIN GROUP (ORDER BY a)", .withinGroup),
    ("ALTER TABLE t DROP CONSTRAINT a", .alterConstraint),
  ]) func feature(_ sql: String, _ feature: SyntaxFeature) {
    let script = parseScript(SourceFile(path: "x", text: sql))
    #expect(!script.diagnostics.hasErrors)
    #expect(script.value.features.contains { $0.feature == feature && !$0.range.isEmpty })
  }

  @Test func plainStatementsNeedNothing() {
    let sql =
      "SELECT a, count(*) FROM t LEFT JOIN u USING (x) GROUP BY a HAVING b; CREATE TABLE t (a INTEGER PRIMARY KEY)"
    #expect(parseScript(SourceFile(path: "x", text: sql)).value.features.isEmpty)
  }

  /// RAISE with a plain string is as old as triggers.
  @Test func raiseWithAString() {
    let sql = "CREATE TRIGGER r INSERT ON t BEGIN SELECT RAISE(ABORT, 'no'); END"
    #expect(parseScript(SourceFile(path: "x", text: sql)).value.features.isEmpty)
  }
}
