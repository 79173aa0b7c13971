// Whether a query can have macros at all.

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
