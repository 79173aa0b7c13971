// Types of shared faces, as SQLite keeps them.

public import SQLCPortable

extension PortableJSON: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self.init(try SQLiteJSON(from: value).text)
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(text) }
}

extension PortableDay: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let stored = try SQLiteDay(from: value)
    guard let day = PortableDay(year: stored.year, month: stored.month, day: stored.day) else {
      throw .invalid("the value is no day")
    }
    self = day
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(description) }
}

extension PortableDecimal: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard let decimal = PortableDecimal(try SQLiteDecimal(from: value).description) else {
      throw .invalid("the value is no decimal number")
    }
    self = decimal
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    guard let stored = SQLiteDecimal(description) else {
      throw .invalid("SQLite keeps 15 significant digits of a decimal number; store TEXT for more")
    }
    try stored.write(to: parameter)
  }
}
