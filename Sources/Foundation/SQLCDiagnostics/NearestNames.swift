// "Did you mean …?": which known names a misspelt one may stand for.

/// The candidates that are a plausible misspelling away, best first, at most `limit`.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours, without regard to case; a third of the
/// name's length is allowed, one at least. `nearestNames(to: "enviroment_id", among: ["id", "environment_id"])` is
/// `["environment_id"]`.
public func nearestNames(to name: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String] {
  let wanted = Array(name.lowercased().unicodeScalars)
  let allowed = max(1, wanted.count / 3)
  var found: [(distance: Int, name: String)] = []
  var seen: Set<String> = []
  for candidate in candidates where seen.insert(candidate).inserted {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    guard abs(scalars.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, scalars)
    if distance <= allowed { found.append((distance, candidate)) }
  }
  return found.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit).map(\.name)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other: the optimal string
/// alignment, of whose table three rows are alive.
///
///     editDistance("wehre".utf8, "where".utf8)  // 1
package func editDistance<Word: Sequence>(_ a: Word, _ b: Word) -> Int where Word.Element: Equatable {
  let a = Array(a)
  let b = Array(b)
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
