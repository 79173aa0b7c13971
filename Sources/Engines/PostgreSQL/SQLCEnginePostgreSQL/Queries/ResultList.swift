// The list of results as it is written: which text stands for which columns.

import SQLCDiagnostics
import SQLCQueryFile

/// One item of `SELECT …` or `RETURNING …`.
struct ResultItem {
  var range: ByteRange
  /// The star that the item is.
  var star: Int?
}

extension QueryText {
  /// The items of the statement's own list; empty where it has none (`VALUES`, `TABLE`).
  var resultItems: [ResultItem] {
    let start = returningStart ?? selectStart
    guard var index = start else { return [] }
    var items: [ResultItem] = []
    var current: ResultItem?
    var count = 0
    var depth = 0
    func close() {
      if var item = current {
        if count != 1 { item.star = nil }
        items.append(item)
      }
      current = nil
      count = 0
    }
    let ends: Set<String> = [
      "FROM", "INTO", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "UNION",
      "INTERSECT", "EXCEPT",
    ]
    while index < pieces.count {
      let (range, word) = description(of: pieces[index])
      defer { index += 1 }
      guard let range else { continue }
      if depth == 0, ends.contains(word) { break }
      if depth == 0, word == "," {
        close()
        continue
      }
      if word == "(" { depth += 1 }
      if word == ")" {
        depth -= 1
        if depth < 0 { break }
      }
      count += 1
      if case .star(let star, _) = pieces[index] {
        current = current ?? ResultItem(range: range, star: star)
      }
      current = current.map { ResultItem(range: $0.range.union(range), star: $0.star) } ?? ResultItem(range: range)
    }
    close()
    return items
  }

  /// Where it stands, and what it says, in capitals.
  private func description(of piece: Piece) -> (ByteRange?, String) {
    switch piece {
    case .gap: (nil, "")
    case .token(let range, let word): (range, word)
    case .replacement(let text, let range):
      (range, text.hasSuffix("(") ? "(" : "")
    case .parameter(_, _, let range), .star(_, let range): (range, "")
    }
  }

  /// After the last RETURNING that is in no parentheses.
  private var returningStart: Int? {
    var depth = 0
    var found: Int?
    for (index, piece) in pieces.enumerated() {
      let word = description(of: piece).1
      if word == "(" { depth += 1 }
      if word == ")" { depth -= 1 }
      if depth == 0, word == "RETURNING" { found = index + 1 }
    }
    return found
  }

  /// After the first SELECT, or the first in no parentheses, and its DISTINCT.
  private var selectStart: Int? {
    var depth = 0
    var outer: Int?
    var first: Int?
    for (index, piece) in pieces.enumerated() {
      let word = description(of: piece).1
      if word == "(" { depth += 1 }
      if word == ")" { depth -= 1 }
      guard word == "SELECT" else { continue }
      first = first ?? index
      if depth == 0 {
        outer = index
        break
      }
    }
    guard var index = (outer ?? first).map({ $0 + 1 }) else { return nil }
    func word() -> String { index < pieces.count ? description(of: pieces[index]).1 : "" }
    func skipGaps() {
      while index < pieces.count, case .gap = pieces[index] { index += 1 }
    }
    skipGaps()
    if word() == "ALL" { return index + 1 }
    guard word() == "DISTINCT" else { return index }
    index += 1
    skipGaps()
    guard word() == "ON" else { return index }
    var open = 0
    while index < pieces.count {
      if word() == "(" { open += 1 }
      if word() == ")" {
        open -= 1
        if open == 0 { return index + 1 }
      }
      index += 1
    }
    return index
  }
}
