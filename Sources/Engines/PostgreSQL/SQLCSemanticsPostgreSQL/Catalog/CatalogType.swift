public import SQLCTreePostgreSQL

/// A row of `pg_type`.
public struct CatalogType: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case base
    /// In their order.
    case enumeration(labels: [String])
    case domain(base: ObjectID, typeModifier: Int32, notNull: DomainNotNull)
    /// Of that relation: a table's row type, or a type of its own.
    case composite(relation: ObjectID)
    case range(element: ObjectID)
    case multirange(range: ObjectID)
    case pseudo
  }
  public enum DomainNotNull: Sendable, Hashable { case absent, declared }

  public var schema: String
  public var name: String
  public var kind: Kind
  /// `typelem`, for arrays only (`typcategory` A): that of its elements.
  public var element: ObjectID?
  /// `typarray`.
  public var array: ObjectID?
  public var comment: String?
  /// The extension that it belongs to.
  public var `extension`: String?
  public init(
    schema: String, name: String, kind: Kind = .base, element: ObjectID? = nil, array: ObjectID? = nil,
    comment: String? = nil, extension: String? = nil
  ) {
    self.schema = schema
    self.name = name
    self.kind = kind
    self.element = element
    self.array = array
    self.comment = comment
    self.extension = `extension`
  }
}

/// A row of `pg_proc`.
public struct CatalogFunction: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case function = "f"
    case procedure = "p"
    case aggregate = "a"
    case window = "w"
  }
  public enum Volatility: String, Sendable, Hashable, CaseIterable {
    case immutable = "i"
    case stable = "s"
    case volatile = "v"
  }
  /// `proisstrict`.
  public enum NullInput: Sendable, Hashable {
    /// Strict: NULL for any NULL argument, without a call.
    case returnsNull
    case isCalled
  }
  public enum Result: Sendable, Hashable { case value, set }

  public var schema: String
  public var name: String
  public var kind: Kind
  /// `proargtypes`: the arguments that a call gives.
  public var argumentTypes: [ObjectID]
  /// Their names, as many as `argumentTypes`, or none.
  public var argumentNames: [String?]
  public var nullInput: NullInput
  public var volatility: Volatility
  public var result: Result
  public var resultType: ObjectID
  /// `sql`, `plpgsql`, `internal`, `c`.
  public var language: String
  /// `prosqlbody` (`BEGIN ATOMIC`, `RETURN`).
  public var body: NodeText?
  /// The extension that it belongs to.
  public var `extension`: String?

  public init(
    schema: String, name: String, kind: Kind = .function, argumentTypes: [ObjectID], argumentNames: [String?] = [],
    nullInput: NullInput, volatility: Volatility, result: Result = .value, resultType: ObjectID, language: String,
    body: NodeText? = nil, extension: String? = nil
  ) {
    self.schema = schema
    self.name = name
    self.kind = kind
    self.argumentTypes = argumentTypes
    self.argumentNames = argumentNames
    self.nullInput = nullInput
    self.volatility = volatility
    self.result = result
    self.resultType = resultType
    self.language = language
    self.body = body
    self.extension = `extension`
  }
}
