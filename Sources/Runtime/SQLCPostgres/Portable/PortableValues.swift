// Types of shared faces, as PostgreSQL keeps them.

public import SQLCPortable

extension PortableJSON: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self.init(try PostgresJSON(from: value).text)
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try PostgresJSON(text).write(to: parameter)
  }
}

extension PortableDay: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let stored = try PostgresDay(from: value)
    guard let day = PortableDay(year: stored.year, month: stored.month, day: stored.day) else {
      throw .invalid("the date is outside of the years 0 to 9999")
    }
    self = day
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let stored = PostgresDay(year: year, month: month, day: day) else {
      throw .invalid("the server has no such date")
    }
    try stored.write(to: parameter)
  }
}

extension PortableDecimal: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard let decimal = PortableDecimal(try PostgresDecimal(from: value).description) else {
      throw .invalid("the numeric is NaN or infinite")
    }
    self = decimal
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let stored = PostgresDecimal(description) else { throw .invalid("the server cannot store the number") }
    try stored.write(to: parameter)
  }
}

/// Any of int2, int4 and int8, as SQLite has them: 64 bits wide. What the parameter's type cannot hold is an error.
public enum PortableIntegerCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Int64 {
    Int64(try Int(from: value))
  }

  public static func encode(_ value: Int64, to parameter: borrowing ValueWriter) throws(ConversionError) {
    try Int(value).write(to: parameter)
  }
}
