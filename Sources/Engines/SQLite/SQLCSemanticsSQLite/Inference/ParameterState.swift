// Parameters: what each occurrence wants, and the one type that follows.

import SQLCDiagnostics

struct ParameterState {
  let bound: BoundParameter
  /// By the start of the occurrence: a common table inferred twice counts once.
  var expectations: [(at: Int, wants: Expectation)] = []
  /// From all occurrences, after `resolveParameters`.
  var resolved: Value?
  /// What was answered before they were known.
  var answered: TypeFacts?
  var wasReadEarly = false
  var conflict: (Expectation, Expectation)?

  init(_ bound: BoundParameter) { self.bound = bound }

  mutating func note(_ expectation: Expectation, at offset: Int) {
    if let index = expectations.firstIndex(where: { $0.at == offset }) {
      // A place may be looked at twice, the second time knowing more.
      let old = expectations[index].wants
      var new = expectation
      if new.name == nil { new.name = old.name }
      if new.value.facts.storage.isEmpty || new.value.facts.storage == .any && old.value.facts.storage != .any {
        if !old.value.facts.storage.isEmpty {
          new.value = old.value
          new.strength = old.strength
        }
      }
      expectations[index].wants = new
    } else {
      expectations.append((offset, expectation))
    }
  }
}
