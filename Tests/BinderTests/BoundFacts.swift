// What the cases ask about a bound statement, in words.

import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension BoundStatement {
  /// The value of a `--= key value` line; absent for a key nobody knows.
  func fact(_ key: String, in catalog: Catalog, source: SourceFile) -> String? {
    switch key {
    case "columns": return columnNames.joined(separator: ", ")
    case "star":
      return expansions.map { $0.columns.joined(separator: ", ") }.joined(separator: "; ")
    case "parameters": return parameters.map(describe).joined(separator: ", ")
    case "reads": return effects(of: self, in: catalog).reads.joined(separator: ", ")
    case "writes": return effects(of: self, in: catalog).writes.joined(separator: ", ")
    case "outputs": return outputs.map { Description(self).text(of: $0.expression) }.joined(separator: ", ")
    case "where":
      guard case .query(let query) = body, case .select(let select) = query.body else { return "" }
      return select.whereClause.map { Description(self).text(of: $0) } ?? ""
    case "order":
      guard case .query(let query) = body else { return "" }
      return query.orderBy.map { Description(self).text(of: $0) }.joined(separator: ", ")
    case "group":
      guard case .query(let query) = body, case .select(let select) = query.body else { return "" }
      return select.groupBy.map { Description(self).text(of: $0) }.joined(separator: ", ")
    case "aggregate":
      guard case .query(let query) = body, case .select(let select) = query.body else { return "" }
      return select.isAggregate ? "yes" : "no"
    case "insert":
      guard case .insert(let node) = body else { return "" }
      return node.columns.map { $0 < 0 ? "rowid" : node.target.columns[$0].name }.joined(separator: ", ")
    default: return nil
    }
  }

  var columnNames: [String] {
    if case .query(let query) = body { return query.columnNames }
    return outputs.map(\.name)
  }

  var outputs: [BoundOutput] {
    switch body {
    case .query(let query): return firstOutputs(query.body)
    case .insert(let node): return node.returning ?? []
    case .update(let node): return node.returning ?? []
    case .delete(let node): return node.returning ?? []
    case .utility, .invalid: return []
    }
  }

  private func firstOutputs(_ body: BoundQueryBody) -> [BoundOutput] {
    switch body {
    case .select(let select): return select.outputs
    case .values: return []
    case .compound(_, let left, right: _, range: _): return firstOutputs(left)
    }
  }

  private func describe(_ parameter: BoundParameter) -> String {
    let kind =
      switch parameter.kind {
      case .argument: ""
      case .nullableArgument: "?"
      case .slice: "[]"
      }
    return "\(parameter.index)\(parameter.name.map { " \($0)" } ?? "")\(kind) ×\(parameter.occurrences.count)"
  }
}

/// Expressions as short text: columns as source and name.
struct Description {
  private var names: [SourceID: String] = [:]

  init(_ statement: BoundStatement) {
    switch statement.body {
    case .query(let query): collect(query)
    case .insert(let node): names[node.target.id] = node.target.name
    case .update(let node):
      names[node.target.id] = node.target.name
      if let from = node.from { collect(from) }
    case .delete(let node): names[node.target.id] = node.target.name
    case .utility, .invalid: break
    }
  }

  private mutating func collect(_ query: BoundQuery) {
    for table in query.commonTables { collect(table.query) }
    collect(query.body)
  }

  private mutating func collect(_ body: BoundQueryBody) {
    switch body {
    case .select(let select):
      if let from = select.from { collect(from) }
      for output in select.outputs {
        if case .subquery(let query) = output.expression.kind { collect(query) }
      }
    case .values: break
    case .compound(_, let left, let right, range: _):
      collect(left)
      collect(right)
    }
  }

  private mutating func collect(_ from: BoundFrom) {
    switch from {
    case .source(let source):
      names[source.id] = source.name
      switch source.kind {
      case .view(_, let query), .subquery(let query): collect(query)
      default: break
      }
    case .join(let join):
      collect(join.left)
      collect(join.right)
    }
  }

  func text(of expression: BoundExpression) -> String {
    switch expression.kind {
    case .literal(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .parameter(let index): "?\(index)"
    case .column(let column): "\(names[column.source] ?? "#").\(column.name)"
    case .mergedColumn(let columns):
      "coalesce(" + columns.map { "\(names[$0.source] ?? "#").\($0.name)" }.joined(separator: ",") + ")"
    case .tableColumn(let source): "table(\(names[source] ?? "#"))"
    case .binary(let op, let left, let right): "(\(text(of: left)) \(op.rawValue) \(text(of: right)))"
    case .unary(let op, let operand): "\(op.rawValue)\(text(of: operand))"
    case .call(let call):
      switch call.role {
      case .scalar: "\(call.function.name)(\(call.arguments.map(text).joined(separator: ",")))"
      case .aggregate(let core):
        "\(call.function.name)#\(core.rawValue)(\(call.arguments.map(text).joined(separator: ",")))"
      case .window: "\(call.function.name)@(\(call.arguments.map(text).joined(separator: ",")))"
      }
    case .like(let op, isNegated: _, let operand, let pattern, escape: _):
      "(\(text(of: operand)) \(op.rawValue) \(text(of: pattern)))"
    case .subquery: "(subquery)"
    default: "…"
    }
  }
}
