// Where a fragment stands, and what it needs there to stay whole.

import SQLCDiagnostics

extension FragmentTokens {
  enum Fit { case plain, parentheses, refused }

  /// - Parameter shape: what the fragment has outside of parentheses.
  func fit(
    of use: ClosedRange<Int>, within indexes: Range<Int>, _ shape: ExpandedNode.Shape, _ betweenANDs: Set<Int>
  ) -> Fit {
    let before = use.lowerBound - 1
    let after = use.upperBound + 1
    let isFirst = before < indexes.lowerBound
    let isLast = after >= indexes.upperBound
    let isList = shape.contains(.comma)
    func isPredicateAND(_ index: Int) -> Bool { word(index) == "and" && !betweenANDs.contains(index) }
    let joinsBefore = !isFirst && isPredicateAND(before)
    let joinsAfter = !isLast && isPredicateAND(after)
    let begins = isFirst || joinsBefore || beginsTerm(before)
    let ends = isLast || joinsAfter || endsTerm(after)
    guard begins, ends else { return isList || shape.contains(.join) ? .refused : .parentheses }
    if joinsBefore || joinsAfter { return isList ? .refused : shape.contains(.or) ? .parentheses : .plain }
    if !isLast, word(after) == "as", isList { return .refused }
    guard !isFirst, word(before) == "join" else { return .plain }
    return isList ? .refused : shape.contains(.join) ? .parentheses : .plain
  }

  private func beginsTerm(_ index: Int) -> Bool {
    switch kind(index) {
    case .openParenthesis: true
    case .other: isSymbol(",", index) || isSymbol("[", index)
    case .word:
      [
        "select", "distinct", "all", "returning", "by", "from", "join", "lateral", "where", "having", "on", "set",
        "with",
        "recursive",
      ].contains(word(index))
        && !(word(index) == "from" && word(index - 1) == "distinct")
    default: false
    }
  }

  private func endsTerm(_ index: Int) -> Bool {
    switch kind(index) {
    case .closeParenthesis, .semicolon: true
    case .other: isSymbol(",", index) || isSymbol("]", index)
    case .word:
      [
        "from", "where", "group", "having", "order", "limit", "offset", "fetch", "union", "except", "intersect",
        "window", "returning", "on", "using", "join", "left", "right", "inner", "full", "cross", "natural", "for", "as",
        "select", "insert", "update", "delete",
      ].contains(word(index))
    default: false
    }
  }

  // MARK: Names

  struct Name {
    enum Role {
      /// `a` in `a.id`
      case qualifier
      /// With nothing before it or behind it.
      case bare
    }
    var text: String
    var role: Role
  }

  /// The names of tables and columns in an argument, as far as they are known from the text.
  func names() -> [Name] {
    let hasSelect = indices.contains { word($0) == "select" }
    return indices.compactMap { index in
      guard kind(index) == .word || kind(index) == .quoted, !isSymbol(".", index - 1) else { return nil }
      let text = text(index)
      guard let first = text.unicodeScalars.first, first != "'", !("0"..."9").contains(first), first != "$",
        !text.hasPrefix("E'"), !text.hasPrefix("e'")
      else { return nil }
      let plain = kind(index) == .quoted ? String(text.dropFirst().dropLast()) : text
      if macro(at: index) != nil || isInMacro(index) { return nil }
      if isSymbol(".", index + 1) { return Name(text: plain, role: .qualifier) }
      if hasSelect || kind(index + 1) == .openParenthesis { return nil }
      for sign in ["@", ":", "?"] where isSymbol(sign, index - 1) { return nil }
      if isType(index) || word(index - 1) == "collate" || Self.expressionWords.contains(word(index)) { return nil }
      return Name(text: plain, role: .bare)
    }
  }

  /// A word of a type: behind AS in a CAST, or behind `::`.
  private func isType(_ index: Int) -> Bool {
    var first = index
    while first > 0, kind(first - 1) == .word, word(first - 1) != "as" { first -= 1 }
    return word(first - 1) == "as" || isSymbol(":", first - 1)
  }

  /// `limit` in `sqlc.arg(limit)`
  private func isInMacro(_ index: Int) -> Bool {
    kind(index - 1) == .openParenthesis && index >= 4 && macro(at: index - 4) != nil
  }

  /// Words of the fragment that may name a table of its own, in small letters, and where. A table with an alias is not known by
  /// its name.
  func ownNames() -> [String: ByteRange] {
    var names: [String: ByteRange] = [:]
    for index in indices where kind(index) == .word || kind(index) == .quoted {
      guard !isSymbol(".", index - 1), !isSymbol(".", index + 1), !isSymbol("@", index - 1),
        kind(index + 1) != .openParenthesis, word(index + 1) != "as"
      else { continue }
      let text = text(index)
      let name = (kind(index) == .quoted ? String(text.dropFirst().dropLast()) : text).lowercased()
      if names[name] == nil { names[name] = tokens[index].range }
    }
    return names
  }

  /// `@agent.id`, `AS @agent`: the parameter stands for a table.
  func usesAsTable(_ parameter: String) -> Bool {
    indices.contains { index in
      guard let found = fragmentParameter(at: index), found.name == parameter else { return false }
      return isSymbol(".", found.past) || word(index - 1) == "as"
    }
  }

  /// `@name` or `sqlc.arg(name)`
  func fragmentParameter(at index: Int) -> (name: String, past: Int)? {
    if let name = parameter(at: index) { return (text(name), name + 1) }
    guard macro(at: index) == "arg", let close = closing(index + 3), close == index + 5 else { return nil }
    let text = text(index + 4)
    return (kind(index + 4) == .quoted ? String(text.dropFirst().dropLast()) : text, close + 1)
  }

  /// Words of expressions that name nothing.
  private static let expressionWords: Set<String> = [
    "all", "and", "any", "array", "as", "asymmetric", "at", "between", "by", "case", "cast", "collate", "current_date",
    "current_time", "current_timestamp", "current_user", "distinct", "else", "end", "escape", "exists", "false",
    "filter", "first", "following", "from", "glob", "ilike", "in", "interval", "is", "isnull", "last", "like",
    "localtime", "localtimestamp", "match", "not", "notnull", "null", "nulls", "or", "order", "over", "overlaps",
    "partition", "preceding", "range", "regexp", "row", "rows", "session_user", "similar", "some", "symmetric", "then",
    "time", "to", "true", "unbounded", "unknown", "when", "where", "with", "within", "without", "zone",
  ]
}
