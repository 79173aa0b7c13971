public import SQLCDiagnostics

// What values are to those who use them, in words that belong to no engine. An engine says beside each type how it spells it
// (`typeName` of columns and parameters).

/// What a value is. Nullability is a dimension of its own and never part of a type, but of an array's elements.
///
/// | type | SQLite | PostgreSQL |
/// |---|---|---|
/// | `integer` | INTEGER is 64 bits wide | `smallint`, `integer`, `bigint` |
/// | `real` | REAL is double | `real`, `double precision` |
/// | `numeric` | integer or real, as the data has it | – |
/// | `decimal` | DECIMAL, NUMERIC | `numeric` |
/// | `timestamp` | DATETIME and its like are instants | `timestamptz` is an instant, `timestamp` is not |
/// | `enumeration` | TEXT whose CHECK lists its values | an enum type |
/// | `other` | – | `inet`, `tsvector`, … |
public indirect enum ValueType: Sendable, Hashable, Codable {
  case integer(IntegerWidth)
  case real(RealWidth)
  /// Integer or real, as the data has it.
  case numeric
  /// A decimal number of any precision.
  case decimal
  case text, blob, boolean, uuid, date, interval
  /// Only known at run time.
  case any
  case timestamp(TimeZoneUse)
  /// A time of day.
  case time(TimeZoneUse)
  case json(JSONForm)
  case vector(dimensions: Int?)
  /// Restricted to the values of that enumeration.
  case enumeration(EnumerationModel.ID)
  case composite(QualifiedName)
  /// Of any number of elements, in one dimension unless the engine says more.
  case array(of: ValueType, ElementNullability)
  case range(of: ValueType)
  case multirange(of: ValueType)
  /// A type of its own name whose values are those of another.
  case domain(QualifiedName, of: ValueType)
  /// A type that only its engine and the runtime for it know.
  case other(QualifiedName)

  /// Without the names of domains around it.
  public var withoutDomains: ValueType {
    if case .domain(_, let base) = self { return base.withoutDomains }
    return self
  }

  /// Arrays, those behind domains too, whose elements are never NULL.
  public var withoutNullElements: ValueType {
    switch self {
    case .array(let element, _): .array(of: element.withoutNullElements, .never)
    case .domain(let name, let base): .domain(name, of: base.withoutNullElements)
    default: self
    }
  }

  /// The types of the schema that it is, or is made of.
  public var named: [ValueType] {
    switch self {
    case .enumeration, .composite: [self]
    case .array(let element, _): element.named
    case .range(let bound), .multirange(let bound): bound.named
    case .domain(_, let base): base.named
    case .integer, .real, .numeric, .decimal, .text, .blob, .boolean, .uuid, .date, .interval, .any, .timestamp, .time,
      .json, .vector, .other:
      []
    }
  }

  /// The composite types among them.
  public var composites: [QualifiedName] {
    named.compactMap { if case .composite(let name) = $0 { name } else { nil } }
  }
}

public enum IntegerWidth: Int, Sendable, Hashable, Codable, CaseIterable {
  case bits16 = 16
  case bits32 = 32
  case bits64 = 64
}

public enum RealWidth: Int, Sendable, Hashable, Codable, CaseIterable {
  case single = 32
  case double = 64
}

/// Does a time stand in a zone? A timestamp with one is an instant.
public enum TimeZoneUse: Sendable, Hashable, Codable, CaseIterable {
  case withTimeZone, withoutTimeZone
}

/// How JSON is kept: as it was written, or in an order of the engine's own.
public enum JSONForm: Sendable, Hashable, Codable, CaseIterable {
  case text, binary
}

/// Can an element of an array be NULL?
public enum ElementNullability: Sendable, Hashable, Codable, CaseIterable {
  case never, possible
}

/// Values of text that are all listed.
public struct EnumerationModel: Sendable, Hashable, Codable {
  /// What lists them.
  public enum ID: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// A column's constraint.
    case column(ColumnReference)
    /// A type of the schema.
    case type(QualifiedName)

    /// `agents.state`, `state`
    public var description: String {
      switch self {
      case .column(let column): column.description
      case .type(let name): name.description
      }
    }

    public static func < (a: ID, b: ID) -> Bool {
      switch (a, b) {
      case (.column(let a), .column(let b)): a < b
      case (.type(let a), .type(let b)): a < b
      case (.column, .type): true
      case (.type, .column): false
      }
    }
  }

  public var id: ID
  /// A type of the schema as the engine spells it; empty for a column's constraint.
  public var typeName: String
  /// In the order in which they are listed.
  public var values: [String]
  public var documentation: [String]
  /// Where they are listed.
  public var source: SourceRange?

  public init(
    id: ID, typeName: String = "", values: [String], documentation: [String] = [], source: SourceRange? = nil
  ) {
    self.id = id
    self.typeName = typeName
    self.values = values
    self.documentation = documentation
    self.source = source
  }
}

/// A type of the schema that is a row of fields.
public struct CompositeModel: Sendable, Hashable, Codable {
  public var name: QualifiedName
  /// As the engine spells it.
  public var typeName: String
  public var fields: [TableModel.Column]
  public var documentation: [String]
  public var source: SourceRange?

  public init(
    name: QualifiedName, typeName: String, fields: [TableModel.Column], documentation: [String] = [],
    source: SourceRange? = nil
  ) {
    self.name = name
    self.typeName = typeName
    self.fields = fields
    self.documentation = documentation
    self.source = source
  }
}
