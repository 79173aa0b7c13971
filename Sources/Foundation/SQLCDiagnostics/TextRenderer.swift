// Diagnostics as a person at a terminal reads them; editors and CI parse the first line.

/// Renders diagnostics as text.
///
/// ```
/// queries/agents.sql:14:9: error: no column 'enviroment_id' in 'agents'
///    │
/// 14 │ WHERE a.enviroment_id = ?;
///    │         ^^^^^^^^^^^^^ did you mean 'environment_id'?
///    │
///    = note: columns of 'agents': id, name, prompt, environment_id, …
///    = help: binder/unknown-column
/// ```
///
/// Labels in another file follow in a frame of their own, led by `├ file:line:column`.
public struct TextRenderer {
  private let sources: SourceSet
  private let style: TextStyle
  private var indexes: [String: LineIndex] = [:]

  public init(sources: SourceSet, style: TextStyle = .plain) {
    self.sources = sources
    self.style = style
  }

  /// Each diagnostic ends with a line break; a blank line stands between two.
  public mutating func render(_ diagnostics: [Diagnostic]) -> String {
    var result = ""
    for diagnostic in diagnostics {
      if !result.isEmpty { result += "\n" }
      result += render(diagnostic)
    }
    return result
  }

  public mutating func render(_ diagnostic: Diagnostic) -> String {
    let severity = diagnostic.severity
    var lines = [
      TextRole.strong.paint(place(of: diagnostic.primary.source) + ": ", in: style)
        + severity.role.paint("\(severity.rawValue):", in: style)
        + TextRole.strong.paint(" \(visibleText(diagnostic.message))", in: style)
    ]
    let frames = frames(of: diagnostic)
    let lastLine = frames.flatMap(\.lines).map(\.number).max() ?? 0
    let width = frames.isEmpty ? 2 : String(lastLine).count
    let blank = String(repeating: " ", count: width + 1)
    let bar = blank + TextRole.gutter.paint("│", in: style)
    for (index, frame) in frames.enumerated() {
      if index > 0 { lines.append(blank + TextRole.gutter.paint("├ \(frame.place)", in: style)) }
      lines.append(bar)
      var previous: Int?
      for line in frame.lines {
        if let previous, line.number > previous + 1 { lines.append(blank + TextRole.gutter.paint("⋮", in: style)) }
        previous = line.number
        let digits = String(line.number)
        let number = String(repeating: " ", count: width - digits.count) + digits
        lines.append(trimmed(TextRole.gutter.paint("\(number) │", in: style) + " " + line.text))
        lines += line.rows.map { bar + " " + $0 }
      }
      lines.append(bar)
    }
    let mark = blank + TextRole.gutter.paint("=", in: style) + " "
    for note in diagnostic.notes { lines.append(mark + labelled("note", note)) }
    for fixIt in diagnostic.fixIts { lines.append(mark + labelled("fix", fixIt.message)) }
    lines.append(mark + labelled("help", diagnostic.id.description))
    return lines.joined(separator: "\n") + "\n"
  }

  private func labelled(_ label: String, _ text: String) -> String {
    TextRole.strong.paint(label + ":", in: style) + " " + visibleText(text)
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  // MARK: Frames

  private struct Frame {
    struct Line {
      var number: Int
      var text: String
      var rows: [String]
    }
    var place: String
    var lines: [Line]
  }

  /// One frame for each file with a label, the primary's first. Files that were never read (a missing folder) have none.
  private mutating func frames(of diagnostic: Diagnostic) -> [Frame] {
    let labels = [(FrameMark.Kind.primary, diagnostic.primary)] + diagnostic.secondary.map { (.secondary, $0) }
    var paths: [String] = []
    for (_, label) in labels where !paths.contains(label.source.path) { paths.append(label.source.path) }
    return paths.compactMap { path in
      frame(of: labels.filter { $0.1.source.path == path }, path: path, severity: diagnostic.severity)
    }
  }

  private mutating func frame(
    of labels: [(FrameMark.Kind, DiagnosticLabel)], path: String, severity: Severity
  ) -> Frame? {
    guard let entry = sources[path], let first = labels.first else { return nil }
    let index = lineIndex(of: entry.source)
    let byLine = Dictionary(grouping: labels) { index.position(at: $0.1.source.range.lower).line }
    let lines = byLine.keys.sorted().map { number in
      let range = index.range(ofLine: number)
      let line = FrameLine(entry.source.slice(range))
      let marks = (byLine[number] ?? []).map { kind, label in
        let lower = min(label.source.range.lower, range.upper) - range.lower
        let upper = min(label.source.range.upper, range.upper) - range.lower
        return FrameMark(kind: kind, cells: line.cells(lower, upper), text: visibleText(label.text))
      }
      let shown = line.cut(around: marks)
      return Frame.Line(
        number: number, text: shown.text, rows: rows(under: shown.marks, severity: severity, style: style))
    }
    return Frame(place: place(of: first.1.source), lines: lines)
  }

  /// `file:line:column`; only the path when the file was never read.
  private mutating func place(of range: SourceRange) -> String {
    guard let entry = sources[range.path] else { return visibleText(range.path) }
    let position = lineIndex(of: entry.source).position(at: range.range.lower)
    return "\(visibleText(entry.displayPath)):\(position.line):\(position.column)"
  }

  private mutating func lineIndex(of source: SourceFile) -> LineIndex {
    if let known = indexes[source.path] { return known }
    let made = LineIndex(source.text)
    indexes[source.path] = made
    return made
  }
}
