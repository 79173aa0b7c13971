// What conditions say about good values. The server writes them out with each operator in parentheses of its own; nothing is
// proven by what is found here, for a value that the database refuses is thrown away.

import SQLCDiagnostics
import SQLCEngine
import SQLCQueryFile

/// An expression as the server writes it, cut at its parentheses.
indirect enum ExpressionPart {
  /// A word, a number or an operator, as it stands.
  case word(String)
  case string(String)
  /// A quoted name.
  case name(String)
  case group([ExpressionPart])
}

func parts(of expression: String) -> [ExpressionPart] {
  let source = SourceFile(path: "condition", text: expression)
  var open: [[ExpressionPart]] = [[]]
  for token in lexicalTokens(of: source, rules: .postgresql) {
    let text = String(source.slice(token.range))
    switch token.kind {
    case .lineComment, .blockComment: continue
    case .quoted:
      let inner = String(text.dropFirst(text.hasPrefix("E") ? 2 : 1).dropLast())
      open[open.count - 1].append(
        text.hasPrefix("\"")
          ? .name(inner.replacingScalars("\"\"", with: "\"")) : .string(inner.replacingScalars("''", with: "'")))
    case .openParenthesis: open.append([])
    case .closeParenthesis:
      guard open.count > 1 else { continue }
      let group = open.removeLast()
      open[open.count - 1].append(.group(group))
    default: open[open.count - 1].append(.word(text))
    }
  }
  while open.count > 1 {
    let group = open.removeLast()
    open[open.count - 1].append(.group(group))
  }
  return merged(open[0])
}

/// Operators of several characters come as several tokens: they are joined.
private func merged(_ parts: [ExpressionPart]) -> [ExpressionPart] {
  var result: [ExpressionPart] = []
  for part in parts {
    switch part {
    case .group(let inner): result.append(.group(merged(inner)))
    case .word(let text) where text.allSatisfy(isOperatorCharacter):
      if case .word(let before)? = result.last, before.allSatisfy(isOperatorCharacter) {
        result[result.count - 1] = .word(before + text)
      } else {
        result.append(part)
      }
    default: result.append(part)
    }
  }
  return result
}

private func isOperatorCharacter(_ character: Character) -> Bool { "+-*/<>=~!@#%^&|`?:".contains(character) }

extension [ExpressionPart] {
  /// Without casts behind it and parentheses around it.
  var plain: [ExpressionPart] {
    var parts = self
    // `'a'::character varying(10)[]`
    if let cast = parts.firstIndex(where: { if case .word("::") = $0 { true } else { false } }), cast > 0 {
      parts = Array(parts[..<cast])
    }
    if parts.count == 1, case .group(let inner) = parts[0] { return inner.plain }
    return parts
  }

  /// `name`, `lower(name)`, `btrim((name)::text)`: the column, and the function right around it.
  var column: (name: String, function: String?)? {
    let parts = plain
    // `t.status`
    if parts.count == 3, case .word(".") = parts[1] { return Array(parts[2...]).column }
    switch parts.count {
    case 1:
      switch parts[0] {
      case .word(let text) where text.first?.isLetter == true || text.first == "_": return (text, nil)
      case .name(let text): return (text, nil)
      default: return nil
      }
    case 2:
      guard case .word(let function) = parts[0], case .group(let inner) = parts[1],
        let column = inner.arguments.first?.column
      else { return nil }
      return (column.name, column.function ?? function.lowercased())
    default: return nil
    }
  }

  var arguments: [[ExpressionPart]] {
    split(omittingEmptySubsequences: false) { if case .word(",") = $0 { true } else { false } }.map(Array.init)
  }

  var literal: TrialValue? {
    // `'-1'::integer`
    if count > 2, case .string(let text) = self[0], case .word("::") = self[1], case .word(let type) = self[2],
      ["smallint", "integer", "bigint", "numeric", "real", "double"].contains(type)
    {
      return number(text)
    }
    let parts = plain
    switch parts.count {
    case 1:
      switch parts[0] {
      case .string(let text): return .text(text)
      case .word(let text): return number(text)
      default: return nil
      }
    case 2:
      guard case .word("-") = parts[0], let value = Array(parts.dropFirst()).literal else { return nil }
      switch value {
      case .integer(let number): return .integer(-number)
      case .real(let number): return .real(-number)
      default: return nil
      }
    default:
      // `1.5` is three tokens.
      let text = parts.map { if case .word(let word) = $0 { word } else { "?" } }.joined()
      return number(text)
    }
  }

  private func number(_ text: String) -> TrialValue? {
    guard text.first?.isNumber == true || text.first == "-" else { return nil }
    return Int64(text).map { .integer($0) } ?? Double(text).map { .real($0) }
  }
}

/// Every literal of an expression.
func literals(in expression: String) -> [TrialValue] {
  func collect(_ parts: [ExpressionPart]) -> [TrialValue] {
    parts.flatMap { part -> [TrialValue] in
      switch part {
      case .string(let text): [.text(text)]
      case .group(let inner): inner.arguments.flatMap { argument in argument.literal.map { [$0] } ?? collect(argument) }
      default: []
      }
    }
  }
  return collect(parts(of: expression))
}

private let comparisons: Set<String> = ["=", "<>", "<", ">", "<=", ">="]

/// Hints from conditions, by column in lower case.
struct CheckHints {
  var hints: [String: ValueHints] = [:]
  /// In a domain's condition the value itself is called VALUE.
  private let isOfDomain: Bool

  init(value isOfDomain: Bool = false) { self.isOfDomain = isOfDomain }

  mutating func read(_ expression: String) { visit(parts(of: expression)) }

  mutating func add(_ literal: TrialValue, to column: String) {
    hints[column, default: ValueHints()].literals.append(literal)
  }

  private mutating func visit(_ parts: [ExpressionPart]) {
    for (index, part) in parts.enumerated() {
      guard case .word(let text) = part, index > 0, index + 1 < parts.count else { continue }
      let left = operand(parts[..<index])
      let right = operand(parts[(index + 1)...])
      switch text {
      case _ where comparisons.contains(text):
        compare(left, right)
        compare(right, left)
        if case .word(let word)? = right.first, word.uppercased() == "ANY", right.count > 1,
          case .group(let list) = right[1]
        {
          compareAny(left, list)
        }
      case "~~", "~~*":
        if let column = left.column?.name.lowercased(), case .text(let pattern)? = right.literal {
          hints[column, default: ValueHints()].patterns.append(.init(language: .like, text: pattern))
        }
      case "~", "~*": if case .text(let pattern)? = right.literal { match(left, pattern) }
      case "->", "->>", "?":
        if let column = left.column?.name.lowercased(), case .text(let key)? = right.literal {
          hints[column, default: ValueHints()].wantsJSON = true
          hints[column, default: ValueHints()].jsonKeys.append(key)
        }
      case _ where text.uppercased() == "IN": if case .group(let list)? = right.first { compareAny(left, list) }
      default: break
      }
    }
    for part in parts { if case .group(let inner) = part { visit(inner) } }
  }

  /// What stands on one side, up to the next AND or OR.
  private func operand(_ parts: ArraySlice<ExpressionPart>) -> [ExpressionPart] {
    // Beside those within a condition, what stands around one in a query.
    let cuts: Set<String> = [
      "AND", "OR", "NOT", "THEN", "WHEN", "ELSE", "CASE", "END", "WHERE", "ON", "HAVING", "SELECT", "SET", "FROM",
      "LIMIT",
      "ORDER", "GROUP", "RETURNING", "UNION", ",",
    ]
    func isCut(_ part: ExpressionPart) -> Bool {
      if case .word(let text) = part { cuts.contains(text.uppercased()) } else { false }
    }
    guard let end = parts.indices.last, parts.startIndex > 0 else {
      // The left side: behind the last of them.
      let start = parts.lastIndex(where: isCut).map { parts.index(after: $0) } ?? parts.startIndex
      return Array(parts[start...])
    }
    return Array(parts[parts.startIndex..<(parts.firstIndex(where: isCut) ?? parts.index(after: end))])
  }

  private mutating func compare(_ side: [ExpressionPart], _ other: [ExpressionPart]) {
    guard let (name, function) = side.column, let value = other.literal else { return }
    let column = name.lowercased()
    switch function {
    case nil, "lower", "upper", "btrim", "abs": add(value, to: column)
    case "char_length", "length", "octet_length", "character_length", "cardinality", "array_length":
      if case .integer(let length) = value, length >= 0, length < 10_000 {
        hints[column, default: ValueHints()].lengths.append(Int(length))
      }
    case "jsonb_typeof", "json_typeof":
      if case .text(let type) = value {
        // As SQLite's json_type names them.
        hints[column, default: ValueHints()].jsonTypes.append(
          type == "string" ? "text" : type == "number" ? "integer" : type)
      }
    default: break
    }
  }

  /// `status = ANY (ARRAY['a'::text, 'b'::text])`, `… ANY ('{a,b}'::text[])`
  private mutating func compareAny(_ side: [ExpressionPart], _ list: [ExpressionPart]) {
    guard let column = side.column?.name.lowercased() else { return }
    func collect(_ parts: [ExpressionPart]) {
      for part in parts {
        switch part {
        case .string(let text): add(.text(text), to: column)
        case .group(let inner): collect(inner)
        case .word(let text): if let number = Int64(text) { add(.integer(number), to: column) }
        case .name: break
        }
      }
    }
    collect(list)
  }

  private mutating func match(_ side: [ExpressionPart], _ pattern: String) {
    guard let column = side.column?.name.lowercased() else { return }
    hints[column, default: ValueHints()].patterns.append(.init(language: .regular, text: pattern))
  }
}

/// The comparisons of a condition whose other side gives a value to try.
func relations(in expression: String, columns: Set<String>) -> [RowRules.Relation] {
  var found: [RowRules.Relation] = []
  func name(_ side: [ExpressionPart]) -> String? {
    guard let column = side.column, column.function == nil else { return nil }
    return columns.first { $0.lowercased() == column.name.lowercased() }?.lowercased()
  }
  func visit(_ parts: [ExpressionPart]) {
    for (index, part) in parts.enumerated() {
      guard case .word(let text) = part, comparisons.contains(text), index > 0, index + 1 < parts.count else {
        continue
      }
      let (left, right) = (Array(parts[..<index]), Array(parts[(index + 1)...]))
      if let column = name(left), let other = sql(right) {
        found.append(.init(column: column, place: place(text), other: other))
      }
      if let column = name(right), let other = sql(left) {
        found.append(.init(column: column, place: mirrored(place(text)), other: other))
      }
    }
    for part in parts { if case .group(let inner) = part { visit(inner) } }
  }
  visit(parts(of: expression))
  return found
}

private func place(_ comparison: String) -> RowRules.Relation.Place {
  switch comparison {
  case "<", "<=": .below
  case ">", ">=", "<>": .above
  default: .equal
  }
}

private func mirrored(_ place: RowRules.Relation.Place) -> RowRules.Relation.Place {
  switch place {
  case .above: .below
  case .below: .above
  case .equal: .equal
  }
}

/// Parts as SQL again; nothing for what is no value by itself.
private func sql(_ parts: [ExpressionPart]) -> String? {
  var text = ""
  for part in parts {
    switch part {
    case .word(let word):
      if ["AND", "OR", "ANY", "ALL", "NOT", "IS"].contains(word.uppercased()) { return nil }
      text += (word == "::" || text.hasSuffix("::") ? "" : " ") + word
    case .string(let string): text += " '" + string.replacingScalars("'", with: "''") + "'"
    case .name(let name): text += " \"" + name.replacingScalars("\"", with: "\"\"") + "\""
    case .group(let inner):
      guard let inner = sql(inner) else { return nil }
      text += "(" + inner + ")"
    }
  }
  return text
}
