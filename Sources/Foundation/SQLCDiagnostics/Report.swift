// A run's findings as a document: for people, for pull requests, for what collects results of tools.

/// The forms of a report.
public enum ReportFormat: Sendable, Hashable {
  case text(TextStyle)
  case json
  case github
  /// OASIS SARIF 2.1.0, which GitHub's code scanning and editors read.
  case sarif
  /// A test suite with a case for each rule, which CI servers show.
  case junit

  /// The form of what is wrong with the run itself.
  public var plain: DiagnosticFormat {
    switch self {
    case .text(let style): .text(style)
    case .json, .sarif, .junit: .json
    case .github: .github
    }
  }
}

/// A rule that was asked.
public struct ReportRule: Sendable {
  public var id: DiagnosticID
  public var level: Severity
  public var summary: String
  public var help: String

  public init(id: DiagnosticID, level: Severity, summary: String, help: String) {
    self.id = id
    self.level = level
    self.summary = summary
    self.help = help
  }
}

public struct Report: Sendable {
  public var diagnostics: [Diagnostic]
  public var sources: SourceSet
  /// Those that found nothing among them.
  public var rules: [ReportRule]

  public init(diagnostics: [Diagnostic], sources: SourceSet, rules: [ReportRule]) {
    self.diagnostics = diagnostics.sortedAndUnique()
    self.sources = sources
    self.rules = rules
  }

  public func render(as format: ReportFormat) -> String {
    switch format {
    case .text(let style): SQLCDiagnostics.render(diagnostics, in: sources, as: .text(style))
    case .json: SQLCDiagnostics.render(diagnostics, in: sources, as: .json)
    case .github: SQLCDiagnostics.render(diagnostics, in: sources, as: .github)
    case .sarif: sarif
    case .junit: junit
    }
  }

  /// Where a diagnostic begins and ends.
  func positions(of source: SourceRange, _ indexes: inout [String: LineIndex]) -> (
    start: LinePosition, end: LinePosition
  ) {
    guard let text = sources[source.path]?.source else {
      return (LinePosition(line: 1, column: 1), LinePosition(line: 1, column: 1))
    }
    let index = indexes[source.path] ?? LineIndex(text.text)
    indexes[source.path] = index
    return (index.position(at: source.range.lower), index.position(at: source.range.upper))
  }

  /// Every rule, and what was given beside them.
  var allRules: [ReportRule] {
    var known = Set(rules.map(\.id))
    return rules
      + diagnostics.filter { known.insert($0.id).inserted }.map {
        ReportRule(id: $0.id, level: $0.severity, summary: $0.message, help: "")
      }
  }
}
