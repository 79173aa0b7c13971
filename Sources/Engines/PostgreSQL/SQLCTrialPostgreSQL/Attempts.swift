// Queries with arguments, run and undone.

public import SQLCEngine
import SQLCOraclePostgreSQL

extension PostgreSQLTrialDatabase {
  public func attempt<Seen>(
    _ query: TrialQuery, limit: Int, then look: () throws(TrialFailure) -> Seen
  ) throws(TrialFailure) -> (run: TrialRun, seen: Seen) {
    var sql = ""
    var arguments: [Int: TrialValue] = [:]
    // A combination of a query with choices need not have all parameters, and the server cannot infer the type of one that is
    // nowhere.
    let used = Set(
      query.pieces.compactMap { if case .value(_, let parameter) = $0 { parameter } else { nil } }
    ).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(used, 1...))
    for piece in query.pieces {
      switch piece {
      case .text(let text): sql += text
      case .value(let value, let parameter):
        let number = numbers[parameter] ?? parameter
        sql += "$\(number)"
        arguments[number] = value
      // The engine sends lists as arrays.
      case .list: throw TrialFailure(.statement, "sqlc-swift has no list to send in text")
      }
    }
    try run(isInTransaction ? "SAVEPOINT attempt" : "BEGIN")
    let isNested = isProvisional
    defer { _ = try? run(isNested ? "ROLLBACK TO attempt; RELEASE attempt" : "ROLLBACK") }
    let counts = try writeCounts()
    let rows = try answer(sql, arguments, limit: limit)
    let run = TrialRun(rows: rows, writes: try writes(since: counts))
    return (run, try look())
  }

  public func continueNumbers() throws(TrialFailure) {
    for table in facts {
      for column in table.columnFacts where column.isNumbered {
        // Of a sequence that is not the column's own nothing is known.
        _ = try? guarded(
          """
          SELECT setval(pg_get_serial_sequence('\(literal(table.sqlName))', '\(literal(column.name))'),
            greatest(coalesce(max(\(quoted(column.name))), 0), 0) + 1, false) FROM \(table.sqlName)
          """)
      }
    }
  }

  private func literal(_ text: String) -> String { text.replacingScalars("'", with: "''") }

  /// The rows of a query whose types of parameters the server infers, as in `Parse`.
  private func answer(
    _ sql: String, _ arguments: [Int: TrialValue], limit: Int
  ) throws(TrialFailure) -> [[TrialValue]] {
    // What cannot be prepared has no parameters.
    guard isPreparable(sql) else { return values(try run(sql, limit: limit)) }
    let name: String
    if let known = prepared[sql] {
      name = known
    } else {
      name = "query_\(prepared.count + 1)"
      try run("PREPARE \(name)\(declaredTypes(arguments)) AS \(sql)")
      prepared[sql] = name
    }
    let list = (0..<(arguments.keys.max() ?? 0)).map { text(of: arguments[$0 + 1] ?? .null) }
    return values(
      try run("EXECUTE \(name)" + (list.isEmpty ? "" : "(\(list.joined(separator: ", ")))"), limit: limit))
  }

  /// A parameter of a predicate that is left out stands nowhere, so that the server cannot infer its type. The others' it shall
  /// infer.
  private func declaredTypes(_ arguments: [Int: TrialValue]) -> String {
    let types = (0..<(arguments.keys.max() ?? 0)).map { arguments[$0 + 1] == nil ? "text" : "unknown" }
    return types.contains("text") ? " (\(types.joined(separator: ", ")))" : ""
  }

  private func isPreparable(_ sql: String) -> Bool {
    let first = sql.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased()
    return ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "WITH", "TABLE"].contains(first)
  }

  // MARK: Effects

  /// Rows inserted, changed and removed so far in this transaction, by table; those of partitions are their parent's.
  private func writeCounts() throws(TrialFailure) -> [String: String] {
    guard writesAreKnown else { return [:] }
    var counts: [String: String] = [:]
    for row in try run(
      """
      SELECT coalesce(pg_partition_root(relid)::oid, relid), sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del)
      FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 GROUP BY 1
      """
    ).rows {
      counts[row[0] ?? ""] = row.dropFirst().map { $0 ?? "" }.joined(separator: " ")
    }
    return counts
  }

  private func writes(since before: [String: String]) throws(TrialFailure) -> Set<String>? {
    guard writesAreKnown else { return nil }
    let after = try writeCounts()
    let changed = after.filter { before[$0.key] != $0.value }.keys
    let names = Dictionary(facts.map { (String($0.object), $0.name) }, uniquingKeysWith: { first, _ in first })
    return Set(changed.compactMap { names[$0]?.lowercased() })
  }

  /// What triggers and functions of the schema write is more than the analysis claims to see: where there are some, nothing
  /// that is written besides is a counterexample.
  private var writesAreKnown: Bool { !definitions.hasRoutines && !facts.contains(where: \.hasTriggers) }
}
