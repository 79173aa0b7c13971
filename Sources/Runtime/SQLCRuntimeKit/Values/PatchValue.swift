// What a caller says of one column of `sqlc.patch`: left as it is, or set, perhaps to NULL.

/// The change of one column by a query with `sqlc.patch`. Left out differs from NULL: ``unchanged`` is no part of the statement,
/// `.set(nil)` stores NULL.
///
/// As a property of a `Codable` type it reads what JSON says of a partial update (RFC 7396): a key that is absent is
/// ``unchanged``, one that is there sets the value, `null` among them. It is written the same way.
public enum PatchValue<Value> {
  /// The column is not mentioned.
  case unchanged
  /// The column gets this value.
  case set(Value)

  /// Sets a value that is there; nil leaves the column unchanged.
  public init(ifPresent value: Value?) {
    self = if let value { .set(value) } else { .unchanged }
  }

  /// The column is mentioned.
  public var isSet: Bool {
    switch self {
    case .unchanged: false
    case .set: true
    }
  }

  /// The value of another type that is set in place of this one.
  public func map<Other, Failure: Error>(_ transform: (Value) throws(Failure) -> Other) throws(Failure) -> PatchValue<
    Other
  > {
    switch self {
    case .unchanged: .unchanged
    case .set(let value): .set(try transform(value))
    }
  }
}

extension PatchValue: Sendable where Value: Sendable {}
extension PatchValue: Equatable where Value: Equatable {}
extension PatchValue: Hashable where Value: Hashable {}

extension KeyedDecodingContainer {
  /// A key that is absent is ``PatchValue/unchanged``.
  public func decode<Value: Decodable>(_ type: PatchValue<Value>.Type, forKey key: Key) throws -> PatchValue<Value> {
    contains(key) ? .set(try decode(Value.self, forKey: key)) : .unchanged
  }
}

extension KeyedEncodingContainer {
  /// What is ``PatchValue/unchanged`` has no key.
  public mutating func encode<Value: Encodable>(_ value: PatchValue<Value>, forKey key: Key) throws {
    if case .set(let given) = value { try encode(given, forKey: key) }
  }
}

/// Alone, not under a key, a value that is unchanged cannot be told from NULL.
extension PatchValue: Decodable where Value: Decodable {
  public init(from decoder: any Decoder) throws { self = .set(try Value(from: decoder)) }
}

extension PatchValue: Encodable where Value: Encodable {
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .set(let value): try value.encode(to: encoder)
    case .unchanged:
      throw EncodingError.invalidValue(
        self,
        EncodingError.Context(
          codingPath: encoder.codingPath, debugDescription: "what is unchanged can only be left out under a key"))
    }
  }
}
