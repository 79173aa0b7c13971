// Versions as numbers, for those that are.

extension Migration {
  /// By the numbers of their versions; what has no number has no order but that of the list.
  package func isOlder(than other: Migration) -> Bool {
    guard let ours = numbers(of: version), let theirs = numbers(of: other.version) else { return false }
    for (a, b) in zip(ours, theirs) where a != b { return a.count == b.count ? a < b : a.count < b.count }
    return ours.count < theirs.count
  }

  /// `1.10` in its parts, without leading zeros; nothing for a name.
  private func numbers(of version: String) -> [String]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    return isNumber ? parts.map { String($0.drop { $0 == "0" }) } : nil
  }
}
