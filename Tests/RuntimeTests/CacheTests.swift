// Which prepared statements a connection keeps.

import Testing

@testable import SQLCRuntime

/// One of 4096 statements.
nonisolated private struct FindTags: VariantQuery, ManyQuery {
  typealias Row = String
  var choice: UInt64
  var variantChoice: UInt64 { choice }
  static let variants = StatementVariants(
    name: "FindTags",
    sql: ["SELECT name FROM tags WHERE 1"] + (0..<12).map { .when(1 << $0, .text(" AND length(name) <> \($0)")) },
    whole: 0xFFF, isReadOnly: true, reads: ["tags"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

@Suite struct CacheTests {
  private func core() throws -> ConnectionCore {
    let core = try ConnectionRecipe(path: ":memory:", role: .only, configuration: .init()).open()
    try core.execute(stationSchema)
    return core
  }

  private func run(_ choice: UInt64, on core: ConnectionCore) throws -> ObjectIdentifier {
    let prepared = try core.prepare(FindTags(choice: choice))
    core.finish(prepared)
    return ObjectIdentifier(prepared)
  }

  @Test func variantsAreBounded() throws {
    let core = try core()
    _ = try core.run(ListTags())
    for choice in 0..<UInt64(4096) { _ = try core.run(FindTags(choice: choice)) }
    // The whole one and what is no variant have places of their own.
    #expect(core.cachedStatements == StatementCache.capacity + 2)
    #expect(core.preparedInSQLite <= StatementCache.capacity + 8)
    #expect(FindTags.variants.madeCount <= 1000)
  }

  @Test func theOneNotUsedForLongestGoes() throws {
    let core = try core()
    let capacity = UInt64(StatementCache.capacity)
    let first = try core.prepare(FindTags(choice: 0))
    core.finish(first)
    for choice in 1..<capacity { _ = try run(choice, on: core) }
    #expect(try run(0, on: core) == ObjectIdentifier(first))
    _ = try run(capacity, on: core)
    #expect(try run(0, on: core) == ObjectIdentifier(first))
    let count = core.preparedInSQLite
    // 1 has gone, and comes back in the place of 2.
    _ = try run(1, on: core)
    #expect(core.preparedInSQLite == count)
    #expect(core.cachedStatements == StatementCache.capacity)
  }

  /// A statement that goes while it runs is finalized when its run ends.
  @Test func oneThatRunsGoesAtItsEnd() throws {
    let core = try core()
    let count = core.preparedInSQLite
    var long: PreparedStatement? = try core.prepare(FindTags(choice: 0))
    for choice in 1...UInt64(StatementCache.capacity) { _ = try run(choice, on: core) }
    #expect(core.preparedInSQLite == count + StatementCache.capacity + 1)
    if let long { core.finish(long) }
    long = nil
    #expect(core.preparedInSQLite == count + StatementCache.capacity)
  }

  /// Choices that were forgotten are statements like any others when they come again.
  @Test func forgottenChoicesComeAgain() throws {
    let core = try core()
    _ = try core.run(CreateTag(name: "a"))
    for round in 0..<3 {
      for choice in stride(from: UInt64(0), to: 4096, by: 3) {
        let names = try core.run(FindTags(choice: choice))
        #expect(names == (choice & 2 == 0 ? ["a"] : []), "round \(round), choice \(choice)")
      }
    }
  }
}

extension ConnectionCore {
  /// How many statements SQLite has for the connection.
  nonisolated fileprivate var preparedInSQLite: Int { database.statementCount }
}
