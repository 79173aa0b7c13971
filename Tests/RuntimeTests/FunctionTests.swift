// SQL functions, aggregates and collations written in Swift.

import Foundation
import SQLCRuntime
import Synchronization
import Testing

/// Runs any statement of one row on a database with these functions.
nonisolated struct Calls {
  var configuration = Configuration()

  init(_ functions: [SQLFunction], collations: [SQLCollation] = []) {
    configuration.functions = functions
    configuration.collations = collations
  }

  /// The first column of every row.
  func callAsFunction(_ sql: String, setup: String = "") async throws -> [SQLiteValue] {
    let database = try await Database.inMemory(configuration: configuration)
    if !setup.isEmpty { try await database.execute(setup) }
    let definition = StatementDefinition(name: "Call", sql: sql, isReadOnly: true)
    return try await database.read { tx in try tx.connection.values(of: definition) }
  }

  func error(_ sql: String, setup: String = "") async throws -> DatabaseError {
    do {
      let values = try await self(sql, setup: setup)
      throw NoError(values: values)
    } catch let error as DatabaseError {
      return error
    }
  }

  struct NoError: Error { var values: [SQLiteValue] }
}

/// A query whose text the test chooses; of any one kind of statement there is one in a test.
nonisolated private struct AnyQuery: ManyQuery {
  typealias Row = SQLiteValue
  @TaskLocal static var current = StatementDefinition(name: "", sql: "SELECT 1", isReadOnly: true)
  static var statement: StatementDefinition { current }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> SQLiteValue { try row.decode(0) }
}

extension Connection {
  nonisolated func values(of definition: StatementDefinition) throws -> [SQLiteValue] {
    try AnyQuery.$current.withValue(definition) { try run(AnyQuery()) }
  }
}

nonisolated private struct Refusal: Error, CustomStringConvertible {
  var description: String { "no such luck" }
}

@Suite struct FunctionTests {
  @Test func everyTypeGoesInAndOut() async throws {
    let calls = Calls([
      .scalar("twice") { (value: Int64) in value * 2 },
      .scalar("half") { (value: Double) in value / 2 },
      .scalar("slugify") { (text: String) in text.lowercased().replacing(" ", with: "-") },
      .scalar("reversed") { (bytes: [UInt8]) in Array(bytes.reversed()) },
      .scalar("next_day") { (day: Date) in day.addingTimeInterval(86_400) },
      .scalar("negated") { (value: Bool) in !value },
      .scalar("same") { (value: SQLiteValue) in value },
      .scalar("joined") { (a: String, b: Int64, c: Double, d: String?) in "\(a)\(b)\(c)\(d ?? "nil")" },
      .scalar("nil_text") { () in String?.none },
      .scalar("status") { (value: AgentStatus) in value == .idle ? AgentStatus.busy : .idle },
      .scalar(variadic: "count_all") { (values: [SQLiteValue]) in values.count },
    ])
    #expect(try await calls("SELECT twice(21)") == [42])
    #expect(try await calls("SELECT half(3)") == [1.5])
    #expect(try await calls("SELECT slugify('Grüße an 🐘')") == ["grüße-an-🐘"])
    #expect(try await calls("SELECT slugify('')") == [""])
    #expect(try await calls("SELECT reversed(x'0102')") == [.blob([2, 1])])
    #expect(try await calls("SELECT reversed(x'')") == [.blob([])])
    #expect(try await calls("SELECT next_day('2024-02-28 10:00:00')") == ["2024-02-29 10:00:00"])
    #expect(try await calls("SELECT negated(1)") == [0])
    #expect(try await calls("SELECT status('idle')") == ["busy"])
    for literal in ["NULL", "-9223372036854775808", "1e300", "'a' || char(0) || 'b'", "x'00ff'"] {
      #expect(try await calls("SELECT same(\(literal)) IS \(literal)") == [1], "\(literal)")
    }
    #expect(try await calls("SELECT joined('a', 1, 2.5, NULL)") == ["a12.5nil"])
    #expect(try await calls("SELECT nil_text()") == [.null])
    #expect(try await calls("SELECT count_all()") == [0])
    #expect(try await calls("SELECT count_all(1, NULL, 'x')") == [3])
    let long = String(repeating: "x", count: 1_000_000)
    #expect(try await calls("SELECT length(slugify('\(long)'))") == [1_000_000])
  }

  @Test func nullIsForOptionals() async throws {
    let count = Mutex(0)
    let calls = Calls([
      .scalar("strict") { (a: Int64, b: Int64?) in
        count.withLock { $0 += 1 }
        return a + (b ?? 100)
      }
    ])
    #expect(try await calls("SELECT strict(NULL, 1)") == [.null])
    #expect(count.withLock { $0 } == 0)
    #expect(try await calls("SELECT strict(1, NULL)") == [101])
  }

  @Test func errorsSayWhatHappened() async throws {
    let calls = Calls([
      .scalar("refuse") { (value: Int64) throws -> Int64 in throw Refusal() },
      .scalar("word") { (text: String, other: Int8) in text },
      .scalar("bad") { () in Double.nan },
      .scalar("busy") { () throws -> Int64 in throw DatabaseError(kind: .misuse, code: .busy, message: "later") },
      .aggregate("grudge", initial: 0) { (sum: inout Int64, value: Int64) in
        if value == 3 { throw Refusal() }
        sum += value
      } result: { sum in
        if sum == 1 { throw Refusal() }
        return sum
      },
    ])
    let thrown = try await calls.error("SELECT refuse(1)")
    #expect(thrown.message == "refuse: no such luck")
    #expect(thrown.code == .error)
    #expect(thrown.query == "Call")
    let mismatch = try await calls.error("SELECT word(1, 1)")
    #expect(mismatch.message == "word: argument 1: expected TEXT, found INTEGER")
    #expect(mismatch.code == .mismatch)
    #expect(try await calls.error("SELECT word('x', 300)").message == "word: argument 2: the value does not fit Int8")
    #expect(try await calls.error("SELECT bad()").message == "bad: the result: SQLite cannot store NaN")
    #expect(try await calls.error("SELECT busy()").code == .busy)
    #expect(try await calls.error("SELECT word('x')").message.contains("wrong number of arguments"))
    #expect(try await calls.error("SELECT grudge(value) FROM json_each('[1,2,3,4]')").message == "grudge: no such luck")
    #expect(try await calls.error("SELECT grudge(value) FROM json_each('[1]')").message == "grudge: no such luck")
    #expect(try await calls("SELECT grudge(value) FROM json_each('[1,4]')") == [5])
  }

  @Test func aggregatesKeepTheirGroupsApart() async throws {
    let calls = Calls([
      .aggregate("median", initial: [Double]()) { (values: inout [Double], value: Double) in
        values.append(value)
      } result: { values -> Double? in
        values.isEmpty ? nil : values.sorted()[values.count / 2]
      },
      .aggregate("tally", initial: 0) { (count: inout Int64) in
        count += 1
      } result: {
        $0
      },
      .aggregate("pairs", initial: "") { (text: inout String, a: String, b: Int64?) in
        text += "\(a)\(b.map(String.init) ?? "-");"
      } result: {
        $0
      },
    ])
    let setup = """
      CREATE TABLE t (g TEXT, v REAL);
      INSERT INTO t VALUES ('a', 3), ('b', 10), ('a', 1), ('a', 2), ('b', NULL), ('c', NULL);
      """
    #expect(try await calls("SELECT median(v) FROM t GROUP BY g ORDER BY g", setup: setup) == [2.0, 10.0, .null])
    #expect(try await calls("SELECT median(v) FROM t WHERE 0", setup: setup) == [.null])
    #expect(try await calls("SELECT tally() FROM t", setup: setup) == [6])
    #expect(try await calls("SELECT tally() FROM t WHERE 0", setup: setup) == [0])
    #expect(try await calls("SELECT median(v) || tally() FROM t WHERE g = 'a'", setup: setup) == ["2.03"])
    #expect(
      try await calls("SELECT pairs(g, v IS NULL OR NULL) FROM (SELECT * FROM t ORDER BY rowid)", setup: setup)
        == ["a-;b-;a-;a-;b1;c1;"])
    #expect(try await calls("SELECT median(DISTINCT v) FILTER (WHERE v < 10) FROM t", setup: setup) == [2.0])
  }

  @Test func windowsTakeRowsBack() async throws {
    let calls = Calls([
      .window("running", initial: 0) { (sum: inout Int64, value: Int64) in
        sum += value
      } inverse: { sum, value in
        sum -= value
      } result: {
        $0
      }
    ])
    let from = "FROM json_each('[1,2,3,4,5]')"
    #expect(
      try await calls("SELECT running(value) OVER (ORDER BY key ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) \(from)")
        == [1, 3, 5, 7, 9])
    #expect(try await calls("SELECT running(value) \(from)") == [15])
  }

  /// Statements that end early must let the state of their groups go.
  @Test func nothingIsLeaked() async throws {
    nonisolated final class Witness: Sendable {
      let count: Mutex<Int>
      init() { count = Mutex(0) }
    }
    nonisolated final class State {
      let witness: Witness
      var sum: Int64 = 0
      init(_ witness: Witness) {
        self.witness = witness
        witness.count.withLock { $0 += 1 }
      }
      deinit { witness.count.withLock { $0 -= 1 } }
    }
    let witness = Witness()
    let calls = Calls([
      .aggregate("total_of", initial: State(witness)) { (state: inout State, value: Int64) in
        if value == 4 { throw Refusal() }
        state.sum += value
      } result: {
        $0.sum
      }
    ])
    #expect(try await calls("SELECT total_of(value) FROM json_each('[1,2,3]') GROUP BY key") == [1, 2, 3])
    _ = try await calls.error("SELECT total_of(value) FROM json_each('[1,2,3,4,5]')")
    _ = try await calls.error("SELECT total_of(value), abs(-9223372036854775808) FROM json_each('[1,2,3]')")
    #expect(witness.count.withLock { $0 } == 0)
    weak var weakWitness: Witness?
    do {
      let captured = Witness()
      weakWitness = captured
      let calls = Calls([.scalar("capturing") { () in captured.count.withLock { $0 } }])
      #expect(try await calls("SELECT capturing()") == [0])
    }
    // The thread that worked for the connection may still be on its way out of its last call.
    let start = ContinuousClock.now
    while weakWitness != nil, ContinuousClock.now - start < .seconds(30) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(weakWitness == nil, "the connection lets its functions go")
  }

  @Test func optionsReachSQLite() async throws {
    let calls = Calls([
      .scalar("pure", options: .deterministic) { (value: Int64) in value },
      .scalar("dice", options: []) { (value: Int64) in value },
      .scalar("secret", options: [.directOnly]) { () in "s" },
    ])
    let table = "CREATE TABLE t (a INTEGER)"
    #expect(try await calls("SELECT 1", setup: "\(table); CREATE INDEX i ON t (pure(a))") == [1])
    let dice = try await calls.error("SELECT 1", setup: "\(table); CREATE INDEX i ON t (dice(a))")
    #expect(dice.message.contains("non-deterministic"))
    #expect(try await calls("SELECT secret()") == ["s"])
    let view = try await calls.error("SELECT * FROM v", setup: "CREATE VIEW v AS SELECT secret()")
    #expect(view.message.contains("unsafe use of secret"))
  }

  /// As the generator writes one.
  nonisolated private struct Library: FunctionLibrary {
    var median: SQLAggregate<Double?, Double>
    var age: @Sendable (SQLCoded<UnixSecondsCodec>?) throws -> Int64
    var all: SQLFunction
    var functions: [SQLFunction] { [.aggregate("median", median), .scalar("age", age), all.named("all_of")] }
    var collations: [SQLCollation] { [SQLCollation("REVERSE") { CollationOrder(of: $1, and: $0) }] }
  }

  @Test func librariesAreRegisteredWhole() async throws {
    var calls = Calls([])
    calls.configuration.register(
      Library(
        median: SQLAggregate(initial: [Double]()) { (values: inout [Double], value: Double) in
          values.append(value)
        } result: { values -> Double? in
          values.isEmpty ? nil : values.sorted()[values.count / 2]
        },
        age: { date in Int64(date?.value.timeIntervalSince1970 ?? -1) },
        all: .aggregate(variadic: "unnamed", initial: 0) { (count: inout Int, values: [SQLiteValue]) in
          count += values.count
        } result: {
          $0
        }))
    #expect(try await calls("SELECT median(value) FROM json_each('[5,1,3]')") == [3.0])
    #expect(try await calls("SELECT age(100)") == [100])
    #expect(try await calls("SELECT age(NULL)") == [-1])
    #expect(try await calls("SELECT all_of(value, 1, NULL) FROM json_each('[5,1,3]')") == [9])
    #expect(
      try await calls("SELECT value FROM json_each('[\"a\",\"b\"]') ORDER BY value COLLATE REVERSE") == ["b", "a"])
  }

  @Test func readersHaveThemToo() async throws {
    try await withStationFile { _, path in
      var configuration = Configuration()
      configuration.functions = [.scalar("shout") { (text: String) in text.uppercased() }]
      let database = try await Database.open(path, configuration: configuration)
      let definition = StatementDefinition(name: "Shout", sql: "SELECT shout('a')", isReadOnly: true)
      #expect(try await database.read { tx in try tx.connection.values(of: definition) } == ["A"])
      #expect(try await database.transaction { tx in try tx.connection.values(of: definition) } == ["A"])
      await database.close()
    }
  }

  @Test func collationsOrder() async throws {
    let german = SQLCollation("GERMAN") { left, right in
      func key(_ text: String) -> String {
        text.lowercased().replacing("ä", with: "a").replacing("ö", with: "o").replacing("ü", with: "u")
      }
      return CollationOrder(of: key(left), and: key(right))
    }
    let backwards = SQLCollation(
      "BACKWARDS", bytes: { left, right in CollationOrder(of: Array(right.reversed()).count, and: left.count) })
    let calls = Calls([], collations: [german, backwards])
    let setup = """
      CREATE TABLE t (name TEXT COLLATE GERMAN PRIMARY KEY);
      INSERT INTO t VALUES ('Zebra'), ('Äpfel'), ('Apfelsine'), ('Öl'), ('');
      """
    #expect(
      try await calls("SELECT name FROM t ORDER BY name", setup: setup) == ["", "Äpfel", "Apfelsine", "Öl", "Zebra"])
    #expect(try await calls("SELECT name FROM t WHERE name = 'ÄPFEL'", setup: setup) == ["Äpfel"])
    let duplicate = try await calls.error("SELECT 1", setup: setup + "INSERT INTO t VALUES ('apfel')")
    #expect(duplicate.constraint?.kind == .primaryKey)
    #expect(
      try await calls("SELECT name FROM t ORDER BY name COLLATE BACKWARDS LIMIT 1", setup: setup) == ["Apfelsine"])
  }

  @Test func whatCannotBeRegisteredIsAnErrorOfOpening() async throws {
    let long = String(repeating: "f", count: 300)
    let calls = Calls([.scalar(long) { () in 1 }])
    let error = try await calls.error("SELECT 1")
    #expect(error.message.contains("cannot open"))
    var configuration = Configuration()
    configuration.extensions = [Configuration.Extension(path: "/nonexistent/vec0")]
    let refused = configuration
    let missing = await #expect(throws: DatabaseError.self) {
      try await Database.inMemory(configuration: refused)
    }
    #expect(missing?.message.contains("/nonexistent/vec0") == true)
    // SQL itself cannot load anything.
    let load = try await Calls([]).error("SELECT load_extension('x')")
    #expect(load.message.contains("not authorized") || load.message.contains("no such function"))
  }
}
