// What a configuration makes of rules.

/// What the configuration's `rules` makes of one.
public enum RuleLevel: String, Sendable, Hashable, CaseIterable {
  case off, warning, error
}

/// One entry of `rules`: `binder/unused-common-table: off`.
public struct RuleSetting: Sendable, Hashable {
  /// As written: `pass/name`, or the name alone.
  public var name: String
  public var level: RuleLevel
  public var source: SourceRange

  public init(name: String, level: RuleLevel, source: SourceRange) {
    self.name = name
    self.level = level
    self.source = source
  }
}
