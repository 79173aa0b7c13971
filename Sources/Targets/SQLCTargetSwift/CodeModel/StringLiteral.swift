// A string as a Swift literal that means exactly that string.
// The Swift Programming Language, Lexical Structure, string literals.

import SQLCModel

/// The lines of a literal for the text: plain where that reads well, raw where the text has quotes or backslashes,
/// several lines where it has several.
///
/// | text | literal |
/// |---|---|
/// | `SELECT 1` | `"SELECT 1"` |
/// | `SELECT "a"` | `#"SELECT "a""#` |
/// | `ESCAPE '\'` | `#"ESCAPE '\'"#` |
/// | two lines | `"""`, the lines, `"""` |
/// | control characters, carriage returns; a tab in one line | escapes |
func literalLines(_ text: String) -> [String] {
  guard isPlain(text) else { return [escapedLiteral(text)] }
  let bytes = text.utf8
  guard bytes.contains(0x0A) else {
    // On one line the compiler takes no tab ("unprintable ASCII character"), on several it does.
    if bytes.contains(0x09) { return [escapedLiteral(text)] }
    let needsRaw = bytes.contains(0x22) || bytes.contains(0x5C)
    let hashes = needsRaw ? hashes(for: text, delimiter: "\"") : ""
    return ["\(hashes)\"\(text)\"\(hashes)"]
  }
  let hashes = bytes.contains(0x5C) || occurs("\"\"\"", in: text) ? hashes(for: text, delimiter: "\"\"\"") : ""
  // A line feed is a character of its own, whatever follows.
  let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
  let body = lines.map { line -> String in
    // White space at the end of a line is invisible, and editors strip it.
    guard let last = line.utf8.last, last == 0x20 || last == 0x09 else { return String(line) }
    return line.dropLast() + (last == 0x20 ? "\\\(hashes)u{20}" : "\\\(hashes)t")
  }
  return ["\(hashes)\"\"\""] + body + ["\"\"\"\(hashes)"]
}

/// A literal on one line, whatever the text.
func literal(_ text: String) -> String {
  let lines = text.utf8.contains(0x0A) ? [escapedLiteral(text)] : literalLines(text)
  return lines.joined()
}

/// As many hashes as keep the text from ending the literal or escaping anything in it.
private func hashes(for text: String, delimiter: String) -> String {
  var hashes = "#"
  while occurs(delimiter + hashes, in: text) || occurs("\\" + hashes, in: text) { hashes += "#" }
  return hashes
}

/// Byte for byte: a quote with a combining mark after it is another character to Swift, but a quote to its lexer.
private func occurs(_ needle: String, in text: String) -> Bool {
  let needle = Array(needle.utf8)
  var rest = text.utf8[...]
  while let first = needle.first, let start = rest.firstIndex(of: first) {
    rest = rest[start...]
    if rest.starts(with: needle) { return true }
    rest = rest.dropFirst()
  }
  return needle.isEmpty
}

private func isPlain(_ text: String) -> Bool {
  // Nearly all SQL is ASCII, where one comparison tells.
  if text.allBytes({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }) { return true }
  return text.unicodeScalars.allSatisfy(isPlain)
}

/// Can the character stand in a literal as it is, and be seen there? Not: controls but line feed and tab, line and
/// paragraph separators, direction marks and other invisible formatting, a byte order mark, unassigned and private
/// ones.
private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "\n" || scalar == "\t" { return true }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
  case .spaceSeparator: return scalar == " "
  default: return true
  }
}

private func escapedLiteral(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\0": result += "\\0"
    default:
      if isPlain(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
  }
  return result + "\""
}
