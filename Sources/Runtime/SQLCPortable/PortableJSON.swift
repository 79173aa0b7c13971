// JSON of either engine, decoded when asked.

import SQLCRuntimeKit

/// A JSON document as the database gives it. Equal when the texts are: PostgreSQL's `jsonb` gives a document back in an order and
/// with spaces of its own, so that texts are compared within one engine, and documents by ``decode(_:)``.
public struct PortableJSON: Sendable, Hashable, CustomStringConvertible {
  /// The document.
  public var text: String

  /// A document that is already JSON text; it is not checked here.
  public init(_ text: String) { self.text = text }

  /// Any encodable value, with sorted keys so that equal values give equal texts.
  public init<T: Encodable>(encoding value: T) throws { text = try jsonText(encoding: value) }

  /// The document as a Swift value.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T { try decodedJSON(text, as: type) }

  public var description: String { text }
}

extension PortableJSON: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { text = value }
}

extension PortableJSON: Codable {
  public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
