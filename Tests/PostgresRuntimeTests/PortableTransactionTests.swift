import Foundation
import SQLCPortable
import SQLCPostgres
import Testing

extension PostgresRuntimeTests {
  @Suite("Transactions of shared faces")
  struct PortableTransactionTests {
    private struct Own: Error {}

    @Test("They are as if one ran after another")
    func serializable() async throws {
      let database = try await Server.open()
      let name = unique("portable")
      try await database.execute("CREATE TABLE \(name) (number int8 NOT NULL); INSERT INTO \(name) VALUES (0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            for _ in 0..<10 {
              try await database.portableTransaction(attempts: 100) { tx in
                let number = try await tx.answer(Value<Int64>("SELECT number FROM \(name)"))
                try await tx.transaction.execute("UPDATE \(name) SET number = \(number + 1)")
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.answer(Value<Int64>("SELECT number FROM \(name)")) == 40)
      await database.close()
    }

    @Test("Errors are in words of no engine, and the body's own stay what they are")
    func errors() async throws {
      let database = try await Server.open()
      let name = unique("portable")
      try await database.execute(
        "CREATE TABLE \(name) (number int8 CONSTRAINT few CHECK (number < 3), UNIQUE (number))")
      await #expect(throws: Own.self) {
        try await database.portableTransaction { tx in
          try await tx.transaction.execute("INSERT INTO \(name) VALUES (1)")
          throw Own()
        }
      }
      #expect(try await database.answer(Value<Int64>("SELECT count(*) FROM \(name)")) == 0)
      let error = await #expect(throws: PortableError.self) {
        try await database.portableTransaction { try await $0.transaction.execute("INSERT INTO \(name) VALUES (9)") }
      }
      #expect(error?.kind == .refused && error?.engineError is DatabaseError)
      #expect(error?.constraint == .init(kind: .check, table: name, columnNames: [], name: "few"))
      let twice = await #expect(throws: PortableError.self) {
        try await database.portableTransaction {
          try await $0.transaction.execute("INSERT INTO \(name) VALUES (1), (1)")
        }
      }
      #expect(twice?.constraint?.kind == .unique && twice?.constraint?.columnNames == ["number"])
      await database.close()
    }

    @Test("Savepoints, stale handles, and the database beside its transaction")
    func handles() async throws {
      let database = try await Server.open()
      let name = unique("portable")
      try await database.execute("CREATE TABLE \(name) (number int8)")
      let kept = try await database.portableTransaction { tx in
        try? await tx.savepoint { inner in
          try await inner.transaction.execute("INSERT INTO \(name) VALUES (1)")
          throw Own()
        }
        try await tx.savepoint { try await $0.transaction.execute("INSERT INTO \(name) VALUES (2)") }
        let error = await #expect(throws: PortableError.self) { try await database.answer(Value<Int64>("SELECT 1")) }
        #expect(error?.kind == .misuse)
        return tx
      }
      let error = await #expect(throws: PortableError.self) { try await kept.answer(Value<Int64>("SELECT 1")) }
      #expect(error?.kind == .stale)
      #expect(try await database.answer(Value<Int64>("SELECT sum(number)::int8 FROM \(name)")) == 2)
      await database.close()
    }

    @Test("Values of shared faces are there and back")
    func values() async throws {
      let database = try await Server.open()
      #expect(try await database.answer(Echo(PortableDay("2024-02-29")!, "date")).text == "2024-02-29")
      #expect(try await database.answer(Echo(PortableDecimal("12.50")!, "numeric")).value == PortableDecimal("12.5"))
      let long = PortableDecimal("123456789012345678901234567890.000000000123")!
      #expect(try await database.answer(Echo(long, "numeric")).value == long)
      #expect(
        try await database.answer(Echo(PortableJSON(#"{"a": [1, null]}"#), "jsonb")).value.text == #"{"a": [1, null]}"#)
      await #expect(throws: PortableError.self) {
        try await database.answer(Value<PortableDecimal>("SELECT 'NaN'::numeric"))
      }
      await #expect(throws: PortableError.self) {
        try await database.answer(Value<PortableDay>("SELECT '20000-01-01'::date"))
      }
      await database.close()
    }
  }
}
