// What is known of a query whether or not it has errors: what editors show.

public import SQLCDiagnostics

/// A query as far as it can be understood. Of a query without errors it says what its `QueryModel` says; of one with errors,
/// what does not depend on the mistake.
public struct QueryInspection: Sendable, Hashable {
  /// Result columns in order, embeds spelled out.
  public var columns: [InspectedValue]
  /// By index: element 0 has index 1.
  public var parameters: [InspectedValue]
  /// Absent where a mistake keeps it from being proven.
  public var rowCount: InspectedRowCount?
  /// Tables, sorted; views and triggers are seen through. Absent where a mistake hides some.
  public var reads: [QualifiedName]?
  public var writes: [QualifiedName]?
  /// Every name in the statement that means something, in the order of the text.
  public var occurrences: [SymbolOccurrence]
  /// Parts of the statement that cannot be read: what is known is of the statement without them.
  public var unread: [SourceRange]

  public init(
    columns: [InspectedValue] = [], parameters: [InspectedValue] = [], rowCount: InspectedRowCount? = nil,
    reads: [QualifiedName]? = nil, writes: [QualifiedName]? = nil, occurrences: [SymbolOccurrence] = [],
    unread: [SourceRange] = []
  ) {
    self.columns = columns
    self.parameters = parameters
    self.rowCount = rowCount
    self.reads = reads
    self.writes = writes
    self.occurrences = occurrences
    self.unread = unread
  }
}

/// How many rows, and why.
public struct InspectedRowCount: Sendable, Hashable {
  public var count: RowCount
  public var reason: String

  public init(_ count: RowCount, because reason: String) {
    self.count = count
    self.reason = reason
  }
}

/// A result column or a parameter.
public struct InspectedValue: Sendable, Hashable {
  public struct Facts: Sendable, Hashable {
    public var type: ValueType
    public var nullability: ModelNullability

    public init(type: ValueType, nullability: ModelNullability) {
      self.type = type
      self.nullability = nullability
    }
  }

  public var name: String
  /// Absent where a mistake hides it.
  public var facts: Facts?
  /// The column of a table that it is, or that it is compared with or stored in.
  public var origin: ColumnReference?
  public var source: SourceRange

  public init(name: String, facts: Facts?, origin: ColumnReference?, source: SourceRange) {
    self.name = name
    self.facts = facts
    self.origin = origin
    self.source = source
  }
}
