// One row on its way into a table, with the parents that it needs.

import SQLCSQLiteHandle

/// A row of which some values are chosen.
struct RowDraft {
  var shape: TableShape
  /// By column, in lower case. What is not here is left to SQLite.
  var values: [String: Value] = [:]
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
  /// - Returns: SQLite's refusal; nil when the row is in.
  mutating func insert(into shape: TableShape, _ style: RowStyle) -> String? {
    pending = []
    madeParents = 0
    defer { pending = [] }
    do throws(SQLiteFailure) {
      guard open() else { return "no transaction could be begun" }
      pending.append(RowDraft(shape: shape))
      if let refusal = complete(style) {
        rollBack()
        return refusal
      }
      try connection.execute("RELEASE filling")
      return nil
    } catch {
      rollBack()
      return error.message
    }
  }

  private func open() -> Bool {
    (try? connection.execute("SAVEPOINT filling; PRAGMA defer_foreign_keys = ON")) != nil
  }

  private func rollBack() {
    guard !connection.database.isInAutocommit else { return }
    try? connection.execute("ROLLBACK TO filling; RELEASE filling")
  }

  /// Chooses the values of the row on top and inserts it, mending what SQLite refuses.
  mutating func complete(_ style: RowStyle) -> String? {
    let place = pending.count - 1
    let shape = pending[place].shape
    for key in shape.foreignKeys { if let refusal = refer(key, place, style) { return refusal } }
    for column in shape.columns where !column.isGenerated && pending[place].values[column.key] == nil {
      if column.isRowID, maker.random.chance(90) { continue }
      pending[place].values[column.key] = value(for: column, style)
    }
    var refusal = "no value was found for it"
    for _ in 0..<longestRepair {
      let draft = pending[place]
      do throws(SQLiteFailure) {
        if let misfit = try insert(draft) { return misfit }
        return nil
      } catch {
        refusal = error.message
        if error.constraint == .trigger { report.byTrigger.insert(shape.name) }
        // A trigger's RAISE(ROLLBACK) has taken everything along: what was made for this row, too.
        if connection.database.isInAutocommit {
          guard place == 0, madeParents == 0, open() else { return refusal }
        }
        guard repair(error, place, style) else { return refusal }
      }
    }
    return refusal
  }

  /// - Returns: what is wrong with a value that a foreign key brought, though SQLite took it.
  private func insert(_ draft: RowDraft) throws(SQLiteFailure) -> String? {
    let shape = draft.shape
    let columns = shape.columns.filter { draft.values[$0.key] != nil }
    let referring =
      shape.isVirtual ? [] : shape.columns.filter { column in shape.foreignKeys.contains { $0.has(column) } }
    let answer = (["1"] + referring.map { quoted($0.name) }).joined(separator: ", ")
    let sql =
      (columns.isEmpty
        ? "INSERT INTO \(quoted(shape.name)) DEFAULT VALUES"
        : "INSERT INTO \(quoted(shape.name)) (\(columns.map { quoted($0.name) }.joined(separator: ", "))) VALUES ("
          + columns.map { _ in "?" }.joined(separator: ", ") + ")")
      + (shape.isVirtual ? "" : " RETURNING \(answer)")
    let rows = try connection.rows(sql, columns.map { draft.values[$0.key] ?? .null })
    guard !shape.isVirtual else { return nil }
    guard let row = rows.first else {
      throw SQLiteFailure(extendedCode: ConstraintCode.trigger.rawValue, message: "a trigger ignores the row")
    }
    for (column, value) in zip(referring, row.dropFirst()) where !column.family.holds(value, plan) {
      return "'\(column.name)' is \(column.declaredType), and the key that it refers to holds \(value.storageClass)"
    }
    return nil
  }

  func mayBeNull(_ column: TableShape.Column) -> Bool {
    guard !column.isNotNull, column.keyPlace > 0 else { return !column.isNotNull }
    return switch plan.keyNulls {
    case .none: false
    // A NULL for the rowid is the next number.
    case .wherePermitted: !column.isRowID
    }
  }

  mutating func value(for column: TableShape.Column, _ style: RowStyle) -> Value {
    let percentage =
      switch style {
      case .plain: 90
      case .varied: plan.nullPercentage
      }
    if mayBeNull(column), maker.random.chance(percentage) { return .null }
    return someValue(for: column)
  }

  /// A value that is not NULL.
  mutating func someValue(for column: TableShape.Column) -> Value {
    let value =
      column.isUnique
      ? maker.uniqueValue(of: column.family, hints: column.hints)
      : maker.value(of: column.family, hints: column.hints)
    // A number's text, where children keep it as a number.
    guard column.isReferredToByNumbers, case .text = value else { return value }
    guard case .integer(let number) = maker.uniqueValue(of: .integer) else { return value }
    return .text("\(number)")
  }
}

extension ValueFamily {
  /// Is the value of a storage class that the family has? Families without one of their own hold anything.
  func holds(_ value: Value, _ plan: FillPlan) -> Bool {
    switch (self, value) {
    case (_, .null), (.any, _), (.json, _), (.numeric, _), (.dateTime, _), (.time, _): true
    case (.integer, .integer), (.boolean, .integer), (.real, .integer), (.real, .real): true
    case (.text, .text), (.date, .text), (.blob, .blob), (.vector, .blob): true
    case (.uuid, .text): !plan.storesUUIDsAsBlobs
    case (.uuid, .blob): plan.storesUUIDsAsBlobs
    default: false
    }
  }
}
