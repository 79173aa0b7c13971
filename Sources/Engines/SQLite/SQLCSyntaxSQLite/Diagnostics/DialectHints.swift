// What other databases write, and what SQLite has instead: the note that turns "unexpected" into an answer.

import SQLCDiagnostics

/// A habit from another database, recognised by the words around the token where the parser stopped.
struct DialectHint {
  /// Words in lower case, one per token; `^` stands before the token that could not be read. `?` is any token, `'` a string,
  /// `#` a number.
  var pattern: [Substring]
  var note: String
  /// What to write instead of the one token.
  var replacement: String?
  /// The place of the token that could not be read.
  var failing: Int

  init(_ pattern: String, _ note: String, replacement: String? = nil) {
    let words = pattern.split(separator: " ")
    failing = words.firstIndex { $0.hasPrefix("^") } ?? 0
    self.pattern = words.map { $0.hasPrefix("^") ? $0.dropFirst() : $0 }
    self.note = note
    self.replacement = replacement
  }

  /// First words of statements that SQLite does not have.
  static let statements: [DialectHint] = [
    DialectHint("^truncate", "delete all rows with DELETE FROM (lang_delete.html)"),
    DialectHint("^show", "read sqlite_schema, or use PRAGMA table_list and PRAGMA table_info"),
    DialectHint("^describe", "use PRAGMA table_info"),
    DialectHint("^use", "open another file, or ATTACH it"),
    DialectHint("^grant", "SQLite has no users; access is that of the file"),
    DialectHint("^revoke", "SQLite has no users; access is that of the file"),
    DialectHint("^comment", "write an SQL comment, which documents the generated code"),
    DialectHint("^merge", "use INSERT … ON CONFLICT … DO UPDATE (lang_upsert.html)"),
    DialectHint("^call", "SQLite has no stored procedures"),
    DialectHint("^do", "SQLite has no procedural blocks"),
    DialectHint("^lock", "BEGIN IMMEDIATE takes the one write lock (lang_transaction.html)"),
    DialectHint("^start transaction", "use BEGIN", replacement: "BEGIN"),
    DialectHint("^set", "settings are pragmas (pragma.html)"),
    DialectHint("^copy", "insert many rows with INSERT"),
  ]

  /// The more telling pattern stands first.
  static let constructs: [DialectHint] = [
    // CREATE and ALTER.
    DialectHint("create ^or replace", "drop it first: DROP … IF EXISTS"),
    DialectHint("create ^type", "use TEXT with CHECK (column IN (…))"),
    DialectHint("create ^domain", "write the CHECK at the column"),
    DialectHint("create ^function", "the application registers functions"),
    DialectHint("create ^procedure", "SQLite has no stored procedures"),
    DialectHint("create ^sequence", "an INTEGER PRIMARY KEY numbers rows by itself (autoinc.html)"),
    DialectHint("create ^schema", "each database file is one schema; ATTACH adds another"),
    DialectHint("create ^database", "opening a file creates it"),
    DialectHint("create ^extension", "the application loads extensions"),
    DialectHint("create ^materialized", "SQLite has no materialized views; use a table and triggers"),
    DialectHint("index concurrently ^?", "SQLite has no CONCURRENTLY"),
    DialectHint("on ? ^using", "SQLite has one kind of index; leave USING out"),
    DialectHint("enum ( ^'", "SQLite has no ENUM; use TEXT with CHECK (column IN ('a', 'b'))"),
    DialectHint("set ( ^'", "SQLite has no SET type; use a table of members"),
    DialectHint("on update ^current_timestamp", "SQLite updates no column by itself; use a trigger"),
    DialectHint("alter table ? ^modify", alterNote), DialectHint("alter table ? ^change", alterNote),
    DialectHint("alter column ? ^type", alterNote),
    DialectHint("column ^if exists", "ALTER TABLE has no IF EXISTS (lang_altertable.html)"),
    DialectHint("drop if ^exists", "ALTER TABLE has no IF EXISTS (lang_altertable.html)"),
    DialectHint("column if ^not", "ALTER TABLE has no IF NOT EXISTS (lang_altertable.html)"),
    DialectHint("column ^if not", "ALTER TABLE has no IF NOT EXISTS (lang_altertable.html)"),
    DialectHint("alter table ^if exists", "ALTER TABLE has no IF EXISTS (lang_altertable.html)"),
    DialectHint("alter table if ^exists", "ALTER TABLE has no IF EXISTS (lang_altertable.html)"),
    DialectHint("^, add", oneChangeNote), DialectHint("^, drop", oneChangeNote),
    DialectHint("^, rename", oneChangeNote),
    DialectHint("default now ^(", "the time of the insert is CURRENT_TIMESTAMP"),
    DialectHint("default ? ^(", defaultNote), DialectHint("default ? ^+", defaultNote),
    DialectHint("default ? ^-", defaultNote), DialectHint("default ? ^||", defaultNote),
    DialectHint("default ? ^->>", defaultNote),
    // Changes of rows.
    DialectHint("insert ^ignore", "SQLite writes INSERT OR IGNORE", replacement: "OR IGNORE"),
    DialectHint("on ^duplicate", "SQLite writes ON CONFLICT (column) DO UPDATE SET … (lang_upsert.html)"),
    DialectHint("do update ^where", "DO UPDATE needs SET before WHERE"),
    // Queries.
    DialectHint("^ilike", "LIKE ignores the case of ASCII letters already", replacement: "LIKE"),
    DialectHint("^rlike", "SQLite writes REGEXP, which the application must register", replacement: "REGEXP"),
    DialectHint("^similar to", "use GLOB, or REGEXP where the application registers it"),
    DialectHint("into ? ^set", "SQLite writes INSERT INTO t (a, b) VALUES (1, 2)"),
    DialectHint("^div", "/ divides integers without a rest already", replacement: "/"),
    DialectHint("^mod", "SQLite writes %", replacement: "%"),
    DialectHint("^xor", "SQLite has no XOR; (a <> b) serves for truth values"),
    DialectHint("top ^#", "LIMIT stands at the end of the query"),
    DialectHint("distinct ^on", "SQLite has no DISTINCT ON; GROUP BY with max() or min(), or row_number(), serves"),
    DialectHint("for ^update", lockNote), DialectHint("^for update", lockNote), DialectHint("for ^share", lockNote),
    DialectHint("fetch ^first", "SQLite writes LIMIT"), DialectHint("fetch ^next", "SQLite writes LIMIT"),
    DialectHint("offset ^#", "OFFSET stands behind LIMIT; LIMIT -1 means all rows"),
    DialectHint("lateral ( ^select", "SQLite has no LATERAL; a table-valued function may use the tables before it"),
    DialectHint("interval ^'", "SQLite has no INTERVAL; write datetime(x, '+1 day') (lang_datefunc.html)"),
    DialectHint("date ^'", "dates are plain strings: '2024-01-31' (lang_datefunc.html)"),
    DialectHint("timestamp ^'", "times are plain strings: '2024-01-31 12:00:00' (lang_datefunc.html)"),
    DialectHint("extract ( ? ^from", "SQLite has no extract(); use strftime() (lang_datefunc.html)"),
    DialectHint("substring ( ? ^from", "write substring(x, start, length)"),
    DialectHint("at time ^zone", "times have no zone in SQLite; see the modifiers of lang_datefunc.html"),
    DialectHint("^at time", "times have no zone in SQLite; see the modifiers of lang_datefunc.html"),
    DialectHint("any ( ? ^?", "SQLite has no arrays: write column IN (sqlc.slice('name'))"),
    DialectHint("all ( ? ^?", "SQLite has no arrays: write column NOT IN (sqlc.slice('name'))"),
    DialectHint("array ^[", "SQLite has no arrays; use JSON and json_each()"),
    DialectHint("^: ?", "SQLite writes CAST(x AS type)"),
    DialectHint("^!", "SQLite writes NOT"),
    DialectHint("<= ^>", "SQLite writes IS"),
    DialectHint("^{", "placeholders are ?, ?1, :name, @name and $name (lang_expr.html#varparam)"),
    DialectHint("^%", "placeholders are ?, ?1, :name, @name and $name (lang_expr.html#varparam)"),
    DialectHint("with ? ( ^select", "AS stands before the query: WITH x AS (SELECT …)"),
  ]

  private static let alterNote =
    "SQLite cannot change a column's type; make a new table and copy the rows (lang_altertable.html#otheralter)"
  private static let oneChangeNote = "one ALTER TABLE makes one change"
  private static let defaultNote = "a default that is computed stands in parentheses"
  private static let lockNote = "SQLite has no row locks; BEGIN IMMEDIATE takes the one write lock"
}

extension Parser {
  /// The first hint whose words stand here.
  func dialectHint(_ expectation: Expectation) -> DialectHint? {
    (expectation == .statement ? DialectHint.statements : DialectHint.constructs).first(where: isHere)
  }

  func fix(of hint: DialectHint?) -> SyntaxFix? {
    guard let replacement = hint?.replacement else { return nil }
    let message = replacement.isEmpty ? "remove '\(text(token.range))'" : "replace with \(replacement)"
    return SyntaxFix(
      message: message, applicability: .unsafe, range: token.range, replacement: replacement)
  }

  private func isHere(_ hint: DialectHint) -> Bool {
    let first = index - hint.failing
    guard first >= 0, first + hint.pattern.count <= tokens.count else { return false }
    // The token at hand decides most often, so it is compared first.
    guard matches(tokens[index], hint.pattern[hint.failing]) else { return false }
    return zip(tokens[first...], hint.pattern).allSatisfy { matches($0, $1) }
  }

  private func matches(_ token: Token, _ word: Substring) -> Bool {
    switch word {
    case "?": return token.kind != .endOfInput && token.kind != .semicolon
    case "'": return token.kind == .string
    case "#": return token.kind == .integer
    default:
      guard token.kind != .quotedIdentifier, token.kind != .string, token.range.count <= 24 else { return false }
      return text(token.range).asciiLowercased == word
    }
  }
}
