// Pairs of databases that are the same to one tenant: the rows of the others differ.

import CSQLite
import SQLCFacts
import SQLCSQLiteHandle

/// Numbers from a seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[roll(0...list.count - 1)] }
  mutating func isOne(in count: Int) -> Bool { roll(1...count) == 1 }
}

/// What the oracle has to be told of a schema: everything else it reads from the facts.
struct Worldview: Sendable {
  /// What tells the rows that Alice sees from the others.
  enum Division: Sendable, Hashable {
    /// `user_id`: hers are hers.
    case tenants
    /// `deleted_at`: those that are there are hers, those that are deleted are others'.
    case deletion
  }

  var division = Division.tenants
  /// The column that says whose a row is.
  var tenantColumn = "user_id"
  /// Whose a row of `x` is, as SQL; of tables that are nobody's there is none.
  var owners: [String: String]
  /// Tables whose rows are nobody's and everybody's: what is written there is seen.
  var watched: [String] = []
  var tenants = 1...3
  var words = ["open", "done", "red", "blue", "green"]
  /// Run before rows are made: tables that it fills are left alone.
  var before: [String: String] = [:]
  /// Run after the rows are there.
  var after: [String] = []
  /// Columns in which values come from this list.
  var values: [String: [String]] = [:]
}

extension Worldview {
  var column: String {
    switch division {
    case .tenants: tenantColumn
    case .deletion: "deleted_at"
    }
  }

  /// What the column has in a row of theirs, as SQL.
  func mark(of owner: Int) -> String {
    switch division {
    case .tenants: "\(owner)"
    case .deletion: owner == alice ? "NULL" : "'2024-01-0\(owner)'"
    }
  }

  /// The row of a deleted parent is referred to by rows that are there: nobody is hurt by it.
  var judgesReferences: Bool { division == .tenants }
}

/// The tenant whom everything is seen by.
let alice = 2

final class World {
  let database: DatabaseHandle

  init(schema: String) throws {
    database = try DatabaseHandle(
      filename: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY)
    try database.execute(schema)
    try database.execute("PRAGMA foreign_keys = ON")
    // A mutant can be a recursion without an end.
    database.setProgressHandler(every: 1000) { [steps] in steps.isSpent() }
  }

  private let steps = Steps()
  private final class Steps {
    var count = 0
    func isSpent() -> Bool {
      count += 1
      return count > 500
    }
  }

  func copy() throws -> World {
    let copy = try World(schema: "")
    guard let backup = sqlite3_backup_init(copy.database.pointer, "main", database.pointer, "main") else {
      throw CorpusError(description: "no backup")
    }
    sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    try copy.database.execute("PRAGMA foreign_keys = ON")
    return copy
  }

  /// The rows of a query, each as one text; nothing where it fails.
  func rows(_ sql: String, _ values: [Value] = []) -> [String]? {
    steps.count = 0
    guard let prepared = try? database.prepare(sql), let handle = prepared.statement else { return nil }
    return handle.withReference { statement in
      for (index, value) in values.enumerated() {
        switch value {
        case .integer(let number): _ = statement.bind(Int64(number), at: Int32(index + 1))
        case .text(let text):
          var text = text
          _ = text.withUTF8 { statement.bindText(copying: $0, at: Int32(index + 1)) }
        case .null: _ = statement.bindNull(at: Int32(index + 1))
        }
      }
      var rows: [String] = []
      while true {
        switch statement.step() {
        case SQLITE_ROW:
          let columns = (0..<handle.columnCount).map { column -> String in
            let value = statement.value(column)
            return value.isNull ? "NULL" : String(decoding: value.text, as: UTF8.self)
          }
          rows.append(columns.joined(separator: "|"))
        case SQLITE_DONE: return rows
        default: return nil
        }
      }
    }
  }

  enum Value: Sendable, Hashable {
    case integer(Int)
    case text(String)
    case null
  }
}

extension StatementHandle {
  func withReference<Result>(_ work: (StatementReference) -> Result) -> Result {
    withExtendedLifetime(self) { work(StatementReference(pointer)) }
  }
}

/// Makes worlds.
struct Maker {
  let schema: String
  let facts: SchemaFacts
  let view: Worldview
  var dice: Dice

  private var tables: [SQLCFacts.TableFact] { facts.tables.filter { $0.kind == .table } }

  /// What becomes of the rows of others.
  enum Disturbance { case changed, gone }

  /// A world, and another that is the same to Alice.
  mutating func pair(_ disturbance: Disturbance = .changed) throws -> (World, World) {
    let one = try World(schema: schema)
    for table in tables where view.before[table.name] != nil { try one.database.execute(view.before[table.name] ?? "") }
    for table in tables where view.before[table.name] == nil {
      try fill(table, in: one, times: table.foreignKeys.isEmpty ? 6 : 14)
    }
    let other = try one.copy()
    switch disturbance {
    case .changed: try disturb(other)
    case .gone: removeOthers(from: other)
    }
    for world in [one, other] { for sql in view.after { try world.database.execute(sql) } }
    return (one, other)
  }

  private mutating func fill(_ table: SQLCFacts.TableFact, in world: World, times: Int, for owner: Int? = nil) throws {
    for _ in 0..<times {
      let names = table.columns.map(\.name)
      guard let row = try row(of: table, in: world, for: owner) else { continue }
      let sql =
        "INSERT OR IGNORE INTO \(table.name) (\(names.joined(separator: ", "))) VALUES (\(row.joined(separator: ", ")))"
      _ = world.rows(sql)
    }
  }

  /// Values as SQL; nothing where there is no parent to refer to.
  private mutating func row(of table: SQLCFacts.TableFact, in world: World, for owner: Int?) throws -> [String]? {
    var values = table.columns.map { value(of: $0) }
    let tenant = owner ?? dice.roll(view.tenants)
    for (index, column) in table.columns.enumerated() where column.name == view.column {
      values[index] = view.mark(of: tenant)
    }
    for key in table.foreignKeys {
      if key.columns.count == 1, table.columns[key.columns[0]].name == view.column { continue }
      var condition = "1"
      // A key that has the tenant in it leads to the tenant's own rows; and a row without a tenant of its own is its parent's.
      let carries = key.columns.contains { table.columns[$0].name == view.column }
      let isOwned = view.owners[table.name] != nil && !table.columns.contains { $0.name == view.column }
      if let expression = view.owners[key.parent], carries || owner != nil && isOwned {
        condition = "\(expression) = \(tenant)"
      }
      let parents =
        world.rows("SELECT \(key.parentColumns.joined(separator: ", ")) FROM \(key.parent) x WHERE \(condition)") ?? []
      if table.columns[key.columns[0]].isNullable, dice.isOne(in: 4) || parents.isEmpty {
        for column in key.columns where table.columns[column].name != view.column { values[column] = "NULL" }
        continue
      }
      guard !parents.isEmpty else { return nil }
      let parts = dice.pick(parents).split(separator: "|", omittingEmptySubsequences: false)
      for (column, part) in zip(key.columns, parts) where table.columns[column].name != view.column {
        values[column] = Int(part) == nil ? "'\(part)'" : String(part)
      }
    }
    return values
  }

  private mutating func value(of column: SQLCFacts.ColumnFact) -> String {
    if let list = view.values[column.name] { return dice.pick(list) }
    if column.isNullable, !column.isNotNull, dice.isOne(in: 3) { return "NULL" }
    if column.declaredType?.uppercased().contains("INT") == true {
      return "\(column.name == "id" ? dice.roll(1...24) : dice.roll(1...6))"
    }
    return "'\(dice.pick(view.words))\(dice.isOne(in: 3) ? "" : " \(dice.pick(view.words))")'"
  }

  /// Changes rows that are not Alice's: some go, some come, some are another.
  private mutating func disturb(_ world: World) throws {
    for table in tables.reversed() {
      guard let owner = view.owners[table.name] else { continue }
      let keys =
        world.rows("SELECT rowid FROM \(table.name) x WHERE \(owner) <> \(alice)") ?? world.rows(
          "SELECT \(table.columns[0].name) FROM \(table.name) x WHERE \(owner) <> \(alice)") ?? []
      for key in keys {
        // What Alice's rows refer to stays: taking it away would change hers.
        if dice.isOne(in: 3), !isReferredTo(table, key, in: world) {
          _ = world.rows("DELETE FROM \(table.name) WHERE rowid = \(key)")
        } else if dice.isOne(in: 2) {
          let column = dice.pick(table.columns.filter { $0.name != view.column && $0.name != "id" })
          if let foreign = table.foreignKeys.first(where: { key in
            key.columns.contains { table.columns[$0].name == column.name }
          }) {
            // Whose a row is that has no tenant of its own, its key says.
            guard foreign.columns.count == 1, table.columns.contains(where: { $0.name == view.column }) else {
              continue
            }
            let parents = world.rows("SELECT \(foreign.parentColumns[0]) FROM \(foreign.parent)") ?? []
            let parent = parents.isEmpty || dice.isOne(in: 3) ? "NULL" : dice.pick(parents)
            _ = world.rows("UPDATE OR IGNORE \(table.name) SET \(column.name) = \(parent) WHERE rowid = \(key)")
            continue
          }
          _ = world.rows(
            "UPDATE OR IGNORE \(table.name) SET \(column.name) = \(value(of: column)) WHERE rowid = \(key)")
        }
      }
    }
    for table in tables where view.owners[table.name] != nil {
      for tenant in view.tenants where tenant != alice { try fill(table, in: world, times: 4, for: tenant) }
    }
  }

  /// All rows that are not Alice's and that none of hers refers to.
  private func removeOthers(from world: World) {
    for table in tables.reversed() {
      guard let owner = view.owners[table.name] else { continue }
      for key in world.rows("SELECT rowid FROM \(table.name) x WHERE \(owner) <> \(alice)") ?? []
      where !isReferredTo(table, key, in: world) {
        _ = world.rows("DELETE FROM \(table.name) WHERE rowid = \(key)")
      }
    }
  }

  private func isReferredTo(_ table: SQLCFacts.TableFact, _ key: String, in world: World) -> Bool {
    tables.contains { child in
      guard let owner = view.owners[child.name] else { return false }
      return child.foreignKeys.contains { foreign in
        guard foreign.parent == table.name else { return false }
        let pairs = zip(foreign.columns, foreign.parentColumns).map { "x.\(child.columns[$0].name) = p.\($1)" }
        let sql =
          "SELECT 1 FROM \(child.name) x JOIN \(table.name) p ON \(pairs.joined(separator: " AND ")) WHERE p.rowid = \(key) AND \(owner) = \(alice)"
        return world.rows(sql)?.isEmpty == false
      }
    }
  }
}
