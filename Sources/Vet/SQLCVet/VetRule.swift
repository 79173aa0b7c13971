// A rule: a name, a level, a message, and a SELECT that finds what it is about; with the page that explains it.

public import SQLCDiagnostics

/// A rule over facts.
///
/// Its SELECT gives one row for each violation, with `place`: an id of `places`. Every other column can stand in the message, in
/// braces. Some mean more:
///
/// | column | means |
/// |---|---|
/// | `place` | where the violation is underlined |
/// | `related` | another place, shown beside |
/// | `note` | a sentence below |
/// | `table`, `query` | what exceptions of the configuration name |
/// | `insert` | text that mends it when it stands behind `place` |
/// | `append` | a statement that mends it: in the next migration, or behind the schema |
public struct VetRule: Sendable, Hashable {
  public var id: DiagnosticID
  public var level: Severity
  /// With columns in braces.
  public var message: String
  public var select: String
  /// Where the SELECT is written: errors are shown there.
  public var source: SourceRange
  public var page: VetPage

  public init(
    id: DiagnosticID, level: Severity, message: String, select: String, source: SourceRange, page: VetPage = VetPage()
  ) {
    self.id = id
    self.level = level
    self.message = message
    self.select = select
    self.source = source
    self.page = page
  }

  /// As the registry has it.
  public var rule: Rule {
    Rule(id, level, page.why.isEmpty ? message : page.why, adjustment: .adjustable, scope: .statement)
  }

  /// The columns that the message names.
  var fields: [String] {
    message.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }

  func message(for row: [String: FactValue]) -> String {
    var result = ""
    var rest = message[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open] + (row[name]?.text ?? "{\(name)}")
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

/// What there is to know of a rule.
public struct VetPage: Sendable, Hashable {
  public var why = ""
  public var fix = ""
  /// SQL that trips the rule: a schema, and queries with their annotations.
  public var example = ""
  /// The same, put right.
  public var corrected = ""
  /// What the configuration has to say for the example, as `name=value`.
  public var options: [String: String] = [:]

  public init() {}
}
