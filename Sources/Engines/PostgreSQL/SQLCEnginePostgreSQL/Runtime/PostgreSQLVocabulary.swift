// The words of SQLCPostgres.

public import SQLCEngine
public import SQLCModel

/// | type | Swift |
/// |---|---|
/// | `smallint`, `integer`, `bigint` | `Int16`, `Int32`, `Int64` |
/// | `real`, `double precision`, `boolean`, texts | `Float`, `Double`, `Bool`, `String` |
/// | `timestamptz`, `uuid` | `Date`, `UUID` |
/// | `numeric`, `timestamp`, `date`, `time`, `timetz`, `interval`, `json`, `jsonb` | the runtime's: nothing is lost |
/// | `vector` | `[Float]` |
/// | others of PostgreSQL | the runtime's |
public struct PostgreSQLVocabulary: RuntimeVocabulary {
  public init() {}

  public var engine: String { "PostgreSQL" }
  public var module: StaticString { "SQLCPostgres" }
  public var publicTypes: Set<String> { runtimeTypeNames }
  public var enumerationProtocol: StaticString { "PostgresRawRepresentable" }
  public var enumerationTypeProtocol: StaticString? { "PostgresEnumeration" }
  public var compositeProtocol: StaticString? { "PostgresComposite" }
  public var typeProperty: StaticString { "postgresType" }
  public var typeReferenceType: StaticString { "PostgresType" }
  public var anyValue: StaticString { "String" }
  public var placeholders: PlaceholderStyle { .dollar }
  public var transactions: TransactionStyle { .asynchronous }
  public var resultWithoutRowID: StaticString { "ExecResultQuery" }
  public var parameterFacts: ParameterFacts { .types }
  public var valueTypes: ValueTypeRules { .byName }
  public var mentionedNames: Set<String> { generatedNames }

  public func type(of type: ValueType) -> RuntimeType? {
    switch type {
    case .integer(.bits16): RuntimeType("Int16")
    case .integer(.bits32): RuntimeType("Int32")
    case .integer(.bits64): RuntimeType("Int64")
    case .real(.single): RuntimeType("Float")
    case .real(.double): RuntimeType("Double")
    case .text: RuntimeType("String")
    case .boolean: RuntimeType("Bool")
    case .uuid: RuntimeType("UUID", .foundation)
    case .timestamp(.withTimeZone): RuntimeType("Date", .foundation)
    case .timestamp(.withoutTimeZone): RuntimeType("PostgresTimestamp", .runtime)
    case .date: RuntimeType("PostgresDay", .runtime)
    case .time(.withoutTimeZone): RuntimeType("PostgresTime", .runtime)
    case .time(.withTimeZone): RuntimeType("PostgresTimeWithZone", .runtime)
    case .interval: RuntimeType("PostgresInterval", .runtime)
    case .decimal: RuntimeType("PostgresDecimal", .runtime)
    case .json: RuntimeType("PostgresJSON", .runtime)
    case .vector: RuntimeType("[Float]")
    case .other(let name): name.schema == nil ? Self.others[name.name] : nil
    case .numeric, .any, .blob, .enumeration, .composite, .array, .range, .multirange, .domain: nil
    }
  }

  /// Types that only PostgreSQL and its extensions have.
  private static let others: [String: RuntimeType] = [
    "oid": RuntimeType("UInt32"), "char": RuntimeType("UInt8"), "inet": RuntimeType("PostgresInet", .runtime),
    "cidr": RuntimeType("PostgresCIDR", .runtime), "macaddr": RuntimeType("PostgresMACAddress", .runtime),
    "macaddr8": RuntimeType("PostgresMACAddress", .runtime), "bit": RuntimeType("PostgresBits", .runtime),
    "varbit": RuntimeType("PostgresBits", .runtime), "money": RuntimeType("PostgresMoney", .runtime),
    "tsvector": RuntimeType("PostgresTextSearchVector", .runtime),
    "tsquery": RuntimeType("PostgresTextSearchQuery", .runtime), "jsonpath": RuntimeType("String"),
    "hstore": RuntimeType("PostgresHStore", .runtime), "ltree": RuntimeType("String"),
    "halfvec": RuntimeType("[Float]"), "sparsevec": RuntimeType("PostgresSparseVector", .runtime),
  ]

  public func rangeType(of form: RangeForm) -> RuntimeType? {
    switch form {
    case .range: RuntimeType("PostgresRange", .runtime)
    case .multirange: RuntimeType("PostgresMultirange", .runtime)
    }
  }

  public func portableType(of type: ValueType) -> RuntimeType? {
    switch type {
    case .integer(.bits64), .real(.double), .text, .boolean, .uuid, .timestamp(.withTimeZone), .vector:
      self.type(of: type)
    case .integer(.bits16), .integer(.bits32): RuntimeType("Int64", codec: "PortableIntegerCodec")
    case .decimal: RuntimeType("PortableDecimal", .runtime)
    case .date: RuntimeType("PortableDay", .runtime)
    case .json: RuntimeType("PortableJSON", .runtime)
    // Four bytes give another number than eight, and a timestamp without a zone is no instant.
    case .real(.single), .timestamp(.withoutTimeZone), .time, .interval: nil
    case .numeric, .any, .blob, .enumeration, .composite, .array, .range, .multirange, .domain, .other: nil
    }
  }

  public func codec(for form: StoredForm) -> StaticString? {
    switch form {
    case .json: "JSONCodec"
    case .unixSeconds, .unixMilliseconds, .julianDay, .uuidBlob: nil
    }
  }

  public func reference(to type: ValueType, spelled name: String) -> TypeReference {
    let plain = TypeNumbers.plainName(name)
    return TypeNumbers.all[plain].map(TypeReference.number) ?? .name(name)
  }

  public func canonicalTypeName(_ name: String) -> String {
    guard let open = name.firstIndex(of: "("), let close = name.lastIndex(of: ")"), open < close else {
      return typeNameWithoutLength(name)
    }
    return typeNameWithoutLength(name) + name[open...close]
  }

  public func typeNameWithoutLength(_ name: String) -> String { TypeNumbers.plainName(name) }

  public func shownTypeName(_ name: String) -> String { typeNameWithoutLength(name) }
}

/// What generated code says without the module's name.
private let generatedNames: Set<String> = [
  "CompositeReader", "CompositeWriter", "ConversionError", "IsolationLevel", "JSONCodec", "PostgresBits",
  "PostgresCIDR",
  "PostgresComposite", "PostgresDay", "PostgresDecimal", "PostgresEnumeration", "PostgresHStore", "PostgresInet",
  "PostgresInterval", "PostgresJSON", "PostgresMACAddress", "PostgresMoney", "PostgresMultirange", "PostgresRange",
  "PostgresRawRepresentable", "PostgresSparseVector", "PostgresTextSearchQuery", "PostgresTextSearchVector",
  "PostgresTime",
  "PostgresTimeWithZone", "PostgresTimestamp", "PostgresType", "RawValueCodec", "SQLCPostgres", "Transaction",
]

/// Every public type of SQLCPostgres.
private let runtimeTypeNames: Set<String> = [
  "AdvisoryLock", "AdvisoryLockKey", "AdvisoryLockMode", "AtMostOneQuery", "BaselineSummary", "BulkInsertion",
  "BulkQuery", "ChannelEvent",
  "ColumnCodec", "CompositeReader", "CompositeWriter", "Configuration",
  "ConnectionOptions", "Constraint", "ConversionError", "Database", "DatabaseError", "DatabaseInstrument",
  "DatabaseSchema", "DatabaseStatistics", "ExactlyOneQuery", "ExecQuery", "ExecResult", "ExecResultQuery",
  "ExecRowsQuery", "InstrumentOptions", "IsolationLevel", "JSONCodec", "ListenerStatus", "ManyQuery", "Migration",
  "MigrationError", "MigrationFailure", "MigrationOptions", "MigrationOrder", "MigrationStatus", "MigrationStep",
  "MigrationSummary", "MigrationTarget", "NestedManyQuery",
  "NestedOneQuery", "NestedQuery", "Nesting", "NestingRow", "Notification", "Notifications", "Observation",
  "PatchValue", "PortableIntegerCodec", "PortableTransaction", "PostgresBits",
  "PostgresCIDR", "PostgresComposite", "PostgresDay", "PostgresDecimal", "PostgresDecodable", "PostgresEncodable",
  "PostgresEnumeration", "PostgresHStore", "PostgresInet", "PostgresInterval", "PostgresJSON", "PostgresMACAddress",
  "PostgresMoney", "PostgresMultirange", "PostgresRange", "PostgresRawRepresentable", "PostgresSparseVector",
  "PostgresTextSearchQuery", "PostgresTextSearchVector",
  "PostgresTime", "PostgresTimeWithZone", "PostgresTimestamp", "PostgresType", "Query",
  "QueryRecorder", "QueryStub", "RawValueCodec", "ResultRow", "ResultRows", "RowDecodable", "RowStream", "RowsQuery",
  "SQLPiece",
  "SQLPosition", "SQLState", "SchemaAdditions", "SnapshotObservation", "SortDirection", "SquashedMigration",
  "Statement",
  "StatementDefinition", "StatementEnd", "StatementRun", "StatementVariants", "ToolHistory", "Transaction",
  "TransactionAccess",
  "TransactionEnd", "TransactionRun", "TransactionScope", "ValueReader", "ValueWriter", "VariantQuery",
]
