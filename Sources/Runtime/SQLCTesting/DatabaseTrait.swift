// A database for each test.

public import SQLCRuntime
public import Testing

/// Gives each test, and each case of a test with arguments, a database file of its own that has the schema: made once, copied for each.
///
/// ```swift
/// @Suite(.database(Schema.self)) struct StoreTests {
///   @Test func addsANote() async throws {
///     let queries = Queries(try Database.ofTest)
///     try await queries.createNote(body: "first")
///   }
/// }
/// ```
///
/// Tests can run at the same time: no two have one file. A file is gone when its test ends, whatever its outcome.
public struct DatabaseTrait: SuiteTrait, TestTrait, TestScoping {
  private let template: DatabaseTemplate

  public var isRecursive: Bool { true }

  /// - Parameter template: what each test gets a copy of.
  public init(_ template: DatabaseTemplate) { self.template = template }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await template.withCopy { database, path in
      try await TestDatabase.$current.withValue(TestDatabase(database: database, path: path)) { try await function() }
    }
  }
}

extension Trait where Self == DatabaseTrait {
  /// A database with a schema and the rows of a fixture for each test.
  ///
  /// - Parameters:
  ///   - schema: as it is generated with `emit_schema`.
  ///   - configuration: of the databases that tests get.
  ///   - fixture: called once, on what all are copied from.
  public static func database<S: DatabaseSchema>(
    _ schema: S.Type, configuration: Configuration = Configuration(),
    fixture: @escaping @Sendable (Database) async throws -> Void = { _ in }
  ) -> Self { Self(DatabaseTemplate(schema, configuration: configuration, fixture: fixture)) }

  /// The same, of a template that other suites use too.
  public static func database(_ template: DatabaseTemplate) -> Self { Self(template) }
}

/// What a test has.
struct TestDatabase: Sendable {
  @TaskLocal static var current: TestDatabase?

  var database: Database
  var path: String

  static var ofTest: TestDatabase {
    get throws {
      guard let current else { throw MissingTestDatabase() }
      return current
    }
  }
}

extension Database {
  /// The database of the test that runs.
  ///
  /// - Throws: where neither the test nor a suite around it has the trait, or in a task that does not descend from the test's.
  public static var ofTest: Database {
    get throws { try TestDatabase.ofTest.database }
  }
}

/// A test asked for a database and has none.
public struct MissingTestDatabase: Error, CustomStringConvertible {
  public var description: String {
    "this test has no database: give it or its suite the trait '.database(Schema.self)', and ask in the test's own task"
  }
}
