// Numbers, truth and text.

extension Int64: SQLiteDecodable, SQLiteEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.integer() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.integer(self) }
}

/// Integers of other widths; a value outside the type's range is an error in either direction.
public protocol SQLiteFixedWidthInteger: FixedWidthInteger, SQLiteDecodable, SQLiteEncodable {}

extension SQLiteFixedWidthInteger {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let stored = try value.integer()
    guard let fitting = Self(exactly: stored) else {
      throw .invalidValue("the value does not fit \(Self.self)", value: "\(stored)")
    }
    self = fitting
  }

  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let fitting = Int64(exactly: self) else {
      throw .invalid("the value is larger than SQLite's integers")
    }
    try parameter.integer(fitting)
  }
}

extension Int: SQLiteFixedWidthInteger {}
extension Int32: SQLiteFixedWidthInteger {}
extension Int16: SQLiteFixedWidthInteger {}
extension Int8: SQLiteFixedWidthInteger {}
extension UInt: SQLiteFixedWidthInteger {}
extension UInt64: SQLiteFixedWidthInteger {}
extension UInt32: SQLiteFixedWidthInteger {}
extension UInt16: SQLiteFixedWidthInteger {}
extension UInt8: SQLiteFixedWidthInteger {}

extension Double: SQLiteDecodable, SQLiteEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.real() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.real(self) }
}

/// Stored as a Double, which holds every Float; read by rounding to the nearest Float.
extension Float: SQLiteDecodable, SQLiteEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let stored = try value.real()
    let rounded = Float(stored)
    guard rounded.isFinite || !stored.isFinite else {
      throw .invalidValue("the value does not fit Float", value: "\(stored)")
    }
    self = rounded
  }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.real(Double(self)) }
}

/// INTEGER 0 or 1, as SQLite's own TRUE and FALSE are (datatype3.html §2.1); nothing else.
extension Bool: SQLiteDecodable, SQLiteEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch try value.integer() {
    case 0: self = false
    case 1: self = true
    case let stored: throw .invalidValue("the value is neither 0 nor 1", value: "\(stored)")
    }
  }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.integer(self ? 1 : 0)
  }
}

extension String: SQLiteDecodable, SQLiteEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.text() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(self) }
}
