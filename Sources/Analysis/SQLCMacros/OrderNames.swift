// What a caller knows an order by, where several are left to it.
//
// | `sqlc.order` stands in                                   | its name, unless `AS name` stands behind it |
// |----------------------------------------------------------|---------------------------------------------|
// | the only ORDER BY with one                               | `order`                                     |
// | the ORDER BY of the query itself                         | `order`                                     |
// | `recent AS (…)`, a common table or a named window        | `recent_order`                              |
// | `(…) AS recent`, a subquery                              | `recent_order`                              |
// | `row_number() OVER (…) AS place`, a column's expression  | `place_order`                               |

import SQLCDiagnostics

extension VariantScanner {
  mutating func nameOrders() {
    let isAlone = syntax.orders.count == 1
    for index in syntax.orders.indices where syntax.orders[index].name.isEmpty {
      let order = syntax.orders[index]
      guard !isAlone, let open = opening(around: order.tokens.lowerBound) else {
        syntax.orders[index].name = "order"
        continue
      }
      guard let name = name(ofParenthesis: open) else {
        report(.unnamedOrder, at: head(order.tokens))
        continue
      }
      syntax.orders[index].name = name + "_order"
    }
  }

  /// The parenthesis that is open there.
  func opening(around index: Int) -> Int? {
    var depth = 0
    var index = index - 1
    while index >= tokens.startIndex {
      switch kind(index) {
      case .rightParen: depth += 1
      case .leftParen:
        if depth == 0 { return index }
        depth -= 1
      default: break
      }
      index -= 1
    }
    return nil
  }

  /// `name AS (…)`, perhaps with `MATERIALIZED` and columns, or `(…) AS name`.
  private func name(ofParenthesis open: Int) -> String? {
    var before = open - 1
    while ["materialized", "not"].contains(word(before)) { before -= 1 }
    if kind(before) == .as {
      before -= 1
      if kind(before) == .rightParen, let columns = opening(around: before) { before = columns - 1 }
      return kind(before).isName ? nameText(before) : nil
    }
    guard let close = closing(open) else { return nil }
    if kind(close + 1) == .as { return kind(close + 2).isName ? nameText(close + 2) : nil }
    return [.identifier, .quotedIdentifier].contains(kind(close + 1)) ? nameText(close + 1) : nil
  }

  /// In small letters; empty behind the last token.
  func word(_ index: Int) -> String { tokens.indices.contains(index) ? text(index).lowercased() : "" }
}
