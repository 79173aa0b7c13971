// Quotes in text that becomes SQL: as SQLCRuntimeKit has it, which the tool's lower floors do not stand on.

extension StringProtocol {
  /// Replaces scalars, where `replacing` would replace characters: a quote that a combining mark follows is another character, and
  /// a quote to SQL all the same.
  public func replacingScalars(_ old: String, with new: String) -> String {
    String(String(self).unicodeScalars.replacing(old.unicodeScalars, with: new.unicodeScalars))
  }
}
