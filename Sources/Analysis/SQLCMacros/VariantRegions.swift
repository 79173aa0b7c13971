// What goes with an optional predicate that is left out: its AND, or the whole clause.
//
// | text                         | `a` is `sqlc.optional(a)`                                    |
// |------------------------------|--------------------------------------------------------------|
// | `WHERE x AND a AND b`        | each goes with the AND before it                             |
// | `WHERE a AND b AND x`        | each goes with the AND behind it                             |
// | `WHERE a AND b`              | WHERE goes when both do; AND is there when both are          |

import SQLCDiagnostics

extension VariantScanner {
  /// Settles which text depends on which choice.
  mutating func findRegions() {
    let betweens = andsOfBetween()
    var run: [Int] = []
    for index in syntax.filters.indices where !syntax.isAssignment(index) {
      let filter = syntax.filters[index]
      if let last = run.last {
        let previous = syntax.filters[last].tokens.upperBound
        if kind(previous + 1) == .and, filter.tokens.lowerBound == previous + 2 {
          run.append(index)
          continue
        }
        settle(run, betweens)
      }
      run = [index]
    }
    if !run.isEmpty { settle(run, betweens) }
    for patch in syntax.patches { settle(patch) }
    for (index, term) in syntax.terms.enumerated() {
      syntax.regions.append(ConditionalRegion(range: term.expression, any: syntax.bits(ofTerm: index)))
    }
    syntax.regions.sort { $0.range.lower < $1.range.lower }
  }

  /// The ANDs of `x BETWEEN a AND b`.
  private func andsOfBetween() -> Set<Int> {
    var found: Set<Int> = []
    var open = [0]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .leftParen: open.append(0)
      case .rightParen: if open.count > 1 { open.removeLast() }
      case .between: open[open.count - 1] += 1
      case .and where open[open.count - 1] > 0:
        open[open.count - 1] -= 1
        found.insert(index)
      default: break
      }
    }
    return found
  }

  /// Predicates with nothing but ANDs between them.
  private mutating func settle(_ run: [Int], _ betweens: Set<Int>) {
    guard let firstIndex = run.first, let lastIndex = run.last else { return }
    let first = syntax.filters[firstIndex].tokens
    let last = syntax.filters[lastIndex].tokens
    let before = first.lowerBound - 1
    let after = last.upperBound + 1
    let isLeftAnchored = kind(before) == .and && !betweens.contains(before)
    let isRightAnchored = kind(after) == .and
    guard
      isLeftAnchored || [.where, .having, .on].contains(kind(before)) || (kind(before) == .leftParen && isRightAnchored)
    else {
      let word = tokens.indices.contains(before) ? text(before) : nil
      return report(.misplacedOptional(before: word ?? "", after: nil), at: head(of: firstIndex))
    }
    guard endsTerm(after) else {
      return report(.misplacedOptional(before: nil, after: text(after)), at: head(of: lastIndex))
    }
    if isLeftAnchored {
      for index in run { add(from: end(before: syntax.filters[index].tokens.lowerBound - 1), index) }
    } else if isRightAnchored {
      for index in run {
        let filter = syntax.filters[index]
        let and = filter.tokens.upperBound + 1
        // The text may end behind the AND, which the parser then says.
        let next = tokens.indices.contains(and + 1) ? tokens[and + 1].range.lower : tokens[and].range.upper
        syntax.regions.append(ConditionalRegion(range: ByteRange(filter.range.lower, next), all: bit(index)))
      }
    } else {
      settleWholeClause(run, keyword: before)
    }
  }

  private mutating func settleWholeClause(_ run: [Int], keyword: Int) {
    let place = head(of: run[0])
    switch kind(keyword) {
    case .on: return report(.soleCondition(clause: "ON"), at: place)
    case .where where kind(keyword - 1) == .leftParen && kind(keyword - 2) == .filter:
      return report(.soleCondition(clause: "FILTER (WHERE …)"), at: place)
    case .where where depth(of: keyword) == 0: syntax.bareWhere = place
    default: break
    }
    let mask = run.reduce(0) { $0 | bit($1) }
    let start = end(before: keyword)
    syntax.regions.append(ConditionalRegion(range: ByteRange(start, tokens[keyword].range.upper), any: mask))
    add(from: tokens[keyword].range.upper, run[0])
    var earlier = bit(run[0])
    for index in run.dropFirst() {
      let and = syntax.filters[index].tokens.lowerBound - 1
      syntax.regions.append(
        ConditionalRegion(
          range: ByteRange(tokens[and - 1].range.upper, tokens[and].range.upper), all: bit(index), any: earlier))
      add(from: tokens[and].range.upper, index)
      earlier |= bit(index)
    }
  }

  /// Where the token before that one ends; where that one begins when it is the first.
  func end(before index: Int) -> Int {
    tokens.indices.contains(index - 1) ? tokens[index - 1].range.upper : tokens[index].range.lower
  }

  /// The predicate and what stands before it from there on.
  private mutating func add(from start: Int, _ index: Int) {
    syntax.regions.append(
      ConditionalRegion(range: ByteRange(start, syntax.filters[index].range.upper), all: bit(index)))
  }

  func bit(_ index: Int) -> UInt64 { 1 << UInt64(index) }

  private func head(of filter: Int) -> ByteRange {
    let start = syntax.filters[filter].tokens.lowerBound
    return tokens[start].range.union(tokens[start + 2].range)
  }

  private func depth(of index: Int) -> Int {
    tokens[..<index].reduce(0) { $0 + ($1.kind == .leftParen ? 1 : $1.kind == .rightParen ? -1 : 0) }
  }

  /// A term of AND cannot go on there.
  private func endsTerm(_ index: Int) -> Bool {
    switch kind(index) {
    case .endOfInput, .and, .rightParen, .group, .order, .having, .limit, .window, .union, .except, .intersect,
      .returning, .where, .offset, .fetch, .for, .join, .left, .right, .full, .inner, .cross, .natural, .comma:
      true
    default: false
    }
  }
}
