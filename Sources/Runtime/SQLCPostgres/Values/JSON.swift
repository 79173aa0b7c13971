// JSON kept as the text it is, decoded when asked.

import SQLCRuntimeKit

/// A document of type json or jsonb, as the server gives it. Equal when the texts are.
public struct PostgresJSON: Sendable, Hashable, CustomStringConvertible {
  /// The document.
  public var text: String

  /// A document that is already JSON text; the server checks it.
  public init(_ text: String) { self.text = text }

  /// Any encodable value, with sorted keys so that equal values give equal texts.
  public init<T: Encodable>(encoding value: T) throws {
    text = try jsonText(encoding: value)
  }

  /// The document as a Swift value.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    try decodedJSON(text, as: type)
  }

  public var description: String { text }
}

extension PostgresJSON: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { text = value }
}

extension PostgresJSON: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension PostgresJSON: PostgresDecodable, PostgresEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    var bytes = try value.bytes(of: 3802, 114)
    if value.cell.type == 3802 {
      // jsonb.c, `jsonb_send`: a version, which is 1, and the text.
      guard bytes.first == 1 else { throw .invalid("the jsonb's version is another than 1") }
      bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    }
    text = try value.validated(bytes.bindMemory(to: UInt8.self))
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    if parameter.type != 114 {
      try parameter.accept(3802)
      parameter.append(1 as UInt8)
    }
    try parameter.append(text: text)
  }
}

/// A Codable type stored as JSON, with sorted keys.
public enum JSONCodec<Value: Codable & Sendable>: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Value {
    let json = try PostgresJSON(from: value)
    do { return try json.decode(Value.self) } catch {
      throw .invalidValue(jsonFault(error, decoding: Value.self), value: "\(json.text): \(error)")
    }
  }

  public static func encode(_ value: Value, to parameter: borrowing ValueWriter) throws(ConversionError) {
    let json: PostgresJSON
    do { json = try PostgresJSON(encoding: value) } catch {
      throw .invalidValue("\(Value.self) cannot be encoded", value: "\(error)")
    }
    try json.write(to: parameter)
  }
}
