// The words of SQLCRuntime.

public import SQLCEngine
public import SQLCModel

/// In which form a project keeps values that SQLite has no type for.
public struct ValueStorage: Sendable, Hashable {
  public enum Times: Sendable, Hashable {
    /// `YYYY-MM-DD HH:MM:SS[.SSS]`, what CURRENT_TIMESTAMP writes.
    case text
    case unixSeconds, unixMilliseconds, julianDay
  }
  /// 36 characters, or 16 bytes.
  public enum UUIDs: Sendable, Hashable { case text, blob }

  public var times: Times
  public var uuids: UUIDs

  public init(times: Times = .text, uuids: UUIDs = .text) {
    self.times = times
    self.uuids = uuids
  }
}

/// | type | Swift |
/// |---|---|
/// | integer, real, text, boolean | `Int64`, `Double`, `String`, `Bool` |
/// | numeric, decimal, any | `SQLiteNumber`, `SQLiteDecimal`, `SQLiteValue`: nothing is lost |
/// | time of day | `String`, read from a number too |
/// | date and time, UUID | `Date`, `UUID`, by codec where they are not stored as text |
/// | date, JSON | `SQLiteDay`, `SQLiteJSON` |
/// | vector | `[Float]` |
public struct SQLiteVocabulary: RuntimeVocabulary {
  public var storage: ValueStorage

  public init(storage: ValueStorage = ValueStorage()) { self.storage = storage }

  public var engine: String { "SQLite" }
  public var module: StaticString { "SQLCRuntime" }
  public var publicTypes: Set<String> { runtimeTypeNames }
  public var enumerationProtocol: StaticString { "SQLiteRawRepresentable" }
  public var anyValue: StaticString { "SQLiteValue" }
  public var placeholders: PlaceholderStyle { .questionMark }

  public var mentionedNames: Set<String> {
    [
      "JSONCodec", "JulianDayCodec", "RawValueCodec", "SQLCRuntime", "SQLiteDay", "SQLiteDecimal", "SQLiteJSON",
      "SQLiteNumber",
      "SQLiteRawRepresentable", "SQLiteValue", "UUIDBlobCodec", "UnixMillisecondsCodec", "UnixSecondsCodec",
    ]
  }

  public func type(of type: ValueType) -> RuntimeType? {
    switch type {
    case .integer: RuntimeType("Int64")
    case .real: RuntimeType("Double")
    case .text: RuntimeType("String")
    case .boolean: RuntimeType("Bool")
    case .vector: RuntimeType("[Float]")
    case .time: RuntimeType("String", codec: "NumericTextCodec")
    case .numeric: RuntimeType("SQLiteNumber", .runtime)
    case .decimal: RuntimeType("SQLiteDecimal", .runtime)
    case .any: RuntimeType("SQLiteValue", .runtime)
    case .date: RuntimeType("SQLiteDay", .runtime)
    case .json: RuntimeType("SQLiteJSON", .runtime)
    case .timestamp:
      switch storage.times {
      case .text: RuntimeType("Date", .foundation)
      case .unixSeconds: RuntimeType("Date", .foundation, codec: "UnixSecondsCodec")
      case .unixMilliseconds: RuntimeType("Date", .foundation, codec: "UnixMillisecondsCodec")
      case .julianDay: RuntimeType("Date", .foundation, codec: "JulianDayCodec")
      }
    case .uuid:
      switch storage.uuids {
      case .text: RuntimeType("UUID", .foundation)
      case .blob: RuntimeType("UUID", .foundation, codec: "UUIDBlobCodec")
      }
    case .blob, .interval, .enumeration, .composite, .array, .range, .multirange, .domain, .other: nil
    }
  }

  public func portableType(of type: ValueType) -> RuntimeType? {
    switch type {
    case .integer, .real, .text, .boolean, .vector, .timestamp, .uuid: self.type(of: type)
    case .decimal: RuntimeType("PortableDecimal", .runtime)
    case .date: RuntimeType("PortableDay", .runtime)
    case .json: RuntimeType("PortableJSON", .runtime)
    // What is a number or another only when it is read, and a time of day, which has no type of its own.
    case .numeric, .any, .time: nil
    case .blob, .interval, .enumeration, .composite, .array, .range, .multirange, .domain, .other: nil
    }
  }

  public func codec(for form: StoredForm) -> StaticString? {
    switch form {
    case .json: "JSONCodec"
    case .unixSeconds: "UnixSecondsCodec"
    case .unixMilliseconds: "UnixMillisecondsCodec"
    case .julianDay: "JulianDayCodec"
    case .uuidBlob: "UUIDBlobCodec"
    }
  }
}

/// Every public type of SQLCRuntime.
private let runtimeTypeNames: Set<String> = [
  "AtMostOneQuery", "BackupOptions", "BackupProgress", "BaselineSummary", "BulkInsertion", "BulkQuery",
  "CheckpointMode",
  "CheckpointResult", "CollationOrder", "ColumnCodec", "Configuration", "Connection", "ConnectionStatistics",
  "ConnectionUse", "Constraint", "ConversionError", "Database", "DatabaseError", "DatabaseInstrument",
  "DatabaseSchema", "DatabaseStatistics", "EncryptionKey", "ExactlyOneQuery", "ExecLastIDQuery",
  "ExecOptionalLastIDQuery", "ExecQuery",
  "ExecResult", "ExecResultQuery", "ExecResultWithoutIDQuery", "ExecRowsQuery", "ExistingFile", "FunctionLibrary",
  "FunctionOptions",
  "InstrumentOptions", "IntegrityReport", "JSONCodec", "JulianDayCodec", "ManyQuery", "Migration", "MigrationError",
  "MigrationFailure", "MigrationOptions", "MigrationOrder", "MigrationStatus", "MigrationStep", "MigrationSummary",
  "MigrationTarget",
  "NestedManyQuery",
  "NestedOneQuery",
  "NestedQuery", "Nesting", "NestingRow", "NumericTextCodec", "Observation", "PatchValue", "PortableTransaction",
  "Query", "QueryRecorder", "QueryStub",
  "RawConnection",
  "RawValueCodec", "ResultCode", "ResultRow", "RowDecodable", "RowStream", "RowsQuery", "SQLAggregate", "SQLCoded",
  "SQLCollation",
  "SQLFunction", "SQLPiece", "SQLPosition", "SQLSegment", "SQLiteBlobElement", "SQLiteDay", "SQLiteDecimal",
  "SQLiteDecodable", "SQLiteEncodable", "SQLiteFixedWidthInteger", "SQLiteJSON", "SQLiteLibrary", "SQLiteNumber",
  "SQLiteRawRepresentable", "SQLiteValue", "SchemaAdditions", "SnapshotObservation", "SortDirection",
  "SquashedMigration", "Statement",
  "StatementDefinition", "StatementEnd", "StatementRun", "StatementVariants", "StatementWork", "StorageClass",
  "ToolHistory",
  "Transaction", "TransactionEnd", "TransactionRun", "TransactionScope", "UUIDBlobCodec", "UnixMillisecondsCodec",
  "UnixSecondsCodec", "ValueReader", "ValueWriter", "VariantQuery",
]
