// Queries as rows: what is proven of them, and what their statements are made of.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCFacts
import SQLCModel

extension FactWriter {
  /// - Parameter statements: what those are made of that the query can be, with all of its predicates and with none.
  mutating func add(_ query: QuerySnapshot, _ model: QueryModel, _ statements: [StatementParts], block: Int) -> Int {
    let id = newID("queries")
    let annotated = query.annotated
    let path = annotated.source.path
    add(
      "queries", .integer(id), .integer(block), .text(query.name), .text(annotated.command.rawValue), .text(path),
      .text(String(annotated.source.slice(annotated.statementRange))), FactValue(flag: model.isReadOnly),
      .text(model.rowCount.rawValue), .text(model.rowCountReason),
      place(SourceRange(path: path, range: annotated.nameRange)),
      place(SourceRange(path: path, range: annotated.statementRange)))
    for parameter in model.parameters {
      let (flag, reason) = nullability(parameter.nullability)
      add(
        "parameters", .integer(id), .integer(parameter.index), .text(parameter.name), .text(parameter.typeName), flag,
        reason, FactValue(flag: parameter.isSlice), FactValue(columnID(parameter.origin)), place(parameter.source))
    }
    var ordinal = 0
    for result in model.results {
      switch result {
      case .column(let column): addResult(column, embed: nil, id, &ordinal)
      case .embed(let embed): for column in embed.columns { addResult(column, embed: embed.name, id, &ordinal) }
      }
    }
    for (names, access) in [(model.reads, "read"), (model.writes, "write")] {
      for name in names {
        if let table = tables[name.name.lowercased()] {
          add("query_tables", .integer(id), .integer(table), .text(access))
        }
      }
    }
    for (parts, combination) in zip(statements, ["whole", "least"]) {
      add(parts, combination, id, query.analyzed.source.path)
    }
    return id
  }

  private mutating func add(_ parts: StatementParts, _ combination: String, _ id: Int, _ path: String) {
    func at(_ range: ByteRange) -> SourceRange { SourceRange(path: path, range: range) }
    add(
      "statements", .integer(id), .text(combination), .text(parts.verb.rawValue),
      FactValue(parts.target.flatMap { tables[$0.lowercased()] }), FactValue(flag: parts.hasCondition),
      FactValue(flag: parts.hasLimit), FactValue(flag: parts.hasOrder), FactValue(flag: parts.isOrderTotal),
      place(parts.offset.map(at)))
    guard combination == "whole" else { return }
    for (reference, access) in [(parts.readColumns, "read"), (parts.writtenColumns, "write")] {
      for column in reference.sorted() {
        if let columnID = columnID(column) { add("query_columns", .integer(id), .integer(columnID), .text(access)) }
      }
    }
    for pin in parts.pins {
      if let columnID = columnID(pin.column) {
        add("pins", .integer(id), .integer(columnID), .text(pin.parameter), place(at(pin.range)))
      }
    }
    for clause in parts.clauses {
      add("clauses", .integer(id), .text(clause.kind.rawValue), .text(clause.detail), place(at(clause.range)))
    }
  }

  private mutating func addResult(_ column: ResultColumnModel, embed: String?, _ id: Int, _ ordinal: inout Int) {
    ordinal += 1
    let (flag, reason) = nullability(column.nullability)
    add(
      "results", .integer(id), .integer(ordinal), .text(column.name), FactValue(embed), .text(column.typeName), flag,
      reason, FactValue(columnID(column.origin)), place(column.source))
  }

  private func nullability(_ nullability: ModelNullability) -> (flag: FactValue, reason: FactValue) {
    switch nullability {
    case .never: (.integer(0), .null)
    case .optional(let reason, _): (.integer(1), .text(reason))
    }
  }

  func columnID(_ reference: ColumnReference?) -> Int? {
    reference.flatMap { column($0.column, of: $0.table.name) }
  }
}
