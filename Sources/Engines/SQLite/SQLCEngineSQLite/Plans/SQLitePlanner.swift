// Plans of SQLite, asked of a database in memory that has the schema and no rows.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCModel
import SQLCOracleSQLite

extension SQLiteEngine: PlanningEngine {
  public func planner(over schema: [SourceFile], statistics: PlanStatistics?) throws -> any QueryPlanner {
    let loader = SchemaLoader(engine: self)
    let scratch = try ScratchDatabase(extensions: extensions)
    let scripts = loader.read(schema)
    for finding in loader.run(scripts.value, on: scratch) {
      guard case .found(let diagnostic) = finding, diagnostic.severity == .error else { continue }
      throw PlanFailure(diagnostic.message)
    }
    // Double-quoted strings of views and triggers, where SQLite takes them.
    scratch.strings = .inDefinitions
    return try SQLitePlanner(scratch, extensions, statistics: statistics)
  }
}

final class SQLitePlanner: QueryPlanner {
  private let scratch: ScratchDatabase
  private var rowCounts: [String: Int] = [:]
  private var removed: [String: String] = [:]
  private let part: PlanningPart
  /// Plans of the schema as it is.
  private var plans: [String: [PlanStep]] = [:]
  /// The statement that was tried last, and whether it is planned in a part of the schema as in the whole.
  private var tried: (sql: String, isAlike: Bool)?

  init(_ scratch: ScratchDatabase, _ extensions: ScratchExtensions, statistics: PlanStatistics?) throws(OracleError) {
    self.scratch = scratch
    part = PlanningPart(try scratch.definedObjects(), statistics: statistics) { () throws(OracleError) in
      let part = try ScratchDatabase(extensions: extensions)
      part.strings = .inDefinitions
      return part
    }
    guard let statistics else { return }
    try scratch.setStatistics(statistics.rows.map { ($0.table, $0.index, $0.text) })
    for row in statistics.rows {
      // The first number is that of the rows; a partial index has fewer than the table (SQLite, fileformat2.html §2.6.4).
      guard let count = row.text.split(separator: " ").first.flatMap({ Int($0) }) else { continue }
      rowCounts[row.table.lowercased()] = max(count, rowCounts[row.table.lowercased()] ?? 0)
    }
  }

  func plan(of statement: [SQLSegment]) throws(PlanFailure) -> [PlanStep] { try plan(of: text(of: statement)) }

  private func plan(of sql: String) throws(PlanFailure) -> [PlanStep] {
    if let known = plans[sql] { return known }
    let steps = try plan(of: sql, in: scratch)
    plans[sql] = steps
    return steps
  }

  func plan(of statement: [SQLSegment], with indexes: [ProposedIndex]) throws(PlanFailure) -> [PlanStep] {
    let sql = text(of: statement)
    guard removed.isEmpty, isAlikeInPart(sql), let part = try? part.database(for: sql) else {
      return try plan(of: sql, with: indexes, in: scratch)
    }
    return try plan(of: sql, with: indexes, in: part)
  }

  private func isAlikeInPart(_ sql: String) -> Bool {
    if let tried, tried.sql == sql { return tried.isAlike }
    let whole = try? plan(of: sql)
    let isAlike = whole != nil && whole == (try? plan(of: sql, in: part.database(for: sql)))
    tried = (sql, isAlike)
    return isAlike
  }

  private func plan(
    of sql: String, with indexes: [ProposedIndex], in database: ScratchDatabase
  ) throws(PlanFailure) -> [PlanStep] {
    do throws(OracleError) {
      var added: [ProposedIndex] = []
      defer { for index in added { _ = try? database.execute("DROP INDEX \(quoted(index.name))") } }
      for index in indexes {
        try database.execute(definition(of: index))
        added.append(index)
      }
      return steps(try database.explain(sql))
    } catch {
      throw PlanFailure(error.message)
    }
  }

  private func plan(of sql: String, in database: ScratchDatabase) throws(PlanFailure) -> [PlanStep] {
    do throws(OracleError) {
      return steps(try database.explain(sql))
    } catch {
      throw PlanFailure(error.message)
    }
  }

  private func steps(_ explained: [ExplainedStep]) -> [PlanStep] {
    var places: [Int: Int] = [:]
    return explained.enumerated().map { place, step in
      places[step.id] = place
      return PlanStep(explained: step.detail, parent: places[step.parent])
    }
  }

  /// A list as two values: one alone SQLite takes for an equality.
  private func text(of segments: [SQLSegment]) -> String {
    let style = PlaceholderStyle.questionMark
    return segments.reduce(into: "") { text, segment in
      switch segment {
      case .text(let part): text += part
      case .parameter(let index): text += style.placeholder(index)
      case .list(let index): text += style.placeholder(index) + ", " + style.placeholder(index)
      case .rows: text += style.text(of: [segment])
      }
    }
  }

  var joins: JoinMethod { .nested }

  func rowCount(of table: String) -> Int? { rowCounts[table.lowercased()] }

  func definition(of index: ProposedIndex) -> String {
    index.definition(on: quoted(index.table), quoted: quoted)
  }

  func add(_ index: ProposedIndex) throws(PlanFailure) { try run(definition(of: index)) }

  func remove(indexNamed name: String) throws(PlanFailure) {
    do throws(OracleError) {
      if let definition = try scratch.definition(ofIndex: name) { removed[name] = definition }
    } catch {
      throw PlanFailure(error.message)
    }
    try run("DROP INDEX \(quoted(name))")
  }

  func restore(indexNamed name: String) throws(PlanFailure) {
    if let definition = removed.removeValue(forKey: name) { try run(definition) }
  }

  private func run(_ sql: String) throws(PlanFailure) {
    plans = [:]
    do throws(OracleError) {
      try scratch.execute(sql)
    } catch {
      throw PlanFailure(error.message)
    }
  }
}

/// A name as it can stand in SQL.
private func quoted(_ name: String) -> String {
  let isPlain =
    name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
    }
    && name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) } ?? false
  return isPlain && !ScratchDatabase.isKeyword(name) ? name : "\"" + name.replacingScalars("\"", with: "\"\"") + "\""
}
