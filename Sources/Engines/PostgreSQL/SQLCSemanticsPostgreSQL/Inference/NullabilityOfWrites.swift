import SQLCTreePostgreSQL

extension QueryScope {
  /// Why a column of the table that is written can be NULL in RETURNING.
  func targetCause(_ variable: Variable) -> NullCause? {
    let offset = variable.offset.value
    switch (parts.command, variable.row) {
    case (.insert, .old), (.merge, .old): return NullCause(.insertedHasNoOld, at: offset)
    case (.delete, .new), (.merge, .new): return NullCause(.deletedHasNoNew, at: offset)
    default: break
    }
    guard case .relation(let relation, let inheritance)? = parts.ranges.at(variable.range - 1)?.kind,
      let table = catalog.relations[relation]
    else { return NullCause(.notUnderstood("a table"), at: offset) }
    if analyzer.hasInsteadRule(relation, for: parts.ruleEvents) {
      return NullCause(.ruleInstead(table.name), at: offset)
    }
    guard variable.attribute != 0 else { return nil }
    switch table.kind {
    case .view: return viewTargetCause(table, variable)
    case .foreignTable: return analyzer.columnCause(of: relation, variable.attribute, inheritance)?.seen(from: offset)
    case .table, .partitionedTable, .materializedView, .compositeType, .sequence, .toastTable: break
    }
    // An INSERT into a table that others inherit from makes rows of that table.
    let stays = parts.command == .insert && table.kind == .table ? RangeEntry.Inheritance.only : inheritance
    guard let base = analyzer.columnCause(of: relation, variable.attribute, stays)?.seen(from: offset) else {
      return nil
    }
    if isWrittenNotNull(variable, relation, table, stays) { return nil }
    return base
  }

  private func isWrittenNotNull(
    _ variable: Variable, _ relation: ObjectID, _ table: CatalogRelation, _ inheritance: RangeEntry.Inheritance
  ) -> Bool {
    var plain = variable
    plain.row = .standard
    let isKnownBefore = facts.contains(.notNull(.variable(plain)))
    let column = variable.attribute
    switch parts.command {
    case .delete: return isKnownBefore
    case .update where variable.row == .old: return isKnownBefore
    case .update:
      guard keepsWhatIsWritten(relation, table, inheritance, [.update]) else { return false }
      if let target = parts.targets.first(where: { $0.number == column && !$0.isHidden }) {
        return cause(target.expression, .input) == nil
      }
      return isKnownBefore && table.column(column)?.generation == nil
    case .insert:
      let events: Set<TableEvent> = parts.onConflict?.action == .update ? [.insert, .update] : [.insert]
      guard keepsWhatIsWritten(relation, table, inheritance, events), storedCause(attribute: column, at: nil) == nil
      else { return false }
      guard let conflict = parts.onConflict, conflict.action == .update else { return true }
      guard let target = conflict.set.first(where: { $0.number == column }) else { return false }
      return cause(target.expression, .input) == nil
    case .select, .merge, .utility: return false
    }
  }

  /// No trigger changes a row before it is stored, in the table or where its rows really are.
  private func keepsWhatIsWritten(
    _ relation: ObjectID, _ table: CatalogRelation, _ inheritance: RangeEntry.Inheritance, _ events: Set<TableEvent>
  ) -> Bool {
    let others = inheritance == .only && table.kind == .table ? [] : analyzer.descendants(of: relation)
    for (object, isPart) in [(relation, true)] + others.map({ ($0, table.kind == .partitionedTable) }) {
      guard isPart, let one = catalog.relations[object], one.kind == .table || one.kind == .partitionedTable else {
        return false
      }
      // A row that moves to another partition is deleted here and inserted there.
      let all = table.kind == .partitionedTable && events.contains(.update) ? events.union([.insert]) : events
      if one.hasRowTrigger(.before, all) { return false }
      if one.rules.contains(where: \.isInstead) { return false }
    }
    return true
  }

  /// Why the value that an INSERT stores in a column can be NULL, before triggers.
  func storedCause(attribute: Int, at offset: Int?) -> NullCause? {
    guard let target = parts.target,
      case .relation(let relation, _)? = parts.ranges.at(target - 1)?.kind, attribute > 0,
      let table = catalog.relations[relation], let column = table.column(attribute)
    else { return attribute <= 0 ? nil : NullCause(.notUnderstood("a column"), at: offset) }
    if table.kind != .view, analyzer.columnCause(of: relation, attribute, .only) == nil { return nil }
    let undeclared = NullCause(.undeclared(relation: table.name, column: column.name), at: offset)
    guard let assigned = parts.targets.first(where: { $0.number == attribute && !$0.isHidden })?.expression else {
      return defaultCause(column, undeclared)
    }
    switch withoutRelabels(assigned) {
    case .defaultValue: return defaultCause(column, undeclared)
    case .variable(let variable) where variable.levelsUp == 0:
      guard case .values(let rows)? = parts.ranges.at(variable.range - 1)?.kind else { break }
      for row in rows {
        guard let value = row.at(variable.attribute - 1) else { return undeclared }
        if case .defaultValue = value {
          if let cause = defaultCause(column, undeclared) { return cause }
        } else if let cause = cause(value, .input) {
          return cause
        }
      }
      return nil
    default: break
    }
    return cause(assigned, .input)
  }

  private func defaultCause(_ column: CatalogColumn, _ undeclared: NullCause) -> NullCause? {
    if column.identity != nil { return nil }
    guard column.generation == nil, let text = column.defaultValue,
      let expression = analyzer.expressions(of: text)?.first
    else { return undeclared }
    return QueryScope(Query.overTable(.none, name: ""), in: analyzer).cause(expression, .input) == nil
      ? nil : undeclared
  }

  /// A view that is written through shows the table's new row: what the table declares holds, its own WHERE need not.
  private func viewTargetCause(_ view: CatalogRelation, _ variable: Variable) -> NullCause? {
    let unknown = NullCause(.writtenThroughView(view.name), at: variable.offset.value)
    guard variable.attribute > 0, !view.triggers.contains(where: { $0.timing == .insteadOf }),
      !view.rules.contains(where: \.isInstead),
      case .relation(let relation, _)? = parts.ranges.at(variable.range - 1)?.kind,
      let inner = analyzer.definition(of: relation), inner.parts.from?.ranges.count == 1,
      case .variable(let column)? = inner.parts.targets.at(variable.attribute - 1)?.expression, column.levelsUp == 0,
      case .relation(let base, let inheritance)? = inner.parts.ranges.at(column.range - 1)?.kind,
      let table = catalog.relations[base], table.kind == .table || table.kind == .partitionedTable,
      analyzer.columnCause(of: base, column.attribute, inheritance) == nil
    else { return unknown }
    return nil
  }
}

extension CatalogRelation {
  func hasRowTrigger(_ timing: CatalogTrigger.Timing, _ events: Set<TableEvent>) -> Bool {
    triggers.contains {
      $0.isEnabled && $0.timing == timing && $0.level == .row && !$0.events.isDisjoint(with: events)
    }
  }
}
