// Declared types compared as users spell them.
import SQLCModel

/// A declared type without its length and with single spaces: `VARCHAR (36)` → `varchar`.
func normalizedDeclaredType(_ type: String) -> String {
  let base = type.prefix { $0 != "(" }
  return base.lowercased().split { $0.isWhitespace }.joined(separator: " ")
}

/// Does a rule for the declared type `wanted` apply to a column declared as `declared`?
/// A rule that gives a length wants that length.
func declaredType(_ declared: String, fits wanted: String) -> Bool {
  let compact: (String) -> String = { $0.lowercased().filter { !$0.isWhitespace } }
  return wanted.contains("(")
    ? compact(declared) == compact(wanted) : normalizedDeclaredType(declared) == normalizedDeclaredType(wanted)
}

/// Does a rule for the declared type `wanted` apply to a value that comes from no column, such as `max(created_at)`?
/// Only for types that say more than a storage class: a rule for TEXT is about columns declared so.
func declaredType(_ wanted: String, means type: ValueType) -> Bool {
  DeclaredMeaning(declaredType: wanted)?.isMeaning(of: type) ?? false
}
