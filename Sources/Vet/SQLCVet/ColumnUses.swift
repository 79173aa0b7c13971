// Which columns a statement uses.

public import SQLCFacts
public import SQLCModel

/// The columns that statements over one schema name, or that a star stands for.
public struct ColumnUses {
  private let schema: StatementSchema

  public init(over schema: SchemaFacts) { self.schema = StatementSchema(schema) }

  /// Those that are read, and those that are given a value; views are seen through.
  public func columns(of statement: RelationalStatement) -> (read: Set<ColumnReference>, written: Set<ColumnReference>)
  {
    var parts = StatementParts(statement, schema)
    parts.read()
    return (parts.readColumns, parts.writtenColumns)
  }
}
