// Names in one scope, made different from each other.

/// Hands out the names of one scope. A name that is taken gets the first free number from 2 on, as sqlc does it:
/// `id`, `id2`, `id3`.
struct UniqueNames {
  private var taken: Set<String>
  /// By name, the last number that was given or found taken.
  private var tried: [String: Int] = [:]

  init(taken: Set<String> = []) { self.taken = taken }

  /// The name, or the nearest free one. `isRenamed` says that it had to be changed because of another in the scope.
  mutating func claim(_ name: String) -> (name: SwiftName, isRenamed: Bool) {
    let (text, isRenamed) = claim(text: SwiftName(name).text)
    return (SwiftName(text), isRenamed)
  }

  /// The same for what need not be an identifier.
  mutating func claim(text name: String) -> (text: String, isRenamed: Bool) {
    if taken.insert(name).inserted { return (name, false) }
    var number = tried[name, default: 1] + 1
    // Ends: every turn tries another name, and only finitely many are taken.
    while !taken.insert("\(name)\(number)").inserted { number += 1 }
    tried[name] = number
    return ("\(name)\(number)", true)
  }
}
