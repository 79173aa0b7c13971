// On a server, too, a statement with some assignments of `sqlc.patch` does what the same does that is written out with these
// alone: random SETs, the subsets that are tried and random ones, triggers on columns and RETURNING included.

import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCModel
import SQLCQueryFile
import SQLCTrialPostgreSQL
import Testing

private let schema = """
  CREATE TABLE items (
    id int PRIMARY KEY, a int, b text NOT NULL DEFAULT '', c double precision, d text, e int[], seen text NOT NULL DEFAULT '');
  CREATE FUNCTION saw() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.seen := NEW.seen || TG_ARGV[0]; RETURN NEW; END $$;
  CREATE TRIGGER saw_a BEFORE UPDATE OF a ON items FOR EACH ROW EXECUTE FUNCTION saw('a');
  CREATE TRIGGER saw_cd BEFORE UPDATE OF c, d ON items FOR EACH ROW EXECUTE FUNCTION saw('cd');
  CREATE TRIGGER saw_any BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION saw('.');
  """

@Suite("Patches", .needsPostgreSQL, .serialized) struct PatchTests {
  @Test func theSameAsWrittenOut() throws {
    let engine = PostgreSQLEngine(
      settings: Installed.settings, extensions: [], place: SourceRange(path: "p.yaml", range: ByteRange(at: 0)))
    let loaded = try engine.load([SourceFile(path: "s.sql", text: schema)])
    #expect(loaded.diagnostics.map(\.message) == [])
    let database = try Installed.engine.open(until: .after(seconds: 300))
    try database.execute(schema)
    try database.execute(
      "INSERT INTO items SELECT n, n, 'b' || n, n * 1.5, NULL, ARRAY[n] FROM generate_series(1, 5) AS n")
    var random = SeededGenerator(seed: 11)
    let updates = (0..<40).map { _ in RandomUpdate(&random) }
    let text = updates.enumerated().map { "-- name: Q\($0) :many\n\($1.macros);\n" }.joined()
    let queries = splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .postgresql).value
    let answers = try loaded.value.analyze(queries) { _ in }
    #expect(answers.flatMap { $0.diagnostics.map { "\($0.message)" } } == [])
    var compared = 0
    for (update, answer) in zip(updates, answers) {
      let variants = try #require(answer.value?.variants)
      let some = (0..<6).map { _ in
        VariantChoice(bits: UInt64.random(in: 0..<(1 << UInt64(update.count)), using: &random))
      }
      for choice in variants.choices + some where variants.isStatement(choice) {
        let pieces = variants.sql(for: choice).map { segment -> TrialQuery.Piece in
          if case .text(let text) = segment { .text(text) } else { .text("?") }
        }
        let rows = try database.attempt(TrialQuery(pieces), limit: 100).rows
        let expected = try database.attempt(TrialQuery([.text(update.reference(choice.bits))]), limit: 100).rows
        #expect(rows == expected, "\(update.reference(choice.bits))")
        compared += 1
      }
      #expect(variants.isStatement(VariantChoice(bits: 0)) == update.hasCompany)
    }
    #expect(compared > 300)
  }
}

private struct RandomUpdate {
  private var before: [String] = []
  private var patch: [String] = []
  private var behind: [String] = []
  private var rest: String

  init(_ random: inout SeededGenerator) {
    func value(_ values: [String]) -> String { values.randomElement(using: &random) ?? "NULL" }
    let number = ["1", "id + 3", "NULL", "a", "(SELECT max(a) FROM items)", "coalesce(a, 4)"]
    var sets = [
      "a = \(value(number))", "b = 'x' || \(value(["1", "id"]))", "e[1] = \(value(number))",
    ]
    sets +=
      Bool.random(using: &random)
      ? ["(c, d) = (\(value(number)), \(value(["'t'", "NULL", "b"])))"]
      : ["c = \(value(number))", "d = \(value(["'t'", "NULL"]))"]
    sets.shuffle(using: &random)
    let count = Int.random(in: 1...sets.count, using: &random)
    patch = Array(sets.prefix(count))
    for set in sets.dropFirst(count) {
      if Bool.random(using: &random) { before.append(set) } else { behind.append(set) }
    }
    rest = value(["", "\nWHERE items.id < 4", "\nFROM (VALUES (1), (2)) AS v (x) WHERE v.x = items.id"])
  }

  var count: Int { patch.count }
  var hasCompany: Bool { !before.isEmpty || !behind.isEmpty }

  var macros: String {
    let inner = patch.enumerated().map { "\($1) AS p\($0)" }.joined(separator: ", ")
    return statement(before + ["sqlc.patch(\(inner))"] + behind)
  }

  func reference(_ choice: UInt64) -> String {
    statement(before + patch.indices.filter { choice & (1 << UInt64($0)) != 0 }.map { patch[$0] } + behind)
  }

  private func statement(_ sets: [String]) -> String {
    "UPDATE items SET \(sets.joined(separator: ", "))\(rest)\nRETURNING items.*"
  }
}
