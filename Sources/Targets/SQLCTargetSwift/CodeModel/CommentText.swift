// Text from outside as lines of a comment: nothing in it ends the comment, hides, or steers a terminal.

import SQLCModel

/// The lines of a text, each without what cannot be seen and without white space at its end.
///
/// To Swift a line ends at a line feed or carriage return (The Swift Programming Language, Lexical Structure, grammar of
/// a line break); to editors and to people also at what Unicode takes for a line break.
func commentLines(of text: String) -> [String] {
  lines(of: text).map { line in
    // Nearly all are so.
    if line.allBytes({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }) { return withoutTrailingBlanks(line) }
    var shown = ""
    for scalar in line.unicodeScalars {
      if isVisibleInComment(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return withoutTrailingBlanks(shown[...])
  }
}

/// Cut at every line break of Unicode (The Unicode Standard, 5.8): CR LF, LF, VT, FF, CR, NEL, LS, PS.
func lines(of text: String) -> [Substring] {
  // Nearly all texts are so, where a line feed is the one line break there is.
  if text.allBytes({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 || $0 == 0x0A }) {
    return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
  }
  var lines: [Substring] = []
  let scalars = text.unicodeScalars
  var start = scalars.startIndex
  var index = start
  while index < scalars.endIndex {
    let next = scalars.index(after: index)
    guard isLineBreak(scalars[index]) else {
      index = next
      continue
    }
    lines.append(Substring(scalars[start..<index]))
    let isPair = scalars[index] == "\r" && next < scalars.endIndex && scalars[next] == "\n"
    index = isPair ? scalars.index(after: next) : next
    start = index
  }
  lines.append(Substring(scalars[start...]))
  return lines
}

private func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
  default: false
  }
}

/// Joiners are invisible too, but words and emoji are made of them.
private func isVisibleInComment(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "\t" || scalar == "\u{200C}" || scalar == "\u{200D}" { return true }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: return false
  default: return true
  }
}

private func withoutTrailingBlanks(_ line: Substring) -> String {
  var end = line.utf8.endIndex
  while end > line.utf8.startIndex {
    let before = line.utf8.index(before: end)
    guard line.utf8[before] == 0x20 || line.utf8[before] == 0x09 else { break }
    end = before
  }
  return String(line[..<end])
}
