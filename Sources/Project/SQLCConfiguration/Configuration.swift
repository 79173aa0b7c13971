// The project's configuration, checked: what the YAML says once nothing is wrong with it.

public import SQLCDiagnostics
public import SQLCEngine

/// A value and where the configuration says it.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  public var value: Value
  public var source: SourceRange

  public init(_ value: Value, _ source: SourceRange) {
    self.value = value
    self.source = source
  }
}

public struct Configuration: Sendable, Hashable {
  public var blocks: [SQLBlock]
  /// `rules`: which diagnostics are off, or have another level.
  public var rules: [RuleSetting]
  /// `vet`: what is asked of schema and queries beside.
  public var vet: VetSettings
  public init(blocks: [SQLBlock], rules: [RuleSetting] = [], vet: VetSettings = VetSettings()) {
    self.blocks = blocks
    self.rules = rules
    self.vet = vet
  }
}

/// One entry of `sql`: a schema, the queries on it, and the code made of both.
public struct SQLBlock: Sendable, Hashable {
  public var engine: EngineName
  /// Files, folders or patterns, relative to the configuration's folder.
  public var schema: [Located<String>]
  public var queries: [Located<String>]
  public var out: Located<String>
  public var analysis: AnalysisSettings
  public var swift: SwiftSettings

  public init(
    engine: EngineName, schema: [Located<String>], queries: [Located<String>], out: Located<String>,
    analysis: AnalysisSettings = AnalysisSettings(), swift: SwiftSettings = SwiftSettings()
  ) {
    self.engine = engine
    self.schema = schema
    self.queries = queries
    self.out = out
    self.analysis = analysis
    self.swift = swift
  }
}

/// The keys of `limits`.
public enum LimitName: String, Sendable, Hashable, CaseIterable {
  case steps, seconds, megabytes, queries
}

/// `database`: the PostgreSQL server that analyses a block's queries.
public struct DatabaseSettings: Sendable, Hashable {
  /// Its address, in which `${NAME}` stands for a variable of the environment; absent for a server of the tool's own.
  public var uri: Located<String>?
  /// The major version that must answer.
  public var version: Int?
  /// Extensions that are there before the schema runs.
  public var extensions: [String] = []
  public init() {}
}

/// What a block says about meaning. The keys stand in the block, as sqlc has them, or in `gen.swift`.
public struct AnalysisSettings: Sendable, Hashable {
  /// `min_sqlite: "3.37"`: the oldest SQLite that will run the queries.
  public var minimumSQLite: Located<[Int]>?
  /// `strict_primary_keys`: a lone `TEXT PRIMARY KEY` can be NULL, as SQLite has it.
  public var strictPrimaryKeys = false
  /// What the application registers with SQLite.
  public var functions: [FunctionSetting] = []
  public var collations: [String] = []
  public var modules: [ModuleSetting] = []
  public var extensions: [ExtensionName] = []
  /// `limits`: how much the project's SQL may take while code is made of it; absent ones have their defaults.
  public var limits: [LimitName: Int] = [:]
  /// Of PostgreSQL.
  public var database = DatabaseSettings()
  /// Where the block names its engine.
  public var enginePlace: SourceRange?
  public init() {}
}

/// `gen.swift`, without `out`. Every setting has a default.
public struct SwiftSettings: Sendable, Hashable {
  public enum Access: String, Sendable, Hashable, CaseIterable {
    case `internal`, package, `public`
  }

  public enum DateTimeStorage: String, Sendable, Hashable, CaseIterable {
    case text
    case unixSeconds = "unix_seconds"
    case unixMilliseconds = "unix_milliseconds"
    case julianDay = "julian_day"
  }

  public enum UUIDStorage: String, Sendable, Hashable, CaseIterable {
    case text, blob
  }

  public enum BlobType: String, Sendable, Hashable, CaseIterable {
    case data = "Data"
    case array = "[UInt8]"
  }

  public enum CodableStyle: String, Sendable, Hashable, CaseIterable {
    case none = "false"
    case propertyNames = "true"
    case columnNames = "column_names"
  }

  public var access = Access.internal
  public var emitProtocol = false
  public var emitSchema = false
  public var emitCodable = CodableStyle.none
  public var emitExactTableNames = false
  public var inflectionExcludeTableNames: [String] = []
  /// Absent: the generator's own list.
  public var initialisms: [String]?
  public var omitUnusedStructs = false
  public var overrides: [TypeOverride] = []
  public var plainTextColumns: [String] = []
  /// The struct that carries the methods; absent: the generator's own name.
  public var queriesType: Located<String>?
  public var queryParameterLimit: Int?
  public var rename: [String: String] = [:]
  /// Where the block itself names its keys; what all blocks share need not match something in each.
  public var renamePlaces: [String: SourceRange] = [:]
  public var dateTimeStorage = DateTimeStorage.text
  public var uuidStorage = UUIDStorage.text
  public var blobType = BlobType.data

  public init() {}
}

/// One entry of `overrides`: where it matches, another Swift type is used.
public struct TypeOverride: Sendable, Hashable {
  public enum Target: Sendable, Hashable {
    case databaseType(String)
    /// `table.column`, with `*` for any characters.
    case column(String)
    /// `Query.name`: one result column or parameter of one query.
    case result(query: String, name: String)
  }

  public enum Codec: Sendable, Hashable {
    case natural, json, unixSeconds, unixMilliseconds, julianDay, uuidBlob
    /// A type of the user's.
    case custom(String)

    static let spellings: [(String, Codec)] = [
      ("natural", .natural), ("json", .json), ("unix_seconds", .unixSeconds), ("unix_milliseconds", .unixMilliseconds),
      ("julian_day", .julianDay), ("uuid_blob", .uuidBlob),
    ]
  }

  public enum Scope: Sendable, Hashable {
    case all, nullableOnly, nonNullOnly
  }

  public var target: Target
  public var typeName: String
  public var module: String?
  public var codec: Codec
  public var scope: Scope
  public var source: SourceRange
  /// Written once for all blocks: it need not match something in each.
  public var isShared = false

  public init(
    _ target: Target, typeName: String, module: String? = nil, codec: Codec = .natural, scope: Scope = .all,
    source: SourceRange
  ) {
    self.target = target
    self.typeName = typeName
    self.module = module
    self.codec = codec
    self.scope = scope
    self.source = source
  }
}
