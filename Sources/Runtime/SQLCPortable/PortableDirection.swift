/// Which way a chosen order goes.
public enum PortableDirection: String, Sendable, Hashable, CaseIterable, Codable {
  case ascending, descending

  /// The other way.
  public var reversed: PortableDirection { self == .ascending ? .descending : .ascending }

  /// The one of two numbers that is meant.
  public func bit(_ ascending: UInt64, _ descending: UInt64) -> UInt64 { self == .ascending ? ascending : descending }
}
