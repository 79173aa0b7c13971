public import SQLCTreePostgreSQL

/// What the server said of one statement: its analysed tree, and the answer to Describe.
public struct StatementDescription: Sendable {
  public var tree: NodeTree
  /// By number: `$1` first. Type zero where the server has none.
  public var parameterTypes: [ObjectID]
  /// Empty where the statement gives no rows.
  public var columns: [DescribedColumn]
  public init(tree: NodeTree, parameterTypes: [ObjectID], columns: [DescribedColumn]) {
    self.tree = tree
    self.parameterTypes = parameterTypes
    self.columns = columns
  }

  /// - Parameter tree: the text under "parse tree:", exactly as the message has it: wrapped at 78 columns.
  public init(tree: [UInt8], parameterTypes: [ObjectID], columns: [DescribedColumn]) throws(NodeTextError) {
    self.init(tree: try NodeTree(message: tree), parameterTypes: parameterTypes, columns: columns)
  }
}

/// One column of RowDescription.
public struct DescribedColumn: Sendable, Hashable {
  public var name: String
  public var type: ObjectID
  public var typeModifier: Int32
  /// The table that it comes from, unchanged.
  public var table: ObjectID
  /// `attnum` there; zero where it is no table's column.
  public var attribute: Int
  public init(name: String, type: ObjectID, typeModifier: Int32 = -1, table: ObjectID = .none, attribute: Int = 0) {
    self.name = name
    self.type = type
    self.typeModifier = typeModifier
    self.table = table
    self.attribute = attribute
  }
}

/// What the query's author wrote of a parameter.
public struct ParameterDeclaration: Sendable, Hashable {
  public enum Nullability: Sendable, Hashable {
    /// From where it is used.
    case inferred
    /// `sqlc.narg`.
    case nullable
  }
  /// `@name`, `sqlc.arg(name)`; nil for a bare `$1`.
  public var name: String?
  public var nullability: Nullability
  public init(name: String? = nil, nullability: Nullability = .inferred) {
    self.name = name
    self.nullability = nullability
  }
}
