// A refused row is mended where the database says that it is wrong, rather than thrown away: each rule is met in turn, and those
// that were met stay so.

import SQLCEngine

extension Filler {
  /// Changes some values of a row after a refusal.
  ///
  /// - Returns: false when nothing can be changed.
  mutating func repair(_ failure: TrialFailure, _ place: Int, _ style: RowStyle) -> Bool {
    let table = pending[place].table
    switch failure.cause {
    case .outOfTime, .schema: return false
    case .statement, .constraint(.foreignKey), .constraint(.other):
      // An expression fails on a value: malformed JSON in a generated column, a number that does not fit.
      return change(changeable(table.columns.map(\.key), place), place)
    case .constraint(.check(let name)):
      if let check = table.rules.check(named: name) { return satisfy(check, place) }
      return change(changeable(table.columns.map(\.key), place), place)
    case .constraint(.unique(let named)):
      let groups = table.rules.unique.filter { !named.isEmpty && named.allSatisfy($0.contains) }
      let keys = named.isEmpty ? table.rules.unique.flatMap(\.self) : named + groups.flatMap(\.self)
      return change(changeable(keys, place), place)
    case .constraint(.value(let named)):
      let keys = changeable(named, place)
      for key in keys {
        if let column = table.column(key) { pending[place].values[key] = someValue(for: column) }
      }
      return !keys.isEmpty
    case .constraint(.trigger):
      let asked = table.rules.guards.flatMap(\.columns)
      return change(changeable(asked.isEmpty ? table.columns.map(\.key) : asked, place), place)
    }
  }

  /// Those that may be given another value; for generated columns, what they are made of.
  private func changeable(_ keys: [String], _ place: Int) -> [String] {
    let table = pending[place].table
    var result: [String] = []
    for key in keys.flatMap({ table.rules.sources[$0] ?? [$0] }) {
      guard table.column(key)?.isGenerated == false, !pending[place].fixed.contains(key), !result.contains(key) else {
        continue
      }
      result.append(key)
    }
    return result
  }

  /// Gives one of the columns, sometimes two, another value.
  private mutating func change(_ keys: [String], _ place: Int) -> Bool {
    guard !keys.isEmpty else { return false }
    for _ in 0..<(maker.random.chance(25) ? 2 : 1) {
      guard let key = keys.randomElement(using: &maker.random) else { continue }
      change(key, place)
    }
    return true
  }

  private mutating func change(_ key: String, _ place: Int) {
    let table = pending[place].table
    guard let column = table.column(key) else { return }
    if let reference = table.foreignKeys.first(where: { $0.has(column) }) {
      // Another parent, or none.
      for name in reference.columns where !pending[place].fixed.contains(name.lowercased()) {
        pending[place].values[name.lowercased()] = nil
      }
      if maker.random.chance(30), refer(reference, place, .varied, .new) == nil { return }
      _ = refer(reference, place, .varied)
      return
    }
    let isNull = pending[place].values[key]?.isNull ?? true
    pending[place].values[key] =
      column.mayBeNull && maker.random.chance(isNull ? 10 : 40) ? .null : someValue(for: column)
  }

  /// Looks for values under which a CHECK holds: what the other side of a comparison gives, or others at random.
  private mutating func satisfy(_ check: RowRules.Condition, _ place: Int) -> Bool {
    let keys = changeable(check.columns, place)
    let table = pending[place].table
    let relations = check.relations.filter { relation in
      keys.contains(relation.column)
        && table.column(relation.column).map { column in
          !table.foreignKeys.contains { $0.has(column) }
        } == true
    }
    if maker.random.chance(45), let relation = relations.randomElement(using: &maker.random),
      let value = candidate(relation, place)
    {
      pending[place].values[relation.column] = value
      return true
    }
    return change(keys, place)
  }

  /// The value of the other side, or one above or below it.
  private mutating func candidate(_ relation: RowRules.Relation, _ place: Int) -> TrialValue? {
    let table = pending[place].table
    var row: [String: TrialValue] = [:]
    for column in table.columns where !column.isGenerated {
      row[column.key] = pending[place].values[column.key] ?? .null
    }
    guard let other = database.evaluate("(\(relation.other))", over: row, of: table) else { return nil }
    let distance = Int64.random(in: 0...3, using: &maker.random)
    let sign: Int64 =
      switch relation.place {
      case .equal: 0
      case .above: 1
      case .below: -1
      }
    switch other {
    case .integer(let number): return .integer(number &+ sign * distance)
    case .real(let number): return .real(number + Double(sign * distance) / 2)
    case .null: return table.column(relation.column)?.mayBeNull == true ? .null : nil
    // A day is moved by days.
    default: return sign == 0 ? other : database.moved(other, byDays: sign * distance) ?? other
    }
  }
}
