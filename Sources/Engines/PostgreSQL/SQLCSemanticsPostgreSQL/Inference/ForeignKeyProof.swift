import SQLCTreePostgreSQL

// A foreign key says that a row is there: where it is checked at once, validated, its triggers are enabled and none of the
// table's own triggers or rules can keep CASCADE or SET NULL from being done, each row of the table with values in all of
// its columns has its row in the other.
//
// It is no proof where the other row need not be seen: row security, ONLY of a partitioned table, TABLESAMPLE, rows that are
// locked (they are read again, their partners are not), rows that this statement writes, and inside of functions.
extension QueryScope {
  /// `a LEFT JOIN b ON b.id = a.b_id`: marks the side as matched. True when something new is known.
  func matchForeignKeys(_ tree: JoinTree) -> Bool {
    switch tree {
    case .range: return false
    case .from(let items, _):
      return items.reduce(false) { matchForeignKeys($1) || $0 }
    case .join(let join):
      var changes = matchForeignKeys(join.left)
      changes = matchForeignKeys(join.right) || changes
      let candidates: (other: JoinTree, side: JoinSide)?
      switch join.kind {
      case .left: candidates = (join.right, JoinSide(join: join.range, side: .right))
      case .right: candidates = (join.left, JoinSide(join: join.range, side: .left))
      case .inner, .full: candidates = nil
      }
      guard let (other, side) = candidates, !matched.contains(side), case .range(let range) = other,
        let condition = join.condition
      else { return changes }
      let isThere = isFound(range, by: conjuncts(of: condition)) { variable in
        guard variable.levelsUp == 0, variable.range != range else { return nil }
        // Blanked by joins around this one, both sides are.
        let inner = (nullers[variable.range] ?? []).filter { !(nullers[join.range] ?? []).contains($0) }
        guard inner.allSatisfy(matched.contains) else { return nil }
        let isNotNull =
          facts.contains(.notNull(.variable(variable)))
          || rangeCause(variable.range, variable.attribute, at: nil) == nil
        return isNotNull ? (self, variable) : nil
      }
      if isThere {
        matched.insert(side)
        changes = true
      }
      return changes
    }
  }

  /// `(SELECT b.name FROM b WHERE b.id = a.b_id)`: whether it has a row for each row of a.
  func isFoundByForeignKey() -> Bool {
    guard parts.command == .select, !grouping.isGrouped, !parts.returnsSets, !parts.locksRows, !isInFunction,
      parts.limit == nil, parts.offset == nil, parts.setOperation == nil, parts.commonTables.isEmpty,
      case .from(let items, let condition?)? = parts.from, items.count == 1, case .range(let range)? = items.first
    else { return false }
    return isFound(range, by: conjuncts(of: condition)) { variable in
      guard variable.levelsUp > 0, let (scope, context) = above(variable.levelsUp) else { return nil }
      var plain = variable
      plain.levelsUp = 0
      // A row that is being written: its partner may be written by the same statement, and is not seen.
      if context.phase == .returning, plain.range == scope.parts.target, scope.parts.command != .delete { return nil }
      guard !scope.parts.locksRows, !scope.isInFunction, scope.cause(.variable(plain), context) == nil else {
        return nil
      }
      return (scope, plain)
    }
  }

  /// Whether the conditions are exactly that a foreign key of one range's table refers to this range's row. `referring` gives
  /// the query and column of a variable on the other side, if it has a value.
  private func isFound(
    _ range: Int, by conditions: [Expression], _ referring: (Variable) -> (scope: QueryScope, variable: Variable)?
  ) -> Bool {
    guard let entry = parts.ranges.at(range - 1), !entry.isSample,
      case .relation(let relation, let inheritance) = entry.kind, let table = catalog.relations[relation],
      table.kind == .table || table.kind == .partitionedTable, table.rowSecurity == .off,
      table.kind == .table || inheritance == .withChildren
    else { return false }
    var pairs: [Int: (attribute: Int, call: Call)] = [:]
    var from: (scope: QueryScope, range: Int)?
    for condition in conditions {
      guard case .call(let call) = condition, call.arguments.count == 2, isEquality(call) else { return false }
      let sides = call.arguments.map(withoutRelabels)
      var pair: (own: Variable, other: Variable)?
      for (own, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
        if case .variable(let own) = own, own.levelsUp == 0, own.range == range, case .variable(let other) = other,
          other.levelsUp > 0 || other.range != range
        {
          pair = (own, other)
        }
      }
      guard let pair, let (scope, other) = referring(pair.other) else { return false }
      if let from, from.scope !== scope || from.range != other.range { return false }
      from = (scope, other.range)
      guard pairs.updateValue((other.attribute, call), forKey: pair.own.attribute) == nil else { return false }
    }
    guard let from, let source = from.scope.parts.ranges.at(from.range - 1),
      case .relation(let referring, let children) = source.kind, let owner = catalog.relations[referring],
      owner.kind == .table || owner.kind == .partitionedTable,
      owner.kind == .partitionedTable || children == .only || analyzer.descendants(of: referring).isEmpty
    else { return false }
    return owner.foreignKeys.contains { key in
      guard key.referenced == relation, key.isValidated, key.isEnabled, !key.isDeferrable,
        key.columns.count == pairs.count, !canBeBroken(key, referring)
      else { return false }
      return zip(key.columns, key.referencedColumns).allSatisfy { column, referenced in
        pairs[referenced].map { $0.attribute == column && isKeyEquality($0.call, relation, referenced) } ?? false
      }
    }
  }

  private func isEquality(_ call: Call) -> Bool {
    call.operator.map { operation in catalog.equalityOperators.values.contains { $0.contains(operation) } } ?? false
  }

  /// The comparison is that of the key: of its index's family.
  private func isKeyEquality(_ call: Call, _ relation: ObjectID, _ column: Int) -> Bool {
    guard let operation = call.operator, let table = catalog.relations[relation] else { return false }
    return table.indexes.contains { index in
      guard index.isUnique, let position = index.keys.firstIndex(of: column) else { return false }
      guard catalog.equalityOperators[index.families[position]]?.contains(operation) ?? false else { return false }
      return index.collations[position] == .none || index.collations[position] == call.collation
    }
  }

  /// A BEFORE trigger or a rule of the table can keep its rows when the row they refer to goes.
  private func canBeBroken(_ key: CatalogForeignKey, _ relation: ObjectID) -> Bool {
    let actions = [key.onDelete, key.onUpdate]
    guard actions.contains(where: { $0 == .cascade || $0 == .setNull || $0 == .setDefault }) else { return false }
    return ([relation] + analyzer.descendants(of: relation)).contains { object in
      guard let table = catalog.relations[object] else { return true }
      return table.hasRowTrigger(.before, [.update, .delete]) || table.rules.contains(where: \.isInstead)
    }
  }

  /// What AND joins.
  func conjuncts(of condition: Expression) -> [Expression] {
    if case .junction(.and, let all, _) = condition { return all.flatMap(conjuncts) }
    return [condition]
  }
}
