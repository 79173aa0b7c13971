// One step in the history of a schema, as generated code embeds it.

/// A migration: the statements that go up, those that go down again, and how they are run.
public struct Migration: Sendable, Hashable {
  /// As the file's name has it, leading zeros removed: `3`, `20240131120000`, `1.10`; of a file without a number, or with
  /// another's, its path: `auth/schema`.
  public let version: String
  /// The file's name without its folder and extension.
  public let name: String
  public let up: [String]
  /// Nothing when there is no down migration; none has one without statements either. Of a repeatable one, what takes away what
  /// it makes before a step is taken back.
  public let down: [String]?
  /// False where statements may run outside of one transaction for them all (goose's `NO TRANSACTION`).
  public let isInTransaction: Bool
  /// Is it applied again once it has changed (Flyway's `R__views.sql`)?
  public let isRepeatable: Bool
  /// May it be applied after a later one (`-- sqlc:out-of-order` in its file)?
  public let order: MigrationOrder
  /// The migrations that this one is a snapshot of, and takes the place of, in their order. A database that has all of them
  /// has this one.
  public let squashed: [SquashedMigration]

  public init(
    version: String, name: String, up: [String], down: [String]? = nil, isInTransaction: Bool = true,
    isRepeatable: Bool = false, order: MigrationOrder = .strict, squashed: [SquashedMigration] = []
  ) {
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    self.isInTransaction = isInTransaction
    self.isRepeatable = isRepeatable
    self.order = order
    self.squashed = squashed
  }

  /// Of the statements that go up: FNV-1a, 64 bits, in hexadecimal. It tells an edited migration from the one that was
  /// applied.
  public var checksum: String { Fingerprint(up.joined(separator: ";\n")).hexadecimal }
}

extension [Migration] {
  /// With those behind them that are repeated after every step; nothing where there are none, or a step is among them.
  package func withRepeatables(of all: [Migration]) -> [Migration]? {
    let rest = all.dropFirst(count)
    guard !rest.isEmpty, rest.allSatisfy(\.isRepeatable), Array(all.prefix(count)) == self else { return nil }
    return all
  }
}

/// A migration that a snapshot takes the place of.
public struct SquashedMigration: Sendable, Hashable {
  public let version: String
  public let name: String
  /// What ``Migration/checksum`` was. A version that is listed again with another one was a snapshot of all before it.
  public let checksum: String

  public init(version: String, name: String, checksum: String) {
    self.version = version
    self.name = name
    self.checksum = checksum
  }
}

/// May a migration be applied when a later version is already?
public enum MigrationOrder: Sendable, Hashable {
  /// No: it was written for a schema that is not there any more.
  case strict
  case any
}

/// A schema by its history. Generated as `Schema` with `emit_schema: true`.
public protocol DatabaseSchema: Sendable {
  /// In the order in which they apply.
  static var migrations: [Migration] { get }
}

/// Where migrating ends.
public enum MigrationTarget: Sendable, Hashable, ExpressibleByStringLiteral {
  case latest
  /// That version is the last one applied; later ones are taken back.
  case version(String)
  /// Nothing is applied.
  case empty

  public init(stringLiteral version: String) { self = .version(version) }
}

/// What migrating did, or would do.
public struct MigrationSummary: Sendable, Hashable {
  /// Versions applied, in order.
  public package(set) var applied: [String] = []
  /// Versions taken back, in order.
  public package(set) var reverted: [String] = []
  /// The tool whose version table was taken over, such as "goose".
  public package(set) var adoptedFrom: String?
  public var isEmpty: Bool { applied.isEmpty && reverted.isEmpty }

  package init() {}
}

/// What a baseline recorded.
public struct BaselineSummary: Sendable, Hashable {
  /// Versions that are recorded as applied and were not run, in order.
  public var recorded: [String]
  /// What another tool had noted.
  public var found: ToolHistory?

  package init(recorded: [String], found: ToolHistory?) {
    self.recorded = recorded
    self.found = found
  }
}

/// What is being done, for a progress line or a log.
public enum MigrationStep: Sendable, Hashable {
  case adopting(tool: String, versions: [String])
  case applying(version: String, name: String)
  case reverting(version: String, name: String)
}

/// What a database may have besides a schema.
public enum SchemaAdditions: Sendable, Hashable {
  case none
  /// Tables, views, indexes, triggers and whatever else stands by itself that the schema does not know. Columns and
  /// constraints of its tables are what the schema says.
  case objects
}
