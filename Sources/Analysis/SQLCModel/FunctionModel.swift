// What the application registers with the database, as the configuration declares it.

/// A function that queries call and the application writes.
public struct FunctionModel: Sendable, Hashable, Codable {
  public enum Kind: Sendable, Hashable, Codable { case scalar, aggregate }

  /// When its result is absent.
  public enum Absence: Sendable, Hashable, Codable {
    /// When an argument is; an aggregate's, over no rows.
    case ofArguments
    case always
    case never
  }

  /// As SQL calls it.
  public var name: String
  public var kind: Kind
  /// nil: any number of anything.
  public var arguments: [ValueType]?
  public var result: ValueType
  public var absence: Absence

  public init(name: String, kind: Kind, arguments: [ValueType]?, result: ValueType, absence: Absence) {
    self.name = name
    self.kind = kind
    self.arguments = arguments
    self.result = result
    self.absence = absence
  }
}
