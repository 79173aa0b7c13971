public import SQLCDiagnostics

/// One SQL statement, without its semicolon.
public enum StatementSyntax: Sendable {
  case select(SelectSyntax)
  case insert(InsertSyntax)
  case update(UpdateSyntax)
  case delete(DeleteSyntax)
  case createTable(CreateTableSyntax)
  case createIndex(CreateIndexSyntax)
  case createView(CreateViewSyntax)
  case createTrigger(CreateTriggerSyntax)
  case createVirtualTable(CreateVirtualTableSyntax)
  case alterTable(AlterTableSyntax)
  case drop(DropSyntax)
  case pragma(PragmaSyntax)
  case attach(AttachSyntax)
  case detach(DetachSyntax)
  case transaction(TransactionSyntax)
  case analyze(AnalyzeSyntax)
  case reindex(ReindexSyntax)
  case vacuum(VacuumSyntax)
  indirect case explain(ExplainSyntax)
  /// What could not be read; an error says why.
  case invalid(MissingSyntax)

  public var range: ByteRange {
    switch self {
    case .select(let node): node.range
    case .insert(let node): node.range
    case .update(let node): node.range
    case .delete(let node): node.range
    case .createTable(let node): node.range
    case .createIndex(let node): node.range
    case .createView(let node): node.range
    case .createTrigger(let node): node.range
    case .createVirtualTable(let node): node.range
    case .alterTable(let node): node.range
    case .drop(let node): node.range
    case .pragma(let node): node.range
    case .attach(let node): node.range
    case .detach(let node): node.range
    case .transaction(let node): node.range
    case .analyze(let node): node.range
    case .reindex(let node): node.range
    case .vacuum(let node): node.range
    case .explain(let node): node.range
    case .invalid(let node): node.range
    }
  }
}

/// SQLite, pragma.html.
public struct PragmaSyntax: Sendable {
  public var name: QualifiedNameSyntax
  /// The text of the value, with its sign, whichever way it is written.
  public var value: NameSyntax?
  public var range: ByteRange
  public init(name: QualifiedNameSyntax, value: NameSyntax?, range: ByteRange) {
    self.name = name
    self.value = value
    self.range = range
  }
}

/// SQLite, lang_attach.html.
public struct AttachSyntax: Sendable {
  public var database: ExpressionSyntax
  public var schema: ExpressionSyntax
  public var key: ExpressionSyntax?
  public var range: ByteRange
  public init(database: ExpressionSyntax, schema: ExpressionSyntax, key: ExpressionSyntax?, range: ByteRange) {
    self.database = database
    self.schema = schema
    self.key = key
    self.range = range
  }
}

/// SQLite, lang_detach.html.
public struct DetachSyntax: Sendable {
  public var schema: ExpressionSyntax
  public var range: ByteRange
  public init(schema: ExpressionSyntax, range: ByteRange) {
    self.schema = schema
    self.range = range
  }
}

/// SQLite, lang_transaction.html and lang_savepoint.html.
public struct TransactionSyntax: Sendable {
  public enum Behavior: String, Sendable, Hashable {
    case deferred = "DEFERRED"
    case immediate = "IMMEDIATE"
    case exclusive = "EXCLUSIVE"
  }
  public enum Action: Sendable {
    case begin(Behavior?)
    case commit
    case rollback(toSavepoint: NameSyntax?)
    case savepoint(NameSyntax)
    case release(NameSyntax)
  }
  public var action: Action
  public var range: ByteRange
  public init(action: Action, range: ByteRange) {
    self.action = action
    self.range = range
  }
}

/// SQLite, lang_analyze.html.
public struct AnalyzeSyntax: Sendable {
  public var name: QualifiedNameSyntax?
  public var range: ByteRange
  public init(name: QualifiedNameSyntax?, range: ByteRange) {
    self.name = name
    self.range = range
  }
}

/// SQLite, lang_reindex.html.
public struct ReindexSyntax: Sendable {
  public var name: QualifiedNameSyntax?
  public var range: ByteRange
  public init(name: QualifiedNameSyntax?, range: ByteRange) {
    self.name = name
    self.range = range
  }
}

/// SQLite, lang_vacuum.html.
public struct VacuumSyntax: Sendable {
  public var schema: NameSyntax?
  public var into: ExpressionSyntax?
  public var range: ByteRange
  public init(schema: NameSyntax?, into: ExpressionSyntax?, range: ByteRange) {
    self.schema = schema
    self.into = into
    self.range = range
  }
}

/// SQLite, lang_explain.html.
public struct ExplainSyntax: Sendable {
  public var isQueryPlan: Bool
  public var statement: StatementSyntax
  public var range: ByteRange
  public init(isQueryPlan: Bool, statement: StatementSyntax, range: ByteRange) {
    self.isQueryPlan = isQueryPlan
    self.statement = statement
    self.range = range
  }
}
