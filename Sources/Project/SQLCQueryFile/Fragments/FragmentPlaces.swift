// Where a file's fragments and their uses stand, right or wrong: for those who lay out or complete what is being written.

package import SQLCDiagnostics
package import SQLCEngine

/// What a file has of fragments.
package struct FragmentPlaces: Sendable, Hashable {
  package struct Use: Sendable, Hashable {
    /// From `sqlc` to the parenthesis.
    package var range: ByteRange
    /// With one space where one is wanted; nothing where a comment stands in it, or where it is malformed.
    package var spaced: String?
  }

  /// Of each fragment, from its first token that is no comment to its last before a semicolon at the end.
  package var bodies: [ByteRange] = []
  /// Those that stand in no other and in no fragment.
  package var uses: [Use] = []
  /// In the body of a fragment: parameters that stand for a table, as in `@agent.id` and `AS @agent`.
  package var tables: [ByteRange] = []

  package var isEmpty: Bool { bodies.isEmpty && uses.isEmpty && tables.isEmpty }
}

/// What a text is of a query file.
package enum FragmentText: Sendable { case file, body }

/// The places of fragments in a file, or in the body of one.
package func fragmentPlaces(of source: SourceFile, as text: FragmentText, rules: LexicalRules) -> FragmentPlaces {
  let tokens = lexicalTokens(of: source, rules: rules)
  var places = FragmentPlaces()
  if text == .file { places.bodies = fragmentBodies(of: tokens, in: source) }
  let comments = tokens.filter(\.isComment).map(\.range)
  let own = FragmentTokens(source: source, tokens: tokens.filter { !$0.isComment }, rules: rules)
  var index = 0
  while index < own.tokens.count {
    guard let (reading, past) = own.use(at: index) else {
      if text == .body, let (_, past) = own.fragmentParameter(at: index),
        own.isSymbol(".", past) || own.word(index - 1) == "as"
      {
        places.tables.append(own.range(index..<past))
      }
      index += 1
      continue
    }
    let range = own.range(index..<past)
    index = past
    // In a body it is the body's; one whose parenthesis is closed in a body is closed nowhere.
    if places.bodies.contains(where: { $0.lower < range.upper && range.lower < $0.upper }) { continue }
    let hasComments = comments.contains { range.contains($0) }
    places.uses.append(FragmentPlaces.Use(range: range, spaced: hasComments ? nil : spaced(reading, in: source)))
  }
  return places
}

private func spaced(_ reading: FragmentTokens.UseReading, in source: SourceFile) -> String? {
  guard case .use(let use) = reading else { return nil }
  let arguments = use.arguments.map { "\($0.name) => \(source.slice($0.value))" }
  return "sqlc.use(\(([use.name] + arguments).joined(separator: ", ")))"
}
