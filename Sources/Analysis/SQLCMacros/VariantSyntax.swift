// `sqlc.optional`, `sqlc.order`, `sqlc.after` and `sqlc.patch` as they stand in the text: found among the tokens, before anything is parsed.
//
// SQL with these macros is no SQL that SQLite or our parser knows. What is analysed is the text with some of its bytes
// blanked out, a text for each combination; offsets stay what they are, so that every message points into the user's file.

package import SQLCDiagnostics

/// A part of the text that is there for some choices only.
package struct ConditionalRegion {
  package var range: ByteRange
  /// All of these bits must be chosen.
  package var all: UInt64
  /// And one of these, unless there are none.
  package var any: UInt64

  package init(range: ByteRange, all: UInt64 = 0, any: UInt64 = 0) {
    self.range = range
    self.all = all
    self.any = any
  }

  func isThere(for choice: UInt64) -> Bool { choice & all == all && (any == 0 || choice & any != 0) }
}

/// `sqlc.optional(predicate)` or `sqlc.optional(name, predicate)`; one assignment of `sqlc.patch`; or `sqlc.after(@cursor)`.
package struct OptionalMacro {
  /// Indexes of the tokens `sqlc` and `)`; of an assignment's first and last.
  package var tokens: ClosedRange<Int>
  package var range: ByteRange
  package var name: (text: String, range: ByteRange)?
  /// The predicate, or the assignment without its name.
  package var body: ByteRange
  /// Of an assignment: the one column that it sets.
  var column: String?
}

/// `sqlc.order(term, term AS name DESC NULLS LAST, …)`, perhaps with `AS name`.
package struct OrderMacro {
  package struct Term {
    package var name: String
    package var nameRange: ByteRange
    package var expression: ByteRange
    package var isDescending: Bool
    /// `NULLS FIRST`, which stays whatever the direction is.
    package var nulls: ByteRange?
    /// With AS, direction and NULLS.
    package var range: ByteRange
  }
  /// Indexes of the tokens `sqlc` and `)`.
  package var tokens: ClosedRange<Int>
  /// With its name.
  package var range: ByteRange
  package var terms: [Term]
  /// What the caller knows it by, and where that is written.
  package var name: String
  package var nameRange: ByteRange
  /// How many terms the orders before it have.
  package var firstTerm: Int
  /// The BY whose first term it is.
  var clause: Int
}

/// Everything that a query leaves to its caller.
package struct VariantSyntax {
  /// Predicates, and the assignments of `patches`.
  package var filters: [OptionalMacro] = []
  package var patches: [PatchMacro] = []
  package var orders: [OrderMacro] = []
  package var after: AfterMacro?
  package var regions: [ConditionalRegion] = []
  /// The WHERE of the statement itself consists of optional predicates only: fatal for UPDATE and DELETE.
  var bareWhere: ByteRange?
  package let source: SourceFile
  /// Of the one statement, as written.
  package var tokens: ArraySlice<MacroToken>

  package init(source: SourceFile, tokens: ArraySlice<MacroToken>) {
    self.source = source
    self.tokens = tokens
  }

  var isEmpty: Bool { filters.isEmpty && orders.isEmpty }

  /// The terms of all orders, one after the other.
  var terms: [OrderMacro.Term] { orders.flatMap(\.terms) }

  /// Both directions of a term, counted through all orders: its bits.
  package func bits(ofTerm index: Int) -> UInt64 { 0b11 << UInt64(filters.count + 2 * index) }

  /// How many combinations of predicates and orders there are; more than can be counted is `Int.max`. Those of assignments
  /// are not multiplied.
  var combinationCount: Int {
    let predicates = filters.count - patches.reduce(0) { $0 + $1.assignments.count }
    guard predicates < 40 else { return .max }
    return orders.reduce(1 << predicates) { count, order in
      let (product, isOver) = count.multipliedReportingOverflow(by: 2 * order.terms.count)
      return isOver ? .max : product
    }
  }

  /// The names that are written for predicates, assignments and orders; those that follow from what they hold are not among them.
  package var writtenNames: [(text: String, range: ByteRange)] {
    let ofFilters = filters.compactMap { filter in filter.name.flatMap { filter.body.contains($0.range) ? nil : $0 } }
    let ofTerms = terms.filter { !$0.expression.contains($0.nameRange) }
      .map { (text: $0.name, range: $0.nameRange) }
    return ofFilters + ofTerms
  }

  /// The text with everything in it: all predicates, and all terms one after the other.
  package var wholeText: SourceFile { blanked(wholeBlanks) }
  /// What is no SQL in any of them: the names of the macros and of what they hold, and directions, which do not matter to
  /// the analysis.
  package var wholeBlanks: [ByteRange] { heads }

  /// The text of one choice.
  package func text(for choice: UInt64) -> SourceFile { blanked(blanks(for: choice)) }

  /// What is not there in that text.
  package func blanks(for choice: UInt64) -> [ByteRange] {
    var blanks = heads + regions.filter { !$0.isThere(for: choice) }.map(\.range)
    for order in orders {
      for (index, term) in order.terms.enumerated() {
        if choice & bits(ofTerm: order.firstTerm + index) == 0 { blanks.append(term.range) }
        // The comma behind it.
        if index + 1 < order.terms.count {
          blanks.append(ByteRange(term.range.upper, order.terms[index + 1].range.lower))
        }
      }
    }
    return blanks
  }

  /// The macros' own words, which are in no statement; those of `sqlc.order` not among them. The parentheses of
  /// `sqlc.optional` stay, so that an OR inside keeps to itself.
  package var macroWords: [ByteRange] {
    var words: [ByteRange] = []
    for (index, filter) in filters.enumerated() where !isAssignment(index) {
      let open = tokens[filter.tokens.lowerBound + 3].range
      words.append(ByteRange(filter.range.lower, open.lower))
      if filter.name != nil { words.append(ByteRange(open.upper, filter.body.lower)) }
    }
    return words + patches.flatMap { $0.words(filters) }
  }

  private var heads: [ByteRange] {
    var heads = macroWords
    for order in orders {
      heads.append(ByteRange(order.range.lower, order.terms.first?.range.lower ?? order.range.upper))
      heads.append(ByteRange(tokens[order.tokens.upperBound].range.lower, order.range.upper))
      for term in order.terms {
        heads.append(ByteRange(term.expression.upper, term.nulls?.lower ?? term.range.upper))
      }
    }
    return heads
  }

  /// Line breaks stay, so that lines are counted as before.
  private func blanked(_ ranges: [ByteRange]) -> SourceFile {
    var bytes = Array(source.text.utf8)
    for range in ranges {
      for offset in range.lower..<range.upper where bytes[offset] != 0x0A { bytes[offset] = 0x20 }
    }
    return SourceFile(path: source.path, text: String(decoding: bytes, as: UTF8.self))
  }
}
