// One line of source in a code frame: its cells, and the underlines and labels beneath it.

/// An underline with its label, in cells of the displayed line.
struct FrameMark {
  enum Kind { case primary, secondary }
  var kind: Kind
  var cells: Range<Int>
  var text: String
}

/// A source line laid out in terminal cells: tabs expanded, control characters made visible, and cut to a window around
/// the marks when it is very long (SQL is sometimes minified).
struct FrameLine {
  static let tabWidth = 4
  static let longestWidth = 160

  private var text = ""
  /// The cell at which each byte of the line begins, and the width as the last element.
  private var cellOfByte: [Int] = []

  init(_ line: Substring) {
    var cell = 0
    for character in line {
      let width: Int
      if character == "\t" {
        width = Self.tabWidth - cell % Self.tabWidth
        text += String(repeating: " ", count: width)
      } else {
        width = displayWidth(of: character)
        text.append(visible(character))
      }
      cellOfByte += Array(repeating: cell, count: character.utf8.count)
      cell += width
    }
    cellOfByte.append(cell)
  }

  var width: Int { cellOfByte[cellOfByte.count - 1] }

  /// The cells of a byte range of this line, one at least, so that a position has something to stand under.
  func cells(_ lower: Int, _ upper: Int) -> Range<Int> {
    let last = cellOfByte.count - 1
    let from = cellOfByte[min(max(lower, 0), last)]
    let to = cellOfByte[min(max(upper, 0), last)]
    return from..<max(to, from + 1)
  }

  /// The line as shown and the marks moved along with it.
  func cut(around marks: [FrameMark]) -> (text: String, marks: [FrameMark]) {
    guard width > Self.longestWidth, let first = marks.map(\.cells.lowerBound).min() else { return (text, marks) }
    let from = max(0, min(first - 40, width - Self.longestWidth))
    let upTo = min(width, from + Self.longestWidth)
    var shown = from > 0 ? "…" : ""
    let shift = from - shown.count
    var cell = 0
    for character in text {
      if cell >= from, cell < upTo { shown.append(character) }
      cell += displayWidth(of: character)
    }
    if upTo < width { shown += "…" }
    let moved = marks.map { mark in
      let lower = min(max(mark.cells.lowerBound, from), upTo) - shift
      let upper = min(max(mark.cells.upperBound, from), upTo) - shift
      return FrameMark(kind: mark.kind, cells: lower..<max(upper, lower + 1), text: mark.text)
    }
    return (shown, moved)
  }
}

/// The rows under a line: one with all underlines and the label of the rightmost, then one for each further label with
/// bars leading down to it.
///
/// ```
/// SELECT a.id, b.id FROM t a, u b
///        ----  ^^^^ second
///        │
///        first
/// ```
func rows(under marks: [FrameMark], severity: Severity, style: TextStyle) -> [String] {
  let ordered = marks.sorted { ($0.cells.lowerBound, $0.cells.upperBound) < ($1.cells.lowerBound, $1.cells.upperBound) }
  guard let rightmost = ordered.last else { return [] }

  func role(_ mark: FrameMark) -> TextRole {
    switch mark.kind {
    case .primary: severity.role
    case .secondary: .secondary
    }
  }

  var cells = [(Character, TextRole)](repeating: (" ", .plain), count: marks.map(\.cells.upperBound).max() ?? 0)
  for kind in [FrameMark.Kind.secondary, .primary] {
    for mark in ordered where mark.kind == kind {
      let character: Character = kind == .primary ? "^" : "-"
      for cell in mark.cells { cells[cell] = (character, role(mark)) }
    }
  }
  var underlines = painted(cells, in: style)
  if !rightmost.text.isEmpty { underlines += " " + role(rightmost).paint(rightmost.text, in: style) }
  var result = [underlines]

  var waiting = ordered.dropLast().filter { !$0.text.isEmpty }
  if !waiting.isEmpty { result.append(bars(for: waiting)) }
  while let mark = waiting.popLast() {
    let lead = bars(for: waiting)
    let padding = String(repeating: " ", count: max(0, mark.cells.lowerBound - lead.count))
    result.append(lead + padding + role(mark).paint(mark.text, in: style))
  }
  return result

  func bars(for marks: [FrameMark]) -> String {
    var row: [(Character, TextRole)] = []
    for mark in marks {
      while row.count < mark.cells.lowerBound { row.append((" ", .plain)) }
      if row.count == mark.cells.lowerBound { row.append(("│", role(mark))) }
    }
    return painted(row, in: .plain)
  }
}

private func painted(_ cells: [(Character, TextRole)], in style: TextStyle) -> String {
  var result = ""
  var run = ""
  var runRole = TextRole.plain
  for (character, role) in cells {
    if role != runRole {
      result += runRole.paint(run, in: style)
      run = ""
      runRole = role
    }
    run.append(character)
  }
  return result + runRole.paint(run, in: style)
}
