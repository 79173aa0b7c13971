// What other databases write, and how PostgreSQL says it.

import SQLCPostgreSQLHandle

/// Advice for a statement that PostgreSQL refuses because it is written for MySQL, SQLite or SQL Server; nil when it is not.
///
/// - Parameter token: the text at the error, as written.
func adviceFromOtherDialects(_ error: ServerError, at token: String, statement: [String]) -> String? {
  func has(_ word: String) -> Bool { statement.contains(word) }
  switch error.sqlState {
  case "42601":
    switch token.uppercased() {
    case "AUTO_INCREMENT", "AUTOINCREMENT", "IDENTITY":
      return "in PostgreSQL: bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    case "UNSIGNED": return "PostgreSQL has no unsigned types: add CHECK (column >= 0)"
    case "ENGINE", "CHARSET", "COLLATE=": return "this is an option of MySQL's; PostgreSQL has none of that name"
    case "`": return "PostgreSQL writes names in double quotes"
    case "[": return "PostgreSQL writes names in double quotes"
    case "KEY", "INDEX": return "in PostgreSQL an index is a statement of its own: CREATE INDEX … ON …"
    case "REPLACE": return "in PostgreSQL: INSERT … ON CONFLICT (…) DO UPDATE SET …"
    case "PRAGMA": return "this is SQLite's"
    case "IGNORE": return "in PostgreSQL: INSERT … ON CONFLICT DO NOTHING"
    case "?": return "in PostgreSQL parameters are written $1, or @name"
    default: break
    }
    if has("AUTO_INCREMENT") || has("AUTOINCREMENT") {
      return "in PostgreSQL: bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    }
    if has("ON"), has("UPDATE"), has("CURRENT_TIMESTAMP"), has("CREATE") {
      return "PostgreSQL has no ON UPDATE CURRENT_TIMESTAMP: a BEFORE UPDATE trigger sets it"
    }
    return nil
  case "42704":
    let types = [
      "datetime": "timestamptz", "tinyint": "smallint or boolean", "mediumint": "integer", "blob": "bytea",
      "longblob": "bytea", "longtext": "text", "mediumtext": "text", "tinytext": "text", "double": "double precision",
      "nvarchar": "text", "clob": "text", "datetime2": "timestamptz", "uniqueidentifier": "uuid", "number": "numeric",
      "enum": "a type of its own: CREATE TYPE … AS ENUM (…)",
    ]
    for (name, other) in types.sorted(by: { $0.key < $1.key }) where error.message == "type \"\(name)\" does not exist"
    {
      return "in PostgreSQL: \(other)"
    }
    return nil
  case "42P17" where error.message.contains("index predicate") || error.message.contains("index expression"):
    return
      "what an index is made of must not change with time or settings: 'now()' cannot stand there; compare with it in the query instead"
  default: return nil
  }
}
