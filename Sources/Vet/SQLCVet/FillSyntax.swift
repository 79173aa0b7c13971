// How statements and definitions are written, as rows.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCFacts
import SQLCModel

/// How far statements are taken apart for rules.
public enum VetScope: Sendable, Hashable {
  /// Their clauses.
  case statements
  /// Every expression.
  case syntax

  /// What these rules ask about.
  public init(neededBy rules: [VetRule]) {
    let tables = ["expressions", "comparisons", "order_terms", "spellings"]
    self = rules.contains { rule in tables.contains { rule.select.contains($0) } } ? .syntax : .statements
  }
}

extension FactWriter {
  mutating func add(_ facts: SyntaxFacts, of query: QuerySnapshot, id: Int) {
    let source = query.analyzed.source
    add(facts, part: "query", queryID: id, table: nil, path: source.path) { String(source.slice($0)) }
  }

  mutating func add(_ part: SchemaSyntaxFacts, sources: SourceSet) {
    let source = sources[part.path]?.source
    add(part.facts, part: part.part.rawValue, queryID: nil, table: tables[part.table.lowercased()], path: part.path) {
      source.map { source in { String(source.slice($0)) } }?($0) ?? ""
    }
  }

  private mutating func add(
    _ facts: SyntaxFacts, part: String, queryID: Int?, table: Int?, path: String, text: (ByteRange) -> String
  ) {
    func at(_ range: ByteRange) -> SourceRange { SourceRange(path: path, range: range) }
    let ids = facts.expressions.map { _ in newID("expressions") }
    for (fact, id) in zip(facts.expressions, ids) {
      let isNullable: FactValue =
        switch fact.nullability {
        case .never: .integer(0)
        case .possible: .integer(1)
        case nil: .null
        }
      add(
        "expressions", .integer(id), FactValue(queryID), .text(part), FactValue(table),
        FactValue(fact.parent.map { ids[$0] }), .text(fact.role.rawValue), .integer(fact.ordinal),
        .text(fact.kind.rawValue), .text(fact.name), .text(text(fact.range)),
        FactValue(flag: fact.parentheses == .written), .text(fact.use.rawValue), FactValue(fact.type?.rawValue),
        FactValue(fact.type?.category.rawValue), FactValue(fact.affinity), isNullable, FactValue(columnID(fact.column)),
        FactValue(columnID(fact.target)),
        FactValue(fact.targetType?.rawValue), place(at(fact.range)))
    }
    for term in facts.orderTerms {
      add(
        "order_terms", FactValue(queryID), .integer(ids[term.expression]), .text(term.context.rawValue),
        .text(term.direction.rawValue), FactValue(term.nulls?.rawValue), FactValue(flag: term.reach == .total),
        FactValue(term.function))
    }
    for spelling in facts.spellings {
      add(
        "spellings", FactValue(queryID), .text(part), FactValue(table), .text(spelling.kind.rawValue),
        .text(spelling.detail), place(at(spelling.range)))
    }
  }
}

extension ForeignColumns {
  /// Of PostgreSQL's blocks in the same project: an application on two engines has its tables there too.
  init(_ snapshot: Snapshot, otherThan block: BlockSnapshot) {
    self.init()
    for other in snapshot.blocks where other.engine.name != block.engine.name {
      for table in other.schema.tables {
        for column in table.columns {
          guard let type = column.declaredType.flatMap(PortableType.init(declared:)) else { continue }
          let name = ColumnReference(
            table: QualifiedName(table.name.name.lowercased()), column: column.name.lowercased())
          types[name] = type
        }
      }
    }
  }
}
