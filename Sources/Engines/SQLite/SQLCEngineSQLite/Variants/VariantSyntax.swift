// `sqlc.optional` and `sqlc.order` as they stand in the text: found among the tokens, before anything is parsed.
//
// SQL with these macros is no SQL that SQLite or our parser knows. What is analysed is the text with some of its bytes
// blanked out, a text for each combination; offsets stay what they are, so that every message points into the user's file.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// A stretch of text that is there for some choices only.
struct ConditionalRegion {
  var range: ByteRange
  /// All of these bits must be chosen.
  var all: UInt64 = 0
  /// And one of these, unless there are none.
  var any: UInt64 = 0

  func isThere(for choice: UInt64) -> Bool { choice & all == all && (any == 0 || choice & any != 0) }
}

/// `sqlc.optional(predicate)` or `sqlc.optional(name, predicate)`.
struct OptionalMacro {
  /// Indexes of the tokens `sqlc` and `)`.
  var tokens: ClosedRange<Int>
  var range: ByteRange
  var name: (text: String, range: ByteRange)?
  /// The predicate.
  var body: ByteRange
}

/// `sqlc.order(term, term AS name DESC NULLS LAST, …)`.
struct OrderMacro {
  struct Term {
    var name: String
    var nameRange: ByteRange
    var expression: ByteRange
    var isDescending: Bool
    /// `NULLS FIRST`, which stays whatever the direction is.
    var nulls: ByteRange?
    /// With AS, direction and NULLS.
    var range: ByteRange
  }
  var tokens: ClosedRange<Int>
  var range: ByteRange
  var terms: [Term]
}

/// Everything that a query leaves to its caller.
struct VariantSyntax {
  var filters: [OptionalMacro] = []
  var order: OrderMacro?
  var regions: [ConditionalRegion] = []
  /// The WHERE of the statement itself consists of optional predicates only: fatal for UPDATE and DELETE.
  var bareWhere: ByteRange?
  let source: SourceFile
  /// Of the one statement, as written.
  var tokens: ArraySlice<Token>

  var isEmpty: Bool { filters.isEmpty && order == nil }

  /// Both directions of a term: its bits.
  func bits(ofTerm index: Int) -> UInt64 { 0b11 << UInt64(filters.count + 2 * index) }

  /// How many combinations there are; more than can be counted is `Int.max`.
  var combinationCount: Int {
    let orders = max(1, 2 * (order?.terms.count ?? 0))
    guard filters.count < 40 else { return .max }
    let (count, isOver) = (1 << filters.count).multipliedReportingOverflow(by: orders)
    return isOver ? .max : count
  }

  /// The text with everything in it: all predicates, and all terms one after the other.
  var wholeText: SourceFile { blanked(heads) }

  /// The text of one choice.
  func text(for choice: UInt64) -> SourceFile {
    var blanks = heads + regions.filter { !$0.isThere(for: choice) }.map(\.range)
    if let order {
      for (index, term) in order.terms.enumerated() {
        if choice & bits(ofTerm: index) == 0 { blanks.append(term.range) }
        // The comma behind it.
        if index + 1 < order.terms.count {
          blanks.append(ByteRange(term.range.upper, order.terms[index + 1].range.lower))
        }
      }
    }
    return blanked(blanks)
  }

  /// What is no SQL: the names of the macros and of what they hold, and directions, which do not matter to the analysis.
  private var heads: [ByteRange] {
    var heads = filters.map { filter in
      ByteRange(filter.range.lower, tokens[filter.tokens.lowerBound + 3].range.lower)
    }
    for filter in filters {
      if filter.name != nil {
        heads.append(ByteRange(tokens[filter.tokens.lowerBound + 4].range.lower, filter.body.lower))
      }
    }
    guard let order else { return heads }
    heads.append(ByteRange(order.range.lower, order.terms.first?.range.lower ?? order.range.upper))
    heads.append(ByteRange(order.range.upper - 1, order.range.upper))
    for term in order.terms {
      heads.append(ByteRange(term.expression.upper, term.nulls?.lower ?? term.range.upper))
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
