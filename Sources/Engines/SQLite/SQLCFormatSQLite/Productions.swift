// Which production is laid out how.

import SQLCFormat
import SQLCSyntaxSQLite

extension Layout {
  func document(_ node: ConcreteNode) -> Document {
    switch node.kind {
    case .item: return item(node)
    case .insert, .update, .delete: return joined(clauses(node), in: .statement)
    case .select: return joined(clauses(node), in: .expression)
    case .selectCore, .compound, .from, .with: return .group(.joined(clauses(node), by: .line))
    case .values, .returning, .limit: return clause(node.elements[...])
    case .upsert: return upsert(node)
    case .commonTable: return commonTable(node)
    case .resultColumn: return resultColumn(node)
    case .join, .joinOn, .joinUsing: return join(node.elements[...])

    case .createTable: return createTable(node)
    case .createIndex: return createIndex(node)
    case .createView: return createView(node)
    case .createTrigger: return createTrigger(node)
    case .createVirtualTable, .pragma, .function, .tableFunction: return call(node)
    case .columnDefinition: return columnDefinition(node)
    case .tableForeignKey: return tableConstraint(node)
    case .foreignKeyClause: return foreignKeyClause(node)
    // STRICT, ROWID, STORED: words of the grammar that are no keywords.
    case .tableOption, .columnGenerated: return words(node)

    case .binary: return .group(.nest(2, chain(node)))
    case .unary: return unary(node)
    case .caseWhen: return caseWhen(node)
    case .caseBranch: return caseBranch(node)
    case .window: return window(node)
    case .tableSubquery: return withNames(true) { flow(node.elements) }
    case .exists, .subquery, .inSubquery: return nameless(node)

    case .name, .moduleArgument, .stringLiteral, .blobLiteral, .integerLiteral, .realLiteral, .parameter:
      return verbatimLeaf(node)
    // SQLite keeps a type's text, blanks included.
    case .typeName: return verbatim(node.tokens)
    case .macro: return flow(node.elements[...], keepsCase: true)
    default: return flow(node.elements)
    }
  }

  /// A statement with its semicolon.
  private func item(_ node: ConcreteNode) -> Document {
    guard case .node(let statement)? = node.elements.first else { return flow(node.elements) }
    let body: Document =
      statement.kind == .select ? joined(clauses(statement), in: .statement) : document(statement)
    return body + flow(node.elements.dropFirst())
  }

  private func words(_ node: ConcreteNode) -> Document {
    grammarWords.formUnion(node.elements.compactMap { if case .token(let index) = $0 { index } else { nil } })
    return flow(node.elements)
  }

  /// A name or a value of one token as it is; one of several is a signed number.
  private func verbatimLeaf(_ node: ConcreteNode) -> Document {
    guard node.kind != .moduleArgument, !hasComments(node.tokens.dropFirst()) else { return verbatim(node.tokens) }
    return .concatenation(node.tokens.map { literally($0) })
  }
}

extension Range<Int> {
  fileprivate func dropFirst() -> Range<Int> { isEmpty ? self : (lowerBound + 1)..<upperBound }
}
