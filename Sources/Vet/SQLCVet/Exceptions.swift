// Where rules do not hold, as the configuration says.

public import SQLCConfiguration
public import SQLCDiagnostics

extension VetException {
  /// Patterns with `*`, each of which has to match; a violation that names no table is not excepted by one.
  public func excepts(_ violation: Violation, of rule: VetRule) -> Bool {
    guard rule.id.description == self.rule || rule.id.name == self.rule else { return false }
    return isMatched(table, violation.table) && isMatched(query, violation.query)
      && isMatched(file, violation.diagnostic.primary.source.path)
  }

  private func isMatched(_ pattern: String?, _ text: String?) -> Bool {
    guard let pattern else { return true }
    return text.map { matchesPattern($0[...], pattern[...]) } ?? false
  }

  public var unused: Diagnostic { VetDiagnostic.unusedException(rule).at(source) }
}

/// `*` stands for any characters.
private func matchesPattern(_ text: Substring, _ pattern: Substring) -> Bool {
  guard let first = pattern.first else { return text.isEmpty }
  if first == "*" {
    let rest = pattern.dropFirst()
    return text.indices.contains { matchesPattern(text[$0...], rest) } || matchesPattern("", rest)
  }
  return text.first == first && matchesPattern(text.dropFirst(), pattern.dropFirst())
}
