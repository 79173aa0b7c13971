import Foundation
import SQLCPostgres
import Testing

/// `AddMemory` of the article: into a table whose name is the test's.
nonisolated private struct AddMemory: BulkQuery {
  var content: String
  var embedding: [Float]
  static let insertion = BulkInsertion(
    name: "AddMemory", table: ["vector_memories"], columns: ["content", "embedding", "small"],
    parameterTypes: [25, "vector", "halfvec"], writes: ["vector_memories"])
  func bind(to statement: borrowing Statement) throws(DatabaseError) {
    try statement.bind(content, at: 1)
    try statement.bind(embedding, at: 2)
    try statement.bind(embedding, at: 3)
  }
}

/// The nearest five by an operator of pgvector's.
nonisolated private struct Nearest: ManyQuery {
  struct Row: RowDecodable, Hashable {
    var content: String
    var embedding: [Float]
    var distance: Double
    init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
      content = try row.decode(first)
      embedding = try row.decode(first + 1)
      distance = try row.decode(first + 2)
    }
  }
  let chosenStatement: StatementDefinition
  var query: [Float]
  static var statement: StatementDefinition { StatementDefinition(name: "Nearest", sql: "", isReadOnly: true) }
  init(_ operation: String, _ query: [Float], column: String = "embedding", type: PostgresType = "vector") {
    chosenStatement = StatementDefinition(
      name: "Nearest",
      sql: """
        SELECT content, \(column), \(column) \(operation) $1 FROM vector_memories
        ORDER BY \(column) \(operation) $1 LIMIT 5
        """, parameterTypes: [type], isReadOnly: true, reads: ["vector_memories"])
    self.query = query
  }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(query, at: 1) }
  static func == (a: Self, b: Self) -> Bool { a.query == b.query }
  func hash(into hasher: inout Hasher) { hasher.combine(query) }
}

extension PostgresRuntimeTests {
  @Suite("pgvector")
  struct VectorTests {
    private static let dimensions = 1536

    /// A database with the extension; nil, said visibly, where the server has none.
    private func database() async throws -> Database? {
      let administrator = try await Server.open(user: "sqlc_superuser")
      defer { Task { await administrator.close() } }
      let isThere = try await administrator.run(
        Value<Bool>("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector')"))
      guard isThere else {
        try Test.cancel("pgvector is not installed beside this server")
      }
      try await administrator.execute("CREATE EXTENSION IF NOT EXISTS vector")
      return try await Server.open()
    }

    /// The same ones each time, of length 1.
    private func embedding(_ number: Int) -> [Float] {
      var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
      var elements: [Float] = []
      for _ in 0..<Self.dimensions {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        elements.append(Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648)
      }
      let length = elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return elements.map { $0 / length }
    }

    private func distance(_ operation: String, _ a: [Float], _ b: [Float]) -> Double {
      let pairs = zip(a, b).map { (Double($0), Double($1)) }
      let product = pairs.reduce(0) { $0 + $1.0 * $1.1 }
      switch operation {
      case "<->": return pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      case "<#>": return -product
      default:
        let lengths = pairs.reduce((0, 0)) { ($0.0 + $1.0 * $1.0, $0.1 + $1.1 * $1.1) }
        return 1 - product / (lengths.0 * lengths.1).squareRoot()
      }
    }

    @Test("Vectors of every kind come back as they were sent, at their extremes")
    func values() async throws {
      guard let database = try await database() else { return }
      let long = embedding(1)
      #expect(try await database.run(Echo(long, "vector")).value == long)
      let extremes = [Float.greatestFiniteMagnitude, -Float.leastNonzeroMagnitude, 0, 1.5] as [Float]
      #expect(try await database.run(Echo(extremes, "vector")).value == extremes)
      #expect(try await database.run(Echo([0.5, -2] as [Float], "vector")).text == "[0.5,-2]")
      // A half has eleven bits; the largest is 65,504.
      let halves: [Float] = [65_504, -0.000_000_059_604_645, 0.333_251_953_125, 0]
      #expect(try await database.run(Echo(halves, "halfvec")).value == halves)
      #expect(try await database.run(Echo([1, -1] as [Float], "float4[]")).value == [1, -1])
      let sparse = PostgresSparseVector(dimensions: 1_000_000, elements: [0: 1, 999_999: -2.5])
      let row = try await database.run(Echo(sparse, "sparsevec"))
      #expect(row.value == sparse && row.text == "{1:1,1000000:-2.5}/1000000")
      #expect(try await database.run(Echo<[Float]?>(nil, "vector")).value == nil)
      // What the type cannot hold the server refuses, as itself.
      for wrong in [[Float.nan], [.infinity], []] {
        let error = await #expect(throws: DatabaseError.self) { try await database.run(Echo(wrong, "vector")) }
        #expect(error?.kind == .server, "\(wrong)")
      }
      let error = await #expect(throws: DatabaseError.self) {
        try await database.run(Value<[Float]>("SELECT 'x'::text"))
      }
      #expect(error?.kind == .decoding)
      await database.close()
    }

    @Test("The nearest of 1,536 dimensions are found by each operator, without an index and with either")
    func nearest() async throws {
      guard let database = try await database() else { return }
      try await database.execute(
        """
        DROP TABLE IF EXISTS vector_memories;
        CREATE TABLE vector_memories (content text NOT NULL, embedding vector(1536) NOT NULL, small halfvec(1536) NOT NULL)
        """)
      let count = 300
      let all = (0..<count).map { AddMemory(content: "memory \($0)", embedding: embedding($0)) }
      #expect(try await database.insert(contentsOf: all) == count)
      // Near one of them, so that the first is known whatever an index leaves out.
      let query = zip(embedding(42), embedding(7)).map { 0.9 * $0 + 0.1 * $1 }
      for (operation, operators) in [("<=>", "vector_cosine_ops"), ("<->", "vector_l2_ops"), ("<#>", "vector_ip_ops")] {
        let known = all.map { ($0, distance(operation, $0.embedding, query)) }.sorted { $0.1 < $1.1 }.prefix(5)
        for index in ["", "hnsw (embedding \(operators))", "ivfflat (embedding \(operators)) WITH (lists = 1)"] {
          try await database.execute("DROP INDEX IF EXISTS vector_memories_index")
          if !index.isEmpty {
            try await database.execute("CREATE INDEX vector_memories_index ON vector_memories USING \(index)")
          }
          let rows = try await database.transaction { tx in
            if !index.isEmpty { try await tx.execute("SET LOCAL enable_seqscan = off") }
            return try await tx.run(Nearest(operation, query))
          }
          #expect(rows.map(\.content) == known.map(\.0.content), "\(operation) \(index)")
          for (row, expected) in zip(rows, known) {
            #expect(abs(row.distance - expected.1) < 1e-4 && row.embedding == expected.0.embedding)
          }
        }
      }
      let small = try await database.run(Nearest("<=>", query, column: "small", type: "halfvec"))
      #expect(small.first?.content == "memory 42" && small.first?.embedding.count == Self.dimensions)
      await database.close()
    }

    @Test("The SQL of the article is what the server takes")
    func article() async throws {
      guard let database = try await database() else { return }
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Runtime/SQLCPostgres/Documentation.docc/Vectors.md")
      let parts = try String(contentsOf: file, encoding: .utf8).split(
        separator: "```", omittingEmptySubsequences: false)
      let blocks = parts.filter { $0.hasPrefix("sql\n") }.map { $0.dropFirst(4) }
      #expect(blocks.count >= 3)
      let schema = unique("vectors")
      try await database.transaction { tx in
        try await tx.execute("CREATE SCHEMA \(schema); SET LOCAL search_path = \(schema), public")
        for block in blocks {
          for statement in block.split(separator: ";\n") where !statement.allSatisfy(\.isWhitespace) {
            // In a transaction an index is made at once; the extension is there.
            var sql = statement.replacing("CONCURRENTLY ", with: "").replacing("CREATE EXTENSION", with: "-- ")
            for name in ["query", "agent_id", "content", "embedding"] {
              sql = sql.replacing("@\(name)", with: name == "agent_id" ? "1" : name == "content" ? "'a'" : "q.e")
            }
            if sql.contains("q.e") {
              let array = "array_fill(1::real, ARRAY[1536])::vector"
              sql = sql.replacing("q.e", with: array)
            }
            try await tx.execute(String(sql))
          }
        }
      }
      await database.close()
    }
  }
}
