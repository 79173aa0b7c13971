// The two protocols of a type that columns can hold.

/// A type that can be read from one column.
///
/// ```swift
/// struct Money: PostgresDecodable, PostgresEncodable {
///   var cents: Int64
///   init(from value: borrowing ValueReader) throws(ConversionError) { cents = try value.int8() }
///   func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.int8(cents) }
/// }
/// ```
public protocol PostgresDecodable: Sendable {
  init(from value: borrowing ValueReader) throws(ConversionError)
  /// How an array of it is read: the elements of an array type, unless it says otherwise (bytes, vectors).
  static func elements(of value: borrowing ValueReader) throws(ConversionError) -> [Self]
}

/// A type that can be a parameter.
///
/// It may be written on any thread: what a task wants to send that waits for a connection is sent by whoever gives one back.
public protocol PostgresEncodable: Sendable {
  func write(to parameter: borrowing ValueWriter) throws(ConversionError)
  /// How an array of it is written.
  static func write(_ elements: [Self], to parameter: borrowing ValueWriter) throws(ConversionError)
}

/// Another way to store a type than its own: a structure as JSON.
public protocol ColumnCodec {
  associatedtype Value: Sendable
  static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Value
  static func encode(_ value: Value, to parameter: borrowing ValueWriter) throws(ConversionError)
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    self = value.isNull ? nil : try Wrapped(from: value)
  }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    if let self { try self.write(to: parameter) } else { parameter.null() }
  }
}

/// An enumeration (or a wrapper) stored as its raw value. A stored value that is none of its cases is a decoding error.
public protocol PostgresRawRepresentable: RawRepresentable, PostgresDecodable, PostgresEncodable
where RawValue: PostgresDecodable & PostgresEncodable {}

extension PostgresRawRepresentable {
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

/// An enum type of the database. A label that is none of its cases, such as one that was added later, is a decoding error
/// that names it: labels are the schema's words, not anybody's data.
public protocol PostgresEnumeration: PostgresRawRepresentable where RawValue == String {
  static var postgresType: PostgresType { get }
}

extension PostgresEnumeration {
  @inlinable
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let label = try value.label(of: Self.postgresType)
    guard let known = Self(rawValue: label) else { throw .invalid("'\(label)' is no label of \(Self.self)") }
    self = known
  }

  @inlinable
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.label(rawValue, of: Self.postgresType)
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
