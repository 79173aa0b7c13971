// All fragments of a block, by name, and what is wrong with them before any is used.

package import SQLCDiagnostics
package import SQLCEngine
package import SQLCModel

/// The fragments of all query files that become one `Queries`.
package struct FragmentBook: Sendable, Hashable {
  package let fragments: [Fragment]
  package let rules: LexicalRules
  /// The names that stand for fragments and their parameters, in all files.
  package private(set) var occurrences: [SymbolOccurrence] = []
  private let places: [String: Int]
  private let broken: Set<String>

  package subscript(_ name: String) -> Fragment? { places[name].map { fragments[$0] } }

  /// One without any.
  package init(rules: LexicalRules) { self.init(fragments: [], rules: rules, places: [:], broken: []) }

  func isBroken(_ name: String) -> Bool { broken.contains(name) }

  /// - Parameter files: what their query files have, in order.
  package static func reading(_ files: [QueryFileContents], rules: LexicalRules) -> Diagnosed<FragmentBook> {
    let fragments = files.flatMap(\.fragments)
    guard !fragments.isEmpty else {
      return Diagnosed(FragmentBook(fragments: [], rules: rules, places: [:], broken: []))
    }
    var places: [String: Int] = [:]
    var diagnostics: [Diagnostic] = []
    for (index, fragment) in fragments.enumerated() {
      guard let first = places[fragment.name] else {
        places[fragment.name] = index
        continue
      }
      let place = SourceRange(path: fragments[first].source.path, range: fragments[first].nameRange)
      diagnostics.append(
        FragmentDiagnostic.duplicateFragment(fragment.name).at(
          fragment.nameRange, in: fragment.source, [DiagnosticLabel(place, "first defined here")]))
    }
    var check = FragmentCheck(
      book: FragmentBook(fragments: fragments, rules: rules, places: places, broken: []))
    check.run(queries: files.flatMap(\.queries))
    var book = FragmentBook(fragments: fragments, rules: rules, places: places, broken: check.broken)
    book.occurrences = files.flatMap { book.occurrences(in: $0) }
    return Diagnosed(book, diagnostics + check.diagnostics)
  }

  private init(fragments: [Fragment], rules: LexicalRules, places: [String: Int], broken: Set<String>) {
    self.fragments = fragments
    self.rules = rules
    self.places = places
    self.broken = broken
  }

  func tokens(of fragment: Fragment) -> FragmentTokens {
    FragmentTokens(source: fragment.source, tokens: fragment.tokens, rules: rules)
  }

  /// What is wrong with a use, whatever the fragment is.
  func problems(of use: FragmentUse, in tokens: FragmentTokens) -> [Diagnostic] {
    let source = tokens.source
    guard let fragment = self[use.name] else {
      let near = nearestNames(to: use.name, among: fragments.map(\.name), limit: 1).first
      return [FragmentDiagnostic.unknownFragment(use.name, near: near).at(use.nameRange, in: source, [])]
    }
    var problems: [Diagnostic] = []
    var given: Set<String> = []
    let place = DiagnosticLabel(
      SourceRange(path: fragment.source.path, range: fragment.nameRange), "the fragment")
    for argument in use.arguments {
      if !fragment.parameters.contains(where: { $0.name == argument.name }) {
        let near = nearestNames(to: argument.name, among: fragment.parameters.map(\.name), limit: 1).first
        problems.append(
          FragmentDiagnostic.unknownArgument(argument.name, fragment: fragment.signature, near: near).at(
            argument.nameRange, in: source, [place]))
      } else if !given.insert(argument.name).inserted {
        problems.append(
          FragmentDiagnostic.repeatedArgument(argument.name).at(argument.nameRange, in: source, [place]))
      }
      if let sign = argument.tokens.first(where: { isUnnumbered($0, tokens) }) {
        problems.append(
          FragmentDiagnostic.unnumberedArgument.at(tokens.tokens[sign].range, in: source, [place]))
      }
    }
    for parameter in fragment.parameters where !given.contains(parameter.name) {
      problems.append(
        FragmentDiagnostic.missingArgument(parameter.name, fragment: fragment.signature).at(
          use.nameRange, in: source,
          [
            DiagnosticLabel(
              SourceRange(path: fragment.source.path, range: parameter.range), "the parameter")
          ]))
    }
    return problems
  }

  /// `?` alone, which would be a parameter of its own wherever the fragment has it.
  private func isUnnumbered(_ index: Int, _ tokens: FragmentTokens) -> Bool {
    guard rules.parameters == .questionMarks, tokens.isSymbol("?", index) else { return false }
    return !(tokens.isGlued(index) && tokens.kind(index + 1) == .word)
  }
}

/// Looks at each fragment by itself, and at which fragments use which.
private struct FragmentCheck {
  let book: FragmentBook
  var broken: Set<String> = []
  var diagnostics: [Diagnostic] = []

  mutating func run(queries: [WrittenQuery]) {
    var uses: [String: [FragmentUse]] = [:]
    for fragment in book.fragments {
      let own = check(fragment)
      uses[fragment.name, default: []] += own
    }
    findCycles(uses)
    // What uses a broken one is broken too.
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (name, own) in uses
      where !broken.contains(name) && own.contains(where: { broken.contains($0.name) || book[$0.name] == nil }) {
        broken.insert(name)
        isGrowing = true
      }
    }
    findUnused(uses, queries)
  }

  private mutating func report(
    _ diagnostic: FragmentDiagnostic, _ range: ByteRange, _ fragment: Fragment, _ labels: [DiagnosticLabel] = []
  ) {
    let made = diagnostic.at(range, in: fragment.source, labels)
    if made.severity == .error { broken.insert(fragment.name) }
    diagnostics.append(made)
  }

  /// - Returns: the uses of others in it.
  private mutating func check(_ fragment: Fragment) -> [FragmentUse] {
    let tokens = book.tokens(of: fragment)
    checkShape(fragment, tokens)
    var used: Set<String> = []
    for index in tokens.indices {
      if let found = tokens.fragmentParameter(at: index) {
        let range = tokens.range(index..<found.past)
        if fragment.parameters.contains(where: { $0.name == found.name }) {
          used.insert(found.name)
        } else {
          let near = nearestNames(to: found.name, among: fragment.parameters.map(\.name), limit: 1).first
          report(.undeclaredParameter(found.name, near: near), range, fragment)
        }
      } else if let macro = tokens.macro(at: index), ["narg", "slice"].contains(macro) {
        report(.foreignParameter("sqlc.\(macro)"), tokens.range(index..<(index + 3)), fragment)
      } else if let range = foreignParameter(at: index, tokens) {
        report(.foreignParameter(String(fragment.source.slice(range))), range, fragment)
      }
    }
    for parameter in fragment.parameters where !used.contains(parameter.name) {
      report(.unusedParameter(parameter.name), parameter.range, fragment)
    }
    var uses: [FragmentUse] = []
    for reading in tokens.uses() {
      switch reading {
      case .malformed(let range): report(.malformedUse, range, fragment)
      case .use(let use):
        uses.append(use)
        let problems = book.problems(of: use, in: tokens)
        diagnostics += problems
        if !problems.isEmpty { broken.insert(fragment.name) }
      }
    }
    return uses
  }

  /// A parameter that a query would have: its kind and its number are the query's to say.
  private func foreignParameter(at index: Int, _ tokens: FragmentTokens) -> ByteRange? {
    switch book.rules.parameters {
    case .dollarNumbers:
      let word = tokens.word(index)
      return word.hasPrefix("$") && Int(word.dropFirst()) != nil ? tokens.tokens[index].range : nil
    case .questionMarks:
      if tokens.isSymbol("?", index) {
        let isNumbered = tokens.isGlued(index) && tokens.kind(index + 1) == .word
        return tokens.range(index..<(index + (isNumbered ? 2 : 1)))
      }
      if tokens.isSymbol(":", index), tokens.isGlued(index), tokens.kind(index + 1) == .word {
        return tokens.range(index..<(index + 2))
      }
      return tokens.word(index).hasPrefix("$") ? tokens.tokens[index].range : nil
    }
  }

  /// An expression, a list of them or a part of FROM has no clauses outside of parentheses.
  private mutating func checkShape(_ fragment: Fragment, _ tokens: FragmentTokens) {
    var depth = 0
    for index in tokens.indices {
      depth += tokens.step(index)
      if depth < 0 { return report(.unfitBody(")"), tokens.tokens[index].range, fragment) }
      if tokens.kind(index) == .semicolon { return report(.unfitBody(";"), tokens.tokens[index].range, fragment) }
      guard depth == 0, isClause(index, tokens) else { continue }
      return report(.unfitBody(tokens.text(index).uppercased()), tokens.tokens[index].range, fragment)
    }
    if depth > 0, let last = tokens.tokens.last { report(.unfitBody("("), last.range, fragment) }
  }

  private func isClause(_ index: Int, _ tokens: FragmentTokens) -> Bool {
    guard !tokens.isSymbol(".", index - 1), !tokens.isSymbol("@", index - 1) else { return false }
    switch tokens.word(index) {
    case "select", "where", "having", "limit", "union", "except", "intersect", "returning", "order": return true
    case "group": return tokens.word(index - 1) != "within"
    case "from": return tokens.word(index - 1) != "distinct"
    case "insert", "update", "delete", "with", "values", "create": return index == 0 && tokens.kind(1) != nil
    default: return false
    }
  }

  private mutating func findCycles(_ uses: [String: [FragmentUse]]) {
    enum State { case open, done }
    var states: [String: State] = [:]
    // By hand, since chains may be long.
    for root in book.fragments where states[root.name] == nil {
      var path: [(name: String, next: Int)] = [(root.name, 0)]
      states[root.name] = .open
      while let (name, next) = path.last {
        let own = uses[name] ?? []
        guard next < own.count else {
          states[name] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let use = own[next]
        switch states[use.name] {
        case .done?: break
        case nil where book[use.name] == nil: break
        case nil:
          // As deep as a statement can be nested for any engine.
          if path.count > 200, let fragment = book[name] {
            report(.recursiveFragment(use.name, through: []), use.nameRange, fragment)
          } else {
            states[use.name] = .open
            path.append((use.name, 0))
          }
        case .open?:
          let start = path.firstIndex { $0.name == use.name } ?? 0
          let round = path[start...].map(\.name)
          if let fragment = book[name] {
            report(.recursiveFragment(use.name, through: Array(round.dropFirst())), use.nameRange, fragment)
          }
          broken.formUnion(round)
        }
      }
    }
  }

  private mutating func findUnused(_ uses: [String: [FragmentUse]], _ queries: [WrittenQuery]) {
    var open: [String] = queries.filter(\.usesFragments).flatMap { query in
      FragmentTokens(source: query.source, tokens: query.tokens, rules: book.rules).uses().compactMap { reading in
        if case .use(let use) = reading { use.name } else { nil }
      }
    }
    var reached: Set<String> = []
    while let name = open.popLast() {
      if reached.insert(name).inserted { open += (uses[name] ?? []).map(\.name) }
    }
    for fragment in book.fragments where !reached.contains(fragment.name) && book[fragment.name] == fragment {
      report(.unusedFragment(fragment.name), fragment.nameRange, fragment)
    }
  }
}
