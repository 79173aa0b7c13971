// What is known of a diagnostic before it is ever given: its name, its level and one line about it.

/// One kind of diagnostic.
public struct Rule: Sendable, Hashable {
  public let id: DiagnosticID
  /// What it is when the configuration does not say otherwise.
  public let level: Severity
  /// One line, as Markdown: when it is given.
  public let summary: String

  public init(_ id: DiagnosticID, _ level: Severity, _ summary: String) {
    self.id = id
    self.level = level
    self.summary = summary
  }

  /// Whether the configuration may turn it off or make it an error, and a comment may suppress it.
  ///
  /// Only what leaves the decision to people: after an error there is no sound code to write.
  public var isAdjustable: Bool { level < .error }
}

/// The rules of one pass, each a case whose raw value is the second half of its name.
public protocol RuleSet: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The first half of every name: `binder` in `binder/unknown-column`.
  static var pass: String { get }
  var level: Severity { get }
  var summary: String { get }
}

extension RuleSet {
  public var rule: Rule { Rule(id, level, summary) }
  public var id: DiagnosticID { DiagnosticID(Self.pass, rawValue) }
}

/// Every rule of every pass, in the order in which a project goes through the passes.
public struct RuleRegistry: Sendable {
  public let rules: [Rule]
  private let places: [DiagnosticID: Int]

  /// - Precondition: no two sets have a rule of one name.
  public init(_ sets: [any RuleSet.Type]) {
    rules = sets.flatMap { Self.rules(of: $0) }
    places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
  }

  private static func rules<Set: RuleSet>(of set: Set.Type) -> [Rule] { Set.allCases.map(\.rule) }

  public subscript(_ id: DiagnosticID) -> Rule? { places[id].map { rules[$0] } }

  /// The rule of that name; or, when only its second half is given, every one that ends so.
  public func rules(named text: String) -> [Rule] {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    if parts.count == 2 { return self[DiagnosticID(parts[0], parts[1])].map { [$0] } ?? [] }
    return rules.filter { $0.id.name == text }
  }
}
