// Names near to one that is unknown, and names written so that SQLite reads them back.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// The name that was probably meant: at most a third of its letters differ (swapped neighbours count once), and nothing
/// is nearer. Earlier names win ties.
func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.asciiLowercased.utf8)
  guard !wanted.isEmpty else { return nil }
  let limit = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.asciiLowercased.utf8)
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  return best?.name
}

/// The name as it must be written in SQL: bare when it is an identifier and no keyword, else in double quotes.
func quotedIfNeeded(_ name: String) -> String {
  var isPlain = true
  for (index, byte) in name.utf8.enumerated() {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x80...0xFF: continue
    case 0x30...0x39, 0x24: isPlain = index > 0
    default: isPlain = false
    }
    if !isPlain { break }
  }
  if isPlain, !name.isEmpty, !keywords.contains(name.asciiLowercased) { return name }
  return "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
}

/// SQLite, lang_keywords.html. Many may stand as names; quoting them all is always right.
private let keywords: Set<String> = Set(
  """
  abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case \
  cast check collate column commit conflict constraint create cross current current_date current_time \
  current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape \
  except exclude exclusive exists explain fail filter first following for foreign from full generated glob group groups \
  having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key last left \
  like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer over \
  partition plan pragma preceding primary query raise range recursive references regexp reindex release rename replace \
  restrict returning right rollback row rows savepoint select set table temp temporary then ties to transaction trigger \
  unbounded union unique update using vacuum values view virtual when where window with within without true false
  """.split(separator: " ").map(String.init))
