// bytea, and UUIDs.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Data: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) { self.init(try value.bytes(of: 17)) }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(17)
    let buffer = parameter.buffer.takeUnretainedValue()
    withUnsafeBytes { buffer.append($0) }
  }
}

/// Alone a "char", the type of one byte; an array of bytes is a bytea, or an array of "char" where the database has one.
extension UInt8: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) { self = try value.number(18, as: UInt8.self) }
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.number(self, 18) }

  public static func elements(of value: borrowing ValueReader) throws(ConversionError) -> [UInt8] {
    value.isOfArray ? try arrayElements(of: value) : [UInt8](try value.bytes(of: 17))
  }

  public static func write(_ elements: [UInt8], to parameter: borrowing ValueWriter) throws(ConversionError) {
    if parameter.isOfArray { return try writeArray(elements, to: parameter) }
    try parameter.accept(17)
    let buffer = parameter.buffer.takeUnretainedValue()
    elements.withUnsafeBytes { buffer.append($0) }
  }
}

extension UUID: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    let bytes = try value.bytes(of: 2950)
    guard bytes.count == 16 else { throw value.mismatch(2950) }
    self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    try parameter.accept(2950)
    let buffer = parameter.buffer.takeUnretainedValue()
    withUnsafeBytes(of: uuid) { buffer.append($0) }
  }
}
