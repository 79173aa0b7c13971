// Values whose type is only known at run time.

/// A value of any storage class, as SQLite has it.
public enum SQLiteValue: Sendable, Hashable, SQLiteDecodable, SQLiteEncodable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.storageClass {
    case .null: self = .null
    case .integer: self = .integer(try value.integer())
    case .real: self = .real(try value.real())
    case .text: self = .text(try value.text())
    case .blob: self = .blob(try [UInt8](from: value))
    }
  }

  public static var readsNull: Bool { true }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    switch self {
    case .null: try parameter.null()
    case .integer(let value): try parameter.integer(value)
    case .real(let value): try parameter.real(value)
    case .text(let value): try parameter.text(value)
    case .blob(let value): try value.write(to: parameter)
    }
  }
}

/// An INTEGER or a REAL, as the data has it: what arithmetic over both, and a NUMERIC column, give.
public enum SQLiteNumber: Sendable, Hashable, Codable, SQLiteDecodable, SQLiteEncodable {
  case integer(Int64)
  case real(Double)

  /// The nearest Double.
  public var doubleValue: Double {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    }
  }

  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.storageClass {
    case .integer: self = .integer(try value.integer())
    case .real: self = .real(try value.real())
    case .null, .text, .blob: throw value.mismatch("INTEGER or REAL")
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    switch self {
    case .integer(let value): try parameter.integer(value)
    case .real(let value): try parameter.real(value)
    }
  }
}

extension SQLiteNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .real(value) }
}

extension SQLiteValue: Codable, ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .real(value) }
  public init(stringLiteral value: String) { self = .text(value) }
}
