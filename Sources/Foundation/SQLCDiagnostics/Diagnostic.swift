// A diagnostic is data; text, JSON and the rest are made of it at the edge.

/// What a stage returns for input that may be wrong: a value, perhaps partial, and what there is to say about it.
public struct Diagnosed<Value> {
  public var value: Value
  public var diagnostics: [Diagnostic]

  public init(_ value: Value, _ diagnostics: [Diagnostic] = []) {
    self.value = value
    self.diagnostics = diagnostics
  }
}

extension Diagnosed: Sendable where Value: Sendable {}

/// A stable name, `pass/adjective-noun`, such as `binder/unknown-column`.
public struct DiagnosticID: Sendable, Hashable, CustomStringConvertible {
  public let pass: String
  public let name: String

  public init(_ pass: String, _ name: String) {
    self.pass = pass
    self.name = name
  }

  public var description: String { "\(pass)/\(name)" }
}

public enum Severity: String, Sendable, Hashable, Codable, Comparable {
  case note, warning, error

  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Text at a range: what the caret line or a secondary underline says.
public struct DiagnosticLabel: Sendable, Hashable {
  public var source: SourceRange
  public var text: String

  public init(_ source: SourceRange, _ text: String = "") {
    self.source = source
    self.text = text
  }
}

/// A change that would mend the problem.
public struct FixIt: Sendable, Hashable {
  public enum Applicability: String, Sendable, Hashable {
    /// Meaning is certain to be what the user wants; tools may apply it by themselves.
    case safe
    /// Likely, but a person should look.
    case unsafe
  }

  public struct Edit: Sendable, Hashable {
    public var source: SourceRange
    public var replacement: String

    public init(_ source: SourceRange, replacement: String) {
      self.source = source
      self.replacement = replacement
    }
  }

  public var message: String
  public var applicability: Applicability
  public var edits: [Edit]

  public init(_ message: String, _ applicability: Applicability, edits: [Edit]) {
    self.message = message
    self.applicability = applicability
    self.edits = edits
  }
}

/// One thing to say about the input.
///
/// `message` is one clause, lower case, no period, with the user's spelling in quotes. `primary.text` is the short label
/// at the underline; `notes` are further facts; `fixIts` mend it.
public struct Diagnostic: Sendable, Hashable {
  public var id: DiagnosticID
  public var severity: Severity
  public var message: String
  public var primary: DiagnosticLabel
  public var secondary: [DiagnosticLabel]
  public var notes: [String]
  public var fixIts: [FixIt]

  /// - Parameter severity: where it differs from the rule's own level for a reason that the rule's page gives.
  public init(
    _ rule: Rule, as severity: Severity? = nil, _ message: String, at primary: DiagnosticLabel,
    secondary: [DiagnosticLabel] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    id = rule.id
    self.severity = severity ?? rule.level
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.fixIts = fixIts
  }
}

extension [Diagnostic] {
  public var hasErrors: Bool { contains { $0.severity == .error } }
}
