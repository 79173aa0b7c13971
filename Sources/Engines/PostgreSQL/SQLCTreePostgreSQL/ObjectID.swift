/// The number of an object in PostgreSQL's catalogs (`oid`): a table, a type, a function, an operator, a collation.
public struct ObjectID: RawRepresentable, Sendable, Hashable, Comparable, ExpressibleByIntegerLiteral,
  CustomStringConvertible
{
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public init(integerLiteral value: UInt32) { rawValue = value }

  /// `InvalidOid`: no object.
  public static let none: ObjectID = 0

  public var description: String { String(rawValue) }
  public static func < (a: ObjectID, b: ObjectID) -> Bool { a.rawValue < b.rawValue }
}
