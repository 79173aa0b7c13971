// Which result column a term of ORDER BY is. A cursor is made of a row, so each term must be one of its columns, and surely that
// one: names are compared as written, and where a name could mean two columns there is none.

import SQLCDiagnostics
import SQLCModel

/// A term of ORDER BY as a cursor sees it.
struct PageColumn {
  /// Its place among the results, and in the embed that stands there.
  struct Place: Hashable {
    var result: Int
    var column: Int?
  }
  var place: Place
  /// What stands for it in WHERE, where names of result columns are not known.
  var sql: String
  /// The text of it, COLLATE left out.
  var range: ByteRange
  var isDescending: Bool
  var nulls: AfterMacro.NullPlace?
  /// It is the caller's choice, and so is its direction.
  var isChosen = false
  /// Two values that are not the same can be equal.
  var hasCollation: Bool
}

/// Reads the list of columns of a query with `sqlc.after`.
struct PageColumnReader {
  let syntax: VariantSyntax
  let after: AfterMacro
  let results: [ResultModel]
  private var items: [Item] = []

  private struct Item {
    enum Kind {
      case expression
      /// `*`, `t.*`: the table, if one is named.
      case star(String?)
      case embed(String)
    }
    var kind: Kind
    var expression: Range<Int>
    var alias: String?
    /// Among the results; of a star all that can be its columns.
    var results: Range<Int>
  }

  init(syntax: VariantSyntax, after: AfterMacro, results: [ResultModel]) {
    self.syntax = syntax
    self.after = after
    self.results = results
    readItems()
  }

  // MARK: Tokens

  private func kind(_ index: Int) -> MacroToken.Kind {
    syntax.tokens.indices.contains(index) ? syntax.tokens[index].kind : .endOfInput
  }

  private func text(_ index: Int) -> Substring { syntax.source.slice(syntax.tokens[index].range) }

  /// Of a name what it is called; unquoted letters in any case are the same.
  private func canonical(_ index: Int) -> String {
    switch kind(index) {
    case .quotedIdentifier: String(text(index).dropFirst().dropLast())
    case .string: String(text(index))
    default: text(index).lowercased()
    }
  }

  private func canonical(_ range: Range<Int>) -> [String] { range.map(canonical) }

  /// On one line, comments left out.
  private func sql(_ range: Range<Int>) -> String {
    var text = ""
    for index in range {
      if index > range.lowerBound, syntax.tokens[index - 1].range.upper < syntax.tokens[index].range.lower {
        text += " "
      }
      text += self.text(index)
    }
    let isName = range.allSatisfy { kind($0).isWord || kind($0) == .dot } && reference(range) != nil
    return isName || range.count == 1 ? text : "(\(text))"
  }

  /// `a`, `t.a`: its parts.
  private func reference(_ range: Range<Int>) -> [String]? {
    guard range.count % 2 == 1, range.count < 6 else { return nil }
    var parts: [String] = []
    for (place, index) in range.enumerated() {
      if place % 2 == 1 {
        guard kind(index) == .dot else { return nil }
      } else {
        guard kind(index).isWord else { return nil }
        parts.append(canonical(index))
      }
    }
    return parts
  }

  // MARK: The columns

  private mutating func readItems() {
    var depth = 0
    var first = after.columns.lowerBound
    var ranges: [Range<Int>] = []
    for index in after.columns {
      switch kind(index) {
      case .leftParen: depth += 1
      case .rightParen: depth -= 1
      case .comma where depth == 0:
        ranges.append(first..<index)
        first = index + 1
      default: break
      }
    }
    ranges.append(first..<max(first, after.columns.upperBound))
    items = ranges.map(item)
    let stars = items.indices.filter { if case .star = items[$0].kind { true } else { false } }
    let firstStar = stars.first ?? items.count
    let behind = items.count - 1 - (stars.last ?? items.count - 1)
    let starred = firstStar..<max(firstStar, results.count - behind)
    for index in items.indices {
      if index < firstStar {
        items[index].results = index..<(index + 1)
      } else if let last = stars.last, index > last {
        let place = results.count - (items.count - index)
        items[index].results = place..<(place + 1)
      } else {
        items[index].results = starred
      }
    }
  }

  private func item(_ range: Range<Int>) -> Item {
    var item = Item(kind: .expression, expression: range, alias: nil, results: 0..<0)
    guard let last = range.last else { return item }
    let isStar = kind(last) == .other && text(last) == "*"
    if isStar, range.count == 1 || kind(last - 1) == .dot {
      item.kind = .star(range.count > 2 ? canonical(last - 2) : nil)
    } else if range.count >= 6, canonical(range.lowerBound) == "sqlc", canonical(range.lowerBound + 2) == "embed" {
      item.kind = .embed(canonical(range.lowerBound + 4))
    } else if range.count > 2, kind(last - 1) == .as {
      item.alias = canonical(last)
      item.expression = range.lowerBound..<(last - 1)
    } else if range.count > 1, [.identifier, .quotedIdentifier].contains(kind(last)),
      [.identifier, .quotedIdentifier, .rightParen, .string].contains(kind(last - 1))
    {
      item.alias = canonical(last)
      item.expression = range.lowerBound..<last
    }
    return item
  }

  // MARK: Terms

  func column(
    _ term: Range<Int>, isDescending: Bool, nulls: AfterMacro.NullPlace?
  ) -> PageColumn? {
    var rest = term
    while rest.count > 2, kind(rest.upperBound - 2) == .collate { rest = rest.lowerBound..<(rest.upperBound - 2) }
    guard !rest.isEmpty, let found = place(of: rest) else { return nil }
    let collation = rest.upperBound..<term.upperBound
    let written = collation.isEmpty ? "" : " " + collation.map { String(text($0)) }.joined(separator: " ")
    let range = syntax.tokens[found.written.lowerBound].range.union(syntax.tokens[found.written.upperBound - 1].range)
    return PageColumn(
      place: found.place, sql: sql(found.written) + written, range: range, isDescending: isDescending, nulls: nulls,
      hasCollation: !collation.isEmpty)
  }

  /// The result column, and the tokens that stand for it in WHERE.
  func place(of term: Range<Int>) -> (place: PageColumn.Place, written: Range<Int>)? {
    let words = canonical(term)
    guard !words.contains(where: Self.volatileFunctions.contains) else { return nil }
    if term.count == 1, kind(term.lowerBound).isWord {
      // A name of a result comes before that of a column.
      let named = items.filter { $0.alias == words[0] }
      if let first = named.first {
        guard named.count == 1, first.results.count == 1 else { return nil }
        guard !canonical(first.expression).contains(where: Self.volatileFunctions.contains) else { return nil }
        return (PageColumn.Place(result: first.results.lowerBound), first.expression)
      }
    }
    let same = items.first { item in
      if case .expression = item.kind { item.results.count == 1 && canonical(item.expression) == words } else { false }
    }
    if let same { return (PageColumn.Place(result: same.results.lowerBound), term) }
    guard let parts = reference(term), let name = parts.last else { return nil }
    let table = parts.count > 1 ? parts[parts.count - 2] : nil
    if table == nil, after.joinsByName { return nil }
    let found = Set(items.flatMap { places(in: $0, table, name) })
    return found.count == 1 ? found.first.map { ($0, term) } : nil
  }

  private func places(in item: Item, _ table: String?, _ name: String) -> [PageColumn.Place] {
    switch item.kind {
    case .expression:
      guard item.results.count == 1, let parts = reference(item.expression), parts.last == name else { return [] }
      let own = parts.count > 1 ? parts[parts.count - 2] : nil
      guard own == table || (own == nil || table == nil) && !after.joinsByName else { return [] }
      return [PageColumn.Place(result: item.results.lowerBound)]
    case .star(let own):
      guard own == nil || table == nil || own == table else { return [] }
      return item.results.filter { results.indices.contains($0) && names(results[$0], name) }
        .map { PageColumn.Place(result: $0) }
    case .embed(let own):
      guard table == nil || own == table, item.results.count == 1, let result = item.results.first,
        results.indices.contains(result), case .embed(let embed) = results[result]
      else { return [] }
      return embed.columns.indices.filter { embed.columns[$0].name.lowercased() == name.lowercased() }
        .map { PageColumn.Place(result: result, column: $0) }
    }
  }

  private func names(_ result: ResultModel, _ name: String) -> Bool {
    if case .column(let column) = result { column.name.lowercased() == name.lowercased() } else { false }
  }

  /// What has another value each time it is asked for: there is no place behind such a value.
  private static let volatileFunctions: Set<String> = [
    "random", "randomblob", "gen_random_uuid", "uuid_generate_v4", "clock_timestamp", "timeofday", "nextval", "now",
    "statement_timestamp", "transaction_timestamp", "current_timestamp", "current_date", "current_time",
    "localtimestamp", "localtime", "changes", "total_changes", "last_insert_rowid",
  ]
}
