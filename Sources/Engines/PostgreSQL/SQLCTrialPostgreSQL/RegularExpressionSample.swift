// A text that a regular expression of a CHECK may match. The database decides whether it does.

/// Goes through a pattern from left to right and writes something for each part. What it does not understand it gives up.
struct RegularExpressionSample {
  private var rest: Substring
  private let repeats: Int
  private(set) var text: String?

  init(_ pattern: String, repeats: Int) {
    rest = pattern[...]
    self.repeats = repeats
    let sample = alternatives()
    text = rest.isEmpty ? sample : nil
  }

  /// Up to a closing parenthesis or the end; of several alternatives the first.
  private mutating func alternatives() -> String? {
    var first: String?
    while true {
      guard let one = sequence() else { return nil }
      first = first ?? one
      guard rest.first == "|" else { return first }
      rest.removeFirst()
    }
  }

  private mutating func sequence() -> String? {
    var result = ""
    while let character = rest.first, character != ")", character != "|" {
      guard let part = atom() else { return nil }
      guard let count = quantifier() else { return nil }
      for _ in 0..<count { result += part }
    }
    return result
  }

  private mutating func atom() -> String? {
    let character = rest.removeFirst()
    switch character {
    case "^", "$": return ""
    case ".": return "a"
    case "\\":
      guard let escaped = rest.popFirst() else { return nil }
      switch escaped {
      case "d": return "7"
      case "w": return "a"
      case "s": return " "
      case "A", "Z", "m", "M", "y": return ""
      case "D", "S", "W": return "x"
      default: return escaped.isLetter || escaped.isNumber ? nil : String(escaped)
      }
    case "[": return set()
    case "(":
      if rest.hasPrefix("?:") { rest.removeFirst(2) }
      guard !rest.hasPrefix("?"), let inner = alternatives(), rest.first == ")" else { return nil }
      rest.removeFirst()
      return inner
    case "*", "+", "?", "{": return nil
    default: return String(character)
    }
  }

  private mutating func set() -> String? {
    let isNegated = rest.first == "^"
    if isNegated { rest.removeFirst() }
    var members: [Character] = []
    var isFirst = true
    while let character = rest.popFirst(), isFirst || character != "]" {
      isFirst = false
      if character == "[", rest.hasPrefix(":") {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let name = rest[rest.index(after: rest.startIndex)..<rest.index(before: end)]
        members.append(name == "digit" ? "7" : name == "upper" ? "A" : name == "space" ? " " : "a")
        rest = rest[rest.index(after: end)...]
        continue
      }
      if character == "\\", let escaped = rest.popFirst() {
        members.append(escaped == "d" ? "7" : escaped == "w" ? "a" : escaped == "s" ? " " : escaped)
        continue
      }
      members.append(character)
    }
    if isNegated { return ["a", "7", "Z", "~"].first { !members.contains($0) }.map(String.init) ?? "_" }
    return members.first.map(String.init)
  }

  private mutating func quantifier() -> Int? {
    defer { if rest.first == "?" { rest.removeFirst() } }
    switch rest.first {
    case "*", "+":
      rest.removeFirst()
      return repeats
    case "?":
      rest.removeFirst()
      return repeats > 1 ? 1 : 0
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let bounds = rest[rest.index(after: rest.startIndex)..<end].split(
        separator: ",", omittingEmptySubsequences: false)
      rest = rest[rest.index(after: end)...]
      guard let low = bounds.first.flatMap({ Int($0) }), low < 1_000 else { return nil }
      guard bounds.count > 1, repeats > low else { return low }
      return min(Int(bounds[1]) ?? repeats, repeats)
    default: return 1
    }
  }
}
