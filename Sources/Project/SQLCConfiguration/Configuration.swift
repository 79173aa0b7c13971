// The project's configuration, checked: what the YAML says once nothing is wrong with it.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCFormat
public import SQLCModel

/// A value and where the configuration says it.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
  public var value: Value
  public var source: SourceRange

  public init(_ value: Value, _ source: SourceRange) {
    self.value = value
    self.source = source
  }
}

/// One of `faces`: a module of models and protocols that blocks of several engines implement.
public struct FaceSettings: Sendable, Hashable {
  public var module: Located<String>
  /// The folder of the module.
  public var out: Located<String>

  public init(module: Located<String>, out: Located<String>) {
    self.module = module
    self.out = out
  }
}

public struct Configuration: Sendable, Hashable {
  public var blocks: [SQLBlock]
  /// `faces`: what blocks of several engines have in common.
  public var faces: [FaceSettings] = []
  /// `rules`: which diagnostics are off, or have another level.
  public var rules: [RuleSetting]
  /// `vet`: what is asked of schema and queries beside.
  public var vet: VetSettings
  /// `fmt`: how SQL is laid out.
  public var format: FormatOptions
  public init(
    blocks: [SQLBlock], rules: [RuleSetting] = [], vet: VetSettings = VetSettings(),
    format: FormatOptions = FormatOptions()
  ) {
    self.blocks = blocks
    self.rules = rules
    self.vet = vet
    self.format = format
  }
}

/// One entry of `sql`: a schema, the queries on it, and the code made of both.
public struct SQLBlock: Sendable, Hashable {
  public var engine: EngineName
  /// Files, folders or patterns, relative to the configuration's folder.
  public var schema: [Located<String>]
  public var queries: [Located<String>]
  public var out: Located<String>
  /// The module of the face that the block implements.
  public var face: Located<String>?
  public var analysis: AnalysisSettings
  /// `gen.swift`, without `out` and what is about meaning.
  public var swift: SwiftOptions

  public init(
    engine: EngineName, schema: [Located<String>], queries: [Located<String>], out: Located<String>,
    analysis: AnalysisSettings = AnalysisSettings(), swift: SwiftOptions = SwiftOptions()
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
  /// What `version` may be.
  public static let versions = 14...40
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
  /// `datetime_storage`, `uuid_storage`: how SQLite keeps what it has no type for.
  public var dateTimeStorage = DateTimeStorage.text
  public var uuidStorage = UUIDStorage.text
  /// Of PostgreSQL.
  public var database = DatabaseSettings()
  /// Where the block names its engine.
  public var enginePlace: SourceRange?
  public init() {}
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
