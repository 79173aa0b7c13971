// What generated Swift says of the runtime that it runs on. Names are `StaticString`s: they become code, and no text from
// outside can be among them.

public import SQLCModel

/// The words of one runtime, for the Swift target, which knows none of them.
public protocol RuntimeVocabulary: Sendable {
  /// What users call the engine: `SQLite`.
  var engine: String { get }
  /// What generated files import.
  var module: StaticString { get }
  /// Every public type of the module: whoever uses generated code imports it beside, so that generated types get other names.
  var publicTypes: Set<String> { get }
  /// Those that generated code mentions on account of this vocabulary, the module among them; not even `rename` may take them.
  var mentionedNames: Set<String> { get }
  /// What an enumeration of texts conforms to, beside what the language has for it.
  var enumerationProtocol: StaticString { get }
  /// A value of any type.
  var anyValue: StaticString { get }
  var placeholders: PlaceholderStyle { get }
  /// How statements are run in a transaction.
  var transactions: TransactionStyle { get }
  /// The kind of query that `:execresult` is where it gives no key of a row.
  var resultWithoutRowID: StaticString { get }
  /// What a statement's definition says of its parameters.
  var parameterFacts: ParameterFacts { get }
  /// How the configuration's rules for types find values that come from no column.
  var valueTypes: ValueTypeRules { get }
  /// A type's name, lengths included, as the engine spells it itself: `int4` is `integer`.
  func canonicalTypeName(_ name: String) -> String
  /// The same without lengths: `varchar(36)` is `varchar`.
  func typeNameWithoutLength(_ name: String) -> String
  /// The same as messages list it.
  func shownTypeName(_ name: String) -> String
  /// What the struct of a composite type conforms to; nothing where the engine has no such types.
  var compositeProtocol: StaticString? { get }
  /// What an enumeration that is a type of the schema conforms to; nothing where the engine has no such types.
  var enumerationTypeProtocol: StaticString? { get }
  /// The static property by which a generated type says which type of the schema it is, and that property's type.
  var typeProperty: StaticString { get }
  var typeReferenceType: StaticString { get }

  /// The type of a value; nothing for a type that the runtime does not have. Bytes, enumerations, arrays, domains and
  /// composites are the target's own business and never asked for.
  func type(of type: ValueType) -> RuntimeType?

  /// The type of a value in a face that several engines share, and the codec by which this runtime keeps it; nothing for what
  /// other engines have no like of.
  func portableType(of type: ValueType) -> RuntimeType?

  /// The type of the direction of a chosen order.
  var sortDirection: StaticString { get }

  /// Are queries run in another module than that of their structs?
  var runsElsewhere: Bool { get }

  /// A generic type over that of the bounds; nothing for what the runtime does not have.
  func rangeType(of form: RangeForm) -> RuntimeType?

  /// How a definition names a type, which the engine spells so.
  func reference(to type: ValueType, spelled name: String) -> TypeReference

  /// What reads and writes values that an override says are stored in that form; nothing where the runtime has none. That of
  /// `.json` is generic over the type.
  func codec(for form: StoredForm) -> StaticString?
}

extension RuntimeVocabulary {
  public var transactions: TransactionStyle { .synchronous }
  public var resultWithoutRowID: StaticString { "ExecResultWithoutIDQuery" }
  public var parameterFacts: ParameterFacts { .count }
  public var valueTypes: ValueTypeRules { .byMeaning }
  public func canonicalTypeName(_ name: String) -> String { name }
  public func typeNameWithoutLength(_ name: String) -> String {
    name.prefix { $0 != "(" }.lowercased().split { $0.isWhitespace }.joined(separator: " ")
  }
  public func shownTypeName(_ name: String) -> String { typeNameWithoutLength(name).uppercased() }
  public var compositeProtocol: StaticString? { nil }
  public var enumerationTypeProtocol: StaticString? { nil }
  public var typeProperty: StaticString { "databaseType" }
  public var typeReferenceType: StaticString { "String" }
  public func portableType(of type: ValueType) -> RuntimeType? { nil }
  public var sortDirection: StaticString { "SortDirection" }
  public var runsElsewhere: Bool { false }
  public func rangeType(of form: RangeForm) -> RuntimeType? { nil }
  public func reference(to type: ValueType, spelled name: String) -> TypeReference { .name(name) }
}

/// How generated code runs statements in a transaction.
public enum TransactionStyle: Sendable, Hashable {
  /// In a closure that awaits nothing and borrows its handle: a lock is held while it runs.
  case synchronous
  /// In a closure that awaits each statement; its handle can be copied. Its isolation and number of attempts can be chosen.
  case asynchronous
}

/// How a rule for a type finds a value that is computed.
public enum ValueTypeRules: Sendable, Hashable {
  /// By what the type's name means: such a value has no declared type.
  case byMeaning
  /// By the name of its type: every value has one.
  case byName
}

/// What a statement's definition says of its parameters.
public enum ParameterFacts: Sendable, Hashable {
  /// How many there are.
  case count
  /// The type of each.
  case types
}

/// A type of the engine's, as a definition names it.
public enum TypeReference: Sendable, Hashable {
  /// By a number that is the same in every database.
  case number(UInt32)
  case name(String)
}

public enum RangeForm: Sendable, Hashable, CaseIterable { case range, multirange }

/// A Swift type of values.
public struct RuntimeType: Sendable {
  /// What a file must import for it.
  public enum Home: Sendable, Hashable { case standardLibrary, foundation, runtime }

  public var name: StaticString
  public var home: Home
  /// What reads and writes it, where the type's own way is not the stored one.
  public var codec: StaticString?

  public init(_ name: StaticString, _ home: Home = .standardLibrary, codec: StaticString? = nil) {
    self.name = name
    self.home = home
    self.codec = codec
  }
}

/// Forms in which an override can say that values are stored.
public enum StoredForm: String, Sendable, Hashable, CaseIterable {
  case json
  case unixSeconds = "unix_seconds"
  case unixMilliseconds = "unix_milliseconds"
  case julianDay = "julian_day"
  case uuidBlob = "uuid_blob"
}
