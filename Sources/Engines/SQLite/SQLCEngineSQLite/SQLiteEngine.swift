// SQLite behind the `Engine` seam: our analysis and the real SQLite, made to agree.

public import SQLCDiagnostics
public import SQLCEngine
public import SQLCModel
public import SQLCOracleSQLite
public import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// Analyses schemas and queries for SQLite.
///
/// What is valid, which columns come back and which tables are touched is SQLite's word; types, nullability and row
/// counts are ours. Where both have an answer and the answers differ, that is a diagnostic.
public struct SQLiteEngine: Engine {
  public var options: SemanticsOptions
  /// What SQLite must know to prepare statements that use what the application registers.
  public var extensions: ScratchExtensions
  /// The functions that the application registers.
  public var functions: [FunctionModel]
  public var storage: ValueStorage

  public init(
    options: SemanticsOptions = SemanticsOptions(), extensions: ScratchExtensions = ScratchExtensions(),
    functions: [FunctionModel] = [], storage: ValueStorage = ValueStorage()
  ) {
    self.options = options
    self.options.limits = .ofLibrary
    self.extensions = extensions
    self.functions = functions
    self.storage = storage
  }

  public var name: EngineName { .sqlite }
  public var lexicalRules: LexicalRules { .sqlite }
  public func spelled(_ name: String) -> String { spelledName(name) }
  public var placeholders: PlaceholderStyle { .questionMark }
  public var runtime: (any RuntimeVocabulary)? { SQLiteVocabulary(storage: storage) }
  public var key: EngineKey {
    EngineKey(Key(options: options, extensions: extensions, functions: functions, storage: storage))
  }

  private struct Key: Hashable {
    var options: SemanticsOptions
    var extensions: ScratchExtensions
    var functions: [FunctionModel]
    var storage: ValueStorage
  }

  /// The version of this machine's SQLite where that is older.
  public static func olderMachine(than version: SQLiteVersion) -> String? {
    OlderLibrary.machine < version ? ScratchDatabase.version : nil
  }

  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory.
  public func load(_ schema: [SourceFile]) throws -> Diagnosed<any LoadedSchema> {
    let loaded = try loadSchema(from: schema)
    return Diagnosed(loaded.value, loaded.diagnostics)
  }

  /// The schema with what only this engine's own parts see of it.
  package func loadSchema(from files: [SourceFile]) throws -> Diagnosed<SQLiteSchema> {
    try SchemaLoader(engine: self).load(files)
  }
}

extension SQLiteLimits {
  /// Of the SQLite that compiles the statements.
  static let ofLibrary: SQLiteLimits = {
    var limits = SQLiteLimits()
    limits.expressionDepth = LibraryLimits.expressionDepth ?? limits.expressionDepth
    limits.compoundTerms = LibraryLimits.compoundTerms ?? limits.compoundTerms
    limits.columns = LibraryLimits.columns ?? limits.columns
    limits.parameterNumber = LibraryLimits.parameters ?? limits.parameterNumber
    return limits
  }()
}
