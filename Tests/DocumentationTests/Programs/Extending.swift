// Around the samples of Extending.md.

import Foundation
import SQLCRuntime

@main struct Program {
  static func main() async throws {
    try await functions()
    try await library()
    try await collations()
    try await vectors()
    extensions()
  }

  private static func functions() async throws {
    // sample: Extending/Functions/1
    try await database.expect("slugify('A Title')", "a-title")
    try await database.expect("(SELECT median(column1) FROM (VALUES (3.0), (1.0), (2.0)))", 2.0)
    try await database.expect("(SELECT median(column1) FROM (VALUES (4.0), (1.0)))", 2.5)
    try await database.expect("(SELECT median(column1) FROM (VALUES (1)) WHERE 0)", .null)
    try await database.expect(
      """
      (SELECT group_concat(n) FROM (SELECT running(column1) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n
        FROM (VALUES (1), (2), (5))))
      """, "1,3,7")
    try await database.expect("first_of('a', 2)", "a")
    await database.close()
  }

  private static func library() async throws {
    var configuration = Configuration()
    // sample: Extending/Functions/2
    let database = try await Database.inMemory(configuration: configuration)
    try await database.expect("slugify('A Title')", "a-title")
    try await database.expect("(SELECT median(column1) FROM (VALUES (3), (1), (2)))", 2.0)
    try await database.expect("(SELECT median(column1) FROM (VALUES (1), (4)))", 2.5)
    try await database.expect("'APFEL' = 'Apfel' COLLATE german", 1)
    await database.close()
  }

  private static func collations() async throws {
    var configuration = Configuration()
    // sample: Extending/Collating sequences/1
    let database = try await Database.inMemory(configuration: configuration)
    try await database.expect(
      """
      (SELECT group_concat(column1)
        FROM (SELECT * FROM (VALUES ('zebra'), ('Äpfel'), ('Banane')) ORDER BY 1 COLLATE GERMAN))
      """, "Äpfel,Banane,zebra")
    await database.close()
  }

  private static func vectors() async throws {
    var configuration = Configuration()
    // sample: Extending/Vectors/1
    let database = try await Database.inMemory(configuration: configuration)
    try await database.expect("vec_distance_l2('[3, 0]', '[0, 4]')", 5.0)
    await database.close()
  }

  private static func extensions() {
    var configuration = Configuration()
    // sample: Extending/Libraries in C/1
    // Not loaded here: few machines have it.
    precondition(configuration.extensions.count == 1)
  }
}

/// A query of one value.
nonisolated struct Value: ExactlyOneQuery {
  typealias Row = SQLiteValue
  @TaskLocal static var statement = StatementDefinition(name: "Value", sql: "SELECT 1", isReadOnly: true)
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> SQLiteValue { try row.decode(0) }
}

extension Database {
  nonisolated func expect(_ expression: String, _ wanted: SQLiteValue) async throws {
    let definition = StatementDefinition(name: "Value", sql: "SELECT \(expression)", isReadOnly: true)
    let found = try await Value.$statement.withValue(definition) { try await self.run(Value()) }
    precondition(found == wanted, "\(expression) is \(found), not \(wanted)")
  }
}
