// Random schemas, and random changes of them.

import SQLCEngine

struct SchemaGenerator {
  var random: SeededGenerator
  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func pick<T>(_ from: [T]) -> T { from[Int.random(in: 0..<from.count, using: &random)] }

  mutating func schema() -> RandomSchema {
    var schema = RandomSchema()
    for _ in 0..<Int.random(in: 2...5, using: &random) { addTable(to: &schema) }
    for _ in 0..<Int.random(in: 2...8, using: &random) { addObject(to: &schema) }
    return schema
  }

  mutating func addTable(to schema: inout RandomSchema) {
    let id = schema.number()
    var table = RandomTable(
      id: id, name: pick(["t\(id)", "t\(id)", "Table\(id)", "a b\(id)"]),
      key: pick([.none, .integer, .integer, .autoincrement, .autoincrement, .text, .composite, .composite]), columns: []
    )
    table.isStrict = chance(25)
    table.isWithoutRowID = (table.key == .composite || table.key == .text) && chance(60)
    schema.tables.append(table)
    for _ in 0..<Int.random(in: 2...6, using: &random) { addColumn(to: schema.tables.count - 1, of: &schema) }
    let last = schema.tables.count - 1
    let numbers = schema.tables[last].plain.filter { $0.type == "INTEGER" && $0.check == nil && $0.parent == nil }
    if numbers.count > 1, chance(30) { schema.tables[last].orderCheck = (numbers[0].id, numbers[1].id) }
    let texts = schema.tables[last].plain.filter { !$0.isNotNull }
    if texts.count > 1, chance(25) { schema.tables[last].uniques.append([texts[0].id, texts[1].id]) }
  }

  mutating func addColumn(to index: Int, of schema: inout RandomSchema) {
    let id = schema.number()
    let table = schema.tables[index]
    let types =
      table.isStrict
      ? ["INTEGER", "TEXT", "REAL", "BLOB", "TEXT", "ANY"]
      : ["INTEGER", "TEXT", "REAL", "BLOB", "VARCHAR(20)", "NUMERIC", ""]
    var column = RandomColumn(id: id, name: chance(10) ? "c d\(id)" : "c\(id)", type: pick(types))
    let texts = table.plain.filter { $0.type == "TEXT" }
    if !texts.isEmpty, chance(12) {
      column.type = "TEXT"
      column.generated = (pick(texts).id, chance(50))
      schema.tables[index].columns.append(column)
      return
    }
    let parents = schema.tables.filter { $0.key == .integer || $0.key == .autoincrement }
    if !parents.isEmpty, chance(25) {
      column.type = "INTEGER"
      column.parent = (pick(parents).id, pick(["CASCADE", "SET NULL", "RESTRICT", "NO ACTION"]))
      schema.tables[index].columns.append(column)
      return
    }
    column.isUnique = column.type != "" && column.type != "REAL" && chance(10)
    column.isNotNull = chance(35)
    if !column.isUnique, chance(40) {
      column.defaultValue =
        switch column.type {
        case "TEXT", "VARCHAR(20)", "ANY": pick(["'x'", "'it''s'", "CURRENT_TIMESTAMP", "(lower('A'))"])
        case "BLOB": "x'01'"
        case "REAL": "1.5"
        case "": "7"
        default: pick(["0", "5", "(2 + 3)"])
        }
    }
    if column.type == "INTEGER", !column.isUnique, chance(25) {
      column.check = pick(["? >= 0", "? BETWEEN 0 AND 1000000"])
    }
    if column.type == "TEXT", chance(20) { column.check = pick(["length(?) < 100", "? <> ''"]) }
    if column.type == "TEXT", chance(15) { column.collation = pick(["NOCASE", "RTRIM"]) }
    let place = chance(30) ? 0 : table.columns.count
    schema.tables[index].columns.insert(column, at: place)
  }

  mutating func addObject(to schema: inout RandomSchema) {
    let table = pick(schema.tables)
    let id = schema.number()
    var columns = table.columns.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).map(\.id)
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3:
      schema.indexes.append(
        RandomIndex(
          id: id, table: table.id, columns: columns, isUnique: false, isDescending: chance(30), isPartial: chance(30),
          isExpression: chance(25)))
    case 4, 5:
      schema.views.append(RandomView(id: id, table: table.id, columns: columns, isGuarded: chance(40), over: nil))
    case 6:
      if let view = schema.views.first(where: { $0.over == nil }) {
        schema.views.append(RandomView(id: id, table: view.table, columns: [], isGuarded: false, over: view.id))
      }
    case 7:
      schema.triggers.append(
        RandomTrigger(
          id: id, table: table.id, target: pick(schema.tables).id, event: pick(["INSERT", "UPDATE", "DELETE"]), word: id
        ))
    case 8:
      schema.fullTexts.append(
        RandomFullText(id: id, table: nil, columns: [], ownColumns: pick([["x"], ["x", "y"]]), tokenizer: nil))
    default:
      columns = table.plain.filter { $0.type == "TEXT" || $0.type == "VARCHAR(20)" }.prefix(2).map(\.id)
      schema.fullTexts.append(RandomFullText(id: id, table: table.id, columns: columns, ownColumns: [], tokenizer: nil))
    }
  }

  /// Another schema, and how often it was changed.
  mutating func changed(_ schema: RandomSchema) -> RandomSchema {
    var new = schema
    for _ in 0..<(chance(40) ? 1 : Int.random(in: 2...8, using: &random)) { change(&new) }
    return new
  }

  private mutating func change(_ schema: inout RandomSchema) {
    let index = Int.random(in: 0..<schema.tables.count, using: &random)
    let place = schema.tables[index].columns.indices.randomElement(using: &random)
    func isSource(_ column: RandomColumn) -> Bool {
      schema.tables[index].columns.contains { $0.generated?.source == column.id }
    }
    switch Int.random(in: 0..<26, using: &random) {
    case 0, 1, 2: addColumn(to: index, of: &schema)
    case 3, 4:
      guard let place, schema.tables[index].columns.count > 1, !isSource(schema.tables[index].columns[place]) else {
        return
      }
      schema.tables[index].columns.remove(at: place)
    case 5, 6:
      guard let place else { return }
      schema.tables[index].columns[place].name = "renamed\(schema.number())"
    case 7:
      guard let place, schema.tables[index].columns[place].generated == nil,
        schema.tables[index].columns[place].parent == nil
      else { return }
      let types =
        schema.tables[index].isStrict ? ["INTEGER", "TEXT", "REAL"] : ["INTEGER", "TEXT", "REAL", "NUMERIC", ""]
      if isSource(schema.tables[index].columns[place]) || schema.tables[index].columns[place].check != nil { return }
      schema.tables[index].columns[place].type = pick(types)
      schema.tables[index].columns[place].defaultValue = nil
    case 8, 9:
      guard let place, schema.tables[index].columns[place].generated == nil,
        schema.tables[index].columns[place].parent == nil
      else { return }
      schema.tables[index].columns[place].isNotNull.toggle()
    case 10:
      guard let place, schema.tables[index].columns[place].generated == nil,
        schema.tables[index].columns[place].parent == nil
      else { return }
      let isText = schema.tables[index].columns[place].type == "TEXT"
      schema.tables[index].columns[place].defaultValue = pick([nil, isText ? "'other'" : nil])
    case 11:
      guard let place, schema.tables[index].columns[place].type == "INTEGER",
        schema.tables[index].columns[place].parent == nil
      else { return }
      schema.tables[index].columns[place].check = pick([nil, "? > 2", "? >= 0"])
    case 12:
      guard let place, schema.tables[index].columns[place].generated == nil else { return }
      schema.tables[index].columns[place].isUnique.toggle()
    case 13:
      if !schema.tables[index].isStrict,
        schema.tables[index].columns.contains(where: { !["INTEGER", "TEXT", "REAL", "BLOB"].contains($0.type) })
      {
        return
      }
      if schema.tables[index].isStrict, schema.tables[index].columns.contains(where: { $0.type == "ANY" }) { return }
      schema.tables[index].isStrict.toggle()
    case 14:
      if [.composite, .text].contains(schema.tables[index].key) { schema.tables[index].isWithoutRowID.toggle() }
    case 15:
      switch schema.tables[index].key {
      case .integer: schema.tables[index].key = .autoincrement
      case .autoincrement: schema.tables[index].key = .integer
      case .none: schema.tables[index].key = .integer
      default: break
      }
    case 16:
      guard let place, schema.tables[index].columns[place].parent != nil else { return }
      schema.tables[index].columns[place].parent?.action = pick(["CASCADE", "SET NULL", "NO ACTION"])
    case 17: addTable(to: &schema)
    case 18:
      guard schema.tables.count > 1 else { return }
      schema.tables.remove(at: index)
    case 19: schema.tables[index].name = "moved\(schema.number())"
    case 20: if !schema.indexes.isEmpty { schema.indexes.removeLast() }
    case 21:
      if !schema.indexes.isEmpty { schema.indexes[0].isDescending.toggle() }
      if !schema.views.isEmpty { schema.views[0].columns.reverse() }
    case 22: if !schema.triggers.isEmpty { schema.triggers[0].word += 1 }
    case 23:
      if let last = schema.fullTexts.indices.last {
        if schema.fullTexts[last].table == nil {
          schema.fullTexts[last].ownColumns = pick([["x"], ["x", "z"]])
        } else {
          schema.fullTexts[last].tokenizer = "porter"
        }
      }
    case 24:
      // Two columns change names.
      guard schema.tables[index].columns.count > 1 else { return }
      let (a, b) = (schema.tables[index].columns[0].name, schema.tables[index].columns[1].name)
      schema.tables[index].columns[0].name = b
      schema.tables[index].columns[1].name = a
    default: addObject(to: &schema)
    }
  }
}

/// What a user would answer, who knows what was renamed.
func choices(from old: RandomSchema, to new: RandomSchema) -> PlanChoices {
  var choices = PlanChoices()
  for table in old.tables {
    guard let after = new.table(table.id) else {
      choices.drops.append(.table(table.name))
      continue
    }
    if after.name != table.name { choices.renames.append(.init(.table(table.name), to: after.name)) }
    for column in table.columns {
      guard let renamed = after.column(column.id) else {
        choices.drops.append(.column(column.name, of: table.name))
        if column.generated == nil, column.parent == nil {
          choices.backfills.append(.init(table: table.name, column: column.name, expression: table.filler(column)))
        }
        continue
      }
      if renamed.name != column.name {
        choices.renames.append(.init(.column(column.name, of: table.name), to: renamed.name))
      }
      if renamed.isNotNull != column.isNotNull, renamed.type == column.type {
        let stricter = renamed.isNotNull ? (after, renamed) : (table, column)
        choices.backfills.append(
          .init(table: stricter.0.name, column: stricter.1.name, expression: stricter.0.filler(stricter.1)))
      }
    }
    for column in after.columns
    where table.column(column.id) == nil && column.generated == nil && column.parent == nil && column.isNotNull {
      choices.backfills.append(.init(table: after.name, column: column.name, expression: after.filler(column)))
    }
  }
  return choices
}
