// Numbers, truth and text.

extension Int64: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.int8() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.int8(self) }
}

extension Int32: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.int4() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.int4(self) }
}

extension Int16: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.int2() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.int2(self) }
}

/// Any of int2, int4 and int8, for columns that are configured to be an Int; a value that the parameter's type cannot hold is
/// an error.
extension Int: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.cell.type {
    case 21: self = Int(try value.int2())
    case 23: self = Int(try value.int4())
    default:
      let stored = try value.int8()
      guard let fitting = Int(exactly: stored) else {
        throw .invalidValue("the value does not fit Int", value: "\(stored)")
      }
      self = fitting
    }
  }

  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    switch parameter.type {
    case 21:
      guard let fitting = Int16(exactly: self) else { throw tooLarge("int2") }
      try parameter.int2(fitting)
    case 23:
      guard let fitting = Int32(exactly: self) else { throw tooLarge("int4") }
      try parameter.int4(fitting)
    default: try parameter.int8(Int64(self))
    }
  }

  @usableFromInline
  func tooLarge(_ type: String) -> ConversionError {
    .invalidValue("the value does not fit \(type)", value: "\(self)")
  }
}

/// An oid.
extension UInt32: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self = try value.number(26, as: UInt32.self)
  }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.number(self, 26) }
}

extension Double: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.float8() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.float8(self) }
}

extension Bool: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.bool() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.bool(self) }
}

extension String: PostgresDecodable, PostgresEncodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.text() }
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(self) }
}
