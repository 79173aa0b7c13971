// What scaffolded queries, their tables and their parameters are called.

import SQLCDiagnostics
import SQLCModel

struct ScaffoldNames {
  /// The table as SQL has it.
  let table: String
  /// `Agent`, the name of its struct.
  let singular: String
  /// `Agents`
  let plural: String
  private let initialisms: Set<String>

  init(_ name: QualifiedName, singular: String, initialisms: Set<String>) {
    self.singular = singular
    let initialisms = Set(initialisms.map { $0.lowercased() })
    self.initialisms = initialisms
    table = name.schema.map { Self.quote($0) + "." + Self.quote(name.name) } ?? Self.quote(name.name)
    let words = Self.words(name.name, initialisms)
    let schema = name.schema.map { Self.words($0, initialisms) } ?? ""
    plural = words.isEmpty || schema + words == singular ? "All" + singular : schema + words
  }

  func quoted(_ name: String) -> String { Self.quote(name) }

  /// `environment_id` → `EnvironmentID`
  func words(_ name: String) -> String { Self.words(name, initialisms) }

  /// A column's name as that of a parameter: letters, digits and underscores.
  func parameter(_ name: String) -> String {
    let plain = String(name.unicodeScalars.map { $0.properties.isXIDContinue ? Character($0) : "_" })
    return plain.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } == true ? plain : "p_" + plain
  }

  private static func words(_ name: String, _ initialisms: Set<String>) -> String {
    name.split { !($0.isLetter || $0.isNumber) }
      .map { initialisms.contains($0.lowercased()) ? $0.uppercased() : $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined()
  }

  /// A name that needs no quotes in either dialect, or in quotes.
  private static func quote(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
      && name.utf8.first.map { !(0x30...0x39).contains($0) } == true
    return isPlain && !reservedWords.contains(name) ? name : "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
  }
}

/// SQLite, lang_keywords.html, and PostgreSQL, appendix C: what one of them does not take for the name of a table or column.
private let reservedWords: Set<String> = [
  "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "autoincrement",
  "between",
  "both", "case", "cast", "check", "collate", "column", "commit", "constraint", "create", "cross", "current_catalog",
  "current_date", "current_role", "current_time", "current_timestamp", "current_user", "default", "deferrable",
  "delete",
  "desc", "distinct", "do", "drop", "else", "end", "escape", "except", "exists", "false", "fetch", "for", "foreign",
  "freeze",
  "from", "full", "glob", "grant", "group", "having", "if", "ilike", "in", "index", "initially", "inner", "insert",
  "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
  "localtimestamp",
  "match", "natural", "not", "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps",
  "placing", "primary", "raise", "references", "regexp", "returning", "right", "select", "session_user", "set",
  "similar",
  "some", "symmetric", "table", "tablesample", "then", "to", "trailing", "transaction", "true", "union", "unique",
  "update",
  "user", "using", "values", "variadic", "verbose", "when", "where", "window", "with",
]
