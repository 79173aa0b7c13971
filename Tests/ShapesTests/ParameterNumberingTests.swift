// Every value must reach the places that are meant, and no other: random statements that mix all styles of parameters, held
// against a model of their meaning, against SQLite's own numbers, and run with values that can be told apart.

import CSQLite
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCModel
import SQLCQueryFile
import SQLCRuntime
import Testing

@Suite struct ParameterNumberingTests {
  static let schema = """
    CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, a TEXT, b TEXT);
    CREATE TABLE pool (v TEXT NOT NULL);
    """

  @Test func valuesReachTheirPlaces() async throws {
    let engine = SQLiteEngine()
    let schema = try engine.load([SourceFile(path: "s.sql", text: Self.schema)])
    var accepted = 0
    var refused: [String: Int] = [:]
    for seed in 0..<900 {
      var writer = StatementWriter(random: SplitMix(state: UInt64(seed) &* 7919 &+ 13))
      let statement = writer.statement()
      let source = SourceFile(path: "q.sql", text: statement.text)
      let annotated = try #require(splitQueries(of: source, rules: .sqlite).value.first)
      let analyzed = try schema.value.analyze(annotated)
      let errors = analyzed.diagnostics.filter { $0.severity == .error }.map(\.id.name)
      if let error = statement.meaning.error {
        refused[error, default: 0] += 1
        #expect(errors.contains(error) && analyzed.value == nil, "\(statement.text): \(errors)")
        continue
      }
      #expect(errors == [], "\(statement.text)")
      guard let model = analyzed.value else { continue }
      accepted += 1
      try checkNumbers(model, statement)
      try await checkRuns(model, statement)
    }
    #expect(accepted > 450)
    // Each kind of refusal has been met.
    #expect(Set(refused.keys) == ["merged-parameters", "parameter-gap", "numbered-parameter", "mixed-slice"])
  }

  /// Distinct arguments are distinct parameters, and where SQLite reads the text as written it has the same numbers.
  private func checkNumbers(_ model: QueryModel, _ statement: WrittenStatement) throws {
    let keys = model.parameters.map { statement.key(at: $0.source.range.lower) }
    #expect(Set(keys).count == model.parameters.count, "\(statement.text)")
    #expect(Set(keys) == Set(statement.meaning.keys), "\(statement.text)")
    guard let plain = statement.plainText else { return }
    let numbers = try SQLiteNumbers(of: plain, schema: Self.schema)
    for parameter in model.parameters {
      let range = parameter.source.range
      let text = String(decoding: statement.text.utf8.dropFirst(range.lower).prefix(range.count), as: UTF8.self)
      guard text.hasPrefix("@") || text.hasPrefix(":") || text.hasPrefix("$") else { continue }
      #expect(numbers.index(of: text) == parameter.index, "\(text) in \(statement.text)")
    }
    if !statement.hasMacros { #expect(numbers.count == model.parameters.count, "\(statement.text)") }
  }

  /// Every place shows the value of its argument, whatever the caller chooses, and in several rows too.
  private func checkRuns(_ model: QueryModel, _ statement: WrittenStatement) async throws {
    let database = try await Database.inMemory()
    try await database.execute(Self.schema)
    var values: [String: [String]] = [:]
    for (number, parameter) in model.parameters.enumerated() {
      let key = statement.key(at: parameter.source.range.lower)
      values[key] = parameter.isSlice ? (0..<(number % 4)).map { "\(key).\($0)" } : [key]
    }
    for value in values.values.flatMap(\.self) + ["stranger"] {
      try await database.execute("INSERT INTO pool VALUES ('\(value)')")
    }
    for sql in model.command == .copyfrom
      ? [] : model.variants.map({ variants in variants.choices.map { variants.sql(for: $0) } }) ?? [model.sql]
    {
      let echo = Echo(
        sql: sql, arguments: model.parameters.map { (values[statement.key(at: $0.source.range.lower)] ?? [], $0) })
      let rows = try await database.run(echo)
      // An upsert finds its row now.
      if !model.isReadOnly { #expect(try await database.run(echo) == rows, "\(statement.text)") }
      let expected = statement.shown.map { key in values[key].map { $0.sorted().joined(separator: ",") } ?? "no \(key)"
      }
      #expect(rows == [expected], "\(statement.text)")
    }
    if model.command == .copyfrom {
      guard case .repeatedRow(let row)? = model.bulk else {
        Issue.record("no rows are repeated")
        return
      }
      try await database.execute("DELETE FROM t")
      let several = row.text(rows: 3, parameters: model.parameters.count)
      try await database.run(
        Repeated(sql: several, keys: model.parameters.map { statement.key(at: $0.source.range.lower) }))
      let rows = try await database.run(Echo(sql: [.text("SELECT id, a, b FROM t ORDER BY rowid")], arguments: []))
      #expect(rows == (0..<3).map { number in statement.shown.map { "\($0)/\(number)" } }, "\(statement.text)")
    }
    await database.close()
  }
}

/// Shows every column of every row as text.
private struct Echo: ManyQuery {
  typealias Row = [String]
  static let statement = StatementDefinition(name: "Echo", sql: "SELECT 1", isReadOnly: false)
  let chosenStatement: StatementDefinition
  private let values: [Int: [String]]
  private let lists: Set<Int>
  var listCounts: [Int] { lists.sorted().map { values[$0]?.count ?? 0 } }

  init(sql: [SQLCModel.SQLSegment], arguments: [(values: [String], parameter: ParameterModel)]) {
    var segments: [SQLCRuntime.SQLSegment] = []
    for segment in sql {
      switch segment {
      case .text(let text): segments.append(.text(text))
      case .parameter(let index): segments.append(.text("?\(index)"))
      case .list(let index): segments.append(.list(index))
      // None of these statements has a list of rows.
      case .rows: continue
      }
    }
    chosenStatement = StatementDefinition(
      name: "Echo", sql: segments, parameters: arguments.count, isReadOnly: false)
    values = Dictionary(uniqueKeysWithValues: arguments.map { ($0.parameter.index, $0.values) })
    lists = Set(sql.compactMap { if case .list(let index) = $0 { index } else { nil } })
  }

  static func == (a: Echo, b: Echo) -> Bool { a.values == b.values && a.chosenStatement === b.chosenStatement }
  func hash(into hasher: inout Hasher) { hasher.combine(values) }

  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    for (index, value) in values {
      if lists.contains(index) {
        try statement.bind(list: value, at: Int32(index))
      } else if let first = value.first, chosenStatement.sql.contains("?\(index)") {
        try statement.bind(first, at: Int32(index))
      }
    }
  }

  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> [String] {
    var shown: [String] = []
    for index in 0..<Int32(row.count) {
      let text = try row.decode(index, as: String?.self) ?? ""
      shown.append(text.split(separator: ",").sorted().joined(separator: ","))
    }
    return shown
  }
}

/// Several rows of one INSERT: row n has the values `key/n`.
private struct Repeated: ExecQuery {
  static let statement = StatementDefinition(name: "Repeated", sql: "SELECT 1", isReadOnly: false)
  let chosenStatement: StatementDefinition
  let keys: [String]

  init(sql: String, keys: [String]) {
    chosenStatement = StatementDefinition(name: "Repeated", sql: sql, parameters: 3 * keys.count, isReadOnly: false)
    self.keys = keys
  }

  static func == (a: Repeated, b: Repeated) -> Bool { a.chosenStatement === b.chosenStatement }
  func hash(into hasher: inout Hasher) { hasher.combine(keys) }

  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    for row in 0..<3 {
      for (index, key) in keys.enumerated() {
        try statement.bind("\(key)/\(row)", at: Int32(row * keys.count + index + 1))
      }
    }
  }
}

/// What SQLite calls the parameters of a text.
private struct SQLiteNumbers {
  let count: Int
  private let names: [String: Int]

  init(of text: String, schema: String) throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    try #require(sqlite3_open(":memory:", &database) == SQLITE_OK)
    try #require(sqlite3_exec(database, schema, nil, nil, nil) == SQLITE_OK)
    try #require(sqlite3_prepare_v2(database, text, -1, &statement, nil) == SQLITE_OK, "\(text)")
    count = Int(sqlite3_bind_parameter_count(statement))
    var names: [String: Int] = [:]
    for index in 0..<count {
      if let name = sqlite3_bind_parameter_name(statement, Int32(index + 1)) {
        names[String(cString: name)] = index + 1
      }
    }
    self.names = names
  }

  func index(of name: String) -> Int? { names[name] }
}
