// CREATE and ALTER.

import SQLCDiagnostics
import SQLCFormat
import SQLCSyntaxSQLite

extension Layout {
  /// The longest name that others are lined up with.
  private static let longestAlignedName = 32

  func createTable(_ node: ConcreteNode) -> Document {
    if let query = node.elements.last, kind(of: query) == .select {
      return defined(node.elements.dropLast(), by: query, namesMatter: true)
    }
    guard let open = node.elements.firstIndex(where: { self.word($0) == .leftParen }),
      let close = closing(open, in: node.elements[...]), case .token(let closeToken) = node.elements[close]
    else { return flow(node.elements) }
    let items = commaSeparated(node.elements[(open + 1)..<close])
    let width = nameWidth(of: items)
    let lines = items.map { item -> Document in
      let apart: Document = isSetApart(item.tokens.lowerBound) ? .emptyLine : .empty
      return .hardLine + apart + hoisted(item.tokens.lowerBound) + .group(definition(item, nameWidth: width))
    }
    let options = node.elements[(close + 1)...]
    return flow(node.elements[..<open]) + .space + document(node.elements[open])
      + .nest(2, .concatenation(lines), hoisted(closeToken)) + .hardLine + token(closeToken)
      + (options.isEmpty ? .empty : .space + flow(options))
  }

  /// Of the longest name of a column, so that types stand under each other.
  private func nameWidth(of items: [ArraySlice<Element>]) -> Int {
    items.compactMap { item -> Int? in
      guard case .node(let column)? = item.first, column.kind == .columnDefinition, column.elements.count > 1 else {
        return nil
      }
      let width = text(column.elements[0].tokens).count
      return width <= Self.longestAlignedName ? width : nil
    }.max() ?? 0
  }

  private func definition(_ item: ArraySlice<Element>, nameWidth: Int) -> Document {
    guard case .node(let column)? = item.first, column.kind == .columnDefinition else { return flow(item) }
    return columnDefinition(column, nameWidth: nameWidth, ending: flow(item.dropFirst()))
  }

  /// The name, the type, and as many constraints on a line as fit; `ending` is what must fit behind the last.
  func columnDefinition(_ node: ConcreteNode, nameWidth: Int = 0, ending: Document = .empty) -> Document {
    let name = node.elements[0]
    let above = hoisted(name.tokens.lowerBound)
    let padding = max(0, nameWidth - text(name.tokens).count)
    let rest = node.elements.dropFirst()
    guard let first = rest.first else { return above + document(name) + ending }
    let gap: Document =
      padding > 0 && !hasComments((name.tokens.upperBound)..<(name.tokens.upperBound + 1))
      ? .text(String(repeating: " ", count: padding + 1)) : .space
    var parts = [document(first)]
    for element in rest.dropFirst() { parts += [.line, document(element)] }
    parts[parts.count - 1] = parts[parts.count - 1] + ending
    return above + document(name) + gap + .nest(2, .fill(parts))
  }

  /// A constraint's REFERENCES goes to a line of its own when both do not fit.
  func tableConstraint(_ node: ConcreteNode) -> Document {
    let parts = cut(node.elements) { _, element in self.kind(of: element) == .foreignKeyClause }
    return .group(.joined(parts.map { flow($0) }, by: .nest(2, .line)))
  }

  /// `REFERENCES t (a)` and as many of its actions on a line as fit.
  func foreignKeyClause(_ node: ConcreteNode) -> Document {
    let parts = cut(node.elements) { index, element in
      switch self.word(element) {
      case .on, .match, .not: true
      case .deferrable: self.word(node.elements[index - 1]) != .not
      default: false
      }
    }
    var filled: [Document] = []
    for part in parts { filled += filled.isEmpty ? [flow(part)] : [.line, flow(part)] }
    return .nest(2, .fill(filled))
  }

  func createIndex(_ node: ConcreteNode) -> Document {
    let parts = cut(node.elements) { _, element in self.word(element) == .on || self.word(element) == .where }
    guard let head = parts.first else { return .empty }
    return .group(flow(head), .nest(2, .concatenation(parts.dropFirst().map { .line + clause($0) })))
  }

  func createView(_ node: ConcreteNode) -> Document {
    guard let query = node.elements.last, kind(of: query) == .select else { return flow(node.elements) }
    let head = node.elements.dropLast()
    return defined(head, by: query, namesMatter: !head.contains { self.word($0) == .leftParen })
  }

  /// `CREATE VIEW v AS`, and the query under it.
  private func defined(_ head: ArraySlice<Element>, by query: Element, namesMatter: Bool) -> Document {
    guard case .node(let select) = query else { return flow(head) }
    let body = withNames(namesMatter) { joined(clauses(select), in: .statement) }
    return .group(flow(head)) + .hardLine + body
  }

  /// The head on one line or each of its parts on its own; the statements moved in.
  func createTrigger(_ node: ConcreteNode) -> Document {
    guard let begin = node.elements.lastIndex(where: { self.word($0) == .begin }) else { return flow(node.elements) }
    let head = cut(Array(node.elements[..<begin])) { _, element in
      switch self.word(element) {
      case .before, .after, .instead, .for, .when: true
      default: false
      }
    }
    let steps = node.elements[(begin + 1)...].dropLast()
    var lines: [Document] = []
    var step: [Element] = []
    for element in steps {
      step.append(element)
      guard word(element) == .semicolon else { continue }
      let apart: Document = isSetApart(step[0].tokens.lowerBound) && !lines.isEmpty ? .emptyLine : .empty
      lines.append(.hardLine + apart + withNames(false) { flow(step) })
      step = []
    }
    let end = node.elements[node.elements.endIndex - 1]
    let ending = hoisted(end.tokens.lowerBound)
    return .group(.joined(head.map { flow($0) } + [document(node.elements[begin])], by: .line))
      + .nest(2, .concatenation(lines), ending) + .hardLine + document(end)
  }
}
