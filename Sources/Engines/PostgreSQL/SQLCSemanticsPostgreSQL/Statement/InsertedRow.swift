public import SQLCTreePostgreSQL

/// The one row of `INSERT … VALUES (…)`, in view of inserting many of it.
public struct InsertedRowFacts: Sendable, Hashable {
  /// How many rows at a time come to the same as one after the other.
  public enum Repetition: Sendable, Hashable {
    /// They can be loaded into the table (COPY): each parameter is the value of one of these columns, `$1` of the first.
    case load(columns: [String])
    /// A single statement can have them all.
    case statement
    /// A row may ask what those before it did, or change one of them.
    case none
  }
  public var relation: ObjectID
  public var repetition: Repetition
}

extension StatementAnalyzer {
  /// Nothing for other statements.
  func insertedRow(of query: Query, parameterCount: Int) -> InsertedRowFacts? {
    let parts = query.parts
    guard parts.command == .insert, parts.from?.ranges.isEmpty ?? true, let target = parts.target,
      case .relation(let relation, _)? = parts.ranges.at(target - 1)?.kind, let table = catalog.relations[relation]
    else { return nil }
    return InsertedRowFacts(relation: relation, repetition: repetition(of: query, table, parameterCount))
  }

  private func repetition(
    of query: Query, _ table: CatalogRelation, _ parameterCount: Int
  ) -> InsertedRowFacts.Repetition {
    let parts = query.parts
    // A second row with the key of the first: DO UPDATE refuses it in one statement, and changes the first in two.
    guard parts.onConflict?.action != .update, parts.returning.isEmpty, parts.commonTables.isEmpty else { return .none }
    var asksBefore = false
    for target in parts.targets {
      target.expression.forEachInside { part, _ in
        switch part {
        case .subquery, .nextValue: if case .subquery = part { asksBefore = true }
        case .call(let call):
          // Of a statement's own rows a STABLE function sees none.
          let function = catalog.functions[self.function(of: call)]
          if function?.schema != "pg_catalog", function?.volatility == .stable { asksBefore = true }
        default: break
        }
      }
    }
    if asksBefore { return .none }
    return loadedColumns(parts, table, parameterCount).map { .load(columns: $0) } ?? .statement
  }

  private func loadedColumns(_ parts: QueryParts, _ table: CatalogRelation, _ parameterCount: Int) -> [String]? {
    guard table.kind == .table || table.kind == .partitionedTable, parts.onConflict == nil, table.rules.isEmpty,
      table.rowSecurity == .off, parts.targets.count == parameterCount
    else { return nil }
    var columns = [String?](repeating: nil, count: parameterCount)
    for target in parts.targets {
      guard let column = table.column(target.number), column.generation == nil, column.identity != .always,
        case .parameter(let parameter) = stored(target.expression), parameter.kind == .external,
        parameter.type == column.type, columns.indices.contains(parameter.number - 1),
        columns[parameter.number - 1] == nil
      else { return nil }
      columns[parameter.number - 1] = column.name
    }
    let all = columns.compactMap(\.self)
    return all.count == parameterCount ? all : nil
  }

  /// Without what storing in a column of some length does, which loading does as well.
  private func stored(_ expression: Expression) -> Expression {
    switch expression {
    case .conversion(let conversion) where conversion.kind == .relabel: stored(conversion.argument)
    case .domain(let inner, _, _): stored(inner)
    case .call(let call) where call.form == .implicitCast: call.arguments.first.map(stored) ?? expression
    default: expression
    }
  }
}
