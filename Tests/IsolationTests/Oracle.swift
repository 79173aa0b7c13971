// What executions show: does what Alice sees change with others' rows, and do others' rows change by what Alice does?

import SQLCFacts
import SQLCModel

/// Runs queries as Alice on pairs of worlds that are the same to her.
final class Oracle {
  private let pairs: [(World, World)]
  private let facts: SchemaFacts
  private let view: Worldview
  private var dice = Dice(77)
  private var starts: [ObjectIdentifier: (own: [String], others: [String], foreign: Int)] = [:]

  init(_ corpus: Corpus, _ view: Worldview, pairs count: Int, seed: UInt64 = 5) throws {
    facts = corpus.facts
    self.view = view
    var maker = Maker(schema: corpus.schema.text, facts: corpus.facts, view: view, dice: Dice(seed))
    // In every fourth nobody else is there: what counts others' rows shows it.
    pairs = try (0..<count).map { try maker.pair($0 % 4 == 3 ? .gone : .changed) }
  }

  /// How a leak showed itself; nothing where no execution did.
  func leak(of query: Case, tries: Int = 6) -> String? {
    for (one, other) in pairs {
      for _ in 0..<tries {
        let values = query.model.parameters.map { value(for: $0, in: one) }
        let choices = query.model.variants.map { variants in variants.choices.map { variants.sql(for: $0) } }
        for segments in choices ?? [query.model.sql] {
          let sql = PlaceholderText(segments).text
          if let found = compare(sql, values, query.model, one, other) { return found }
        }
      }
    }
    return nil
  }

  private func compare(
    _ sql: String, _ values: [World.Value], _ model: QueryModel, _ one: World, _ other: World
  ) -> String? {
    if model.isReadOnly {
      guard let a = one.rows(sql, values), let b = other.rows(sql, values) else { return nil }
      return a.sorted() == b.sorted()
        ? nil : "other rows: \(a.sorted().prefix(5)) or \(b.sorted().prefix(5)) of \(values)"
    }
    let a = trying(sql, values, on: one)
    let b = trying(sql, values, on: other)
    for found in [a, b] {
      if let found, harms(found) { return "rows of others are changed by \(values)" }
      if let found, view.judgesReferences, found.foreignAfter > found.foreignBefore {
        return "a row of hers refers to another's, by \(values)"
      }
    }
    // What an error tells is not looked at.
    guard let a, let b else { return nil }
    if a.returned != b.returned { return "other rows come back: \(a.returned) or \(b.returned)" }
    // A key that is taken, and the row left out for it, tells what an error would.
    let isInsert = ["INSERT", "REPLACE"].contains { sql.uppercased().hasPrefix($0) }
    if isInsert, a.own == a.ownBefore || b.own == b.ownBefore { return nil }
    if view.division == .deletion, a.othersAdded != b.othersAdded { return "other rows are deleted by \(values)" }
    return a.own == b.own ? nil : "her rows become others, by \(values)"
  }

  /// Are rows of others gone, or another? To delete a row makes it one of them.
  private func harms(_ effect: Effect) -> Bool {
    switch view.division {
    case .tenants: effect.othersBefore != effect.othersAfter
    case .deletion: !Set(effect.othersBefore).isSubset(of: effect.othersAfter)
    }
  }

  private struct Effect {
    var returned: [String]
    var ownBefore: [String]
    var own: [String]
    var othersBefore: [String]
    var othersAfter: [String]
    var foreignBefore: Int
    var foreignAfter: Int

    var othersAdded: Set<String> { Set(othersAfter).subtracting(othersBefore) }
  }

  private func trying(_ sql: String, _ values: [World.Value], on world: World) -> Effect? {
    guard (try? world.database.execute("SAVEPOINT trial")) != nil else { return nil }
    defer { try? world.database.execute("ROLLBACK TO trial; RELEASE trial") }
    let known = start(of: world)
    guard let returned = world.rows(sql, values) else { return nil }
    return Effect(
      returned: returned.sorted(), ownBefore: known.own, own: rows(of: .alice, in: world), othersBefore: known.others,
      othersAfter: rows(of: .others, in: world), foreignBefore: known.foreign,
      foreignAfter: foreignReferences(in: world))
  }

  /// What is in a world before anything is tried.
  private func start(of world: World) -> (own: [String], others: [String], foreign: Int) {
    if let known = starts[ObjectIdentifier(world)] { return known }
    let found = (rows(of: .alice, in: world), rows(of: .others, in: world), foreignReferences(in: world))
    starts[ObjectIdentifier(world)] = found
    return found
  }

  private enum Side { case alice, others }

  private func rows(of side: Side, in world: World) -> [String] {
    var rows = view.owners.sorted { $0.key < $1.key }.flatMap { table, owner -> [String] in
      let condition = side == .alice ? "\(owner) IS \(alice)" : "\(owner) IS NOT \(alice)"
      // A number that the database gives depends on those of others: it is not what is asked about.
      let columns = facts.tables.first { $0.name == table }?.columns.map(\.name) ?? []
      let shown = side == .alice ? columns.filter { $0 != "id" && $0 != "comment_id" } : columns
      return
        (world.rows("SELECT '\(table)', \(shown.joined(separator: ", ")) FROM \(table) x WHERE \(condition)") ?? [])
        .sorted()
    }
    if side == .alice {
      for table in view.watched { rows += (world.rows("SELECT '\(table)', x.* FROM \(table) x") ?? []).sorted() }
    }
    return rows
  }

  /// Rows of hers that refer to rows of others.
  private func foreignReferences(in world: World) -> Int {
    var count = 0
    for child in facts.tables {
      guard let owner = view.owners[child.name] else { continue }
      for key in child.foreignKeys {
        guard let parentOwner = view.owners[key.parent] else { continue }
        let pairs = zip(key.columns, key.parentColumns).map { "x.\(child.columns[$0].name) = p.\($1)" }
        let parent = parentOwner.replacing("x.", with: "p.")
        let sql =
          "SELECT count(*) FROM \(child.name) x JOIN \(key.parent) p ON \(pairs.joined(separator: " AND "))"
          + " WHERE \(owner) = \(alice) AND \(parent) IS NOT \(alice)"
        count += world.rows(sql)?.first.flatMap { Int($0) } ?? 0
      }
    }
    return count
  }

  // MARK: Parameters

  private func value(for parameter: ParameterModel, in world: World) -> World.Value {
    let name = parameter.name.lowercased().filter { $0 != "_" }
    if view.division == .tenants, name == view.tenantColumn.filter({ $0 != "_" }) {
      return .integer(alice)
    }
    if parameter.name == "email" { return .text("alice@example.com") }
    if parameter.nullability.isOptional, dice.isOne(in: 3) { return .null }
    if let origin = parameter.origin,
      let seen = world.rows("SELECT DISTINCT \(origin.column) FROM \(origin.table.name)"), !seen.isEmpty,
      !dice.isOne(in: 5)
    {
      let text = dice.pick(seen)
      if text != "NULL" { return Int(text).map { .integer($0) } ?? .text(text) }
    }
    if parameter.type == .text { return .text(dice.pick(view.words)) }
    return .integer(dice.roll(0...6))
  }
}

/// SQL with `?1`; a list is one value.
private struct PlaceholderText {
  var text = ""
  init(_ segments: [SQLSegment]) {
    for segment in segments {
      switch segment {
      case .text(let part): text += part
      case .parameter(let index), .list(let index): text += "?\(index)"
      case .rows(let template): text += PlaceholderText(template.single).text
      }
    }
  }
}
