// What most productions look like: words with single spaces, and lists in parentheses that break as a whole.

import SQLCFormat
import SQLCSyntaxSQLite

extension Layout {
  /// The elements one behind the other. From an opening parenthesis to its closing one they are a list.
  func flow(_ elements: ArraySlice<Element>, keepsCase: Bool = false) -> Document {
    guard let first = elements.first else { return .empty }
    var parts = [hoisted(first.tokens.lowerBound)]
    var previous: Element?
    var index = elements.startIndex
    while index < elements.endIndex {
      let element = elements[index]
      if let previous { parts.append(separator(previous, element)) }
      if word(element) == .leftParen, let close = closing(index, in: elements) {
        parts.append(list(elements[index...close], keepsCase: keepsCase))
        previous = elements[close]
        index = close + 1
        continue
      }
      parts.append(document(element, keepsCase: keepsCase))
      previous = element
      index += 1
    }
    return .concatenation(parts)
  }

  func flow(_ elements: [Element]) -> Document { flow(elements[...]) }

  func document(_ element: Element, keepsCase: Bool = false) -> Document {
    switch element {
    case .token(let index): keepsCase ? literally(index) : token(index)
    case .node(let node): document(node)
    }
  }

  /// What stands between two elements that are not told apart by a line end.
  func separator(_ left: Element, _ right: Element) -> Document {
    let before = left.tokens.upperBound - 1
    let after = right.tokens.lowerBound
    switch (kind(before), kind(after)) {
    case (.leftParen, _), (_, .rightParen), (_, .comma), (_, .semicolon), (.dot, _), (_, .dot): return .empty
    case (.tilde, _) where word(left) == .tilde: return .empty
    case (_, .leftParen) where takesParenthesis(left, right): return .empty
    default: return .space
    }
  }

  /// `f(`, `CAST(`, `DECIMAL(`: the parenthesis belongs to the word.
  private func takesParenthesis(_ left: Element, _ right: Element) -> Bool {
    guard case .token = right, case .token(let index) = left else { return false }
    let isMacro = index > 1 && kind(index - 1) == .dot && text(index - 2).lowercased() == "sqlc"
    return kind(index) == .cast || kind(index) == .raise || isMacro
  }

  func closing(_ open: Int, in elements: ArraySlice<Element>) -> Int? {
    var depth = 0
    for index in open..<elements.endIndex {
      switch word(elements[index]) {
      case .leftParen: depth += 1
      case .rightParen:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
    }
    return nil
  }

  // MARK: Lists

  /// `(a, b, c)`: on one line, or each item on its own; names and values as many on a line as fit.
  func list(_ elements: ArraySlice<Element>, keepsCase: Bool = false) -> Document {
    guard let open = elements.first, case .token(let close)? = elements.last else { return .empty }
    let inner = elements.dropFirst().dropLast()
    if inner.isEmpty { return enclosed(document(open), hoisted(close), by: close) }
    let items = commaSeparated(inner)
    let isDense = items.count > 4 && items.allSatisfy(isAtom) && !hasComments(elements[inner.startIndex...].tokens)
    let content = isDense ? dense(items, keepsCase: keepsCase) : lines(items, keepsCase: keepsCase)
    return enclosed(document(open), .softLine + content, by: close)
  }

  /// A parenthesis, what is in it, and the one that closes it. The comments above that are of what it closes; those behind
  /// it break nothing.
  func enclosed(_ open: Document, _ content: Document, by close: Int) -> Document {
    let ending = hoisted(close)
    return .group(open, .nest(2, content, ending), .softLine, .text(spelled(close))) + trailingComments(close)
  }

  /// The items of a list, each with the comma behind it.
  func commaSeparated(_ elements: ArraySlice<Element>) -> [ArraySlice<Element>] {
    var items: [ArraySlice<Element>] = []
    var depth = 0
    var start = elements.startIndex
    for index in elements.indices {
      switch word(elements[index]) {
      case .leftParen: depth += 1
      case .rightParen: depth -= 1
      case .comma where depth == 0:
        items.append(elements[start...index])
        start = index + 1
      default: break
      }
    }
    if start < elements.endIndex { items.append(elements[start...]) }
    return items
  }

  func lines(_ items: [ArraySlice<Element>], keepsCase: Bool = false) -> Document {
    .joined(items.map { item($0, keepsCase: keepsCase) }, by: .line)
  }

  private func dense(_ items: [ArraySlice<Element>], keepsCase: Bool) -> Document {
    var parts: [Document] = []
    for item in items {
      if !parts.isEmpty { parts.append(.line) }
      parts.append(flow(item, keepsCase: keepsCase))
    }
    return .fill(parts)
  }

  /// One item: what is a chain of operators is not moved in any further, since the list moved it in.
  func item(_ elements: ArraySlice<Element>, keepsCase: Bool = false) -> Document {
    if case .node(let node)? = elements.first, node.kind == .binary,
      elements.dropFirst().allSatisfy({ word($0) == .comma })
    {
      return .group(chain(node)) + flow(elements.dropFirst())
    }
    return flow(elements, keepsCase: keepsCase)
  }

  /// A name, a value, a parameter: nothing that could break.
  private func isAtom(_ item: ArraySlice<Element>) -> Bool {
    if kind(of: item[item.startIndex]) == .moduleArgument { return true }
    let tokens = item.tokens
    let count = tokens.count - (kind(tokens.upperBound - 1) == .comma ? 1 : 0)
    if count == 1 { return true }
    if count == 2 { return kind(tokens.lowerBound) == .minus }
    return count == 3 && kind(tokens.lowerBound + 1) == .dot
  }
}

extension ArraySlice<ConcreteNode.Element> {
  /// From the first token to the one behind the last.
  var tokens: Range<Int> {
    guard let first, let last else { return 0..<0 }
    return first.tokens.lowerBound..<last.tokens.upperBound
  }
}
