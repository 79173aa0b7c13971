// JSON kept as the text it is, decoded when asked.

import SQLCRuntimeKit

/// A JSON document as stored. Equal when the texts are.
public struct SQLiteJSON: Sendable, Hashable, CustomStringConvertible {
  /// The document.
  public var text: String

  /// A document that is already JSON text; it is not checked here (SQLite's `json_valid` can).
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

extension SQLiteJSON: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { text = value }
}

extension SQLiteJSON: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension SQLiteJSON: SQLiteDecodable, SQLiteEncodable {
  /// A number is a JSON document too, and a column of NUMERIC affinity (one declared JSON) stores the document `7` as
  /// an
  /// INTEGER.
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    switch value.storageClass {
    case .text: text = try value.text()
    case .integer: text = String(try value.integer())
    case .real: text = String(try value.real())
    case .null, .blob: throw value.mismatch("TEXT with JSON")
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try parameter.text(text) }
}

/// A Codable type stored as JSON text, with sorted keys.
public enum JSONCodec<Value: Codable & Sendable>: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> Value {
    let json = try SQLiteJSON(from: value)
    do { return try json.decode(Value.self) } catch {
      throw .invalidValue(jsonFault(error, decoding: Value.self), value: "\(json.text): \(error)")
    }
  }

  public static func encode(_ value: Value, to parameter: borrowing ValueWriter) throws(ConversionError) {
    let json: SQLiteJSON
    do { json = try SQLiteJSON(encoding: value) } catch {
      throw .invalidValue("\(Value.self) cannot be encoded", value: "\(error)")
    }
    try parameter.text(json.text)
  }
}
