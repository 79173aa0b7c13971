// Tokens of statements and fragments, comments left out, as far as fragments need to understand them.

import SQLCDiagnostics
import SQLCEngine

struct FragmentTokens {
  let source: SourceFile
  let tokens: [LexicalToken]
  let rules: LexicalRules

  var indices: Range<Int> { tokens.indices }

  /// A word in small letters; empty where it is none.
  func word(_ index: Int) -> String {
    tokens.indices.contains(index) && tokens[index].kind == .word ? source.slice(tokens[index].range).lowercased() : ""
  }

  func text(_ index: Int) -> String { String(source.slice(tokens[index].range)) }

  func isSymbol(_ symbol: String, _ index: Int) -> Bool {
    tokens.indices.contains(index) && tokens[index].kind == .other && source.slice(tokens[index].range) == symbol
  }

  func kind(_ index: Int) -> LexicalToken.Kind? { tokens.indices.contains(index) ? tokens[index].kind : nil }

  func isGlued(_ index: Int) -> Bool {
    tokens.indices.contains(index) && tokens.indices.contains(index + 1)
      && tokens[index].range.upper == tokens[index + 1].range.lower
  }

  func range(_ indexes: Range<Int>) -> ByteRange {
    tokens[indexes.lowerBound].range.union(tokens[indexes.upperBound - 1].range)
  }

  /// How much deeper it is behind that token.
  func step(_ index: Int) -> Int {
    switch tokens[index].kind {
    case .openParenthesis: 1
    case .closeParenthesis: -1
    case .other: isSymbol("[", index) ? 1 : isSymbol("]", index) ? -1 : 0
    default: 0
    }
  }

  /// The parenthesis that closes the one there.
  func closing(_ open: Int) -> Int? {
    var depth = 0
    for index in open..<tokens.count {
      depth += step(index)
      if depth == 0 { return index }
    }
    return nil
  }

  /// `sqlc.use(` and its like: the word in the middle.
  func macro(at index: Int) -> String? {
    guard word(index) == "sqlc", isSymbol(".", index + 1), kind(index + 2) == .word,
      kind(index + 3) == .openParenthesis
    else { return nil }
    return word(index + 2)
  }

  /// `@name`: the name's index. PostgreSQL has operators that end with the sign.
  func parameter(at index: Int) -> Int? {
    guard isSymbol("@", index), isGlued(index), kind(index + 1) == .word,
      let first = source.slice(tokens[index + 1].range).unicodeScalars.first,
      first == "_" || first.properties.isAlphabetic
    else { return nil }
    if rules.parameters == .dollarNumbers, index > 0, isGlued(index - 1), kind(index - 1) == .other,
      "<@~|&#!?^".contains(text(index - 1))
    {
      return nil
    }
    return index + 1
  }

  // MARK: Uses

  enum UseReading {
    case use(FragmentUse)
    case malformed(ByteRange)
  }

  /// `sqlc.use(name, parameter => value, …)`
  func use(at index: Int) -> (reading: UseReading, past: Int)? {
    guard macro(at: index) == "use" else { return nil }
    let head = range(index..<(index + 3))
    guard let close = closing(index + 3) else { return (.malformed(head), index + 4) }
    let parts = parts(of: (index + 4)..<close)
    guard let first = parts.first, first.count == 1, kind(first.lowerBound) == .word else {
      return (.malformed(parts.first.map { $0.isEmpty ? head : range($0) } ?? head), close + 1)
    }
    var arguments: [FragmentUse.Argument] = []
    for part in parts.dropFirst() {
      guard part.count > 3, kind(part.lowerBound) == .word, isSymbol("=", part.lowerBound + 1),
        isSymbol(">", part.lowerBound + 2), isGlued(part.lowerBound + 1)
      else {
        return (.malformed(part.isEmpty ? head : range(part)), close + 1)
      }
      let value = (part.lowerBound + 3)..<part.upperBound
      arguments.append(
        FragmentUse.Argument(
          name: text(part.lowerBound), nameRange: tokens[part.lowerBound].range, value: range(value), tokens: value))
    }
    let use = FragmentUse(
      name: text(first.lowerBound), nameRange: tokens[first.lowerBound].range, range: range(index..<(close + 1)),
      arguments: arguments, tokens: index...close)
    return (.use(use), close + 1)
  }

  /// Cut at the commas.
  private func parts(of range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var depth = 0
    for index in range {
      depth += step(index)
      if depth == 0, isSymbol(",", index) {
        parts.append(start..<index)
        start = index + 1
      }
    }
    return parts + [start..<range.upperBound]
  }

  /// Every use, those inside arguments of others too.
  func uses() -> [UseReading] { indices.compactMap { use(at: $0)?.reading } }

  // MARK: Expressions

  /// One operand, whatever stands beside it.
  func isAtomic(_ range: Range<Int>) -> Bool {
    if isPath(range) { return true }
    if range.count == 2,
      isSymbol("@", range.lowerBound) || isSymbol(":", range.lowerBound)
        || isSymbol("?", range.lowerBound), kind(range.lowerBound + 1) == .word
    {
      return true
    }
    // A call, or parentheses.
    guard let open = range.first(where: { kind($0) == .openParenthesis }), closing(open) == range.upperBound - 1 else {
      return false
    }
    return open == range.lowerBound || isPath(range.lowerBound..<open) && !Self.operators.contains(word(open - 1))
  }

  /// Names with dots between, or a literal.
  func isPath(_ range: Range<Int>) -> Bool {
    guard range.count % 2 == 1 else { return false }
    return range.enumerated().allSatisfy { offset, index in
      offset % 2 == 0 ? kind(index) == .word || kind(index) == .quoted : isSymbol(".", index)
    }
  }

  /// A name, perhaps with a dot in it.
  func isName(_ range: Range<Int>) -> Bool {
    guard isPath(range) else { return false }
    let first = text(range.lowerBound).unicodeScalars.first
    return first.map { $0 != "'" && !("0"..."9").contains($0) } ?? false && range.count <= 3
  }

  /// Words that a parenthesis can follow without a call.
  private static let operators: Set<String> = ["not", "in", "exists", "and", "or", "like", "glob", "case", "when"]
}
