// The engines that a run knows.

public import SQLCConfiguration
public import SQLCDiagnostics
public import SQLCEngine

public struct EngineSet: Sendable {
  /// How files are cut, by the name of the engine that they are written for.
  public var rules: [EngineName: LexicalRules]
  /// The engine of a block, set up as its settings say. What they have wrong is diagnosed, and the engine is there all the
  /// same.
  public var make: @Sendable (SQLBlock) -> Diagnosed<any Engine>
  /// Of the warnings that engines give: those that were kept with an engine's answers are given again by them.
  public var warnings: RuleRegistry

  public init(
    rules: [EngineName: LexicalRules], warnings: RuleRegistry = RuleRegistry([]),
    make: @escaping @Sendable (SQLBlock) -> Diagnosed<any Engine>
  ) {
    self.rules = rules
    self.warnings = warnings
    self.make = make
  }

  public var names: [EngineName] { rules.keys.sorted { $0.rawValue < $1.rawValue } }
}
