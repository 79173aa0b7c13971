// `sqlc.after(@cursor)`: rows that follow the row of a cursor, in the order of the query. To the analysis it is a predicate that
// may be left out, `(@cursor)`; what it becomes is in PagePredicate.swift.

import SQLCDiagnostics

package struct AfterMacro {
  /// A term of ORDER BY without its direction.
  struct Term {
    var expression: Range<Int>
    var isDescending: Bool
    /// Where `NULLS FIRST` or `NULLS LAST` says it.
    var nulls: NullPlace?
  }

  enum NullPlace { case first, last }

  /// What the rows are ordered by, one after the other.
  enum Part {
    case fixed(Term)
    /// The terms of an order, of which the caller chooses one.
    case chosen(Int)
  }

  /// Its place among the filters.
  package var filter: Int
  var parts: [Part]
  /// The tokens between SELECT and FROM.
  var columns: Range<Int>
  var groups: [Range<Int>]
  /// `USING` or `NATURAL`: a name without its table can be another column than the one with it.
  var joinsByName: Bool
  /// LIMIT, or what else ends the ORDER BY.
  var end: Int

  /// The order that the caller chooses.
  var order: Int? {
    for case .chosen(let order) in parts { return order }
    return nil
  }
}

extension VariantScanner {
  mutating func readAfter(_ macro: ClosedRange<Int>) {
    guard !hasNestedMacro(macro) else { return }
    let arguments = arguments(macro)
    guard arguments.count == 1, !arguments[0].isEmpty else {
      return report(.malformedMacro(macro: "after", wanted: "'sqlc.after(@cursor)'"), at: head(macro))
    }
    guard syntax.after == nil else { return report(.secondAfter, at: head(macro)) }
    syntax.after = AfterMacro(
      filter: syntax.filters.count, parts: [], columns: 0..<0, groups: [], joinsByName: false, end: macro.upperBound)
    syntax.filters.append(OptionalMacro(tokens: macro, range: range(macro), body: range(arguments[0])))
  }

  /// What the query around it is: one SELECT with an ORDER BY.
  mutating func settleAfter() {
    guard var after = syntax.after else { return }
    let macro = syntax.filters[after.filter].tokens
    let place = head(macro)
    guard opening(around: macro.lowerBound) == nil else {
      return report(.misplacedAfter("inside of parentheses; it is of the rows of the query itself"), at: place)
    }
    let top = topLevel()
    if let compound = top.first(where: { [.union, .except, .intersect].contains(kind($0)) }) {
      return report(.misplacedAfter("stands in one part of '\(text(compound))'; make it a subquery"), at: place)
    }
    guard let select = top.first(where: { kind($0) == .select }), select < macro.lowerBound,
      let clause = top.last(where: { $0 < macro.lowerBound && [.where, .having, .on, .set].contains(kind($0)) }),
      [.where, .having].contains(kind(clause))
    else { return report(.misplacedAfter("write it into WHERE, or HAVING, of a SELECT"), at: place) }
    let group = top.first { kind($0) == .group && kind($0 + 1) == .by }
    if group != nil, kind(clause) == .where {
      return report(
        .misplacedAfter("with GROUP BY it stands in HAVING: left out are groups, not their rows"), at: place)
    }
    let from = top.first { $0 > select && word($0) == "from" && word($0 - 1) != "distinct" } ?? clause
    after.columns = columns(from: select + 1, to: from)
    if let window = window(in: after.columns) {
      return report(
        .misplacedAfter("'\(text(window - 1))' before OVER would see the rows of this page alone; make it a subquery"),
        at: place)
    }
    if let offset = top.first(where: { $0 > macro.upperBound && word($0) == "offset" && kind($0 - 1) != .as }) {
      return report(.misplacedAfter("OFFSET would leave out rows of every page"), at: tokens[offset].range)
    }
    guard let order = top.first(where: { $0 > macro.upperBound && kind($0) == .order && kind($0 + 1) == .by }) else {
      return report(.missingOrder, at: place)
    }
    let ends: Set<MacroToken.Kind> = [.limit, .offset, .fetch, .for]
    after.end = top.first { $0 > order + 1 && ends.contains(kind($0)) } ?? tokens.endIndex
    for term in list(from: order + 2, to: after.end) {
      guard let part = part(term) else { return }
      after.parts.append(part)
    }
    if let group {
      let stops: Set<MacroToken.Kind> = [.having, .window, .order]
      let end = top.first { $0 > group && stops.contains(kind($0)) } ?? after.end
      after.groups = list(from: group + 2, to: end)
    }
    after.joinsByName = top.contains { $0 > from && $0 < clause && (kind($0) == .natural || word($0) == "using") }
    syntax.after = after
  }

  /// The tokens that stand in no parentheses.
  private func topLevel() -> [Int] {
    var depth = 0
    var found: [Int] = []
    for index in tokens.indices {
      if kind(index) == .rightParen { depth -= 1 }
      if depth == 0 { found.append(index) }
      if kind(index) == .leftParen { depth += 1 }
    }
    return found
  }

  private func columns(from start: Int, to end: Int) -> Range<Int> {
    var start = start
    if ["distinct", "all"].contains(word(start)) {
      start += 1
      if kind(start) == .on, let close = closing(start + 1) { start = close + 1 }
    }
    return start..<max(start, end)
  }

  /// An OVER that is not in a subquery.
  private func window(in columns: Range<Int>) -> Int? {
    var index = columns.lowerBound
    while index < columns.upperBound {
      if kind(index) == .leftParen, [.select, .values].contains(kind(index + 1)) || word(index + 1) == "with" {
        index = closing(index) ?? columns.upperBound
      } else if word(index) == "over", kind(index + 1) == .leftParen || kind(index + 1).isName,
        [.rightParen].contains(kind(index - 1))
      {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Cut at the commas outside of parentheses.
  func list(from start: Int, to end: Int) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var first = start
    var depth = 0
    for index in start..<max(start, end) {
      switch kind(index) {
      case .leftParen: depth += 1
      case .rightParen: depth -= 1
      case .comma where depth == 0:
        result.append(first..<index)
        first = index + 1
      default: break
      }
    }
    return result + [first..<max(first, end)]
  }

  private mutating func part(_ term: Range<Int>) -> AfterMacro.Part? {
    if let order = syntax.orders.firstIndex(where: { $0.tokens.lowerBound == term.lowerBound }) {
      return .chosen(order)
    }
    guard let cut = cutTerm(term), !cut.expression.isEmpty else {
      let place = term.isEmpty ? head(syntax.filters[syntax.after?.filter ?? 0].tokens) : range(term)
      report(.missingOrder, at: place)
      return nil
    }
    return .fixed(cut)
  }

  /// `expression DESC NULLS LAST`, read from the end.
  private func cutTerm(_ term: Range<Int>) -> AfterMacro.Term? {
    var rest = term
    var nulls: AfterMacro.NullPlace?
    if rest.count > 2, kind(rest.upperBound - 2) == .nulls {
      nulls = word(rest.upperBound - 1) == "first" ? .first : .last
      rest = rest.lowerBound..<(rest.upperBound - 2)
    }
    var isDescending = false
    if rest.count > 1, [.asc, .desc].contains(kind(rest.upperBound - 1)) {
      isDescending = kind(rest.upperBound - 1) == .desc
      rest = rest.lowerBound..<(rest.upperBound - 1)
    }
    return AfterMacro.Term(expression: rest, isDescending: isDescending, nulls: nulls)
  }
}
