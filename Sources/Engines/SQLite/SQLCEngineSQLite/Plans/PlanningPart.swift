// A part of a schema, to try indexes in.
//
// SQLite looks through its whole schema for each index that is made or dropped. A trial in a database of the tables that a
// statement names costs the same in a schema of ten tables and of ten thousand. What names cannot tell (triggers, tables that
// views hide behind quoted names), the plan tells: a statement whose plan is another one here is planned with the whole schema.

import SQLCEngine
import SQLCOracleSQLite
import SQLCSyntaxSQLite

/// A database that takes in the tables that statements name, until it has too many.
final class PlanningPart {
  /// Tables and views, as SQLite has them in its schema, in their order.
  private let objects: [DefinedObject]
  private let places: [String: Int]
  private let indexes: [String: [String]]
  private let makeScratch: () throws(OracleError) -> ScratchDatabase
  private let statistics: PlanStatistics?
  private var scratch: ScratchDatabase?
  private var loaded: Set<Int> = []

  private static let mostObjects = 48

  init(
    _ definitions: [DefinedObject], statistics: PlanStatistics?,
    makeScratch: @escaping () throws(OracleError) -> ScratchDatabase
  ) {
    objects = definitions.filter { $0.kind == .table || $0.kind == .view }
    places = Dictionary(
      objects.enumerated().map { ($1.name.asciiLowercased, $0) }, uniquingKeysWith: { first, _ in first })
    indexes = Dictionary(grouping: definitions.filter { $0.kind == .index }) { $0.table.asciiLowercased }
      .mapValues { $0.map(\.sql) }
    self.statistics = statistics
    self.makeScratch = makeScratch
  }

  /// A database that has what a statement names.
  func database(for sql: String) throws(OracleError) -> ScratchDatabase {
    var wanted: Set<Int> = []
    var texts = [sql]
    while let text = texts.popLast() {
      for word in words(of: text) {
        guard let place = places[word], wanted.insert(place).inserted else { continue }
        if objects[place].kind == .view { texts.append(objects[place].sql) }
      }
    }
    let missing = wanted.subtracting(loaded)
    let scratch: ScratchDatabase
    if let known = self.scratch, loaded.count + missing.count <= Self.mostObjects {
      if missing.isEmpty { return known }
      scratch = known
    } else {
      scratch = try makeScratch()
      loaded = []
      self.scratch = scratch
    }
    do throws(OracleError) {
      for place in wanted.subtracting(loaded).sorted() {
        let object = objects[place]
        try scratch.execute(object.sql)
        for index in indexes[object.name.asciiLowercased, default: []] { try scratch.execute(index) }
        loaded.insert(place)
      }
      if let statistics {
        let names = Set(loaded.map { objects[$0].name.asciiLowercased })
        try scratch.setStatistics(
          statistics.rows.filter { names.contains($0.table.asciiLowercased) }.map { ($0.table, $0.index, $0.text) })
      }
    } catch {
      self.scratch = nil
      loaded = []
      throw error
    }
    return scratch
  }

  /// Whatever can be a name without quotes, or stand between some, in lower case.
  private func words(of text: String) -> Set<String> {
    Set(
      text.asciiLowercased.utf8.split { byte in
        !(byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
          || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte)
      }.map { String(Substring($0)) })
  }
}
