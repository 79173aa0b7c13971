public import SQLCDiagnostics

/// How many rows a query can give: proven, not hoped.
public enum RowCount: String, Sendable, Hashable, Codable, CaseIterable {
  case exactlyOne, atMostOne, many
}

/// Whether running a statement gives a rowid.
public enum InsertedRowID: Sendable, Hashable, Codable {
  /// It inserts a row whenever it succeeds.
  case always
  /// It may insert none.
  case maybe
  /// The last rowid is that of some other row.
  case never
}

/// When a row is the struct of the table whose columns it has.
public enum RowFit: Sendable, Hashable, Codable {
  /// When each column can be NULL where the table's can, and only there.
  case exact
  /// When each column can be NULL only where the table's can: what a statement wrote is a row of its table, also where more
  /// is proven of it.
  case within
  /// Never: the query asks for a struct of its own.
  case never
}

/// SQL on its way to the database: text, with places for values. Never edited as a string.
public enum SQLSegment: Sendable, Hashable, Codable {
  case text(String)
  /// One value: the 1-based index of its parameter.
  case parameter(Int)
  /// Any number of values with commas between them: the index of a slice parameter.
  case list(Int)
  /// Any number of rows: those of a list of rows.
  case rows(RowTemplate)
}

/// One query, proven.
public struct QueryModel: Sendable, Hashable, Codable {
  public var name: String
  public var command: QueryCommand
  public var rowCount: RowCount
  /// Why `rowCount` is what it is, in words.
  public var rowCountReason: String
  public var documentation: [String]
  public var sql: [SQLSegment]
  public var isReadOnly: Bool
  /// Tables, sorted; views and triggers are seen through.
  public var reads: [QualifiedName]
  public var writes: [QualifiedName]
  /// By index: element 0 has index 1.
  public var parameters: [ParameterModel]
  public var results: [ResultModel]
  /// The name in the annotation.
  public var source: SourceRange
  /// The statement, without annotation and semicolon; renderers make line numbers of it.
  public var statement: SourceRange
  /// When the caller chooses parts of the SQL; `sql` is then the whole with the default order.
  public var variants: VariantsModel?
  /// When rows are parents with lists; `rowCount` is then that of the parents.
  public var nesting: NestingModel?
  /// For `:copyfrom`: how many rows are inserted at a time, where that is sound.
  public var bulk: BulkModel?
  public var rowFit: RowFit
  /// The struct that it shares with other queries, where it asks for one.
  public var sharedRow: SharedRow?
  public var insertedRowID: InsertedRowID

  public init(
    name: String, command: QueryCommand, rowCount: RowCount, rowCountReason: String, documentation: [String],
    sql: [SQLSegment], isReadOnly: Bool, reads: [QualifiedName], writes: [QualifiedName], parameters: [ParameterModel],
    results: [ResultModel], source: SourceRange, statement: SourceRange, variants: VariantsModel? = nil,
    nesting: NestingModel? = nil, bulk: BulkModel? = nil, rowFit: RowFit = .exact,
    sharedRow: SharedRow? = nil, insertedRowID: InsertedRowID = .always
  ) {
    self.name = name
    self.command = command
    self.rowCount = rowCount
    self.rowCountReason = rowCountReason
    self.documentation = documentation
    self.sql = sql
    self.isReadOnly = isReadOnly
    self.reads = reads
    self.writes = writes
    self.parameters = parameters
    self.results = results
    self.source = source
    self.statement = statement
    self.variants = variants
    self.nesting = nesting
    self.bulk = bulk
    self.rowFit = rowFit
    self.sharedRow = sharedRow
    self.insertedRowID = insertedRowID
  }
}

public struct ParameterModel: Sendable, Hashable, Codable {
  public var index: Int
  public var name: String
  /// Of one element, for a slice.
  public var type: ValueType
  /// The type as the engine spells it.
  public var typeName: String
  public var nullability: ModelNullability
  public var isSlice: Bool
  /// The column it is compared with or stored in.
  public var origin: ColumnReference?
  public var source: SourceRange
  /// The key of a table that it is, where keys have types of their own.
  public var key: ColumnReference?
  /// The query says that NULL is meant to be given (`sqlc.narg`): whoever calls may leave it out.
  public var isNullableArgument: Bool
  /// The list of rows that it is a field of; it is a slice then.
  public var rowList: RowListMember?
  public init(
    index: Int, name: String, type: ValueType, typeName: String, nullability: ModelNullability, isSlice: Bool,
    origin: ColumnReference?, source: SourceRange, isNullableArgument: Bool = false, rowList: RowListMember? = nil
  ) {
    self.index = index
    self.name = name
    self.type = type
    self.typeName = typeName
    self.nullability = nullability
    self.isSlice = isSlice
    self.origin = origin
    self.source = source
    self.isNullableArgument = isNullableArgument
    self.rowList = rowList
  }
}

/// One member of a result row: a column, or a whole table's columns kept together by `sqlc.embed` or `sqlc.nest`.
public enum ResultModel: Sendable, Hashable, Codable {
  case column(ResultColumnModel)
  case embed(EmbedModel)
}

public struct ResultColumnModel: Sendable, Hashable, Codable {
  public var name: String
  public var type: ValueType
  /// The type as the engine spells it.
  public var typeName: String
  public var nullability: ModelNullability
  public var origin: ColumnReference?
  /// The key of a table that it is, where keys have types of their own.
  public var key: ColumnReference?
  public var source: SourceRange
  /// Its nullability is the author's word, not proven.
  public var assertion: AssertedResult.Claim?
  public init(
    name: String, type: ValueType, typeName: String, nullability: ModelNullability, origin: ColumnReference?,
    source: SourceRange, assertion: AssertedResult.Claim? = nil
  ) {
    self.assertion = assertion
    self.name = name
    self.type = type
    self.typeName = typeName
    self.nullability = nullability
    self.origin = origin
    self.source = source
  }
}

public struct EmbedModel: Sendable, Hashable, Codable {
  public var name: String
  /// The table or view whose row this is, when it is exactly that.
  public var table: QualifiedName?
  /// The whole row can be absent (outer join). The columns' own nullability is that of a row that is there.
  public var nullability: ModelNullability
  public var columns: [ResultColumnModel]
  public var source: SourceRange
  /// A list of such rows (`sqlc.nest`).
  public var isList: Bool
  /// The place of a column behind those of the results, which is NULL in a row where this one is absent; without one, all of
  /// its own are.
  public var marker: Int?
  /// Whether it can be absent is the author's word, not proven.
  public var assertion: AssertedResult.Claim?
  public init(
    name: String, table: QualifiedName?, nullability: ModelNullability, columns: [ResultColumnModel],
    source: SourceRange, isList: Bool = false, marker: Int? = nil
  ) {
    self.name = name
    self.table = table
    self.nullability = nullability
    self.columns = columns
    self.source = source
    self.isList = isList
    self.marker = marker
  }
}
