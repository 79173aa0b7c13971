// A refused row is mended where SQLite says that it is wrong, rather than thrown away: each rule is met in turn, and those
// that were met stay so.

import CSQLite
import SQLCSQLiteHandle

extension Filler {
  /// Changes some values of a row after a refusal.
  ///
  /// - Returns: false when nothing can be changed.
  mutating func repair(_ failure: SQLiteFailure, _ place: Int, _ style: RowStyle) -> Bool {
    let shape = pending[place].shape
    switch failure.constraint {
    case .check:
      let name = failure.message.split(separator: ": ", maxSplits: 1).dropFirst().joined()
      if let check = shape.rules.check(named: name) { return satisfy(check, place) }
      return change(changeable(shape.columns.map(\.key), place), place)
    case .unique, .primaryKey, .rowID:
      let named = columns(in: failure.message, of: shape)
      let groups = shape.rules.unique.filter { !named.isEmpty && named.allSatisfy($0.contains) }
      let keys = named.isEmpty ? shape.rules.unique.flatMap(\.self) : named + groups.flatMap(\.self)
      return change(changeable(keys, place), place)
    case .notNull, .datatype:
      let keys = changeable(columns(in: failure.message, of: shape), place)
      for key in keys {
        if let column = shape.column(key) { pending[place].values[key] = someValue(for: column) }
      }
      return !keys.isEmpty
    case .trigger:
      let asked = shape.rules.guards.flatMap(\.columns)
      return change(changeable(asked.isEmpty ? shape.columns.map(\.key) : asked, place), place)
    case .foreignKey, nil:
      // An expression fails on a value: malformed JSON in a generated column, a number that does not fit.
      guard failure.primaryCode != SQLITE_ERROR || !failure.message.hasPrefix("foreign key mismatch") else {
        return false
      }
      return change(changeable(shape.columns.map(\.key), place), place)
    }
  }

  /// `UNIQUE constraint failed: t.a, t.b`: the columns of the table, in lower case.
  private func columns(in message: String, of shape: TableShape) -> [String] {
    // `cannot store TEXT value in INTEGER column t.a` names it at its end.
    let names = (message.split(separator: ": ", maxSplits: 1).last ?? "").lowercased()
    let prefix = shape.key + "."
    return shape.columns.map(\.key).filter { key in
      names == prefix + key || names.hasPrefix(prefix + key + ", ") || names.hasSuffix(", " + prefix + key)
        || names.contains(", " + prefix + key + ", ") || names.hasSuffix(" " + prefix + key)
    }
  }

  /// Those that may be given another value; for generated columns, what they are made of.
  private func changeable(_ keys: [String], _ place: Int) -> [String] {
    let shape = pending[place].shape
    var result: [String] = []
    for key in keys.flatMap({ shape.rules.sources[$0] ?? [$0] }) {
      guard shape.column(key)?.isGenerated == false, !pending[place].fixed.contains(key), !result.contains(key) else {
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
    let shape = pending[place].shape
    guard let column = shape.column(key) else { return }
    if let reference = shape.foreignKeys.first(where: { $0.has(column) }) {
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
      mayBeNull(column) && maker.random.chance(isNull ? 10 : 40) ? .null : someValue(for: column)
  }

  /// Looks for values under which a CHECK holds: what the other side of a comparison gives, or others at random.
  private mutating func satisfy(_ check: RowRules.Condition, _ place: Int) -> Bool {
    let keys = changeable(check.columns, place)
    let shape = pending[place].shape
    let relations = check.relations.filter { relation in
      keys.contains(relation.column)
        && shape.column(relation.column).map { column in
          !shape.foreignKeys.contains { $0.has(column) }
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
  private mutating func candidate(_ relation: RowRules.Relation, _ place: Int) -> Value? {
    let draft = pending[place]
    let columns = draft.shape.columns.filter { !$0.isGenerated }
    let list = columns.map { "? AS \(quoted($0.name))" }.joined(separator: ", ")
    let arguments = columns.map { draft.values[$0.key] ?? .null }
    func evaluate(_ expression: String) -> Value? {
      (try? connection.rows("SELECT \(expression) FROM (SELECT \(list)) AS \(quoted(draft.shape.name))", arguments))?
        .first?.first
    }
    guard let other = evaluate("(\(relation.other))") else { return nil }
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
    case .text(let text) where sign != 0 && text.utf8.count >= 10:
      // A day is moved by days, as long as it is one.
      let function = text.utf8.count == 10 ? "date" : "datetime"
      let moved = evaluate("\(function)((\(relation.other)), '\(sign * distance) days')")
      return moved.flatMap { $0.isNull ? nil : $0 } ?? other
    case .null: return draft.shape.column(relation.column).map(mayBeNull) == true ? .null : nil
    default: return other
    }
  }
}
