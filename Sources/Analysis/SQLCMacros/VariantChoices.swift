// Which statements a query with choices is.

package import SQLCModel

/// The letters of `sqlc` stand somewhere, in any case; blanks may follow before the dot.
package func mentionsMacros(_ query: AnnotatedQuery) -> Bool {
  let word: [UInt8] = [0x73, 0x71, 0x6C, 0x63]
  var matched = 0
  for byte in query.source.slice(query.bodyRange).utf8 {
    let letter = byte | 0x20
    matched = letter == word[matched] ? matched + 1 : letter == word[0] ? 1 : 0
    if matched == word.count { return true }
  }
  return false
}

extension VariantsModel {
  /// Every set of predicates in the default order, and every other term with all of them.
  package var choicesToAnalyze: [VariantChoice] {
    let all: UInt64 = (1 << UInt64(filters.count)) - 1
    let first = order.isEmpty ? 0 : bit(ofTerm: 0, isDescending: order[0].isDescending)
    let sets = (0...all).reversed().map { VariantChoice(bits: $0 | first) }
    return sets + order.indices.dropFirst().map { VariantChoice(bits: all | bit(ofTerm: $0, isDescending: false)) }
  }
}
