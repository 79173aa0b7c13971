// Declared types compared as users spell them.
import SQLCEngine
import SQLCModel

extension RuntimeVocabulary {
  /// Does a rule for the type `wanted` apply to a column declared as `declared`?
  /// A rule that gives a length wants that length.
  func declaredType(_ declared: String, fits wanted: String) -> Bool {
    func compact(_ name: String) -> String { canonicalTypeName(name).lowercased().filter { !$0.isWhitespace } }
    return wanted.contains("(")
      ? compact(declared) == compact(wanted) : typeNameWithoutLength(declared) == typeNameWithoutLength(wanted)
  }
}

/// Does a rule for the declared type `wanted` apply to a value that comes from no column, such as `max(created_at)`?
/// Only for types that say more than a storage class: a rule for TEXT is about columns declared so.
func declaredType(_ wanted: String, means type: ValueType) -> Bool {
  DeclaredMeaning(declaredType: wanted)?.isMeaning(of: type) ?? false
}
