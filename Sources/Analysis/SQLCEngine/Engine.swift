// The seam between what knows a database engine and what does not. Everything above it (driver, migrations, trials, targets)
// holds `any Engine` and nothing more; each engine is made in one place, the composition root.

public import SQLCConcurrency
public import SQLCDiagnostics
public import SQLCModel

/// The name of an engine, as the configuration and `analyze` spell it.
public struct EngineName: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let sqlite = EngineName(rawValue: "sqlite")
  public static let postgresql = EngineName(rawValue: "postgresql")
}

/// One dialect of SQL, set up as a block of the configuration wants it.
///
/// What is wrong with the input is diagnosed; what is thrown is the world's: a library that cannot open, a server that
/// went away.
public protocol Engine: Sendable {
  var name: EngineName { get }
  /// How text is cut into statements.
  var lexicalRules: LexicalRules { get }
  /// A name as a statement must write it: in quotes where it means something else without.
  func spelled(_ name: String) -> String
  /// How a statement that is sent names its parameters.
  var placeholders: PlaceholderStyle { get }
  /// The runtime that generated code runs on; nothing where there is none yet, and no code can be generated.
  var runtime: (any RuntimeVocabulary)? { get }
  /// What its answers depend on beside the texts.
  var key: EngineKey { get }
  /// What `load` gives where the server that it asks is not there; nothing for an engine that asks none. The answers of one
  /// that does can be kept in a file, for machines without.
  var missingServer: DiagnosticID? { get }

  /// How other processes hear of changed tables; nothing where a database has no messages between sessions.
  var changeAnnouncer: (any ChangeAnnouncer)? { get }

  /// The schema that the files make, in the order given: of migrations, the parts that go up.
  func load(_ schema: [SourceFile]) throws -> Diagnosed<any LoadedSchema>

  /// What `load` and then `analyze` find: of a schema, and of queries over it in their order. An engine may do both at a time.
  ///
  /// - Parameter progress: told how many queries are done, from the thread of the call.
  func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis

  /// The same, given up between queries when it is cancelled.
  ///
  /// - Throws: `CancellationError` when it is cancelled before all are done.
  func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], cancellation: Cancellation,
    progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis

  /// What is wrong with a schema, which loads without an error, at the versions before its last.
  func historyProblems(of schema: [SourceFile]) throws -> [Diagnostic]

  /// A part of a script, cut into statements. What its syntax has wrong is diagnosed; what can be read is there.
  func statements(of source: SourceFile, in range: ByteRange) -> Diagnosed<[ScriptStatement]>

  /// What takes away the views, triggers and indexes that a repeatable migration makes, the last one first.
  ///
  /// - Parameter steps: the statements of the other migrations. What one of them makes too is left to them.
  func withdrawal(of repeatable: [String], besides steps: [String]) -> [String]
}

/// Two engines with one key give the same answers to the same texts, in the same places.
public struct EngineKey: Hashable, @unchecked Sendable {
  // `@unchecked Sendable`: what is erased here is `Sendable`, by the only initializer.
  private let value: AnyHashable

  public init(_ value: some Hashable & Sendable) { self.value = AnyHashable(value) }
}

extension Engine {
  public var missingServer: DiagnosticID? { nil }
  public var changeAnnouncer: (any ChangeAnnouncer)? { nil }

  /// For an engine that cannot tell from a statement's text: what it makes stays.
  public func withdrawal(of repeatable: [String], besides steps: [String]) -> [String] { [] }

  public func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    let loaded = try load(schema)
    return SchemaAnalysis(schema: loaded, queries: try loaded.value.analyze(queries, progress: progress))
  }

  /// For an engine that cannot be interrupted.
  public func analyze(
    _ queries: [AnnotatedQuery], over schema: [SourceFile], cancellation: Cancellation,
    progress: (_ done: Int) -> Void
  ) throws -> SchemaAnalysis {
    try cancellation.check()
    let found = try analyze(queries, over: schema, progress: progress)
    try cancellation.check()
    return found
  }
}

/// A schema, and what is found of queries over it.
public struct SchemaAnalysis {
  public var schema: Diagnosed<any LoadedSchema>
  /// In the order of the queries; no model where a query has errors.
  public var queries: [Diagnosed<QueryModel?>]

  public init(schema: Diagnosed<any LoadedSchema>, queries: [Diagnosed<QueryModel?>]) {
    self.schema = schema
    self.queries = queries
  }
}

/// A schema as its engine knows it, with what that needs to look at queries (a connection, say).
///
/// It belongs to one thread at a time; what it does within `analyze` is its own business.
public protocol LoadedSchema: AnyObject {
  var model: SchemaModel { get }

  /// What is found of each query, in their order; no model where a query has errors. The answers do not depend on which
  /// queries are asked about together.
  ///
  /// - Parameter progress: told how many are done, from the thread of the call.
  func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>]

  /// The same, given up between queries when it is cancelled.
  ///
  /// - Throws: `CancellationError` when it is cancelled before all are done.
  func analyze(
    _ queries: [AnnotatedQuery], cancellation: Cancellation, progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>]

  /// What looks closer at queries, without what belongs to one thread; nothing where an engine has none.
  var inspector: (any SchemaInspector)? { get }

  /// How this schema differs from an earlier one of an engine with the same key; nothing where that cannot be told.
  func change(since earlier: any LoadedSchema) -> (any SchemaChange)?
}

/// How a schema differs from an earlier one, as far as what is found of queries depends on it.
public protocol SchemaChange: Sendable {
  /// Can what is found of a query, which had no error and no warning over the earlier schema, be something else now?
  func affects(_ query: AnnotatedQuery, _ model: QueryModel) -> Bool
  /// Where a place in a file of the earlier schema is now; nothing where what stood there has changed. A place that is not in
  /// the schema is where it was.
  func place(of source: SourceRange) -> SourceRange?
}

/// What editors and the like ask of a schema beside the analysis of its queries: a value, to be asked from any thread.
public protocol SchemaInspector: Sendable {
  /// A query as far as it can be understood, whether or not it has errors.
  func inspect(_ query: AnnotatedQuery) -> QueryInspection
  /// The names in the text of the schema, in the order of its files.
  func definitions() -> [SymbolOccurrence]
  /// The functions that queries can call, in the order of their names.
  func functions() -> [FunctionSignature]
}

extension SchemaInspector {
  public func functions() -> [FunctionSignature] { [] }
}

extension LoadedSchema {
  public var inspector: (any SchemaInspector)? { nil }

  public func change(since earlier: any LoadedSchema) -> (any SchemaChange)? { nil }

  /// For an engine that cannot be interrupted.
  public func analyze(
    _ queries: [AnnotatedQuery], cancellation: Cancellation, progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    try cancellation.check()
    let found = try analyze(queries, progress: progress)
    try cancellation.check()
    return found
  }

  public func analyze(_ query: AnnotatedQuery) throws -> Diagnosed<QueryModel?> {
    try analyze([query], progress: { _ in }).first ?? Diagnosed(nil)
  }
}

/// One statement of a script.
public struct ScriptStatement: Sendable, Hashable {
  /// How a statement stands to the transaction that a migration runs in.
  public enum TransactionUse: Sendable, Hashable {
    case either
    /// It begins or ends one.
    case control
    /// The engine refuses it in one.
    case outside
  }

  /// Without its semicolon.
  public var sql: String
  public var source: SourceRange
  public var transactionUse: TransactionUse

  public init(sql: String, source: SourceRange, transactionUse: TransactionUse = .either) {
    self.sql = sql
    self.source = source
    self.transactionUse = transactionUse
  }
}
