// Random schemas and statements whose keys are known, since they were made from them: what is found must be what was meant, and
// everything else of a query must be as it is without.

import Foundation
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCFacts
import SQLCKeys
import SQLCModel
import SQLCQueryFile
import Testing

/// `TYPED_IDS_SEEDS=60` tries more of them.
private let seeds = ProcessInfo.processInfo.environment["TYPED_IDS_SEEDS"].flatMap { Int($0) } ?? 10

@Suite struct TypedIDsSemanticsTests {
  @Test(arguments: 0..<seeds)
  func keysAreThoseThatWereMeant(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed) &* 7919 &+ 11)
    let made = MadeSchema(&random)
    let loaded = try SQLiteEngine().load([SourceFile(path: "s.sql", text: made.text)])
    #expect(!loaded.diagnostics.hasErrors, "\(made.text)")
    let inspector = try #require(loaded.value.inspector as? any FactInspector)
    let keys = TypedKeys(of: loaded.value.model, inspector)
    for table in keys.schema.tables {
      for column in table.columns {
        #expect(
          column.key == made.keys[table.name.name]?[column.name] ?? nil, "\(table.name).\(column.name) of\n\(made.text)"
        )
      }
    }
    for _ in 0..<12 {
      let statement = MadeStatement(made, &random)
      let text = "-- name: Q :many\n\(statement.text);\n"
      let query = try #require(splitQueries(of: SourceFile(path: "q.sql", text: text), rules: .sqlite).value.first)
      let plain = try loaded.value.analyze(query)
      let found = keys.applying(to: plain, of: query)
      let context = Comment(rawValue: "\(statement.text)\n\(made.text)\n\(found.diagnostics.map(\.message))")
      let model = try #require(plain.value, context)
      let said = Set(found.diagnostics.map(\.id.description)).filter { $0.hasPrefix("ids/") }
      #expect(said == statement.rules, context)
      guard statement.rules.isEmpty else { continue }
      let typed = try #require(found.value, context)
      #expect(typed.results.map(\.key) == statement.outputs, context)
      #expect(
        Dictionary(uniqueKeysWithValues: typed.parameters.map { ($0.name, $0.key) })
          == statement.parameters.mapValues { $0.first }, context)
      #expect(typed.withoutKeys == model, context)
    }
  }
}

/// Tables with a key of one column, which may be another's, and columns that refer to keys, or hold numbers.
private struct MadeSchema {
  var text = ""
  /// By table and column.
  var keys: [String: [String: ColumnReference?]] = [:]
  var columns: [(table: String, column: String)] = []

  init(_ random: inout SplitMix) {
    for number in 0..<5 {
      let name = "t\(number)"
      var lines: [String] = []
      var own: [String: ColumnReference?] = [:]
      // To tables before it, since what a key is follows from those.
      if number > 0, Bool.random(using: &random), Bool.random(using: &random) {
        let parent = "t\(Int.random(in: 0..<number, using: &random))"
        lines.append("id INTEGER PRIMARY KEY REFERENCES \(parent) (id)")
        own["id"] = keys[parent]?["id"] ?? nil
      } else {
        lines.append("id INTEGER PRIMARY KEY")
        own["id"] = ColumnReference(table: QualifiedName(name), column: "id")
      }
      for place in 0..<3 {
        let parent = "t\(Int.random(in: 0...number, using: &random))"
        let column = "c\(place)"
        if place < 2 {
          lines.append("\(column) INTEGER NOT NULL REFERENCES \(parent)")
          own[column] = parent == name ? own["id"] : keys[parent]?["id"] ?? nil
        } else {
          lines.append("\(column) INTEGER NOT NULL")
          own[column] = .some(nil)
        }
      }
      text += "CREATE TABLE \(name) (\(lines.joined(separator: ", ")));\n"
      keys[name] = own
    }
    let view = "t\(Int.random(in: 0..<5, using: &random))"
    text += "CREATE VIEW v AS SELECT id AS a, c0 AS b, max(c1, c1) AS c, c2 + id AS d FROM \(view);\n"
    let own: [String: ColumnReference?] = [
      "a": keys[view]?["id"] ?? nil, "b": keys[view]?["c0"] ?? nil, "c": keys[view]?["c1"] ?? nil, "d": nil,
    ]
    keys["v"] = own
    for (table, own) in keys.sorted(by: { $0.key < $1.key }) {
      columns += own.keys.sorted().map { (table, $0) }
    }
  }
}

/// A SELECT, and what its values are.
private struct MadeStatement {
  struct Made {
    var text: String
    var key: ColumnReference?
  }

  private let schema: MadeSchema
  var text = ""
  var outputs: [ColumnReference?] = []
  var rules: Set<String> = []
  /// The keys that each parameter must be.
  var parameters: [String: Set<ColumnReference>] = [:]
  private var sources: [(name: String, table: String)] = []

  init(_ schema: MadeSchema, _ random: inout SplitMix) {
    self.schema = schema
    let tables = schema.keys.keys.sorted()
    sources = (0..<2).map { ("s\($0)", tables.randomElement(using: &random)!) }
    let values = (0..<3).map { _ in value(2, &random) }
    outputs = values.map(\.key)
    let conditions = (0..<3).map { _ in condition(&random) }
    for keys in parameters.values where keys.count > 1 { rules.insert("ids/ambiguous-parameter") }
    let list = values.enumerated().map { "\($1.text) AS o\($0)" }.joined(separator: ", ")
    text =
      "SELECT \(list) FROM \(sources[0].table) AS s0 LEFT JOIN \(sources[1].table) AS s1 ON \(conditions[0]) WHERE "
      + "\(conditions[1]) OR \(conditions[2])"
  }

  private func column(_ random: inout SplitMix) -> Made {
    let source = sources.randomElement(using: &random)!
    let column = schema.keys[source.table]!.keys.sorted().randomElement(using: &random)!
    return Made(text: "\(source.name).\(column)", key: schema.keys[source.table]![column]!)
  }

  private func value(_ depth: Int, _ random: inout SplitMix) -> Made {
    guard depth > 0 else { return column(&random) }
    func either(_ a: Made, _ b: Made) -> ColumnReference? { a.key == b.key ? a.key : nil }
    let (a, b) = (value(depth - 1, &random), value(depth - 1, &random))
    let number = Int.random(in: 0..<100, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return Made(text: "coalesce(\(a.text), \(b.text))", key: either(a, b))
    case 1: return Made(text: "CASE WHEN \(number) > 50 THEN \(a.text) ELSE \(b.text) END", key: either(a, b))
    case 2: return Made(text: "(\(a.text) + \(number))", key: nil)
    case 3: return Made(text: "iif(\(b.text) IS NULL, \(a.text), \(number))", key: a.key)
    case 4:
      let (table, column) = schema.columns.randomElement(using: &random)!
      return Made(text: "(SELECT max(x.\(column)) FROM \(table) AS x)", key: schema.keys[table]![column]!)
    case 5:
      let (table, column) = schema.columns.randomElement(using: &random)!
      return Made(
        text: "(WITH w(y) AS (SELECT \(column) FROM \(table)) SELECT y FROM w UNION ALL SELECT y FROM w LIMIT 1)",
        key: schema.keys[table]![column]!)
    case 6: return Made(text: "min(\(a.text), \(b.text))", key: either(a, b))
    case 7: return Made(text: "(SELECT \(a.text))", key: a.key)
    default: return a
    }
  }

  private mutating func condition(_ random: inout SplitMix) -> String {
    let (a, b) = (value(1, &random), value(1, &random))
    let parameter = "p\(Int.random(in: 0..<3, using: &random))"
    func meet() -> Set<String> {
      if let one = a.key, let other = b.key, one != other { ["ids/mixed-keys"] } else { [] }
    }
    func give() {
      parameters[parameter, default: []].formUnion(a.key.map { [$0] } ?? [])
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      rules.formUnion(meet())
      return "\(a.text) = \(b.text)"
    case 1:
      rules.formUnion(meet())
      return "\(a.text) IN (SELECT \(b.text))"
    case 2:
      rules.formUnion(meet())
      return "(\(a.text), 1) <= (\(b.text), 2)"
    case 3:
      rules.formUnion(meet())
      return "EXISTS (SELECT 1 WHERE \(a.text) BETWEEN 1 AND \(b.text))"
    case 4:
      give()
      return "\(a.text) = @\(parameter)"
    case 5:
      give()
      return "@\(parameter) IN (7, \(a.text))"
    default:
      give()
      return "\(a.text) = coalesce(@\(parameter), 1)"
    }
  }
}

extension ResultModel {
  fileprivate var key: ColumnReference? { if case .column(let column) = self { column.key } else { nil } }
}

extension QueryModel {
  fileprivate var withoutKeys: QueryModel {
    var model = self
    for index in model.parameters.indices { model.parameters[index].key = nil }
    for index in model.results.indices {
      guard case .column(var column) = model.results[index] else { continue }
      column.key = nil
      model.results[index] = .column(column)
    }
    return model
  }
}
