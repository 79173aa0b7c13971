// The row that RETURNING shows: what the statement wrote. BEFORE triggers cannot change it, AFTER triggers and foreign keys
// change the table only later (SQLite, lang_returning.html §3). Before and after, for `t (id INTEGER PRIMARY KEY, a, b)`:
//
//     INSERT INTO t (a) VALUES ('x') RETURNING a, b              text, any?
//     INSERT INTO t (b) VALUES (?) ON CONFLICT (id)
//       DO UPDATE SET a = 'y' WHERE b IS NOT NULL RETURNING a    any?    inserted without a, or updated with it
//     UPDATE t SET a = 'x' WHERE b > 1 RETURNING a, b            text, any

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The columns of a target in the row that a statement leaves there.
struct WrittenRow {
  /// By index of the target's columns. A table's columns keep their types; of a view the values are as they were given.
  var columns: [Value]

  /// One row or the other.
  func or(_ other: WrittenRow) -> WrittenRow {
    WrittenRow(columns: zip(columns, other.columns).map { $0.with($0.nullability || $1.nullability) })
  }
}

extension Inference {
  /// - Parameter values: for each column of the INSERT; absent for DEFAULT VALUES.
  func insertedRow(_ insert: BoundInsert, _ values: [Value]?) -> WrittenRow {
    guard case .table(let table) = insert.target.kind else {
      var given: [Int: Value] = [:]
      // Of a column that is listed twice the first value counts.
      for (column, value) in zip(insert.columns, values ?? []) where given[column] == nil { given[column] = value }
      return rowOfView(insert.target) { given[$0] }
    }
    var columns = ownColumns(of: insert.target)
    for (index, column) in table.columns.enumerated() where mayHoldNull(column, at: index, of: table) {
      let given = zip(insert.columns, values ?? []).first { $0.0 == index }?.1
      columns[index].facts.nullability =
        given.map { nullability($0, in: columns[index], of: column, of: table) }
        ?? (column.isDefaultNonNull
          ? .never
          : unwritten(columns[index], "'\(column.name)' of '\(table.name)' is given no value here"))
    }
    loosenGenerated(table, &columns)
    return WrittenRow(columns: columns)
  }

  /// - Parameters:
  ///   - written: what SET gives to columns.
  ///   - proven: what is not NULL in the row as it was.
  func updatedRow(_ target: BoundSource, _ written: [Int: Value], proven: Set<ColumnKey>) -> WrittenRow {
    guard case .table(let table) = target.kind else {
      return rowOfView(target) { index in written[index].map { stored($0, inViewColumn: index, of: target) } }
    }
    var columns = ownColumns(of: target)
    let keeps = keepsValues(table)
    for (index, column) in table.columns.enumerated() {
      if let value = written[index] {
        guard mayHoldNull(column, at: index, of: table) else { continue }
        columns[index].facts.nullability = nullability(value, in: columns[index], of: column, of: table)
      } else if keeps, proven.contains(ColumnKey(source: target.id, index: index)), column.generation == nil {
        columns[index].facts.nullability = .never
      }
    }
    loosenGenerated(table, &columns)
    return WrittenRow(columns: columns)
  }

  /// Lets expressions that follow see the row in place of the table's.
  func show(_ row: WrittenRow, of target: BoundSource) {
    guard var state = states[target.id] else { return }
    switch state.content {
    case .columns: state.content = .columns(row.columns)
    case .table(var table):
      for (index, value) in row.columns.enumerated() { table.columns[index].facts.nullability = value.nullability }
      state.content = .table(table)
      state.nonNull = []
    }
    states[target.id] = state
  }

  private func ownColumns(of target: BoundSource) -> [Value] {
    let state = SourceState(name: target.name, content: content(of: target), select: nil)
    return target.columns.indices.map { baseValue(of: $0, in: state) }
  }

  private func content(of target: BoundSource) -> SourceState.Content {
    switch target.kind {
    case .table(let table), .excluded(let table): .table(table)
    case .view, .subquery, .commonTable, .tableFunction, .triggerRow:
      states[target.id]?.content ?? .columns([])
    }
  }

  /// Not when a constraint keeps NULL away, nor where the value is not written but computed or counted.
  private func mayHoldNull(_ column: Column, at index: Int, of table: Table) -> Bool {
    if column.generation != nil || table.rowidAlias == index { return false }
    return column.facts.nullability.canBeNull || column.isAssumedNonNull
  }

  private func nullability(_ value: Value, in own: Value, of column: Column, of table: Table) -> Nullability {
    guard case .maybe(let reason) = value.nullability, !value.facts.isUnknown else { return .never }
    return own.nullability.canBeNull ? own.nullability : .maybe(reason)
  }

  private func unwritten(_ own: Value, _ words: String) -> Nullability {
    own.nullability.canBeNull ? own.nullability : .maybe(NullReason(.other(words), at: nil))
  }

  /// A generated column was judged with keys that are not NULL; here one is.
  private func loosenGenerated(_ table: Table, _ columns: inout [Value]) {
    let key = table.columns.indices.first {
      table.columns[$0].isAssumedNonNull && columns[$0].nullability.canBeNull
    }
    guard let key else { return }
    for (index, column) in table.columns.enumerated() where column.generation != nil && !column.isNotNull {
      columns[index].facts.nullability = unwritten(columns[index], "'\(table.columns[key].name)' can be NULL here")
    }
  }

  /// Nothing else can change the row between WHERE and RETURNING: after BEFORE triggers SQLite reads it anew, and triggers
  /// and foreign keys of one row can reach the next.
  private func keepsValues(_ table: Table) -> Bool { !catalog.restlessTables.contains(table.name.asciiLowercased) }

  /// What WHERE proves of a statement's target and still holds when the row is read again.
  func settled(_ proof: NonNull, of target: BoundSource) -> NonNull {
    guard case .table(let table) = target.kind, !keepsValues(table) else { return proof }
    return proof.restricted(to: proof.columns.filter { $0.source != target.id }) { _ in false }
  }

  // MARK: Views

  /// What RETURNING shows of a view is the row as written, before the INSTEAD OF triggers run (SQLite, lang_returning.html
  /// §3): what is not written is NULL, and what is has the class it was given, since a view converts nothing.
  private func rowOfView(_ target: BoundSource, given: (Int) -> Value?) -> WrittenRow {
    let name = if case .view(let view, _) = target.kind { view.name } else { target.name }
    let reason = NullReason(
      .other("RETURNING shows what was written to the view '\(name)', not what is in it"), at: nil)
    let columns = ownColumns(of: target).enumerated().map { index, own in
      guard var value = given(index) else { return Value(own.facts).with(.maybe(reason)) }
      // A NULL has no type of its own.
      if value.facts.storage.isEmpty { value = own.with(value.nullability) }
      return Value(value.facts)
    }
    return WrittenRow(columns: columns)
  }

  /// UPDATE applies the affinity of the view's column, INSERT does not (SQLite, update.c, insert.c). The affinity is not
  /// known here, but a value of the class that the column has stays what it is.
  private func stored(_ value: Value, inViewColumn index: Int, of target: BoundSource) -> Value {
    let own = ownColumns(of: target)
    guard own.indices.contains(index), own[index].facts.storage != value.facts.storage, !value.facts.storage.isEmpty
    else { return value }
    return Value(.any, value.nullability)
  }
}
