// Unique indexes over expressions or with a WHERE, as keys.
//
//     CREATE UNIQUE INDEX by_email ON users (lower(email)) WHERE deleted_at IS NULL
//
// | a term is bound by                                 | because                                              |
// |----------------------------------------------------|------------------------------------------------------|
// | an equality of its column                           | as in any key                                        |
// | an equality of the same expression                  | SQLite lets only deterministic ones into an index    |
// | equalities of all columns in it, none of them NULL  | it has one value then; it must not be NULL by itself |
//
// An equality serves that takes for the same only what the index does: BINARY under any collation of the index, else by the
// index's own.

import SQLCSyntaxSQLite

extension Uniqueness {
  func isBound(_ key: IndexKey, of source: BoundSource, _ table: Table) -> Bool {
    key.terms.allSatisfy { term in
      switch term {
      case .column(let index): return fixed.contains(BoundColumnKey(source.id, index))
      case .expression(let expression, let collation):
        let own = expression.replacingColumns { BoundColumn(source: source.id, index: $0.index, name: $0.name) }
        let isBound = equalities.contains { equality in
          equality.kind == .equal && applies(equality.reach, to: source.id)
            && (binds(equality.left, to: equality.right, own, collation, of: source, table)
              || binds(equality.right, to: equality.left, own, collation, of: source, table))
        }
        return isBound || isExactly(own) && isNeverNull(own, table)
      }
    }
  }

  /// Has it one value, to the letter?
  private func isExactly(_ expression: BoundExpression) -> Bool {
    if case .column(let column) = expression.kind, traits.traits(of: column)?.isExact != true { return false }
    return isFixed(expression)
  }

  /// Are the rows of the source that come out among those of the index, where its columns are not NULL?
  func covers(_ key: IndexKey, rowsOf source: BoundSource, _ table: Table) -> Bool {
    guard let wanted = key.condition else { return true }
    let known = conditions.filter { applies($0.reach, to: source.id) }.map(\.condition)
    let range = source.range
    // `=` is not true of NULL.
    let present = Set(key.columns).union(fixed.filter { $0.source == source.id }.map(\.index)).sorted().map { index in
      let column = BoundExpression(.column(BoundColumn(source: source.id, index: index, name: "")), range: range)
      return BoundExpression(.nullTest(column, isNull: false), range: range)
    }
    return Implication(source: source.id, table: table).holds(wanted, given: known + present)
  }

  /// Is one of them, over that source, written like the other, whose columns are the table's by place?
  func isSame(
    _ expression: BoundExpression, _ definition: BoundExpression, of source: BoundSource, _ table: Table
  ) -> Bool {
    func place(_ index: Int) -> Int { table.rowidAlias == index ? BoundColumn.rowid : index }
    return SQLCSemanticsSQLite.isSame(expression, definition) { own, other in
      own.source == source.id && place(own.index) == place(other.index)
    }
  }

  /// Is what an index by that collation tells apart told apart by the expression's own, too?
  func isKept(_ expression: BoundExpression, by collation: String?, of source: BoundSource) -> Bool {
    let own = expression.replacingColumns { BoundColumn(source: source.id, index: $0.index, name: $0.name) }
    guard !hasCollation(own), let traits = traits.traits(of: own) else { return false }
    let used = traits.collation ?? "binary"
    return used == "binary" || used == collation
  }

  private func hasCollation(_ expression: BoundExpression) -> Bool {
    expression.contains { if case .collate = $0.kind { true } else { false } }
  }

  /// Does `side = value` bind the indexed expression, and tell apart whatever the index does?
  private func binds(
    _ side: BoundExpression, to value: BoundExpression, _ wanted: BoundExpression, _ collation: String?,
    of source: BoundSource, _ table: Table
  ) -> Bool {
    var (written, explicit): (BoundExpression, String?) = (side, nil)
    if case .collate(let operand, let name) = side.kind { (written, explicit) = (operand, name.asciiLowercased) }
    guard isSame(written, wanted, of: source, table), isFixed(value), !hasCollation(wanted), !hasCollation(value),
      let own = traits.traits(of: wanted)
    else { return false }
    // A column of an outer query may bring any affinity and collation.
    guard let other = traits.traits(of: value) else { return false }
    switch other.affinity {
    case .integer?, .real?, .numeric?:
      switch own.affinity {
      case .integer?, .real?, .numeric?: break
      case .text?, .blob?, nil: return false
      }
    case .text?: guard own.hasAffinity || own.isText else { return false }
    case .blob?, nil: break
    }
    let used = explicit.map { [$0] } ?? [own.collation, other.collation].compactMap { $0 }
    return used.allSatisfy { $0 == "binary" || $0 == collation }
  }

  /// In rows in which the columns that are bound by equality are not NULL.
  private func isNeverNull(_ expression: BoundExpression, _ table: Table) -> Bool {
    switch expression.kind {
    case .literal(let value):
      switch value {
      case .integer, .real, .string, .blob: return true
      case .null, .currentDate, .currentTime, .currentTimestamp: return false
      }
    case .column(let column):
      if column.index == BoundColumn.rowid || table.rowidAlias == column.index { return true }
      return fixed.contains(BoundColumnKey(column))
        || table.columns.indices.contains(column.index) && table.columns[column.index].isNotNull
    case .cast(let operand, _), .collate(let operand, _): return isNeverNull(operand, table)
    case .nullTest: return true
    case .binary(.concat, let left, let right): return isNeverNull(left, table) && isNeverNull(right, table)
    case .call(let call):
      switch FunctionCatalog.builtin.builtin(for: call.function)?.nulls {
      case .never?: return true
      case .anyArgument?: return call.arguments.allSatisfy { isNeverNull($0, table) }
      case .allArguments?: return call.arguments.contains { isNeverNull($0, table) }
      default: return false
      }
    default: return false
    }
  }

  func text(of term: IndexKey.Term, _ table: Table) -> String {
    switch term {
    case .column(let index): return "'\(table.columns[index].name)'"
    case .expression(let expression, _):
      var names: [String] = []
      expression.forEachReference { reference in
        if case .column(let column) = reference, !names.contains(column.name) { names.append(column.name) }
      }
      return "an expression of " + names.map { "'\($0)'" }.joined(separator: ", ")
    }
  }
}
