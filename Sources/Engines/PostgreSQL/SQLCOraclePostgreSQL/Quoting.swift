// Names and texts as SQL writes them.

import SQLCRuntimeKit

/// A name in quotes (sql-syntax-lexical.html, SQL-SYNTAX-IDENTIFIERS).
package func quoted(_ name: String) -> String { "\"" + name.replacingScalars("\"", with: "\"\"") + "\"" }

/// A text; with a backslash as an escape string, which means the same whatever `standard_conforming_strings` is.
package func literal(_ text: String) -> String {
  let doubled = text.replacingScalars("'", with: "''")
  guard text.unicodeScalars.contains("\\") else { return "'" + doubled + "'" }
  return "E'" + doubled.replacingScalars("\\", with: "\\\\") + "'"
}
