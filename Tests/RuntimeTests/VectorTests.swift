// Vector functions: against arithmetic in Double, and against sqlite-vec's documented behaviour.

import Foundation
import SQLCRuntime
import Testing

@Suite struct VectorTests {
  private let calls = Calls(SQLFunction.vectors)

  /// The same numbers each time (SplitMix64).
  nonisolated private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private func literal(_ vector: [Float]) -> String {
    "x'"
      + vector.map { float in
        withUnsafeBytes(of: float.bitPattern.littleEndian) { $0.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) } }
          .joined()
      }.joined() + "'"
  }

  private func real(_ sql: String) async throws -> Double {
    guard case .real(let value)? = try await calls(sql).first else {
      Issue.record("no REAL: \(sql.prefix(80))")
      return .nan
    }
    return value
  }

  /// Every count around the widths of the kernels, and an embedding's.
  @Test(arguments: [1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 100, 384, 1536])
  func distancesAreRight(dimensions: Int) async throws {
    var generator = Generator(state: UInt64(dimensions))
    let a = (0..<dimensions).map { _ in Float.random(in: -2...2, using: &generator) }
    let b = (0..<dimensions).map { _ in Float.random(in: -2...2, using: &generator) }
    let pairs = zip(a, b).map { (Double($0), Double($1)) }
    let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    let lengths = pairs.reduce(0) { $0 + $1.0 * $1.0 }.squareRoot() * pairs.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
    let expected = [
      "l2": pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot(),
      "l1": pairs.reduce(0) { $0 + abs($1.0 - $1.1) }, "cosine": 1 - dot / lengths,
    ]
    for (name, value) in expected {
      let found = try await real("SELECT vec_distance_\(name)(\(literal(a)), \(literal(b)))")
      #expect(abs(found - value) <= 1e-5 * max(1, abs(value)), "\(name)")
      let json = try await real("SELECT vec_distance_\(name)('\(a)', \(literal(b)))")
      #expect(json == found)
    }
    #expect(try await calls("SELECT vec_length(\(literal(a)))") == [.integer(Int64(dimensions))])
    #expect(abs(try await real("SELECT vec_distance_cosine(\(literal(a)), vec_normalize(\(literal(a))))")) < 1e-5)
    #expect(
      try await calls("SELECT vec_f32(vec_to_json(\(literal(a)))) IS \(literal(a))") == [1], "JSON loses nothing")
    #expect(
      try await calls("SELECT vec_sub(vec_add(\(literal(a)), \(literal(b))), \(literal(b)))") != [.null])
  }

  /// What sqlite-vec 0.1.9 answers.
  @Test(arguments: [
    ("vec_distance_l2('[1,2]', '[3,4]')", "2.82842707633972"), ("vec_distance_l1('[1,2]', '[3,4]')", "4.0"),
    ("vec_distance_l1('[1.5,2.25]', '[-3,4]')", "6.25"), ("vec_distance_cosine('[1,1]', '[-1,-1]')", "2.0"),
    ("vec_distance_cosine('[1,2,3]', '[1,2,3]')", "0.0"), ("vec_distance_cosine('[0,0]', '[3,4]') IS NULL", "1"),
    ("hex(vec_normalize('[3,4]'))", "9A99193FCDCC4C3F"), ("hex(vec_slice('[1,2,3]', 1, 2))", "00000040"),
    ("hex(vec_f32('[1.5, -2e3, 0.5]'))", "0000C03F0000FAC40000003F"),
    ("hex(vec_add('[1,2]', '[3,4]'))", "0000804000" + "00C040"),
    ("hex(vec_sub('[1,2]', '[3,4]'))", "000000C0000000C0"), ("vec_type('[1]')", "float32"),
    ("vec_length('[1, 2, 3]')", "3"), ("vec_distance_l2('[1e30,1]', '[-1e30,1]') > 1e308", "1"),
  ])
  func answersAsSQLiteVecDoes(sql: String, answer: String) async throws {
    #expect(try await calls("SELECT CAST(\(sql) AS TEXT)") == [.text(answer)], "\(sql)")
  }

  /// Errors there, errors here.
  @Test(arguments: [
    "vec_distance_l2(NULL, '[1]')", "vec_distance_cosine('[1]', NULL)", "vec_length(NULL)", "vec_normalize(NULL)",
    "vec_distance_l2('[1,2]', '[1]')", "vec_distance_cosine(x'0000803f', '[1,2]')", "vec_distance_l1(x'000000', '[1]')",
    "vec_distance_l2(x'', x'')", "vec_distance_l2('[]', '[]')", "vec_distance_l2('x', '[1]')",
    "vec_distance_l2(1, '[1]')",
    "vec_f32('[1,\"a\"]')", "vec_f32('[1e400]')", "vec_slice('[1,2,3]', 1, 5)", "vec_slice('[1,2,3]', 2, 1)",
    "vec_slice('[1,2,3]', 1, 1)", "vec_slice('[1,2,3]', -1, 1)", "vec_add('[1,2]', '[3]')", "vec_to_json(NULL)",
    "vec_f32('[1')", "vec_f32('[')", "vec_f32('')",
  ])
  func refusesWhatSQLiteVecRefuses(sql: String) async throws {
    let error = try await calls.error("SELECT \(sql)")
    #expect(error.message.hasPrefix(String(sql.prefix { $0 != "(" })), "\(error.message)")
  }

  /// The nearest neighbours of a vector, by looking at all of them.
  @Test func nearestNeighbours() async throws {
    var configuration = Configuration()
    configuration.functions = SQLFunction.vectors
    let database = try await Database.inMemory(configuration: configuration)
    try await database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, embedding VECTOR NOT NULL)")
    var generator = Generator(state: 7)
    let notes = (0..<500).map { id in
      AddNote(id: Int64(id), embedding: (0..<64).map { _ in Float.random(in: -1...1, using: &generator) })
    }
    try await database.executeBatch(notes)
    let wanted = notes[123].embedding.map { $0 + 0.01 }
    func distance(_ note: AddNote) -> Float {
      var sum: Float = 0
      for (left, right) in zip(note.embedding, wanted) { sum += (left - right) * (left - right) }
      return sum
    }
    let expected = notes.sorted { distance($0) < distance($1) }.prefix(5).map(\.id)
    #expect(try await database.run(NearestNotes(embedding: wanted, count: 5)) == expected)
    #expect(expected.first == 123)
  }

  /// sqlite-vec itself, where it is installed: `SQLITE_VEC_PATH=/path/to/vec0.so swift test --filter VectorTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SQLITE_VEC_PATH"] != nil))
  func agreesWithSQLiteVec() async throws {
    let path = try #require(ProcessInfo.processInfo.environment["SQLITE_VEC_PATH"])
    var theirs = Calls([])
    theirs.configuration.extensions = [Configuration.Extension(path: path)]
    #expect(try await theirs("SELECT vec_version()") != ["sqlc-swift"])
    var generator = Generator(state: 99)
    for dimensions in [1, 3, 16, 17, 100, 1536] {
      let a = literal((0..<dimensions).map { _ in Float.random(in: -2...2, using: &generator) })
      let b = literal((0..<dimensions).map { _ in Float.random(in: -2...2, using: &generator) })
      for name in ["l2", "l1", "cosine"] {
        let sql = "SELECT vec_distance_\(name)(\(a), \(b))"
        guard case .real(let left)? = try await calls(sql).first, case .real(let right)? = try await theirs(sql).first
        else {
          Issue.record("no REAL from \(name)")
          continue
        }
        #expect(abs(left - right) <= 1e-5 * max(1, abs(right)), "\(name) of \(dimensions)")
      }
      for sql in [
        "vec_add(\(a), \(b))", "vec_sub(\(a), \(b))", "vec_length(\(a))", "vec_slice(\(a), 0, 1)", "vec_type(\(a))",
      ] {
        #expect(try await calls("SELECT \(sql)") == (try await theirs("SELECT \(sql)")), "\(sql.prefix(10))")
      }
    }
  }
}

nonisolated private struct AddNote: ExecQuery {
  var id: Int64
  var embedding: [Float]
  static let statement = StatementDefinition(
    name: "AddNote", sql: "INSERT INTO notes VALUES (?1, ?2)", parameters: 2, isReadOnly: false, writes: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(id, at: 1)
    try statement.bind(embedding, at: 2)
  }
}

nonisolated private struct NearestNotes: ManyQuery {
  typealias Row = Int64
  var embedding: [Float]
  var count: Int
  static let statement = StatementDefinition(
    name: "NearestNotes", sql: "SELECT id FROM notes ORDER BY vec_distance_l2(embedding, ?1) LIMIT ?2", parameters: 2,
    isReadOnly: true, reads: ["notes"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(embedding, at: 1)
    try statement.bind(count, at: 2)
  }
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}
