// Statements as clauses: one line when there are few and they fit, otherwise each begins a line.

import SQLCFormat
import SQLCSyntaxSQLite

/// Where a query stands.
enum QueryPlace {
  /// At the top, in a trigger, a view or a common table: with more than three clauses it never is one line.
  case statement
  /// In an expression or in FROM.
  case expression
}

extension Layout {
  /// The most clauses that may share a line in a statement.
  private static let clausesOnOneLine = 3

  func joined(_ clauses: [Document], in place: QueryPlace) -> Document {
    let isLong = place == .statement && clauses.count > Self.clausesOnOneLine
    return .group(.joined(clauses, by: isLong ? .hardLine : .line))
  }

  /// The elements, cut before each that begins a clause.
  func cut(_ elements: [Element], before isStart: (Int, Element) -> Bool) -> [ArraySlice<Element>] {
    var result: [ArraySlice<Element>] = []
    var depth = 0
    var start = 0
    for (index, element) in elements.enumerated() {
      if index > start, depth == 0, isStart(index, element) {
        result.append(elements[start..<index])
        start = index
      }
      if word(element) == .leftParen { depth += 1 }
      if word(element) == .rightParen { depth -= 1 }
    }
    if start < elements.count { result.append(elements[start...]) }
    return result
  }

  /// The clauses of a statement or of a part of one.
  func clauses(_ node: ConcreteNode) -> [Document] {
    switch node.kind {
    case .select, .selectCore, .update, .delete, .insert:
      return cut(node.elements, before: beginsClause(in: node)).flatMap { clauses(of: $0, in: node) }
    case .compound: return compound(node)
    case .with: return with(node)
    case .from: return from(node)
    case .values: return [clause(node.elements[...])]
    default: return [document(node)]
    }
  }

  private func beginsClause(in node: ConcreteNode) -> (Int, Element) -> Bool {
    { index, element in
      switch element {
      case .node(let child): return self.isClause(child.kind) || self.isClause(node.elements[index - 1])
      case .token(let token): return self.isClauseWord(token) || self.isClause(node.elements[index - 1])
      }
    }
  }

  private func isClause(_ element: Element) -> Bool { kind(of: element).map(isClause) ?? false }

  private func isClause(_ kind: SyntaxKind) -> Bool {
    switch kind {
    case .with, .from, .select, .selectCore, .compound, .values, .limit, .returning, .upsert, .defaultValues: true
    default: false
    }
  }

  private func isClauseWord(_ token: Int) -> Bool {
    // `sqlc.order` is no clause.
    if token > 0, kind(token - 1) == .dot { return false }
    switch kind(token) {
    case .where, .group, .having, .window, .order, .set, .limit, .returning: return true
    default: return false
    }
  }

  private func clauses(of slice: ArraySlice<Element>, in node: ConcreteNode) -> [Document] {
    guard slice.count == 1, case .node(let child)? = slice.first else { return [clause(slice)] }
    switch child.kind {
    case .with, .from, .select, .selectCore, .compound, .values:
      let matter = node.kind == .insert ? false : namesMatter
      let before = namesMatter
      namesMatter = matter
      defer { namesMatter = before }
      return clauses(child)
    default: return [document(child)]
    }
  }

  /// `WORDS item, item`: several items are on one line or each on its own; one stays beside the words.
  func clause(_ slice: ArraySlice<Element>) -> Document {
    let head = slice.prefix { element in
      guard case .token(let index) = element else { return false }
      return self.kind(index).isKeyword
    }
    let rest = slice.dropFirst(head.count)
    guard !rest.isEmpty, !head.isEmpty else { return .group(flow(slice)) }
    let items = commaSeparated(rest)
    if items.count == 1 {
      let first = rest.tokens.lowerBound
      let above = Document.nest(2, hoisted(first))
      let isMovedIn = kind(of: rest[rest.startIndex]) == .binary || above.isBroken
      return .group(flow(head), .space, above, isMovedIn ? .nest(2, item(rest)) : item(rest))
    }
    return .group(flow(head), .nest(2, .line, lines(items)))
  }

  // MARK: Parts of queries

  /// Only the first part of a compound names the columns.
  private func compound(_ node: ConcreteNode) -> [Document] {
    var result: [Document] = []
    var words: [Element] = []
    var isFirst = true
    for element in node.elements {
      switch element {
      case .token: words.append(element)
      case .node(let part):
        if !words.isEmpty { result.append(flow(words)) }
        words = []
        let before = namesMatter
        if !isFirst { namesMatter = false }
        result += clauses(part)
        namesMatter = before
        isFirst = false
      }
    }
    return result
  }

  /// Each common table is a statement of its own.
  private func with(_ node: ConcreteNode) -> [Document] {
    let head = node.elements.prefix { self.word($0) != nil }
    return commaSeparated(node.elements.dropFirst(head.count)).enumerated().map { index, table in
      (index == 0 ? flow(head) + .space : .empty) + flow(table)
    }
  }

  func commonTable(_ node: ConcreteNode) -> Document {
    guard let bodyIndex = node.elements.lastIndex(where: { self.kind(of: $0) == .select }),
      case .node(let body) = node.elements[bodyIndex], bodyIndex > 0
    else { return flow(node.elements) }
    let head = node.elements[..<(bodyIndex - 1)]
    let hasColumns = head.contains { self.word($0) == .leftParen }
    let content = withNames(!hasColumns) { joined(clauses(body), in: .statement) }
    return flow(head) + .space + parenthesized(node.elements[(bodyIndex - 1)...], content)
  }

  /// That content between the first and the last of the elements, which are parentheses.
  func parenthesized(_ elements: ArraySlice<Element>, _ content: Document) -> Document {
    guard let open = elements.first, case .token(let close)? = elements.last else { return content }
    return enclosed(document(open), .softLine + content, by: close)
  }

  /// FROM with its first table, and each join. Tables with commas between them are one clause.
  private func from(_ node: ConcreteNode) -> [Document] {
    var result: [Document] = []
    var current: [Document] = []
    func finish() {
      if !current.isEmpty { result.append(.group(.concatenation(current))) }
      current = []
    }
    let firstJoin = node.elements.firstIndex { self.isJoin($0) } ?? node.elements.endIndex
    current.append(flow(node.elements[..<firstJoin]))
    for element in node.elements[firstJoin...] {
      guard case .node(let join) = element else {
        current += [.space, document(element)]
        continue
      }
      if word(join.elements.first) == .comma {
        current.append(document(join.elements[0]))
        current.append(.nest(2, .line, self.join(join.elements.dropFirst())))
      } else {
        finish()
        current.append(self.join(join.elements[...]))
      }
    }
    finish()
    return result
  }

  private func isJoin(_ element: Element) -> Bool {
    switch kind(of: element) {
    case .join, .joinOn, .joinUsing: true
    default: false
    }
  }

  /// `LEFT JOIN t ON condition`: the condition goes to a line of its own when both do not fit.
  func join(_ elements: ArraySlice<Element>) -> Document {
    guard let on = elements.firstIndex(where: { self.word($0) == .on || self.word($0) == .using }),
      on > elements.startIndex
    else { return flow(elements) }
    return .group(flow(elements[..<on]), .nest(2, .line, flow(elements[on...])))
  }

  // MARK: Changes

  /// `ON CONFLICT (key) DO UPDATE SET`, the assignments, and their condition under it.
  func upsert(_ node: ConcreteNode) -> Document {
    guard let set = node.elements.firstIndex(where: { self.word($0) == .set }) else {
      return .group(flow(node.elements))
    }
    let rest = node.elements[(set + 1)...]
    let condition = rest.firstIndex { self.word($0) == .where } ?? node.elements.endIndex
    let items = commaSeparated(node.elements[(set + 1)..<condition])
    let assignments = Document.group(flow(node.elements[...set]), .nest(2, .line, lines(items)))
    guard condition < node.elements.endIndex else { return assignments }
    return .group(assignments, .nest(2, .line, clause(node.elements[condition...])))
  }
}
