// What is found once for the whole catalog, against what it says word for word.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

@testable import SQLCSemanticsSQLite

@Suite struct TableReferenceTests {
  /// A table is restless where it or a table that refers to it, however far, has a trigger, or where that way leads back to it.
  private func isRestless(_ table: String, _ children: [String: [String]], _ triggered: Set<String>) -> Bool {
    var related: Set<String> = [table]
    var open = [table]
    while let parent = open.popLast() {
      for child in children[parent] ?? [] {
        if child == table { return true }
        if related.insert(child).inserted { open.append(child) }
      }
    }
    return !related.isDisjoint(with: triggered)
  }

  @Test(arguments: 0..<40) func restlessTables(seed: Int) {
    var random = Numbers(seed: UInt64(seed))
    let count = 1 + random.next(12)
    var children: [String: [String]] = [:]
    var triggered: Set<String> = []
    var schema = ""
    for table in 0..<count {
      let parents = Set((0..<random.next(3)).map { _ in random.next(count) }).sorted()
      for parent in parents { children["t\(parent)", default: []].append("t\(table)") }
      schema +=
        "CREATE TABLE t\(table) (id INTEGER PRIMARY KEY"
        + parents.map { ", p\($0) INTEGER REFERENCES t\($0) (id)" }.joined() + ");\n"
      if random.next(6) == 0 {
        triggered.insert("t\(table)")
        schema += "CREATE TRIGGER g\(table) AFTER DELETE ON t\(table) BEGIN SELECT 1; END;\n"
      }
    }
    let found = catalog(schema)
    let expected = (0..<count).map { "t\($0)" }.filter { isRestless($0, children, triggered) }
    #expect(found.restlessTables == Set(expected), "\(schema)")
  }

  @Test func columnsOfAWideTableAreFoundByName() throws {
    let columns = (0..<40).map { "C\($0) TEXT" }.joined(separator: ", ")
    let found = catalog("CREATE TABLE t (\(columns)); ALTER TABLE t RENAME COLUMN C7 TO seven;")
    var wide = try table("t", in: found)
    #expect(wide.columnIndex(named: "c39") == 39 && wide.columnIndex(named: "SEVEN") == 7)
    #expect(wide.columnIndex(named: "c7") == nil)
    // A column that changes its name later is found by the new one.
    wide.columns[3].name = "three"
    #expect(wide.columnIndex(named: "three") == 3 && wide.columnIndex(named: "c3") == nil)
  }

  /// Small and the same everywhere.
  private struct Numbers {
    var seed: UInt64
    mutating func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: (seed >> 33) % UInt64(bound))
    }
  }
}
