// Patterns of the configuration, such as `*.created_at`.

/// Does the name fit the pattern, in which `*` stands for any characters, none included? Case does not count, as in
/// SQLite's names.
func matches(_ name: String, pattern: String) -> Bool {
  let name = Array(name.lowercased())
  let pattern = Array(pattern.lowercased())
  var n = 0
  var p = 0
  /// Where to go on when what follows the last star does not fit: the star takes one character more.
  var retry: (n: Int, p: Int)?
  while n < name.count {
    if p < pattern.count, pattern[p] == "*" {
      retry = (n, p + 1)
      p += 1
    } else if p < pattern.count, pattern[p] == name[n] {
      n += 1
      p += 1
    } else if let (star, after) = retry {
      retry = (star + 1, after)
      n = star + 1
      p = after
    } else {
      return false
    }
  }
  return pattern[p...].allSatisfy { $0 == "*" }
}

/// `main.agents.spec` and `agents.spec` mean the same: there is one schema.
func columnPattern(_ pattern: String) -> String {
  pattern.lowercased().hasPrefix("main.") ? String(pattern.dropFirst(5)) : pattern
}
