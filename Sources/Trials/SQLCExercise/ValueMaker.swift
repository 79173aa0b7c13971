// Values for a column: the usual ones, the ends of the range, and odd ones that the type admits.

import SQLCEngine

struct ValueMaker {
  let types: any TrialTypes
  var random: SeededGenerator
  /// Grows with every unique value, so that no two are alike.
  private var serial: Int64 = 0

  init(types: any TrialTypes, random: SeededGenerator) {
    self.types = types
    self.random = random
  }

  mutating func value(of kind: ValueKind, hints: ValueHints = ValueHints()) -> TrialValue {
    if let hinted = hinted(hints, kind) { return hinted }
    if let value = types.value(of: kind, using: &random) { return value }
    switch kind {
    case .integer: return .integer(integer())
    case .real: return random.chance(10) ? .real(0) : .real(real())
    case .text: return .text(text())
    case .blob: return blob(count: Int.random(in: 0...12, using: &random))
    case .numeric: return random.chance(50) ? .integer(integer()) : .real(real())
    case .any:
      return [TrialValue.integer(integer()), .real(real()), .text(text()), blob(count: 3)]
        .randomElement(using: &random) ?? .null
    case .boolean: return .integer(random.chance(50) ? 1 : 0)
    case .dateTime: return .text("\(random.day()) \(timeOfDay())")
    case .date: return .text(random.day())
    case .time: return .text(timeOfDay())
    case .json: return .text(json())
    case .uuid: return .text(random.uuid())
    case .vector: return blob(count: 4 * 4)
    case .other: return .null
    }
  }

  /// Unlike every other value that this maker has made for the same kind.
  mutating func uniqueValue(of kind: ValueKind, hints: ValueHints = ValueHints()) -> TrialValue {
    serial += 1
    if hints.literals.isEmpty, hints.patterns.isEmpty, hints.lengths.isEmpty, hints.alphabets.isEmpty,
      let value = types.uniqueValue(of: kind, serial: serial, using: &random)
    {
      return value
    }
    let value = value(of: kind, hints: hints)
    switch value {
    // There are two of them.
    case .integer where kind == .boolean: return value
    case .integer(let base):
      return .integer(hints.literals.isEmpty ? serial : random.chance(50) ? base : base &+ serial)
    case .real(let base): return .real(base + Double(serial))
    case .text(let base):
      switch kind {
      case .uuid, .dateTime, .date, .json: return .text(base)
      case _ where !hints.alphabets.isEmpty: return .text(base)
      case _ where !hints.lengths.isEmpty:
        // As long as it was: `CHECK (length(id) = 36)`.
        let tag = String(serial, radix: 36)
        return .text(base.count > tag.count ? base.dropLast(tag.count) + tag : base)
      default: return hints.literals.isEmpty && hints.patterns.isEmpty ? .text("\(base)-\(serial)") : .text(base)
      }
    case .blob(let bytes):
      return .blob(kind == .blob && hints.lengths.isEmpty ? bytes + Array("\(serial)".utf8) : bytes)
    case .null, .other: return value
    }
  }

  // MARK: By what the constraints mention

  private mutating func hinted(_ hints: ValueHints, _ kind: ValueKind) -> TrialValue? {
    if let asked = hints.asked.randomElement(using: &random), random.chance(20) { return asked }
    if !hints.jsonKeys.isEmpty, random.chance(75) { return .text(object(with: hints.jsonKeys)) }
    if let type = hints.jsonTypes.randomElement(using: &random), random.chance(80) { return .text(json(of: type)) }
    if hints.wantsJSON { return .text(json()) }
    if let alphabet = hints.alphabets.randomElement(using: &random), random.chance(90) {
      let length = max(1, hints.lengths.randomElement(using: &random) ?? Int.random(in: 1...8, using: &random))
      return .text(String((0..<length).map { _ in member(of: Array(alphabet)) }))
    }
    if let pattern = hints.patterns.randomElement(using: &random), random.chance(85) { return .text(match(pattern)) }
    if let length = hints.lengths.randomElement(using: &random), random.chance(70) {
      let count = max(0, length + Int.random(in: -1...1, using: &random))
      return kind == .blob || kind == .vector || kind == .uuid
        ? blob(count: count) : .text(String((0..<count).map { _ in letter() }))
    }
    guard let literal = hints.literals.randomElement(using: &random), random.chance(85) else { return nil }
    switch (literal, kind) {
    case (.integer(let value), .integer), (.integer(let value), .numeric):
      return .integer(value &+ ([0, 0, 1, -1, 5].randomElement(using: &random) ?? 0))
    case (.integer(let value), .real):
      return .real(Double(value) + ([0, 0.5, 1, -0.5].randomElement(using: &random) ?? 0))
    case (.real(let value), _):
      return .real(value + ([0, 0.25, -0.25].randomElement(using: &random) ?? 0))
    case (.integer(let value), .boolean): return .integer(value)
    case (.text(""), _): return nil
    default: return literal
    }
  }

  /// A text that the pattern matches (lang_expr.html#glob: `*`, `?`, `[…]`; `%` and `_` for LIKE).
  private mutating func match(_ pattern: ValueHints.Pattern) -> String {
    if pattern.language == .regular { return RegularExpressionSample(pattern.text, using: &random).text ?? text() }
    var result = ""
    var rest = Array(pattern.text)[...]
    while let character = rest.popFirst() {
      switch (character, pattern.language) {
      case ("*", .glob), ("%", .like):
        result += String((0..<Int.random(in: 0...4, using: &random)).map { _ in letter() })
      case ("?", .glob), ("_", .like): result.append(letter())
      case ("[", .glob):
        guard let end = rest.dropFirst().firstIndex(of: "]") else { return result }
        let set = Array(rest[rest.startIndex..<end])
        rest = rest[(end + 1)...]
        result.append(member(of: set))
      default: result.append(character)
      }
    }
    return result
  }

  private mutating func member(of set: [Character]) -> Character {
    guard set.first != "^" else {
      return ["a", "7", "Z", "_"].first { !set.contains($0) } ?? "~"
    }
    var members: [Character] = []
    var index = 0
    while index < set.count {
      if index + 2 < set.count, set[index + 1] == "-", let low = set[index].asciiValue,
        let high = set[index + 2].asciiValue, low <= high
      {
        members += (low...high).map { Character(UnicodeScalar($0)) }
        index += 3
      } else {
        members.append(set[index])
        index += 1
      }
    }
    return members.randomElement(using: &random) ?? "a"
  }

  // MARK: By type

  /// Mostly small, so that values meet; the ends of 32 bits, and some beyond. The ends of 64 bits would make arithmetic
  /// overflow to REAL, which is a rule of its own (lang_expr.html#operators).
  private mutating func integer() -> Int64 {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: 0
    case 1: [-1, 2_147_483_647, -2_147_483_648, 4_294_967_296].randomElement(using: &random) ?? 0
    default: Int64.random(in: 1...20, using: &random)
    }
  }

  private mutating func real() -> Double {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: -1.5
    case 1: 1e15
    case 2: Double(Int.random(in: -3...3, using: &random))
    default: Double(Int.random(in: -1000...1000, using: &random)) / 8
    }
  }

  private mutating func letter() -> Character { "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a" }

  private mutating func text() -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return ""
    case 1: return ["Zoë 🙂", "it's", "100%", "a_b", "  ", "12", "1.5e3", "NULL"].randomElement(using: &random) ?? ""
    default: return String((0..<Int.random(in: 1...8, using: &random)).map { _ in letter() })
    }
  }

  private mutating func blob(count: Int) -> TrialValue { .blob(random.bytes(count: count)) }

  /// `09:30:00`
  private mutating func timeOfDay() -> String {
    [23, 59, 59].map { most in
      let number = Int.random(in: 0...most, using: &random)
      return number < 10 ? "0\(number)" : "\(number)"
    }.joined(separator: ":")
  }

  private mutating func object(with keys: [String]) -> String {
    let members = Set(keys).sorted().map { key in
      let value = ["1", "20", "\"a\"", "\"b\"", "2.5", "true"].randomElement(using: &random) ?? "1"
      return "\"\(key)\":\(value)"
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// A document whose `json_type` is the one asked for (json1.html#the_json_type_function).
  private mutating func json(of type: String) -> String {
    switch type {
    case "array": ["[]", "[1,2.5,\"a\",null]", "[\"a\",\"b\"]"].randomElement(using: &random) ?? "[]"
    case "object": ["{}", "{\"a\":1}", "{\"name\":\"x\",\"value\":null}"].randomElement(using: &random) ?? "{}"
    case "text": "\"text\""
    case "integer": "7"
    case "real": "1.5"
    case "true", "false", "null": type
    default: json()
    }
  }

  private mutating func json() -> String {
    [
      "{}", "[]", "null", "1", "\"text\"", "{\"a\":1,\"b\":[1,2,null],\"name\":\"x\"}", "[{\"id\":1},{\"id\":null}]",
      "[1,2.5,\"a\",null]",
      "{\"enabled\":true,\"tags\":[\"a\",\"b\"],\"nested\":{\"value\":null}}",
    ].randomElement(using: &random) ?? "{}"
  }
}
