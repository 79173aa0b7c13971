public import SQLCDiagnostics

/// The storage classes a value can have when it is not NULL (SQLite, datatype3.html §2). Empty: it is always NULL.
public struct StorageClasses: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let integer = StorageClasses(rawValue: 1)
  public static let real = StorageClasses(rawValue: 2)
  public static let text = StorageClasses(rawValue: 4)
  public static let blob = StorageClasses(rawValue: 8)
  public static let numeric: StorageClasses = [.integer, .real]
  public static let any: StorageClasses = [.integer, .real, .text, .blob]
}

/// The five column affinities (SQLite, datatype3.html §3.1). An expression that is no column has none.
public enum Affinity: Sendable, Hashable, CaseIterable {
  case integer, real, text, blob, numeric
}

/// What a value means, over and above how it is stored. Kept where the value is passed through unchanged; lost in
/// arithmetic and concatenation.
public enum LogicalType: Sendable, Hashable {
  case boolean, dateTime, date, time, json, uuid, decimal
  case vector(dimensions: Int?)
  /// A column whose CHECK lists its values. Stored as TEXT.
  case enumeration(EnumerationID)
}

/// The column whose CHECK constraint defines an enumeration.
public struct EnumerationID: Sendable, Hashable {
  public var table: String
  public var column: String
  public init(table: String, column: String) {
    self.table = table
    self.column = column
  }
}

/// Can it be NULL, and if so, why.
public enum Nullability: Sendable, Hashable {
  case never
  case maybe(NullReason)

  public var canBeNull: Bool {
    switch self {
    case .never: false
    case .maybe: true
    }
  }
}

/// Why a value can be NULL. Rendered to words at the edge (`text` has no position in it; `range` has).
public struct NullReason: Sendable, Hashable {
  public enum Cause: Sendable, Hashable {
    /// Column declared without NOT NULL: table, column.
    case nullableColumn(String, String)
    /// The source of that name is on the nullable side of an outer join written so (`LEFT JOIN`).
    case outerJoin(source: String, join: String)
    case scalarSubqueryMayBeEmpty
    /// Aggregate of that name over what may be no rows.
    case aggregateOverNoRows(String)
    /// A bare column beside an aggregate without GROUP BY.
    case bareColumnOverNoRows
    case divisionByZero
    case caseWithoutElse
    case literalNull
    case parameter(String)
    /// A function of that name yields NULL for some arguments.
    case function(String)
    case emptyFrame
    /// An operand is NULL, for the reason given there.
    case other(String)
  }

  public var cause: Cause
  /// In the query's file; absent when the cause lies in the schema.
  public var range: ByteRange?

  public init(_ cause: Cause, at range: ByteRange?) {
    self.cause = cause
    self.range = range
  }
}

/// What is known of a value: storage, meaning and nullability are separate dimensions.
public struct TypeFacts: Sendable, Hashable {
  public var storage: StorageClasses
  public var logical: LogicalType?
  public var nullability: Nullability
  /// Set after an error, so that one mistake gives one message. Never reaches the model.
  public var isUnknown: Bool

  public init(
    _ storage: StorageClasses, logical: LogicalType? = nil, _ nullability: Nullability, isUnknown: Bool = false
  ) {
    self.storage = storage
    self.logical = logical
    self.nullability = nullability
    self.isUnknown = isUnknown
  }

  /// Poison.
  public static let unknown = TypeFacts(.any, .never, isUnknown: true)
}
