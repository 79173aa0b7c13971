// The hidden columns of full-text tables mean another thing where they are read, compared and written.
//
// | place | FTS5 | FTS3, FTS4 |
// |---|---|---|
// | `SELECT f` | a cursor's number | NULL |
// | `f MATCH x`, `f = x` | the text that is looked for | the same |
// | `SELECT rank` | a number with MATCH, NULL without | – |
// | `rank = x`, `rank MATCH x` | the text of a ranking function, which chooses it and proves nothing | – |
// | `INSERT INTO f(f) VALUES (x)` | the name of a command | the same |
// | `INSERT INTO f(f, rank) VALUES ('rank', x)` | the text of a ranking function | – |
// | `INSERT INTO f(f, rank) VALUES ('merge', x)` | a number, as for every other command | – |
//
// SQLite, fts5.html §5.1.3, §6 (commands) and §7; fts3.html §1.2 and §6. Executed on 3.40.1.

import SQLCSyntaxSQLite

extension Inference {
  /// What a full-text table's column of its own name gives where it is read.
  func valueOfTableColumn(_ source: SourceID) -> Value {
    guard case .table(let table)? = states[source]?.content, case .virtual(let module) = table.kind else {
      return Value(.text, .never)
    }
    let nullability = absence(of: source).map { Nullability.maybe($0) }
    guard module == "fts5" else {
      let reason = NullReason(.other("`\(table.name)` of an FTS3 or FTS4 table is NULL where it is read"), at: nil)
      return Value([], .maybe(reason))
    }
    return Value(.integer, nullability ?? .never)
  }

  /// `rank` of an FTS5 table.
  func isRank(_ expression: BoundExpression) -> Bool {
    guard case .column(let column) = expression.kind else { return false }
    return isRank(column)
  }

  func isRank(_ column: BoundColumn) -> Bool {
    guard let state = states[column.source], case .table(let table) = state.content else { return false }
    return isRank(column.index, of: table)
  }

  func isRank(_ index: Int, of table: Table) -> Bool {
    guard table.kind == .virtual(module: "fts5"), table.columns.indices.contains(index) else { return false }
    return table.columns[index].visibility == .hidden && table.columns[index].name == "rank"
  }

  /// What the other side of `=` is where one side is a hidden column; nothing where none is.
  func hiddenColumnPeer(_ expression: BoundExpression) -> Expectation? {
    if case .tableColumn = expression.kind {
      return .plain(.text, .strong, .compared, name: peerName(expression))
    }
    return isRank(expression) ? .plain(.text, .strong, .comparedWithRequired, name: "rank") : nil
  }

  /// Where an INSERT into a full-text table names the column of the table's name, and so is a command.
  func commandColumn(_ insert: BoundInsert) -> Int? {
    guard case .table(let table) = insert.target.kind, isFullText(table) else { return nil }
    return insert.columns.firstIndex { index in
      table.columns.indices.contains(index) && table.columns[index].visibility == .hidden
        && sameName(table.columns[index].name, table.name)
    }
  }

  /// What `rank` takes in a command: it depends on which command that is.
  func rankOfCommand(_ insert: BoundInsert, at place: Int) -> Expectation {
    guard case .query(let query) = insert.source, case .values(let rows, _) = query.body else {
      return .plain(.any, .strong, .required, name: "rank")
    }
    let commands = rows.map { row -> String? in
      guard row.indices.contains(place), case .literal(.string(let name)) = row[place].kind else { return nil }
      return name.asciiLowercased
    }
    if commands.allSatisfy({ $0 == "rank" }) { return .plain(.text, .strong, .required, name: "rank") }
    let isKnown = commands.allSatisfy { $0 != nil && $0 != "rank" }
    return .plain(isKnown ? .integer : .any, .strong, .required, name: "rank")
  }
}
