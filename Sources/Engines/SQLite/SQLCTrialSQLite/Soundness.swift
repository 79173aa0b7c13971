// What a rebuilt table must not have harmed: indexes, full-text indexes, and numbers that are given once.

public import SQLCEngine
import SQLCSQLiteHandle

extension SQLiteTrialDatabase {
  /// Asks SQLite and FTS5 (pragma.html#pragma_integrity_check, fts5.html#the_integrity_check_command).
  ///
  /// WITHOUT ROWID tables are left out: SQLite 3.40.1 finds rows out of order in some that are sound.
  public func inconsistencies() throws(TrialFailure) -> [String] {
    do throws(SQLiteFailure) {
      var found: [String] = []
      for table in try handle.listTables() where !table.isTemporary {
        switch table.kind {
        case .table where !table.isWithoutRowID && !table.name.hasPrefix("sqlite_"):
          let answers = try handle.texts("SELECT integrity_check FROM pragma_integrity_check(\(literal(table.name)))")
          // Rules that rows break are no fault of an index.
          found += answers.compactMap { $0[0] }
            .filter { $0 != "ok" && !$0.hasPrefix("CHECK ") && !$0.hasPrefix("NULL value") && !$0.hasPrefix("non-") }
            .map { "\(table.name): \($0)" }
        case .virtual:
          let definition =
            try handle.texts("SELECT sql FROM sqlite_schema WHERE name = ?1", [table.name]).first?[0] ?? ""
          guard SchemaTokens(definition).names.contains("fts5") else { continue }
          do throws(SQLiteFailure) {
            let name = quoted(table.name)
            _ = try rows("INSERT INTO \(name)(\(name), rank) VALUES ('integrity-check', 1)")
          } catch {
            found.append("\(table.name): its index is not of the rows that there are")
          }
        case .table, .view, .shadow: continue
        }
      }
      return found
    } catch {
      throw failure(error)
    }
  }

  public func lastNumbers() throws(TrialFailure) -> [String: Int64] {
    do throws(SQLiteFailure) {
      guard try hasSequence() else { return [:] }
      let rows = try handle.texts("SELECT lower(name), seq FROM sqlite_sequence")
      return Dictionary(
        rows.map { ($0[0] ?? "", $0[1].flatMap { Int64($0) } ?? 0) }, uniquingKeysWith: { first, _ in first })
    } catch {
      throw failure(error)
    }
  }

  public func useUpNumbers() throws(TrialFailure) {
    do throws(SQLiteFailure) {
      if try hasSequence() { try run("UPDATE sqlite_sequence SET seq = seq + 1000 WHERE seq < 4611686018427387904") }
    } catch {
      throw failure(error)
    }
  }

  public func hiddenState() throws(TrialFailure) -> [String: [String]] {
    do throws(SQLiteFailure) {
      var found: [String: [String]] = [:]
      for name in ["user_version", "application_id"] {
        guard let value = try handle.texts("PRAGMA \(name)").first?[0], value != "0" else { continue }
        found["", default: []].append("\(name) \(value)")
      }
      for table in try handle.listTables() where table.kind == .virtual && !table.isTemporary {
        let definition = try handle.texts("SELECT sql FROM sqlite_schema WHERE name = ?1", [table.name]).first?[0] ?? ""
        guard SchemaTokens(definition).names.contains("fts5") else { continue }
        let settings = try handle.texts(
          "SELECT k || ' ' || v FROM \(quoted(table.name + "_config")) WHERE k <> 'version' ORDER BY k")
        found[table.name, default: []] += settings.compactMap { $0[0] } + (try words(of: table.name))
      }
      return found
    } catch {
      throw failure(error)
    }
  }

  /// Each place of each word of a full-text index (fts5.html#the_fts5vocab_virtual_table_module).
  private func words(of index: String) throws(SQLiteFailure) -> [String] {
    try handle.execute("CREATE VIRTUAL TABLE temp.sqlc_words USING fts5vocab('main', \(literal(index)), 'instance')")
    defer { try? handle.execute("DROP TABLE temp.sqlc_words") }
    return try handle.texts(
      "SELECT quote(term) || ' ' || doc || ' ' || ifnull(col, '') || ' ' || ifnull(offset, '') FROM temp.sqlc_words ORDER BY 1"
    ).compactMap { $0[0] }
  }

  private func hasSequence() throws(SQLiteFailure) -> Bool {
    try !handle.texts("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty
  }
}
