// What a value brings into a comparison: an affinity and a collating sequence (SQLite, datatype3.html §4.2 and §7.1).

import SQLCSyntaxSQLite

struct ComparisonTraits {
  /// Absent: none, as that of a literal.
  var affinity: Affinity?
  /// Of a column, BINARY where none is declared; absent for what is no column.
  var collation: String?
  /// Equal values are the same value: no other case of a letter, no 1.0 for 1.
  var isExact = false
  /// It is TEXT or NULL, whatever its affinity.
  var isText = false

  var hasAffinity: Bool { affinity != nil }

  /// Of a literal, a parameter, an expression.
  static let none = ComparisonTraits()
}

/// Finds them for expressions over some sources.
struct TraitFinder {
  let source: (SourceID) -> BoundSource?
  let tables: VisibleCommonTables

  /// Nothing where they are not known: for columns of outer queries, of compounds, of recursive common tables.
  func traits(of expression: BoundExpression) -> ComparisonTraits? {
    switch expression.kind {
    case .column(let column): return traits(of: column)
    case .mergedColumn, .invalid, .row, .tableColumn: return nil
    case .cast(let operand, let type):
      return ComparisonTraits(affinity: Affinity(declaredType: type.text), collation: traits(of: operand)?.collation)
    // "A column name preceded by one or more unary "+" operators … is still considered a column name" for its collation.
    case .unary(.plus, let operand):
      guard let traits = traits(of: operand) else { return nil }
      return ComparisonTraits(collation: traits.collation)
    case .collate(let operand, let collation):
      return ComparisonTraits(affinity: traits(of: operand)?.affinity, collation: collation.asciiLowercased)
    case .subquery(let query): return output(0, of: query)
    case .call(let call):
      guard case .fixed(.text, _)? = FunctionCatalog.builtin.builtin(for: call.function)?.result else {
        return ComparisonTraits.none
      }
      return ComparisonTraits(isText: true)
    default: return ComparisonTraits.none
    }
  }

  func traits(of column: BoundColumn) -> ComparisonTraits? {
    guard let source = source(column.source) else { return nil }
    switch source.kind {
    case .table(let table), .excluded(let table), .triggerRow(let table), .tableFunction(let table, _):
      guard column.index >= 0 else {
        return ComparisonTraits(affinity: .integer, collation: "binary", isExact: true)
      }
      guard table.columns.indices.contains(column.index) else { return nil }
      let definition = table.columns[column.index]
      // A virtual table converts nothing, whatever its columns are declared as (SQLite, vtab.html).
      let isExact = table.kind == .ordinary && definition.collation == nil && definition.affinity != .blob
      return ComparisonTraits(
        affinity: definition.affinity, collation: definition.collation ?? "binary", isExact: isExact)
    case .view(_, let query), .subquery(let query): return output(column.index, of: query)
    case .commonTable(let id):
      guard let table = tables[id], !table.isRecursive else { return nil }
      return output(column.index, of: table.query)
    }
  }

  private func output(_ index: Int, of query: BoundQuery) -> ComparisonTraits? {
    guard case .select(let select) = query.body, select.outputs.indices.contains(index) else { return nil }
    var own: [SourceID: BoundSource] = [:]
    for source in select.from?.allSources ?? [] { own[source.id] = source }
    let finder = TraitFinder(source: { own[$0] }, tables: tables.adding(query.commonTables))
    return finder.traits(of: select.outputs[index].expression)
  }
}
