// Values for foreign keys: those of a parent that is there, of one that is being made, or of one that is made for it.

import SQLCEngine

/// Parents of parents that a row may ask for; longer chains than that are cycles that no row can close.
private let deepestChain = 12

/// Parents that are made for one row. Tables of which each needs the other's rows and refuses them would go on for ever.
private let mostParents = 60

/// Is any parent taken that is there, or one made that nobody refers to yet?
enum ParentChoice { case existing, new }

extension Filler {
  /// Chooses the parent of a row that is being made.
  ///
  /// - Returns: why there can be none.
  mutating func refer(
    _ key: TrialTable.ForeignKey, _ place: Int, _ style: RowStyle, _ choice: ParentChoice = .existing
  ) -> String? {
    let table = pending[place].table
    let open = key.columns.filter { pending[place].values[$0.lowercased()] == nil }
    guard !open.isEmpty else { return nil }
    let nullable = open.compactMap(table.column).filter(\.mayBeNull)
    func leaveOut() {
      for column in nullable { pending[place].values[column.key] = .null }
    }
    if !nullable.isEmpty, maker.random.chance(style == .plain ? 90 : plan.nullPercentage) {
      leaveOut()
      return nil
    }
    guard let parent = parents[key.parent.lowercased()] else {
      guard nullable.isEmpty else {
        leaveOut()
        return nil
      }
      return "'\(key.parent)', which it refers to, is no table that rows can be put into"
    }
    let targets = key.targets(in: parent)
    guard targets.count == key.columns.count else { return "the key of '\(key.parent)' has other columns" }
    // What other foreign keys have settled must agree.
    var known: [(target: String, value: TrialValue)] = []
    for (column, target) in zip(key.columns, targets) {
      if let value = pending[place].values[column.lowercased()], !value.isNull { known.append((target, value)) }
    }
    if choice == .existing, let row = existing(parent, targets, where: known, for: key, of: table) {
      for (column, value) in zip(key.columns, row) { pending[place].values[column.lowercased()] = value }
      return nil
    }
    if choice == .existing, let waiting = pending.lastIndex(where: { $0.table.key == parent.key && agrees($0, known) })
    {
      return take(from: waiting, targets, key, place, style)
    }
    guard nullable.isEmpty || choice == .new else {
      leaveOut()
      return nil
    }
    guard !plan.excluded.contains(parent.key), parent.kind != .derived, pending.count < deepestChain,
      madeParents < mostParents
    else {
      return "it needs a row of '\(parent.name)', which has none"
    }
    return makeParent(parent, targets, known, key, place, style)
  }

  /// A parent that is in the database.
  private mutating func existing(
    _ parent: TrialTable, _ targets: [String], where known: [(target: String, value: TrialValue)],
    for key: TrialTable.ForeignKey, of table: TrialTable
  ) -> [TrialValue]? {
    let filter = RowFilter(notNull: targets, equal: known.map { ($0.target, $0.value) })
    let rows = (try? database.rows(of: parent.name, targets, where: filter, limit: 50)) ?? []
    let fitting = rows.filter { row in
      zip(key.columns, row).allSatisfy { column, value in
        table.column(column).map { fits(value, $0) } ?? true
      }
    }
    // Where no value of one is one of the other, NULL is better; where that cannot be, the refusal shall say why.
    let canBeNull = key.columns.contains { name in table.column(name).map(\.mayBeNull) ?? false }
    return (fitting.isEmpty && !canBeNull ? rows : fitting).randomElement(using: &maker.random)
  }

  /// Will the column hold the parent's value as one of its own?
  private func fits(_ value: TrialValue, _ column: TrialTable.Column) -> Bool {
    switch database.types.fit(of: value, in: column.kind) {
    case .asItIs, .converted: true
    case .none: false
    }
  }

  private func agrees(_ draft: RowDraft, _ known: [(target: String, value: TrialValue)]) -> Bool {
    known.allSatisfy { draft.values[$0.target.lowercased()].map { [value = $0.value] in $0 == value } ?? true }
  }

  /// The key of a row that waits for this one: the two refer to each other.
  private mutating func take(
    from waiting: Int, _ targets: [String], _ key: TrialTable.ForeignKey, _ place: Int, _ style: RowStyle
  ) -> String? {
    for (column, target) in zip(key.columns, targets) {
      guard let parentColumn = pending[waiting].table.column(target) else { return "'\(target)' is no column" }
      if pending[waiting].values[parentColumn.key] == nil {
        pending[waiting].values[parentColumn.key] =
          pending[place].values[column.lowercased()] ?? someValue(for: parentColumn)
      }
      pending[waiting].fixed.insert(parentColumn.key)
      pending[place].values[column.lowercased()] = pending[waiting].values[parentColumn.key]
    }
    return nil
  }

  private mutating func makeParent(
    _ parent: TrialTable, _ targets: [String], _ known: [(target: String, value: TrialValue)],
    _ key: TrialTable.ForeignKey, _ place: Int, _ style: RowStyle
  ) -> String? {
    var draft = RowDraft(table: parent)
    for (target, value) in known { draft.values[target.lowercased()] = value }
    // The key is chosen first, so that rows which refer to each other can have it before the row is there. What is itself a
    // foreign key is chosen with its parent.
    for target in targets {
      guard let column = parent.column(target), draft.values[column.key] == nil,
        !parent.foreignKeys.contains(where: { $0.has(column) })
      else { continue }
      draft.values[column.key] = someValue(for: column)
    }
    madeParents += 1
    pending.append(draft)
    let refusal = complete(style)
    let made = pending.removeLast()
    if let refusal { return "it needs a row of '\(parent.name)': \(refusal)" }
    report.inserted[parent.name, default: 0] += 1
    report.refused[parent.name] = nil
    for (column, target) in zip(key.columns, targets) {
      guard let value = made.values[target.lowercased()] else { return "the key of '\(parent.name)' is not known" }
      pending[place].values[column.lowercased()] = value
    }
    return nil
  }
}
