// The Swift type of every value of a model, by name, for those who print it.

public import SQLCEngine
public import SQLCModel

/// Answers what generated code would say; a value that can be absent is `T` here, not `T?`.
public struct SwiftTypeNames: Sendable {
  private let lowering: Lowering

  public init(options: SwiftOptions, vocabulary: any RuntimeVocabulary, model: GenerationModel) {
    lowering = Lowering(model, options: options, vocabulary: vocabulary)
  }

  public func name(of column: TableModel.Column, in table: TableModel) -> String {
    lowering.types.type(
      column.type, origin: ColumnReference(table: table.name, column: column.name), key: column.key,
      isOptional: column.nullability.isOptional
    ).name.text
  }

  /// Of one element, for a slice.
  public func name(of parameter: ParameterModel, in query: QueryModel) -> String {
    lowering.types.type(
      parameter.type, origin: parameter.origin, key: parameter.key, isOptional: parameter.nullability.isOptional,
      use: lowering.use(of: parameter, in: query)
    ).name.text
  }

  public func name(of column: ResultColumnModel, in query: QueryModel) -> String {
    lowering.types.type(
      column.type, origin: column.origin, key: column.key, isOptional: column.nullability.isOptional,
      use: lowering.use(of: column, in: query)
    ).name.text
  }

  /// Proven not to be NULL, and an optional property all the same, since the row is the table's struct.
  public func isLooser(_ column: ResultColumnModel, in query: QueryModel) -> Bool {
    if let row = query.sharedRow, !column.nullability.isOptional {
      return lowering.sharedRows.isOptional(column, in: row.name)
    }
    guard !column.nullability.isOptional, let origin = column.origin, lowering.matchingTable(query) != nil else {
      return false
    }
    let declared = lowering.tables[origin.table]?.columns.first { $0.name == origin.column }
    return declared?.nullability.isOptional ?? false
  }
}
