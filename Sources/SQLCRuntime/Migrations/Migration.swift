// One step in the history of a schema, as generated code embeds it.

/// A migration: the statements that go up, those that go down again, and how they are run.
public struct Migration: Sendable, Hashable {
  /// As the file's name has it, leading zeros removed: `3`, `20240131120000`, `1.10`.
  public let version: String
  /// The file's name without its folder and extension.
  public let name: String
  public let up: [String]
  /// Nothing when there is no way back.
  public let down: [String]?
  /// False where the file asks for none (goose's `NO TRANSACTION`).
  public let isInTransaction: Bool

  public init(version: String, name: String, up: [String], down: [String]? = nil, isInTransaction: Bool = true) {
    self.version = version
    self.name = name
    self.up = up
    self.down = down
    self.isInTransaction = isInTransaction
  }

  /// Of the statements that go up: FNV-1a, 64 bits, in hexadecimal. It tells an edited migration from the one that was
  /// applied.
  public var checksum: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in up.joined(separator: ";\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
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
  public internal(set) var applied: [String] = []
  /// Versions taken back, in order.
  public internal(set) var reverted: [String] = []
  /// The tool whose version table was taken over, such as "goose".
  public internal(set) var adoptedFrom: String?
  public var isEmpty: Bool { applied.isEmpty && reverted.isEmpty }
}

/// Why the schema was not migrated. The database is as it was before the migration that failed.
public enum MigrationError: Error, Sendable, CustomStringConvertible {
  /// A statement failed: the number of it within its migration (from 1), its text, and SQLite's error.
  case failed(version: String, name: String, statement: Int, sql: String, DatabaseError)
  /// The statements that were applied are not the ones that the code has now.
  case changed(version: String, name: String)
  /// The database has versions that this code does not know: it was migrated by a newer one.
  case unknownVersion(String)
  /// The target is no version of this schema.
  case noSuchVersion(String)
  /// There is no way back behind this migration.
  case irreversible(version: String, name: String)
  /// Rows refer to rows that are not there once the migration has run.
  case brokenReferences(version: String, name: String, tables: [String])
  /// A migration without a transaction began and did not end; somebody must look.
  case unfinished(version: String)
  /// Another tool left its table marked as dirty.
  case dirty(tool: String, version: String)
  /// The database does not have the schema that the code was generated for.
  case mismatch(differences: [String])
  case database(DatabaseError)

  public var description: String {
    switch self {
    case .failed(let version, let name, let statement, let sql, let error):
      "migration \(version) (\(name)), statement \(statement): \(error)\n\(sql)"
    case .changed(let version, let name): "migration \(version) (\(name)) was edited after it had been applied"
    case .unknownVersion(let version): "the database has version \(version), which this code does not know"
    case .noSuchVersion(let version): "there is no version \(version)"
    case .irreversible(let version, let name): "migration \(version) (\(name)) has no way back"
    case .brokenReferences(let version, let name, let tables):
      "migration \(version) (\(name)) leaves rows of \(tables.joined(separator: ", ")) without the rows they refer to"
    case .unfinished(let version): "migration \(version), which runs without a transaction, did not end"
    case .dirty(let tool, let version): "\(tool) left version \(version) marked as dirty"
    case .mismatch(let differences):
      "the database has another schema:\n" + differences.prefix(12).map { "  \($0)" }.joined(separator: "\n")
        + (differences.count > 12 ? "\n  and \(differences.count - 12) more" : "")
    case .database(let error): "\(error)"
    }
  }
}
