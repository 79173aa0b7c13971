// How PostgreSQL would find the rows of a query, read from its plan.

public import SQLCEngine

extension PostgreSQLTrialDatabase {
  /// Of tables with few rows it would read all of them: planned as if that were dear.
  public func access(of query: TrialQuery) throws(TrialFailure) -> RowAccess {
    var sql = ""
    var parameters: Set<Int> = []
    for piece in query.pieces {
      switch piece {
      case .text(let text): sql += text
      case .value(_, let parameter):
        sql += "$\(parameter)"
        parameters.insert(parameter)
      case .list: throw TrialFailure(.statement, "sqlc-swift has no list to send in text")
      }
    }
    try run(isInTransaction ? "SAVEPOINT access" : "BEGIN")
    let isNested = isProvisional
    defer { _ = try? run(isNested ? "ROLLBACK TO access; RELEASE access" : "ROLLBACK") }
    try run("SET LOCAL enable_seqscan = off")
    try run("SET LOCAL plan_cache_mode = force_generic_plan")
    try run("PREPARE sqlc_access AS \(sql)")
    defer { _ = try? run("DEALLOCATE sqlc_access") }
    let list =
      parameters.isEmpty ? "" : "(\((0..<(parameters.max() ?? 0)).map { _ in "NULL" }.joined(separator: ", ")))"
    var access = RowAccess(indexes: [], scannedTables: [])
    var node = ""
    // Of each node its type comes first.
    for line in try run("EXPLAIN (FORMAT JSON) EXECUTE sqlc_access\(list)").rows.compactMap({ $0[0] })
      .flatMap({ $0.split(separator: "\n") })
    {
      if let type = value(of: "Node Type", in: line) { node = type }
      if let index = value(of: "Index Name", in: line) { access.indexes.insert(index) }
      if node == "Seq Scan", let table = value(of: "Relation Name", in: line) { access.scannedTables.insert(table) }
    }
    return access
  }

  private func value(of key: String, in line: Substring) -> String? {
    let text = line.drop(while: \.isWhitespace)
    let beginning = "\"\(key)\": \""
    guard text.hasPrefix(beginning), let end = text.lastIndex(of: "\"") else { return nil }
    let start = text.index(text.startIndex, offsetBy: beginning.count)
    return start <= end ? String(text[start..<end]).replacing("\\\"", with: "\"") : nil
  }
}
