// Queries by dice: of those that the proof calls restricted none may show a leak.

import Foundation
import SQLCDiagnostics
import SQLCIsolation
import Testing

@Suite struct RandomAttackTests {
  /// `SQLC_SWIFT_ISOLATION_QUERIES=20000` for a long run, `SQLC_SWIFT_ISOLATION_SEED` for another one.
  @Test func nothingThatLeaksIsCalledRestricted() throws {
    try attack(Corpus("schema.sql", tenants), tenantWorld, .tenants)
  }

  @Test func noDeletedRowIsCalledLeftOut() throws {
    try attack(
      Corpus("deleted-schema.sql", IsolationPolicy(.softDelete, column: "deleted_at")), deletionWorld, .deletion)
  }

  private func attack(_ corpus: Corpus, _ view: Worldview, _ terrain: Terrain) throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["SQLC_SWIFT_ISOLATION_QUERIES"].flatMap { Int($0) } ?? 200
    let oracle = try Oracle(corpus, view, pairs: count > 1000 ? 10 : 4)
    var writer = QueryWriter(
      terrain, Dice(environment["SQLC_SWIFT_ISOLATION_SEED"].flatMap { UInt64($0) } ?? 16))
    var text = ""
    for number in 0..<count { text += "-- name: Q\(number) :many\n\(writer.statement());\n" }
    var (restricted, leaking, accused) = (0, 0, 0)
    for query in try corpus.cases(in: SourceFile(path: "random.sql", text: text), allowing: .left) {
      let isRestricted = corpus.findings(of: query).isEmpty
      let leak = oracle.leak(of: query, tries: 2)
      if isRestricted {
        restricted += 1
        #expect(leak == nil, "missed: \(query.text): \(leak ?? "")")
      } else if leak == nil {
        accused += 1
      } else {
        leaking += 1
      }
    }
    print("random: \(restricted) restricted, \(leaking) leak, \(accused) accused without a leak that shows")
    #expect(restricted > count / 20)
    #expect(leaking > count / 20)
  }
}

struct Relation: Sendable {
  var name: String
  /// Names of columns; those of the tenant and of keys among them.
  var columns: [String]
  /// A view of a table's rows: what refers to that table refers to them.
  var shows: String?
}

/// What is written about.
struct Terrain: Sendable {
  var relations: [Relation]
  /// Which column refers to which table's id.
  var keys: [String: String]
  var guardColumn: String
  /// Ways to say of a column whose rows are meant, or nearly so.
  var pins: [@Sendable (String) -> String]
  /// The one that people write.
  var usualPin: @Sendable (String) -> String
  /// Two rows are of the same side.
  var sameSide: @Sendable (String, String) -> String
}

/// Writes SELECTs over the schema of a corpus.
private struct QueryWriter {

  struct Source {
    var alias: String
    var relation: Relation
  }

  var dice: Dice
  let terrain: Terrain
  private var aliases = 0

  init(_ terrain: Terrain, _ dice: Dice) {
    self.terrain = terrain
    self.dice = dice
  }

  private func isGuarded(_ source: Source) -> Bool { source.relation.columns.contains(terrain.guardColumn) }

  mutating func statement() -> String {
    var known = terrain.relations
    var definitions: [String] = []
    for number in 0..<(dice.isOne(in: 3) ? dice.roll(1...3) : 0) {
      let (text, columns) = select(1, [], known)
      definitions.append("c\(number) AS (\(text))")
      // Those that were just defined come up more often.
      known += Array(repeating: Relation(name: "c\(number)", columns: columns), count: 6)
    }
    let body = select(0, [], known).text
    return (definitions.isEmpty ? "" : "WITH " + definitions.joined(separator: ", ") + " ") + body
  }

  private mutating func source(_ depth: Int, _ known: [Relation]) -> (text: String, source: Source) {
    aliases += 1
    let alias = "t\(aliases)"
    if depth < 2, dice.isOne(in: 6) {
      let (text, columns) = select(depth + 1, [], known)
      return ("(\(text)) AS \(alias)", Source(alias: alias, relation: Relation(name: alias, columns: columns)))
    }
    let relation = dice.pick(known)
    return ("\(relation.name) AS \(alias)", Source(alias: alias, relation: relation))
  }

  /// - Returns: the text, and the names of its columns.
  private mutating func select(_ depth: Int, _ outer: [Source], _ known: [Relation]) -> (
    text: String, columns: [String]
  ) {
    var (from, first) = source(depth, known)
    var sources = [first]
    var pinned: [Source] = []
    for _ in 0..<(dice.isOne(in: 2) ? dice.roll(1...2) : 0) {
      let (text, next) = source(depth, known)
      let join = dice.pick(["JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"])
      var parts = [joint(next, sources)]
      if isGuarded(next), dice.isOne(in: 3) { parts.append(terrain.usualPin("\(next.alias).\(terrain.guardColumn)")) }
      if dice.isOne(in: 8) { parts.append(terrain.usualPin("\(first.alias).\(terrain.guardColumn)")) }
      from += " \(join) \(text) ON \(parts.joined(separator: dice.isOne(in: 12) ? " OR " : " AND "))"
      sources.append(next)
    }
    var conditions: [String] = []
    for source in sources where isGuarded(source) && !dice.isOne(in: 5) {
      conditions.append(pin(source, sources + outer))
      pinned.append(source)
    }
    for _ in 0..<dice.roll(0...2) { conditions.append(condition(sources, outer, depth, known)) }
    if !outer.isEmpty { conditions.append(joint(dice.pick(sources), outer)) }
    first = sources[0]
    var columns: [String] = []
    var outputs: [String] = []
    for column in ["id", terrain.guardColumn, dice.pick(sources[0].relation.columns)] {
      guard let owner = sources.first(where: { $0.relation.columns.contains(column) }), !columns.contains(column),
        column != terrain.guardColumn || dice.isOne(in: 2) || depth > 0
      else { continue }
      columns.append(column)
      outputs.append("\(owner.alias).\(column)")
    }
    if outputs.isEmpty {
      outputs = ["\(first.alias).\(first.relation.columns[0])"]
      columns = [first.relation.columns[0]]
    }
    var text = "SELECT \(dice.isOne(in: 8) ? "DISTINCT " : "")"
    var tail = ""
    if dice.isOne(in: 8) {
      tail = " GROUP BY " + outputs.joined(separator: ", ")
      outputs.append("count(*) AS n")
      columns.append("n")
    } else if dice.isOne(in: 10) {
      let partition = sources.first(where: isGuarded).map { "PARTITION BY \($0.alias).\(terrain.guardColumn) " } ?? ""
      outputs.append(
        "row_number() OVER (\(dice.isOne(in: 2) ? partition : "")ORDER BY \(outputs.joined(separator: ", "))) AS n")
      columns.append("n")
    }
    if dice.isOne(in: 10) { tail += " ORDER BY \((1...outputs.count).map { "\($0)" }.joined(separator: ", ")) LIMIT 3" }
    text += outputs.joined(separator: ", ") + " FROM " + from
    if !conditions.isEmpty { text += " WHERE " + joined(conditions) }
    return (text + tail, columns)
  }

  private mutating func joined(_ conditions: [String]) -> String {
    if conditions.count > 1, dice.isOne(in: 12) {
      return
        "(\(conditions.joined(separator: " AND "))) OR (\(conditions.shuffled(using: &dice).dropLast().joined(separator: " AND ")))"
    }
    return conditions.joined(separator: " AND ")
  }

  /// A way to say whose rows are meant, or nearly so.
  private mutating func pin(_ source: Source, _ others: [Source]) -> String {
    let column = "\(source.alias).\(terrain.guardColumn)"
    let place = dice.roll(0...2 * terrain.pins.count + 1)
    if place < terrain.pins.count { return terrain.pins[place](column) }
    if place == terrain.pins.count,
      let other = others.filter({ isGuarded($0) && $0.alias != source.alias }).randomElement(using: &dice)
    {
      return terrain.sameSide(column, "\(other.alias).\(terrain.guardColumn)")
    }
    return terrain.usualPin(column)
  }

  /// What joins a source to others: a key, a column of the same name, or anything.
  private mutating func joint(_ next: Source, _ others: [Source]) -> String {
    let other = dice.pick(others)
    var found: [String] = []
    for (one, two) in [(next, other), (other, next)] {
      for column in one.relation.columns {
        if let parent = terrain.keys[column], two.relation.columns.contains("id"),
          two.relation.name == parent || two.relation.shows == parent
        {
          found += ["\(one.alias).\(column) = \(two.alias).id", "\(one.alias).\(column) = \(two.alias).id"]
        }
      }
    }
    for column in next.relation.columns where other.relation.columns.contains(column) {
      found.append("\(next.alias).\(column) = \(other.alias).\(column)")
    }
    var text =
      found.isEmpty || dice.isOne(in: 15)
      ? "\(next.alias).\(dice.pick(next.relation.columns)) = \(other.alias).\(dice.pick(other.relation.columns))"
      : dice.pick(found)
    if isGuarded(next), isGuarded(other), dice.isOne(in: 3) {
      text +=
        " AND " + terrain.sameSide("\(next.alias).\(terrain.guardColumn)", "\(other.alias).\(terrain.guardColumn)")
    }
    return text
  }

  private mutating func condition(
    _ sources: [Source], _ outer: [Source], _ depth: Int, _ known: [Relation]
  ) -> String {
    let source = dice.pick(sources)
    let column = "\(source.alias).\(dice.pick(source.relation.columns))"
    guard depth < 3 else { return "\(column) IS NOT NULL" }
    switch dice.roll(0...9) {
    case 0: return "\(column) IS NULL"
    case 1: return "\(column) > 2"
    case 2, 3:
      let (text, columns) = select(depth + 1, dice.isOne(in: 2) ? sources : [], known)
      let shared = columns.filter(source.relation.columns.contains)
      let chosen = shared.isEmpty ? columns[0] : dice.pick(shared)
      let left = shared.isEmpty ? column : "\(source.alias).\(chosen)"
      return "\(left) \(dice.isOne(in: 8) ? "NOT " : "")IN (SELECT \(chosen) FROM (\(text)))"
    case 4, 5: return "\(dice.isOne(in: 3) ? "NOT " : "")EXISTS (\(select(depth + 1, sources, known).text))"
    case 6:
      let (text, columns) = select(depth + 1, sources, known)
      return "\(column) = (SELECT \(columns[0]) FROM (\(text)) ORDER BY 1 LIMIT 1)"
    case 7: return "(\(column) > 1 OR \(column) IS NULL)"
    case 8: return "(\(condition(sources, outer, depth + 1, known)) OR \(column) = 3)"
    default: return "\(column) <> 4"
    }
  }
}
