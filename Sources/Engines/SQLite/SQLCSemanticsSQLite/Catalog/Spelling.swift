// Names near to one that is unknown.

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
