import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL

/// Random statements on random rows: what is claimed of them, against what happens.
struct RandomTrial {
  struct Unsound: CustomStringConvertible {
    var claim: String
    var sql: String
    var values: [String]
    var description: String { "\(claim)\n  \(sql)\n  \(values)" }
  }
  struct Figures {
    var statements = 0
    /// Refused by the server when it was described.
    var refused = 0
    var executions = 0
    /// Executions that ended with an error.
    var failed = 0
    var failures: [String: Int] = [:]
    var neverColumns = 0
    var optionalColumns = 0
    /// Of the optional ones, those that were seen to be NULL.
    var seenNull = 0
    var boundedRows = 0
    var unsound: [Unsound] = []
  }
  private struct Subject {
    var sql: String
    var facts: StatementFacts
    var kinds: [String]
    var seenNull: Set<Int> = []
  }

  let connection: PostgreSQLConnection
  let analyzer: StatementAnalyzer
  let describe: ([String]) throws -> [StatementDescription?]
  private(set) var figures = Figures()

  init(
    _ connection: PostgreSQLConnection, _ analyzer: StatementAnalyzer,
    describe: @escaping ([String]) throws -> [StatementDescription?]
  ) {
    self.connection = connection
    self.analyzer = analyzer
    self.describe = describe
  }

  mutating func run(seed: UInt64, count: Int) throws {
    var dice = Dice(seed: seed)
    var left = count
    while left > 0 {
      let texts = (0..<min(left, 40)).map { _ in
        var make = RandomStatements(seed: dice.next())
        return make.statement()
      }
      left -= texts.count
      var subjects: [Subject] = []
      for (sql, description) in zip(texts, try describe(texts)) {
        figures.statements += 1
        guard let description else {
          figures.refused += 1
          continue
        }
        let facts = try analyzer.facts(of: description, declared: [])
        let kinds = description.parameterTypes.map { analyzer.catalog.types[$0]?.name ?? "" }
        subjects.append(Subject(sql: sql, facts: facts, kinds: kinds))
        figures.neverColumns += facts.columns.count { !$0.nullability.isOptional }
        figures.optionalColumns += facts.columns.count { $0.nullability.isOptional }
        if facts.rowCount != .many { figures.boundedRows += 1 }
      }
      for _ in 0..<5 {
        try execute("BEGIN")
        for statement in RandomSchema.rows(&dice, majorVersion: analyzer.catalog.majorVersion) {
          try execute(statement)
        }
        for index in subjects.indices { try check(&subjects[index], &dice) }
        try execute("ROLLBACK")
      }
      figures.seenNull += subjects.reduce(0) { $0 + $1.seenNull.count }
    }
  }

  private mutating func check(_ subject: inout Subject, _ dice: inout Dice) throws {
    let values = zip(subject.facts.parameters, subject.kinds).map { parameter, kind in
      parameter.nullability.isOptional && dice.one(in: 2) ? "NULL" : Self.value(kind, &dice)
    }
    figures.executions += 1
    let outcome = try run(subject.sql, values)
    try execute("ROLLBACK TO s; DEALLOCATE ALL")
    guard case .success(let rows) = outcome else {
      figures.failed += 1
      if case .failure(let error) = outcome { figures.failures[error.sqlState, default: 0] += 1 }
      // NULL where the analysis said that it may be given; expressions can store NULL too, bare parameters cannot.
      if case .failure(let error) = outcome, error.sqlState == "23502", values.contains("NULL"),
        subject.sql.hasPrefix("MERGE")
      {
        add(error.message, subject, values)
      }
      return
    }
    let returnsRows = !subject.facts.columns.isEmpty
    switch subject.facts.rowCount {
    case .exactlyOne where returnsRows && rows.rows.count != 1:
      add("exactly one row: \(rows.rows.count) (\(subject.facts.rowCountReason))", subject, values)
    case .atMostOne where rows.rows.count > 1:
      add("at most one row: \(rows.rows.count) (\(subject.facts.rowCountReason))", subject, values)
    default: break
    }
    for (index, column) in subject.facts.columns.enumerated() where rows.rows.contains(where: { $0[index] == nil }) {
      if column.nullability.isOptional {
        subject.seenNull.insert(index)
      } else {
        add("column \(index + 1) is never NULL", subject, values)
      }
    }
  }

  private mutating func add(_ claim: String, _ subject: Subject, _ values: [String]) {
    guard !figures.unsound.contains(where: { $0.sql == subject.sql }) else { return }
    figures.unsound.append(Unsound(claim: claim, sql: subject.sql, values: values))
  }

  private static func value(_ type: String, _ dice: inout Dice) -> String {
    switch type {
    case "int4", "int8", "int2": String(dice.roll(4))
    case "numeric", "float8": dice.pick(["1.0", "2"])
    case "bool": dice.pick(["true", "false"])
    case "timestamptz": dice.pick(["'2024-01-01'", "'2025-06-30 12:00'"])
    case "jsonb": dice.pick(["'{\"a\": 1}'", "'{}'", "'null'"])
    case "_int4": dice.pick(["'{}'", "'{1,2}'"])
    case "mood": dice.pick(["'sad'", "'ok'"])
    case "interval": "'1 day'"
    default: dice.pick(["'a'", "''", "'x'"])
    }
  }

  private func run(_ sql: String, _ values: [String]) throws -> Result<TextRows, ServerError> {
    let arguments = values.isEmpty ? "" : "(\(values.joined(separator: ", ")))"
    do {
      // In one message: the server is waited for once.
      return .success(try execute("SAVEPOINT s; PREPARE q AS \(sql); EXECUTE q\(arguments)"))
    } catch {
      if case PostgreSQLFailure.server(let failure) = error { return .failure(failure) }
      throw error
    }
  }

  @discardableResult
  private func execute(_ sql: String) throws(PostgreSQLFailure) -> TextRows {
    try connection.execute(sql, deadline: .now + .seconds(120))
  }
}
