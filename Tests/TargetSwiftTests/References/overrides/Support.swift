// What the rules of this case name.
public import SQLCRuntime

public nonisolated struct Spec: Codable, Sendable, Hashable { public var name: String }

public nonisolated struct Money: Sendable, Hashable, SQLiteDecodable, SQLiteEncodable {
  public var cents: Int64
  public init(from value: borrowing ValueReader) throws(ConversionError) { cents = try Int64(from: value) }
  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) { try cents.write(to: parameter) }
}
