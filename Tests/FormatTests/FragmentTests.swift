// Fragments, and queries that use them: laid out, and the same afterwards.

import SQLCDiagnostics
import SQLCFormat
import Testing

@Suite struct FragmentTests {
  @Test(arguments: [
    // A predicate.
    (
      "-- fragment: mine(u)\n  agents.owner_id=@u or agents.team_id in (select team_id from members where user_id=@u)",
      "-- fragment: mine(u)\nagents.owner_id = @u OR agents.team_id IN (SELECT team_id FROM members WHERE user_id = @u)\n"
    ),
    ("-- fragment: f\nnot   a   is null;", "-- fragment: f\nNOT a IS NULL;\n"),
    // Columns.
    ("-- fragment: f\na.id , a.name   as n", "-- fragment: f\na.id, a.name AS n\n"),
    // A value, whose text is its name.
    ("-- fragment: f\nfirst||' '||last", "-- fragment: f\nfirst||' '||last\n"),
    // Tables.
    (
      "-- fragment: f\na join b on b.x=a.x left join c using(y)",
      "-- fragment: f\na JOIN b ON b.x = a.x LEFT JOIN c USING (y)\n"
    ),
    // Fragments in fragments.
    ("-- fragment: f\nsqlc.use( g,a=>1 )and b=2", "-- fragment: f\nsqlc.use(g, a => 1) AND b = 2\n"),
    (
      "-- fragment: f(a)\n@a.b=1 and exists(select 1 from t as @a)",
      "-- fragment: f(a)\n@a.b = 1 AND EXISTS (SELECT 1 FROM t AS @a)\n"
    ),
    // What a fragment cannot be stays.
    ("-- fragment: f\nlimit  3;", "-- fragment: f\nlimit  3;\n"),
    // Uses.
    (
      "-- name: A :many\nselect a,sqlc.use(columns) from sqlc.use(tables,x=>y) join t on sqlc.use(p)",
      "-- name: A :many\nSELECT a, sqlc.use(columns) FROM sqlc.use(tables, x => y) JOIN t ON sqlc.use(p)\n"
    ),
    // A comment in a use stays where it is.
    ("select sqlc.use(f,a  => /* x */ 1);", "SELECT sqlc.use(f,a  => /* x */ 1);\n"),
    // Comments around, and one that ends a body without a semicolon.
    (
      "-- Of one.\n-- fragment:   one( t )\n\n-- why\n  @t.a   = 1 -- one\n\n\n-- name: B :one\nselect  1",
      "-- Of one.\n-- fragment:   one( t )\n\n-- why\n@t.a = 1 -- one\n\n-- name: B :one\nSELECT 1\n"
    ),
  ])
  func areLaidOut(text: String, expected: String) {
    #expect(formatted(text) == expected)
    #expect(formatted(expected) == expected)
  }

  @Test func linesBreakAsWithWhatIsUsed() {
    let text =
      "SELECT a FROM t WHERE sqlc.use(visible_agents, agent => agents.id) AND sqlc.use(of_team, team => @team);\n"
    let expected =
      "SELECT a\nFROM t\nWHERE sqlc.use(visible_agents, agent => agents.id)\n  AND sqlc.use(of_team, team => @team);\n"
    #expect(formatted(text, FormatOptions(width: 60)) == expected)
    #expect(
      formatted(text, FormatOptions(width: 60, keywords: .lower))?.contains("where sqlc.use(visible_agents") == true)
  }

  @Test func whatEndsInAQuoteIsNotRead() {
    guard case .unreadable(let found) = outcome(of: "-- fragment: f\na = 'b;\n\n") else {
      Issue.record("was read")
      return
    }
    #expect(found.first?.primary.source.range.lower == 19)
  }

  /// A use that is not closed where it stands, before a fragment and in one.
  @Test(arguments: [
    "select sqlc.use(f, a => (1;\n\n-- fragment: g(a)\nb) = @a);\n",
    "-- fragment: f\na = sqlc.use(g, b => (1;\n\n-- fragment: g(b)\nc) = @b);\n",
    "-- fragment: f\na 'x\n-- fragment: g\n' sqlc.use(h, i => @j.k)",
  ]) func whatIsNotClosedIsLeft(text: String) {
    let result = formatted(text)
    #expect(result == nil || formatted(result ?? "") == result)
  }

  @Test func onlyWhatIsTouched() {
    let fragment = "-- fragment: one(t)\n  @t.a   = 1;\n\n"
    let query = "-- name: B :many\nselect  2 where sqlc.use(one,t=>u);\n"
    let behind = fragment.utf8.count + query.utf8.count - 4
    #expect(
      formatted(fragment + query, range: ByteRange(behind, behind))
        == fragment + "-- name: B :many\nSELECT 2 WHERE sqlc.use(one, t => u);\n")
    #expect(formatted(fragment + query, range: ByteRange(24, 26)) == "-- fragment: one(t)\n  @t.a = 1;\n\n" + query)
  }

  @Test(arguments: [FormatOptions.KeywordCase.upper, .lower, .keep])
  func wordsOfTheGrammarAreOfTheWantedCase(keywords: FormatOptions.KeywordCase) {
    let result = formatted("-- fragment: f\na Is null;\n", FormatOptions(keywords: keywords))
    #expect(
      result == "-- fragment: f\na \(["upper": "IS NULL", "lower": "is null"][keywords.rawValue] ?? "Is null");\n")
  }
}
