// The engines that a run knows.

package import SQLCConfiguration
package import SQLCDiagnostics
package import SQLCEngine

package struct EngineSet: Sendable {
  /// How files are cut, by the name of the engine that they are written for.
  package var rules: [EngineName: LexicalRules]
  /// The engine of a block, set up as its settings say. What they have wrong is diagnosed, and the engine is there all the
  /// same.
  package var make: @Sendable (SQLBlock) -> Diagnosed<any Engine>

  package init(
    rules: [EngineName: LexicalRules], make: @escaping @Sendable (SQLBlock) -> Diagnosed<any Engine>
  ) {
    self.rules = rules
    self.make = make
  }

  package var names: [EngineName] { rules.keys.sorted { $0.rawValue < $1.rawValue } }
}
