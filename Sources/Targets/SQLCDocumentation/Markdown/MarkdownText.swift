// Text from outside in Markdown: in running text, in a table's cell, in code, in a fence, and in a diagram of Mermaid.

/// Text that says in Markdown what it said: every character that could begin markup is escaped, and lines are one.
func markdown(_ outside: String) -> String {
  var text = ""
  for scalar in outside.unicodeScalars {
    switch scalar {
    case "\n", "\t": text += " "
    case "&": text += "&amp;"
    case "<": text += "&lt;"
    case ">": text += "&gt;"
    // Also an address, or a name behind an @, of which GitHub would make a link.
    case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "!", "|", "~", "$", ":", "@": text += "\\" + String(scalar)
    // What begins a list or a rule, where it stands first.
    case "-", "+", "=", ".", ")":
      text += text.allSatisfy { $0.isNumber || $0 == " " } ? "\\" + String(scalar) : String(scalar)
    default: text.unicodeScalars.append(visible(scalar))
    }
  }
  return text
}

/// Code in running text or a cell; HTML's element, since a pipe ends a cell even in backticks, and backticks end themselves.
func markdownCode(_ outside: String) -> String {
  var text = ""
  for scalar in outside.unicodeScalars {
    switch scalar {
    case "\n", "\t": text += " "
    case "&": text += "&amp;"
    case "<": text += "&lt;"
    case ">": text += "&gt;"
    // Markup is read in elements too, and a reference is none.
    case "|", "`", "*", "_", "[", "]", "\\", "~", "$", "!", ":", "@", "{", "}", "#", "\"", "'":
      text += "&#\(scalar.value);"
    default: text.unicodeScalars.append(visible(scalar))
    }
  }
  return text.isEmpty ? "" : "<code>\(text)</code>"
}

/// Lines of code between fences that are longer than any in them.
func markdownFence(_ outside: String, _ language: StaticString) -> String {
  let code = String(String.UnicodeScalarView(outside.unicodeScalars.map(visible)))
  var longest = 2
  var run = 0
  for scalar in code.unicodeScalars {
    run = scalar == "`" ? run + 1 : 0
    longest = max(longest, run)
  }
  let fence = String(repeating: "`", count: longest + 1)
  return "\(fence)\(language)\n\(code)\n\(fence)\n"
}

/// Names in a diagram of Mermaid, which knows no escapes: other characters become `_`, and names that are alike then are told apart by
/// numbers.
struct MermaidNames {
  private var taken: Set<String> = []

  /// Letters, digits and `_` of ASCII, a letter first.
  mutating func name(_ outside: String) -> String {
    var plain = String(
      String.UnicodeScalarView(
        outside.unicodeScalars.map { scalar in
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? scalar : "_"
        }))
    if !(plain.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false) { plain = "t_" + plain }
    if reservedInMermaid.contains(plain.lowercased()) { plain += "_" }
    var name = plain
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(plain)_\(number)"
      number += 1
    }
    return name
  }
}

private let reservedInMermaid: Set<String> = [
  "erdiagram", "direction", "title", "acctitle", "accdescr", "style", "class", "classdef", "end", "one", "many", "zero",
  "to",
  "only", "optionally", "tb", "bt", "lr", "rl", "td", "u",
]
