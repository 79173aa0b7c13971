// What the server writes of an index's condition, as short as other engines have it.
//
// `((t.user_id = $1) AND (t.created_at > $2))` → `user_id=?`, `created_at>?`. The index's own column stands first
// (PostgreSQL, "match_clause_to_index" commutes), so what follows the operator is a value.

/// The parts of AND: the column, the operator and a mark for the value; `IS NULL` as it is.
func indexTerms(_ condition: String) -> [String] {
  split(unwrapped(ConditionReader(condition).pieces), at: "AND").map { term(unwrapped($0)) }
}

private func term(_ pieces: [String]) -> String {
  guard let place = pieces.firstIndex(where: isOperator) else {
    // `"row"`: a truth value by itself.
    return name(pieces)
  }
  let column = name(Array(pieces[..<place]))
  if pieces[place].uppercased() == "IS" { return column + " " + pieces[place...].joined(separator: " ") }
  // Words (`IS DISTINCT FROM`, `OPERATOR(…)`) stand apart.
  let sign = pieces[place]
  return sign.first?.isLetter == true ? "\(column) \(sign) ?" : "\(column)\(sign)?"
}

private func isOperator(_ piece: String) -> Bool {
  guard let first = piece.first else { return false }
  return "+-*/<>=~!@#%^&|`?".contains(first) || ["IS", "OPERATOR"].contains(piece.uppercased())
}

/// `t.user_id`, `(t.name)::text`, `lower(t.email)`, `ROW(a, b)` without the table's name and the type.
private func name(_ pieces: [String]) -> String {
  var text = ""
  let isRow = pieces.first?.uppercased() == "ROW"
  for piece in isRow ? pieces.dropFirst() : pieces[...] {
    if piece.hasPrefix("::") { break }
    if piece.first == "(", piece.last == ")" {
      let inner = split(ConditionReader(String(piece.dropFirst().dropLast())).pieces, at: ",")
        .map(name).joined(separator: ", ")
      text += text.isEmpty && !isRow ? inner : "(\(inner))"
    } else {
      text += withoutQualifier(piece)
    }
  }
  return text
}

private func withoutQualifier(_ word: String) -> String {
  var isQuoted = false
  var start = word.startIndex
  for place in word.indices {
    if word[place] == "\"" { isQuoted.toggle() }
    if word[place] == ".", !isQuoted { start = word.index(after: place) }
  }
  return word[word.startIndex].isNumber ? word : String(word[start...])
}

/// Without the parentheses around all of it.
private func unwrapped(_ pieces: [String]) -> [String] {
  guard pieces.count == 1, let only = pieces.first, only.first == "(", only.last == ")" else { return pieces }
  return unwrapped(ConditionReader(String(only.dropFirst().dropLast())).pieces)
}

private func split(_ pieces: [String], at word: String) -> [[String]] {
  pieces.split(separator: word).map(Array.init)
}

/// Words, operators, strings, and what stands in parentheses as one piece.
private struct ConditionReader {
  private(set) var pieces: [String] = []

  init(_ text: String) {
    var rest = text[...]
    while let first = rest.first {
      if first == " " {
        rest.removeFirst()
      } else if first == "(" {
        pieces.append(Self.parenthesized(&rest))
      } else if first == "'" {
        pieces.append(Self.quoted(&rest, by: "'"))
      } else if rest.hasPrefix("::") {
        var type = ""
        while let next = rest.first, next != " ", next != ")", next != "," { type.append(rest.removeFirst()) }
        pieces.append(type)
      } else if first == "," {
        pieces.append(String(rest.removeFirst()))
      } else if Self.isSign(first) {
        var sign = ""
        while let next = rest.first, Self.isSign(next) { sign.append(rest.removeFirst()) }
        pieces.append(sign)
      } else {
        var word = ""
        while let next = rest.first, !" (),:'".contains(next), !Self.isSign(next) {
          if next == "\"" { word += Self.quoted(&rest, by: "\"") } else { word.append(rest.removeFirst()) }
        }
        // Nothing of the above: taken as it is, so that reading goes on.
        pieces.append(word.isEmpty ? String(rest.removeFirst()) : word)
      }
    }
  }

  private static func isSign(_ character: Character) -> Bool { "+-*/<>=~!@#%^&|`?".contains(character) }

  private static func quoted(_ rest: inout Substring, by quote: Character) -> String {
    var text = String(rest.removeFirst())
    while let next = rest.first {
      text.append(rest.removeFirst())
      if next == quote { break }
    }
    return text
  }

  private static func parenthesized(_ rest: inout Substring) -> String {
    var text = ""
    var depth = 0
    while let next = rest.first {
      if next == "'" || next == "\"" {
        text += quoted(&rest, by: next)
        continue
      }
      text.append(rest.removeFirst())
      if next == "(" { depth += 1 }
      if next == ")" { depth -= 1 }
      if depth == 0 { break }
    }
    return text
  }
}
