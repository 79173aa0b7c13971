// How far two words are apart, to guess what was meant.

/// The number of insertions, deletions, replacements and swaps of neighbours between two words, compared by bytes;
/// `limit + 1` when it is more than `limit`.
///
///     editDistance("wehre", "where", limit: 2)  // 1
func editDistance(_ a: String, _ b: String, limit: Int) -> Int {
  let a = Array(a.utf8)
  let b = Array(b.utf8)
  guard abs(a.count - b.count) <= limit else { return limit + 1 }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for j in b.indices {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return min(last[b.count], limit + 1)
}
