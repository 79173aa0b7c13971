// Quotes in text that becomes SQL.

extension StringProtocol {
  /// Replaces scalars, where `replacing` would replace characters: a quote that a combining mark follows is another character, and
  /// a quote to SQL all the same.
  package func replacingScalars(_ old: String, with new: String) -> String {
    String(String(self).unicodeScalars.replacing(old.unicodeScalars, with: new.unicodeScalars))
  }
}
