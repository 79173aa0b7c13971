// Types in words that more than one engine has: what a value would be where the same text is run by PostgreSQL.

/// A type of PostgreSQL, by the name that its documentation uses (datatype.html); lengths are left out.
public enum PortableType: String, Sendable, Hashable, CaseIterable {
  case smallint, integer, bigint, numeric, real
  case double = "double precision"
  case text, boolean, bytea, date, time, timestamp
  case timestamptz = "timestamp with time zone"
  case interval, uuid, json, jsonb, array, vector, record
  /// A string literal, a parameter or NULL: it takes the type of its neighbour (typeconv-oper.html).
  case untyped = "unknown"

  public var isInteger: Bool { self == .smallint || self == .integer || self == .bigint }
  public var isNumber: Bool { rank != nil }
  public var isDocument: Bool { self == .json || self == .jsonb }

  /// Types that are compared with each other without a CAST.
  public enum Category: String, Sendable, Hashable {
    case number, text, boolean, moment, document, bytes, untyped, other
  }

  public var category: Category {
    switch self {
    case .smallint, .integer, .bigint, .numeric, .real, .double: .number
    case .text: .text
    case .boolean: .boolean
    case .date, .time, .timestamp, .timestamptz, .interval: .moment
    case .json, .jsonb: .document
    case .bytea: .bytes
    case .untyped: .untyped
    case .uuid, .array, .vector, .record: .other
    }
  }

  /// The wider of two numbers is what they become together (typeconv-oper.html).
  private var rank: Int? {
    switch self {
    case .smallint: 0
    case .integer: 1
    case .bigint: 2
    case .numeric: 3
    case .real: 4
    case .double: 5
    default: nil
    }
  }

  /// What numbers become together.
  public func wider(_ other: PortableType) -> PortableType? {
    guard let rank, let otherRank = other.rank else { return nil }
    return rank < otherRank ? other : self
  }

  /// What PostgreSQL makes of a declared type.
  ///
  /// Nothing where it has no such type, or one of the schema's own.
  public init?(declared: String) {
    let lowercased = declared.lowercased()
    if lowercased.hasSuffix("]") {
      self = .array
      return
    }
    var depth = 0
    let bare = lowercased.filter { character in
      if character == "(" { depth += 1 }
      defer { if character == ")" { depth -= 1 } }
      return depth == 0
    }
    switch bare.split(whereSeparator: \.isWhitespace).joined(separator: " ") {
    case "smallint", "int2", "smallserial": self = .smallint
    case "integer", "int", "int4", "serial": self = .integer
    case "bigint", "int8", "bigserial": self = .bigint
    case "numeric", "decimal": self = .numeric
    case "real", "float4": self = .real
    case "double precision", "float", "float8": self = .double
    case "text", "varchar", "character varying", "char", "character", "citext", "name": self = .text
    case "boolean", "bool": self = .boolean
    case "bytea", "blob": self = .bytea
    case "date": self = .date
    case "time", "time without time zone": self = .time
    case "timestamp", "timestamp without time zone", "datetime": self = .timestamp
    case "timestamptz", "timestamp with time zone": self = .timestamptz
    case "interval": self = .interval
    case "uuid": self = .uuid
    case "json": self = .json
    case "jsonb": self = .jsonb
    case "vector", "halfvec", "sparsevec": self = .vector
    default: return nil
    }
  }
}
