// What is known of a diagnostic before it is ever given: its name, its level and one line about it.

/// One kind of diagnostic.
public struct Rule: Sendable, Hashable {
  public let id: DiagnosticID
  /// What it is when the configuration does not say otherwise.
  public let level: Severity
  /// One line, as Markdown: when it is given.
  public let summary: String
  public let adjustment: RuleAdjustment
  public let scope: RuleScope

  public init(
    _ id: DiagnosticID, _ level: Severity, _ summary: String, adjustment: RuleAdjustment = .fixed,
    scope: RuleScope = .statement
  ) {
    self.id = id
    self.level = level
    self.summary = summary
    self.adjustment = adjustment
    self.scope = scope
  }
}

/// Whether the configuration may turn a rule off or give it another level, and a comment may suppress it.
public enum RuleAdjustment: Sendable, Hashable {
  /// After it there is no sound code to write.
  case fixed
  /// It leaves the decision to people.
  case adjustable
}

/// How far a suppression of a rule reaches.
public enum RuleScope: Sendable, Hashable { case statement, file }

/// The rules of one pass, each a case whose raw value is the second half of its name.
public protocol RuleSet: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// The first half of every name: `binder` in `binder/unknown-column`.
  static var pass: String { get }
  var level: Severity { get }
  var summary: String { get }
  /// Warnings and notes unless a pass says otherwise.
  var adjustment: RuleAdjustment { get }
  static var scope: RuleScope { get }
}

extension RuleSet {
  public var adjustment: RuleAdjustment { level < .error ? .adjustable : .fixed }
  public static var scope: RuleScope { .statement }
  public var rule: Rule { Rule(id, level, summary, adjustment: adjustment, scope: Self.scope) }
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

  /// The registry with rules that are known only when a project is read; of two of one name the first stays.
  public func adding(_ more: [Rule]) -> RuleRegistry { RuleRegistry(rules: rules + more) }

  private init(rules all: [Rule]) {
    var places: [DiagnosticID: Int] = [:]
    var rules: [Rule] = []
    for rule in all where places[rule.id] == nil {
      places[rule.id] = rules.count
      rules.append(rule)
    }
    self.rules = rules
    self.places = places
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
