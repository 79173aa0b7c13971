// A text that a regular expression of a CHECK may match. The database decides whether it does.

import SQLCEngine

/// Goes through a pattern from left to right and writes something for each part. What it does not understand it gives up.
struct RegularExpressionSample {
  private var rest: Substring
  private var random: SeededGenerator
  private(set) var text: String?

  init(_ pattern: String, using random: inout SeededGenerator) {
    rest = pattern[...]
    self.random = SeededGenerator(seed: random.next())
    let sample = alternatives()
    text = rest.isEmpty ? sample : nil
  }

  /// Up to a closing parenthesis or the end; one of several alternatives.
  private mutating func alternatives() -> String? {
    var all: [String] = []
    while true {
      guard let one = sequence() else { return nil }
      all.append(one)
      guard rest.first == "|" else { return all.randomElement(using: &random) }
      rest.removeFirst()
    }
  }

  private mutating func sequence() -> String? {
    var result = ""
    while let character = rest.first, character != ")", character != "|" {
      let start = rest
      guard let part = atom() else { return nil }
      guard let count = quantifier() else { return nil }
      guard count > 0 else { continue }
      result += part
      // The same again, with other choices.
      let end = rest
      for _ in 1..<max(1, count) {
        rest = start
        guard let another = atom() else { return nil }
        result += another
      }
      rest = end
    }
    return result
  }

  private mutating func atom() -> String? {
    let character = rest.removeFirst()
    switch character {
    case "^", "$": return ""
    case ".": return one(of: "abcxyz07")
    case "\\":
      guard let escaped = rest.popFirst() else { return nil }
      switch escaped {
      case "d": return one(of: "0123456789")
      case "w": return one(of: "abcxyz019")
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
      // `a-z`
      if rest.first == "-", let last = rest.dropFirst().first, last != "]", let low = character.asciiValue,
        let high = last.asciiValue, low <= high
      {
        rest.removeFirst(2)
        members += (low...high).map { Character(UnicodeScalar($0)) }
        continue
      }
      members.append(character)
    }
    if isNegated { return ["a", "7", "Z", "~"].first { !members.contains($0) }.map(String.init) ?? "_" }
    return one(of: members)
  }

  private mutating func one(of characters: some Sequence<Character>) -> String {
    Array(characters).randomElement(using: &random).map(String.init) ?? ""
  }

  private mutating func quantifier() -> Int? {
    defer { if rest.first == "?" { rest.removeFirst() } }
    switch rest.first {
    case "*", "+":
      let least = rest.removeFirst() == "+" ? 1 : 0
      return Int.random(in: least...6, using: &random)
    case "?":
      rest.removeFirst()
      return random.chance(50) ? 1 : 0
    case "{":
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let bounds = rest[rest.index(after: rest.startIndex)..<end].split(
        separator: ",", omittingEmptySubsequences: false)
      rest = rest[rest.index(after: end)...]
      guard let low = bounds.first.flatMap({ Int($0) }), low < 1_000 else { return nil }
      guard bounds.count > 1 else { return low }
      return Int.random(in: low...max(low, min(Int(bounds[1]) ?? low + 6, low + 6)), using: &random)
    default: return 1
    }
  }
}
