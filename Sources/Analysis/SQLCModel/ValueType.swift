public import SQLCDiagnostics

/// What a value is, to those who use it. Nullability is a dimension of its own and never part of a type.
public enum ValueType: Sendable, Hashable {
  case integer, real, text, blob
  /// Integer or real, as the data has it.
  case numeric
  /// Only known at run time.
  case any
  case boolean, dateTime, date, json, uuid, decimal
  /// A time of day: text, where a text that looks like a number may have become one.
  case time
  case vector(dimensions: Int?)
  /// Text restricted to the values of that enumeration.
  case enumeration(EnumerationModel.ID)
}

/// A column whose constraint lists its values.
public struct EnumerationModel: Sendable, Hashable {
  public struct ID: Sendable, Hashable, Comparable {
    public var table: String
    public var column: String
    public init(table: String, column: String) {
      self.table = table
      self.column = column
    }
    public static func < (a: ID, b: ID) -> Bool { (a.table, a.column) < (b.table, b.column) }
  }
  public var id: ID
  /// In the order of the constraint.
  public var values: [String]
  public init(id: ID, values: [String]) {
    self.id = id
    self.values = values
  }
}

/// Can a value be absent, and why, in words ("`t` is on the right of the LEFT JOIN"), and where that is written.
public enum ModelNullability: Sendable, Hashable {
  case never
  case optional(reason: String, at: ReasonPlace? = nil)

  public var isOptional: Bool {
    switch self {
    case .never: false
    case .optional: true
    }
  }
}

/// Where the cause of a NULL is written.
public struct ReasonPlace: Sendable, Hashable {
  public var source: SourceRange
  /// 1-based line and column inside the query's own statement, so that text above it changes nothing; nil when the cause
  /// lies in another file.
  public var line: Int?
  public var column: Int?
  public init(source: SourceRange, line: Int? = nil, column: Int? = nil) {
    self.source = source
    self.line = line
    self.column = column
  }
}

/// A column of a table, by name.
public struct ColumnReference: Sendable, Hashable {
  public var table: String
  public var column: String
  public init(table: String, column: String) {
    self.table = table
    self.column = column
  }
}
