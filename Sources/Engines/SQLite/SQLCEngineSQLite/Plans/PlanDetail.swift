// The lines of EXPLAIN QUERY PLAN as steps (SQLite, eqp.html; the words are those of where.c, wherecode.c and select.c).
//
// | line | step |
// |---|---|
// | `SCAN t`, before 3.36 `SCAN TABLE t AS x` | scan |
// | `SCAN t USING [COVERING] INDEX i` | index scan |
// | `SEARCH t USING [COVERING] INDEX i (a=? AND b>?)` | search |
// | `SEARCH t USING INTEGER PRIMARY KEY (rowid=?)`, `… USING PRIMARY KEY (a=?)` | search |
// | `SEARCH t USING AUTOMATIC [PARTIAL] COVERING INDEX (a=?)` | automatic index |
// | `SCAN t VIRTUAL TABLE INDEX 0:M1` | other: only its module knows what it costs |
// | `SCAN CONSTANT ROW`, `SCAN 2 CONSTANT ROWS` | other |
// | `USE TEMP B-TREE FOR ORDER BY` | sort |
// | `UNION USING TEMP B-TREE` | sort |
// | `[CORRELATED] SCALAR SUBQUERY 1`, `[CORRELATED] LIST SUBQUERY 1` | subquery |
// | all else: `MULTI-INDEX OR`, `COMPOUND QUERY`, `CO-ROUTINE x` … | other |

package import SQLCEngine

extension PlanStep {
  package init(explained detail: String, parent: Int?) {
    self.init(.other, parent: parent, detail: detail)
    if let rest = detail.after("SCAN ") {
      scan(rest)
    } else if let rest = detail.after("SEARCH ") {
      search(rest)
    } else if let purpose = detail.after("USE TEMP B-TREE FOR ") {
      kind = .sort
      self.purpose = String(purpose)
    } else if let range = detail.firstRange(of: " USING TEMP B-TREE") {
      kind = .sort
      purpose = String(detail[..<range.lowerBound])
    } else if detail.hasPrefix("CORRELATED ") {
      kind = .correlatedSubquery
    } else if detail.hasPrefix("SCALAR SUBQUERY") || detail.hasPrefix("LIST SUBQUERY") {
      kind = .subquery
    }
  }

  private mutating func scan(_ text: Substring) {
    if text == "CONSTANT ROW" || text.hasSuffix(" CONSTANT ROWS") || text == "CONSTANT ROWS" { return }
    let parts = AccessText(text)
    name(parts.name)
    guard !parts.isModule else { return }
    kind = .scan
    if let using = parts.using { read(using, or: .indexScan) }
  }

  private mutating func search(_ text: Substring) {
    let parts = AccessText(text)
    name(parts.name)
    guard !parts.isModule else { return }
    kind = .search
    if let using = parts.using { read(using, or: .search) }
  }

  /// `t` or, before 3.36, `TABLE t AS x`; `SUBQUERY 1` and `(subquery-2)` are rows that another step makes.
  private mutating func name(_ text: Substring) {
    var text = text
    if let rest = String(text).after("TABLE ") {
      text = rest
      if let range = text.firstRange(of: " AS ") {
        table = String(text[..<range.lowerBound])
        text = text[range.upperBound...]
      } else {
        table = String(text)
      }
    }
    source = String(text)
  }

  /// `COVERING INDEX i (a=?)`, `INTEGER PRIMARY KEY (rowid=?)`, `PRIMARY KEY`.
  private mutating func read(_ text: Substring, or found: Kind) {
    var rest = text
    if rest.hasSuffix(")"), let open = rest.firstIndex(of: "(") {
      let inner = rest[rest.index(after: open)..<rest.index(before: rest.endIndex)]
      terms = inner.split(separator: " AND ").map(String.init)
      rest = rest[..<open]
      while rest.last == " " { rest.removeLast() }
    }
    if rest.hasPrefix("AUTOMATIC ") {
      kind = .automaticIndex
      return
    }
    if let name = String(rest).after("COVERING INDEX ") {
      reading = .indexOnly
      index = String(name)
      kind = found
    } else if let name = String(rest).after("INDEX ") {
      index = String(name)
      kind = found
    }
    // A primary key is the table itself: a scan by it is one of the table.
  }
}

/// What stands behind SCAN or SEARCH.
private struct AccessText {
  var name: Substring
  /// Behind `USING`.
  var using: Substring?
  var isModule = false

  init(_ text: Substring) {
    var text = text
    for end in [" LEFT-JOIN", " EXISTS"] where text.hasSuffix(end) { text = text.dropLast(end.count) }
    name = text
    if let range = text.firstRange(of: " VIRTUAL TABLE INDEX ") {
      name = text[..<range.lowerBound]
      isModule = true
    } else if let range = text.firstRange(of: " USING ") {
      name = text[..<range.lowerBound]
      using = text[range.upperBound...]
    }
  }
}

extension String {
  fileprivate func after(_ prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
