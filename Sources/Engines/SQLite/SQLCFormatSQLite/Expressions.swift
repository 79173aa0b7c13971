// Expressions: chains of operators, CASE, calls, subqueries.

import SQLCFormat
import SQLCSyntaxSQLite

extension Layout {
  /// Operators that form one chain: `a AND b AND c`.
  private enum Chain { case or, and, comparison, bits, sum, product, concatenation }

  private func operatorToken(of node: ConcreteNode) -> TokenKind? {
    node.elements.lazy.compactMap { self.word($0) }.first
  }

  private func chain(of node: ConcreteNode) -> Chain {
    switch operatorToken(of: node) {
    case .or: .or
    case .and: .and
    case .shiftLeft, .shiftRight, .ampersand, .pipe: .bits
    case .plus, .minus: .sum
    case .star, .slash, .percent: .product
    case .concat, .arrow, .doubleArrow: .concatenation
    default: .comparison
    }
  }

  /// AND, OR, a comparison.
  func isTruthValue(_ node: ConcreteNode) -> Bool {
    switch chain(of: node) {
    case .or, .and, .comparison: true
    case .bits, .sum, .product, .concatenation: false
    }
  }

  /// The operands from left to right, each operator at the beginning of the line of what follows it.
  func chain(_ node: ConcreteNode) -> Document {
    let wanted = chain(of: node)
    var links: [ArraySlice<Element>] = []
    var left = node
    while true {
      links.append(left.elements.dropFirst())
      guard case .node(let next)? = left.elements.first, next.kind == .binary, chain(of: next) == wanted else { break }
      left = next
    }
    guard let first = left.elements.first else { return .empty }
    var parts = [hoisted(first.tokens.lowerBound), document(first)]
    for link in links.reversed() {
      parts.append(staysBeside(link, wanted) ? .space : .line)
      parts.append(flow(link))
    }
    return .concatenation(parts)
  }

  /// An operand that breaks by itself stays where the comparison is.
  private func staysBeside(_ link: ArraySlice<Element>, _ chain: Chain) -> Bool {
    guard chain == .comparison else { return false }
    return kind(of: link[link.endIndex - 1]) != .binary
  }

  func unary(_ node: ConcreteNode) -> Document {
    guard node.elements.count == 2, case .token(let sign) = node.elements[0], kind(sign) != .not else {
      return flow(node.elements)
    }
    // Two minus signs would begin a comment.
    let next = kind(node.elements[1].tokens.lowerBound)
    let between: Document = next == .minus || next == .plus ? .space : .empty
    return document(node.elements[0]) + between + document(node.elements[1])
  }

  /// CASE, its branches and END: on one line, or each on its own.
  func caseWhen(_ node: ConcreteNode) -> Document {
    let parts = cut(node.elements) { _, element in
      self.kind(of: element) == .caseBranch || self.word(element) == .else || self.word(element) == .end
    }
    guard let head = parts.first, let last = parts.last, parts.count > 2 else { return .group(flow(node.elements)) }
    let middle = parts.dropFirst().dropLast().map { Document.group(flow($0)) }
    return .group(flow(head), .nest(2, .line, .joined(Array(middle), by: .line)), .line, flow(last))
  }

  func caseBranch(_ node: ConcreteNode) -> Document {
    let parts = cut(node.elements) { _, element in self.word(element) == .then }
    guard parts.count == 2 else { return .group(flow(node.elements)) }
    return .group(flow(parts[0]), .nest(2, .line, flow(parts[1])))
  }

  /// `name(arguments) FILTER (…) OVER (…)`, `DECIMAL(12, 2)`, `fts5(title, body)`: the parenthesis belongs to the name.
  func call(_ node: ConcreteNode) -> Document {
    let elements = node.elements
    guard let open = elements.firstIndex(where: { self.word($0) == .leftParen }) else { return flow(elements) }
    return flow(elements[..<open]) + flow(elements[open...])
  }

  func window(_ node: ConcreteNode) -> Document {
    guard word(node.elements.first) == .leftParen, word(node.elements.last) == .rightParen, node.elements.count > 2
    else {
      return flow(node.elements)
    }
    let inner = Array(node.elements.dropFirst().dropLast())
    let parts = cut(inner) { _, element in
      self.word(element) == .partition || self.word(element) == .order || self.kind(of: element) == .frame
    }
    let content = Document.joined(parts.map { clause($0) }, by: .line)
    return parenthesized(node.elements[...], content)
  }

  /// A column without an alias is named by its text, so its text stays.
  func resultColumn(_ node: ConcreteNode) -> Document {
    guard namesMatter, node.elements.count == 1, case .node(let expression)? = node.elements.first,
      expression.kind != .column, expression.kind != .macro
    else { return flow(node.elements) }
    return verbatim(node.tokens)
  }

  /// A query whose columns nobody names: `EXISTS (…)`, `IN (…)`, `(SELECT …)`.
  func nameless(_ node: ConcreteNode) -> Document { withNames(false) { flow(node.elements) } }
}
