// Reads sqlc's parameters and macros in a statement for PostgreSQL.
//
// | written | sent |
// |---|---|
// | `$1` | `$1` |
// | `@name`, `sqlc.arg(name)`, `sqlc.narg(name)` | the next number that no `$n` has |
// | `x IN (sqlc.slice(name))` | `x = ANY ($n)`: an array is one parameter |
// | `x NOT IN (sqlc.slice(name))` | `x <> ALL ($n)` |
// | `sqlc.embed(a)`, `a.*`, `*` | the columns by name |

import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCQueryFile

struct QueryTextReader {
  let query: AnnotatedQuery
  private let source: SourceFile
  private let tokens: [LexicalToken]
  /// Of each token: a word in capitals, the character of a symbol, and nothing of the rest.
  private let words: [String]
  private var text: QueryText
  private var numbers: [String: Int] = [:]
  private var diagnostics: [Diagnostic] = []

  /// - Parameter tokens: those of one statement, comments left out.
  init(_ query: AnnotatedQuery, range: ByteRange, tokens: [LexicalToken]) {
    self.query = query
    self.tokens = tokens
    source = query.source
    words = tokens.map { token in
      switch token.kind {
      case .word: query.source.slice(token.range).uppercased()
      case .other: String(query.source.slice(token.range))
      case .openParenthesis: "("
      case .closeParenthesis: ")"
      default: ""
      }
    }
    text = QueryText(source: query.source, range: range, tokens: tokens)
  }

  mutating func read() -> Diagnosed<QueryText> {
    nameParameters()
    var index = 0
    var end = text.range.lower
    while index < tokens.count {
      appendGap(from: end, to: tokens[index].range.lower)
      let past = readPiece(at: index)
      end = tokens[past - 1].range.upper
      index = past
    }
    return Diagnosed(text, diagnostics)
  }

  // MARK: Parameters

  /// What a token, and those after it, are as a parameter.
  private struct ParameterReading {
    enum Name {
      case number(Int)
      case name(String, isNullable: Bool)
      case slice(String)
    }
    var name: Name
    var past: Int
  }

  /// Numbers that are written keep their meaning; names take those that are left, in order.
  private mutating func nameParameters() {
    var written: Set<Int> = []
    var names: [String] = []
    var index = 0
    while index < tokens.count {
      guard let reading = parameter(at: index) else {
        index += 1
        continue
      }
      switch reading.name {
      case .number(let number): written.insert(number)
      case .name(let name, _), .slice(let name): if !names.contains(name) { names.append(name) }
      }
      index = reading.past
    }
    var next = 1
    for name in names {
      while written.contains(next) { next += 1 }
      numbers[name] = next
      written.insert(next)
    }
    let count = written.max() ?? 0
    text.parameters = Array(repeating: QueryText.Parameter(), count: min(count, 65_535))
    for (name, number) in numbers { text.parameters[number - 1].name = name }
  }

  private func parameter(at index: Int) -> ParameterReading? {
    let token = tokens[index]
    if token.kind == .word {
      let word = words[index]
      if word.utf8.first == UInt8(ascii: "$"), let number = Int(word.dropFirst()), number > 0, number <= 65_535 {
        return ParameterReading(name: .number(number), past: index + 1)
      }
      guard let macro = macro(at: index), let name = macro.argument else { return nil }
      switch macro.name {
      case "arg": return ParameterReading(name: .name(name, isNullable: false), past: macro.past)
      case "narg": return ParameterReading(name: .name(name, isNullable: true), past: macro.past)
      case "slice": return ParameterReading(name: .slice(name), past: macro.past)
      default: return nil
      }
    }
    guard isSymbol("@", index), index + 1 < tokens.count, tokens[index + 1].kind == .word,
      tokens[index + 1].range.lower == token.range.upper, !endsOperator(at: index),
      let first = source.slice(tokens[index + 1].range).unicodeScalars.first,
      first == "_" || first.properties.isAlphabetic
    else { return nil }
    let name = String(source.slice(tokens[index + 1].range))
    return ParameterReading(name: .name(name, isNullable: false), past: index + 2)
  }

  /// `<@` and `@@` are operators; in `=@name` the name is a parameter all the same.
  private func endsOperator(at index: Int) -> Bool {
    guard index > 0, tokens[index - 1].range.upper == tokens[index].range.lower, tokens[index - 1].kind == .other
    else { return false }
    return ["<", "@", "~", "|", "&", "#", "!", "?", "^"].contains(words[index - 1])
  }

  // MARK: Macros

  private struct Macro {
    var name: String
    /// Without quotes; nil when there is none, or more than a name.
    var argument: String?
    /// As written.
    var argumentText: String
    /// Names with dots between; none where it is something else.
    var path: [(name: String, written: String)] = []
    var past: Int
    var range: ByteRange
  }

  /// `sqlc.name(argument)`
  private func macro(at index: Int) -> Macro? {
    guard index + 3 < tokens.count, words[index] == "SQLC", isSymbol(".", index + 1),
      tokens[index + 2].kind == .word, tokens[index + 3].kind == .openParenthesis
    else { return nil }
    var depth = 0
    var past = index + 3
    while past < tokens.count {
      if tokens[past].kind == .openParenthesis { depth += 1 }
      if tokens[past].kind == .closeParenthesis { depth -= 1 }
      past += 1
      if depth == 0 { break }
    }
    let inner = tokens[(index + 4)..<max(index + 4, past - 1)]
    var argument: String?
    if inner.count == 1, let only = inner.first, only.kind == .word || only.kind == .quoted {
      let text = source.slice(only.range)
      argument = only.kind == .word ? String(text) : String(text.dropFirst().dropLast())
    }
    let written =
      inner.isEmpty ? "" : String(source.slice(ByteRange(inner.first!.range.lower, inner.last!.range.upper)))
    return Macro(
      name: source.slice(tokens[index + 2].range).lowercased(), argument: argument, argumentText: written,
      path: path(Array(inner)), past: past,
      range: ByteRange(tokens[index].range.lower, tokens[past - 1].range.upper))
  }

  private func path(_ inner: [LexicalToken]) -> [(name: String, written: String)] {
    var path: [(name: String, written: String)] = []
    for (index, token) in inner.enumerated() {
      let text = String(source.slice(token.range))
      switch (index % 2, token.kind) {
      case (0, .word): path.append((text, text))
      case (0, .quoted):
        let name = String(text.dropFirst().dropLast())
        path.append((name, text.hasPrefix("'") ? name : text))
      case (1, .other) where text == ".": continue
      default: return []
      }
    }
    return inner.count % 2 == 1 ? path : []
  }

  // MARK: Pieces

  /// Appends what is sent for the token, and says where to go on.
  private mutating func readPiece(at index: Int) -> Int {
    if let slice = slice(at: index) { return slice }
    if let reading = parameter(at: index) {
      switch reading.name {
      case .number(let number): appendParameter(number, from: index, to: reading.past)
      case .name(let name, let isNullable):
        let number = numbers[name] ?? 1
        if isNullable { text.parameters[number - 1].isNullableArgument = true }
        appendParameter(number, from: index, to: reading.past)
      case .slice(let name):
        if isInList(index) {
          diagnose(
            QueryRule.crowdedSlice.rule, "sqlc.slice('\(name)') must stand alone between its parentheses",
            ByteRange(tokens[index].range.lower, tokens[reading.past - 1].range.upper), "a list is one array here")
        }
        appendParameter(numbers[name] ?? 1, from: index, to: reading.past)
      }
      return reading.past
    }
    if let macro = macro(at: index) { return read(macro, at: index) }
    if let past = star(at: index) { return past }
    text.pieces.append(.token(tokens[index].range, word: words[index]))
    return index + 1
  }

  private mutating func appendParameter(_ number: Int, from index: Int, to past: Int) {
    let range = ByteRange(tokens[index].range.lower, tokens[past - 1].range.upper)
    text.pieces.append(.parameter(number: number, occurrence: text.occurrenceNumbers.count, range))
    text.occurrenceNumbers.append(number)
    text.parameters[number - 1].occurrences.append(range)
  }

  /// `IN (sqlc.slice(x))` and `NOT IN (sqlc.slice(x))`.
  private mutating func slice(at index: Int) -> Int? {
    let isNegated = isWord("NOT", index) && isWord("IN", index + 1)
    guard isNegated || isWord("IN", index) else { return nil }
    let open = index + (isNegated ? 2 : 1)
    guard open + 1 < tokens.count, tokens[open].kind == .openParenthesis, let reading = parameter(at: open + 1),
      case .slice(let name) = reading.name, reading.past < tokens.count, tokens[reading.past].kind == .closeParenthesis
    else { return nil }
    let written = ByteRange(tokens[index].range.lower, tokens[open].range.upper)
    text.pieces.append(.replacement(isNegated ? "<> ALL (" : "= ANY (", written))
    appendParameter(numbers[name] ?? 1, from: open + 1, to: reading.past)
    text.pieces.append(.token(tokens[reading.past].range, word: words[reading.past]))
    return reading.past + 1
  }

  /// Among the values of `IN (…)`.
  private func isInList(_ index: Int) -> Bool {
    var depth = 0
    var at = index
    while at > 0 {
      at -= 1
      if tokens[at].kind == .closeParenthesis { depth += 1 }
      if tokens[at].kind == .openParenthesis {
        if depth == 0 { return at > 0 && isWord("IN", at - 1) }
        depth -= 1
      }
    }
    return false
  }

  private mutating func read(_ macro: Macro, at index: Int) -> Int {
    let known = ["arg", "narg", "slice", "embed", "nest"]
    let shared = ["optional", "order", "after", "patch"]
    if macro.name == "nest", let inner = macro.path.last, macro.path.count <= 2 {
      text.pieces.append(.star(text.stars.count, macro.range))
      text.stars.append(
        QueryText.Star(
          prefix: inner.written + ".", embed: inner.name,
          role: .list(outer: macro.path.count == 2 ? macro.path[0].name : nil)))
      return macro.past
    }
    if macro.name == "embed", macro.argument != nil {
      text.pieces.append(.star(text.stars.count, macro.range))
      let name = macro.argument ?? macro.argumentText
      // A name in single quotes is a name all the same.
      let prefix = macro.argumentText.hasPrefix("'") ? name : macro.argumentText
      text.stars.append(QueryText.Star(prefix: prefix + ".", embed: name))
      return macro.past
    }
    if shared.contains(macro.name) {
      diagnose(
        PostgreSQLRule.unsupportedMacro.rule, "sqlc.\(macro.name) cannot stand here", macro.range,
        macro.name == "patch" ? "it stands in SET" : "it is a term of WHERE, HAVING, ON or ORDER BY")
    } else if known.contains(macro.name) {
      diagnose(
        PostgreSQLRule.unsupportedMacro.rule, "sqlc.\(macro.name) takes one name", macro.range,
        "write sqlc.\(macro.name)(name)")
    } else {
      let near = nearestNames(to: macro.name, among: known + shared + ["notnull", "nullable"], limit: 1)
      diagnose(
        PostgreSQLRule.unsupportedMacro.rule, "there is no sqlc.\(macro.name)", macro.range,
        near.first.map { "did you mean 'sqlc.\($0)'?" } ?? "")
    }
    return macro.past
  }

  /// `*` in a list of results, or `a.*`; whether it is one the server says.
  private mutating func star(at index: Int) -> Int? {
    var past = index
    while past + 1 < tokens.count, isName(past), isSymbol(".", past + 1), isGlued(past, past + 1) { past += 2 }
    guard past < tokens.count, isSymbol("*", past) else { return nil }
    if past > index {
      // A name behind a dot belongs to what stands before it.
      guard index == 0 || !isSymbol(".", index - 1), isGlued(past - 1, past) else { return nil }
    } else {
      guard index > 0 else { return nil }
      let isFirst = ["SELECT", "DISTINCT", "ALL", "RETURNING"].contains { isWord($0, index - 1) }
      guard isFirst || isSymbol(",", index - 1) || tokens[index - 1].kind == .closeParenthesis else { return nil }
    }
    let range = ByteRange(tokens[index].range.lower, tokens[past].range.upper)
    let prefix = source.slice(ByteRange(range.lower, tokens[past].range.lower))
    text.pieces.append(.star(text.stars.count, range))
    text.stars.append(QueryText.Star(prefix: String(prefix)))
    return past + 1
  }

  /// Blanks as they are; with comments among them, the comments go, and a line break stays one.
  private mutating func appendGap(from lower: Int, to upper: Int) {
    guard lower < upper else { return }
    let gap = source.slice(ByteRange(lower, upper))
    let isBlank = gap.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let blanks = isBlank ? String(gap) : gap.utf8.contains(0x0A) ? "\n" : " "
    text.pieces.append(.gap(blanks, ByteRange(lower, upper)))
  }

  // MARK: Tokens

  private func isSymbol(_ symbol: String, _ index: Int) -> Bool {
    index < tokens.count && tokens[index].kind == .other && words[index] == symbol
  }

  private func isWord(_ word: String, _ index: Int) -> Bool {
    index >= 0 && index < tokens.count && tokens[index].kind == .word && words[index] == word
  }

  private func isName(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.kind == .quoted else { return token.kind == .word }
    return source.slice(token.range).hasPrefix("\"")
  }

  private func isGlued(_ first: Int, _ second: Int) -> Bool { tokens[first].range.upper == tokens[second].range.lower }

  private mutating func diagnose(_ rule: Rule, _ message: String, _ range: ByteRange, _ label: String) {
    diagnostics.append(
      Diagnostic(rule, message, at: DiagnosticLabel(SourceRange(path: source.path, range: range), label)))
  }
}
