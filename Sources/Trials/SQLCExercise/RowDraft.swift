// One row on its way into a table, with the parents that it needs.

import SQLCEngine

/// A row of which some values are chosen.
struct RowDraft {
  var table: TrialTable
  /// By column, in lower case. What is not here is left to the database.
  var values: [String: TrialValue] = [:]
  /// What no repair may change: values that a child waits for.
  var fixed: Set<String> = []
}

/// How adventurous the values of a row are.
enum RowStyle { case varied, plain }

/// Repairs that one row gets before it is given up.
private let longestRepair = 60

extension Filler {
  /// Puts one row in, and the parents that it cannot do without. Foreign keys may wait for each other until all are there.
  ///
  /// - Returns: the refusal; nil when the row is in.
  mutating func insert(into table: TrialTable, _ style: RowStyle) -> String? {
    pending = []
    madeParents = 0
    defer { pending = [] }
    do throws(TrialFailure) {
      guard begin() else { return "no transaction could be begun" }
      pending.append(RowDraft(table: table))
      if let refusal = complete(style) {
        rollBack()
        return refusal
      }
      try database.commitRows()
      return nil
    } catch {
      rollBack()
      return error.message
    }
  }

  private func begin() -> Bool { (try? database.beginRows()) != nil }

  private func rollBack() { if database.isInTransaction { database.rollBackRows() } }

  /// Chooses the values of the row on top and inserts it, mending what the database refuses.
  mutating func complete(_ style: RowStyle) -> String? {
    let place = pending.count - 1
    let table = pending[place].table
    for key in table.foreignKeys { if let refusal = refer(key, place, style) { return refusal } }
    for column in table.columns where !column.isGenerated && pending[place].values[column.key] == nil {
      if column.isNumbered, maker.random.chance(90) { continue }
      pending[place].values[column.key] = value(for: column, style)
    }
    var refusal = "no value was found for it"
    for _ in 0..<longestRepair {
      let draft = pending[place]
      do throws(TrialFailure) {
        if let misfit = try insert(draft) { return misfit }
        return nil
      } catch {
        refusal = error.message
        if error.cause == .constraint(.trigger) { report.byTrigger.insert(table.name) }
        // A trigger's RAISE(ROLLBACK) has taken everything along: what was made for this row, too.
        if !database.isInTransaction {
          guard place == 0, madeParents == 0, begin() else { return refusal }
        }
        guard repair(error, place, style) else { return refusal }
      }
    }
    return refusal
  }

  /// - Returns: what is wrong with a value that a foreign key brought, though the database took it.
  private func insert(_ draft: RowDraft) throws(TrialFailure) -> String? {
    let kept = try database.insert(draft.values, into: draft.table)
    for column in draft.table.columns {
      guard let value = kept[column.key], !value.isNull, database.types.fit(of: value, in: column.kind) != .asItIs
      else {
        continue
      }
      return "'\(column.name)' is \(column.declaredType), and the key that it refers to holds "
        + database.types.typeName(of: value)
    }
    return nil
  }

  mutating func value(for column: TrialTable.Column, _ style: RowStyle) -> TrialValue {
    let percentage =
      switch style {
      case .plain: 90
      case .varied: plan.nullPercentage
      }
    if column.mayBeNull, maker.random.chance(percentage) { return .null }
    return someValue(for: column)
  }

  /// A value that is not NULL.
  mutating func someValue(for column: TrialTable.Column) -> TrialValue {
    let value =
      column.isUnique
      ? maker.uniqueValue(of: column.kind, hints: column.hints)
      : maker.value(of: column.kind, hints: column.hints)
    // A number's text, where children keep it as a number.
    guard column.isReferredToByNumbers, case .text = value else { return value }
    guard case .integer(let number) = maker.uniqueValue(of: .integer) else { return value }
    return .text("\(number)")
  }
}
