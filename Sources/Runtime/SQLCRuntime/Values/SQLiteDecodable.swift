// The two protocols of a type that columns can hold.

/// A type that can be read from one column.
///
/// ```swift
/// struct Money: SQLiteDecodable, SQLiteEncodable {
///   var cents: Int64
///   init(from value: borrowing ValueReader) throws(ConversionError) { cents = try value.integer() }
///   func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.integer(cents) }
/// }
/// ```
public protocol SQLiteDecodable: Sendable {
  init(from value: borrowing ValueReader) throws(ConversionError)
  /// Is NULL one of the values that the type reads? A function written in Swift is not called with NULL for an argument
  /// whose type does not. False unless the type says so.
  static var readsNull: Bool { get }
}

extension SQLiteDecodable {
  @inlinable public static var readsNull: Bool { false }
}

/// A type that can be stored in one column.
public protocol SQLiteEncodable: Sendable {
  func write(to parameter: borrowing ValueWriter) throws(ConversionError)
}

/// Another way to store a type than its own: a date as a number, a structure as JSON.
public protocol ColumnCodec {
  associatedtype Value: Sendable
  static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Value
  static func encode(_ value: Value, to parameter: borrowing ValueWriter) throws(ConversionError)
}

extension Optional: SQLiteDecodable where Wrapped: SQLiteDecodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self = value.isNull ? nil : try Wrapped(from: value)
  }

  @inlinable public static var readsNull: Bool { true }
}

extension Optional: SQLiteEncodable where Wrapped: SQLiteEncodable {
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    if let self { try self.write(to: parameter) } else { try parameter.null() }
  }
}

/// An enumeration (or a wrapper) stored as its raw value. A stored value that is none of its cases is a decoding error.
public protocol SQLiteRawRepresentable: RawRepresentable, SQLiteDecodable, SQLiteEncodable
where RawValue: SQLiteDecodable & SQLiteEncodable {}

extension SQLiteRawRepresentable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let raw = try RawValue(from: value)
    guard let known = Self(rawValue: raw) else { throw unknownRawValue(raw, of: Self.self) }
    self = known
  }

  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try rawValue.write(to: parameter)
  }
}

/// A type that stands for a raw value, stored as a codec stores that.
public enum RawValueCodec<Value: RawRepresentable & Sendable, Raw: ColumnCodec>: ColumnCodec
where Raw.Value == Value.RawValue {
  @inlinable
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Value {
    let raw = try Raw.decode(value)
    guard let known = Value(rawValue: raw) else { throw unknownRawValue(raw, of: Value.self) }
    return known
  }

  @inlinable
  public static func encode(_ value: Value, to parameter: borrowing ValueWriter) throws(ConversionError) {
    try Raw.encode(value.rawValue, to: parameter)
  }
}

@usableFromInline
func unknownRawValue<Raw, T>(_ raw: Raw, of type: T.Type) -> ConversionError {
  .invalidValue("the value is no \(type)", value: "\(raw)")
}
