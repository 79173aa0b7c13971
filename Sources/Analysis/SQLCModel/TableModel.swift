public import SQLCDiagnostics

/// A table or view as generated code sees it.
public struct TableModel: Sendable, Hashable, Codable {
  public struct Column: Sendable, Hashable, Codable {
    public var name: String
    /// As the schema spells it; absent when it has none.
    public var declaredType: String?
    public var type: ValueType
    /// The type as the engine spells it: `INTEGER`, `numeric(10,2)`.
    public var typeName: String
    public var nullability: ModelNullability
    /// The key that it holds, its own or another table's, where keys have types of their own.
    public var key: ColumnReference?
    public var documentation: [String]
    public var source: SourceRange?
    public init(
      name: String, declaredType: String?, type: ValueType, typeName: String, nullability: ModelNullability,
      documentation: [String] = [], source: SourceRange? = nil
    ) {
      self.name = name
      self.declaredType = declaredType
      self.type = type
      self.typeName = typeName
      self.nullability = nullability
      self.documentation = documentation
      self.source = source
    }
  }

  public enum Kind: Sendable, Hashable, Codable { case table, view }

  public var name: QualifiedName
  public var kind: Kind
  /// Visible columns, in `SELECT *` order.
  public var columns: [Column]
  /// Names of the primary key's columns.
  public var primaryKey: [String]
  public var documentation: [String]
  public var source: SourceRange?

  public init(
    name: QualifiedName, kind: Kind = .table, columns: [Column], primaryKey: [String], documentation: [String] = [],
    source: SourceRange? = nil
  ) {
    self.name = name
    self.kind = kind
    self.columns = columns
    self.primaryKey = primaryKey
    self.documentation = documentation
    self.source = source
  }
}
