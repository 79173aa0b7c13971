// What there is to say about each diagnostic, read out of the article that says it.

/// The pages of the article `Diagnostics.md`.
///
/// A section `## binder` (or `## sqlite and internal`, for two passes) has a text, a table of rows
/// `| `name`, `other` ⚠︎ | when | what to do |`, and for some names a subsection `### `name`` with more: why, an example.
public struct DiagnosticPages: Sendable {
  public struct Page: Sendable, Hashable {
    public var id: DiagnosticID
    public var severity: Severity
    public var when: String
    /// Empty where the message itself says what to do.
    public var remedy: String
    /// What holds for all of the pass; may be empty.
    public var passText: String
    /// Why it is so, and an example, as Markdown; may be empty.
    public var more: String
  }

  /// In the order of the article.
  public private(set) var pages: [Page] = []

  public init(article: String) {
    for section in article.split(separator: "\n## ", omittingEmptySubsequences: false).dropFirst() { read(section) }
  }

  /// The page of a diagnostic; or, when only its name is given, of every pass that has one of that name.
  public func pages(for text: String) -> [Page] {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    return pages.filter { parts.count == 2 ? $0.id == DiagnosticID(parts[0], parts[1]) : $0.id.name == text }
  }

  private mutating func read(_ section: Substring) {
    let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
    guard let title = lines.first else { return }
    let passes = title.split(separator: " ").map(String.init).filter { $0 != "and" }
    let body = lines.dropFirst()
    let text = body.prefix { !$0.hasPrefix("|") && !$0.hasPrefix("#") }.joined(separator: "\n")
    let details = Self.subsections(of: body)
    for line in body where line.hasPrefix("| `") {
      let cells = Self.cells(of: line)
      guard cells.count == 3 else { continue }
      let severity: Severity = cells[0].unicodeScalars.contains("⚠") ? .warning : .error
      for name in Self.codes(in: cells[0]) {
        for pass in passes {
          pages.append(
            Page(
              id: DiagnosticID(pass, name), severity: severity, when: cells[1], remedy: cells[2],
              passText: Self.trimmed(text), more: details[name] ?? ""))
        }
      }
    }
  }

  /// By name, the text under each `### `name``.
  private static func subsections(of lines: ArraySlice<Substring>) -> [String: String] {
    var result: [String: String] = [:]
    var names: [String] = []
    for line in lines {
      if line.hasPrefix("### ") {
        names = codes(in: String(line))
      } else {
        for name in names { result[name, default: ""] += line + "\n" }
      }
    }
    return result.mapValues(trimmed)
  }

  /// The cells of a table's row; `\\|` is no border.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if isEscaped, character != "|" { cells[cells.count - 1].append("\\") }
        isEscaped = character == "\\" && !isEscaped
        if !isEscaped { cells[cells.count - 1].append(character) }
      }
    }
    return cells.dropLast().map(trimmed)
  }

  private static func codes(in text: String) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else {
      return ""
    }
    return String(text[first...last])
  }
}
