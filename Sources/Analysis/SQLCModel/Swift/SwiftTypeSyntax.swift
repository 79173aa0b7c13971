// Types and modules as a configuration writes them: read by Swift's grammar, so that nothing else gets through.
// The Swift Programming Language, Types; only what names a stored value's type is taken.

/// Is the text one type: `AgentSpec`, `Models.Spec`, `[Float]`, `[String: Int]`, `Box<Int>`, `(Int, name: String)`,
/// `any Shape`, `A & B`, `Int?`?
package func isTypeSyntax(_ text: String) -> Bool {
  var parser = TypeParser(text)
  return parser.type(depth: 0) && parser.isAtEnd
}

/// Is the text a module's name, perhaps with a submodule: `Models`, `Models.Agents`?
package func isModuleSyntax(_ text: String) -> Bool {
  text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
    isIdentifier(String($0)) && !isReservedWord(String($0))
  }
}

private struct TypeParser {
  private var rest: Substring
  /// Deep enough for every type that a person writes.
  private static let deepest = 32

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  /// One type with the `?` and `&` that follow it.
  mutating func type(depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    _ = take(word: "any")
    guard primary(depth) else { return false }
    while true {
      skipBlanks()
      if take("?") { continue }
      if take("&") {
        guard primary(depth) else { return false }
        continue
      }
      return true
    }
  }

  private mutating func primary(_ depth: Int) -> Bool {
    skipBlanks()
    if take("[") {
      guard type(depth: depth + 1) else { return false }
      if take(":") { guard type(depth: depth + 1) else { return false } }
      return take("]")
    }
    if take("(") { return list(closedBy: ")", depth) { $0.element(depth) } }
    return path(depth)
  }

  /// An element of a tuple, perhaps with a label.
  private mutating func element(_ depth: Int) -> Bool {
    skipBlanks()
    let start = rest
    if name() != nil, take(":") { return type(depth: depth + 1) }
    rest = start
    return type(depth: depth + 1)
  }

  /// `A`, `A.B`, `A<B, C>.D`.
  private mutating func path(_ depth: Int) -> Bool {
    repeat {
      guard let name = name(), !isReservedWord(name) || name == "Any" else { return false }
      if take("<") {
        guard list(closedBy: ">", depth, { $0.type(depth: depth + 1) }) else { return false }
      }
    } while take(".")
    return true
  }

  private mutating func list(
    closedBy end: Character, _ depth: Int, _ item: (inout TypeParser) -> Bool
  ) -> Bool {
    repeat { guard item(&self) else { return false } } while take(",")
    return take(end)
  }

  // MARK: Tokens

  private mutating func name() -> String? {
    skipBlanks()
    let name = String(rest.prefix(while: isIdentifierCharacter))
    guard !name.isEmpty, isIdentifier(name) else { return nil }
    rest.removeFirst(name.count)
    return name
  }

  private mutating func take(word: String) -> Bool {
    skipBlanks()
    guard rest.prefix(while: isIdentifierCharacter) == word[...] else { return false }
    rest.removeFirst(word.count)
    return true
  }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }
}
