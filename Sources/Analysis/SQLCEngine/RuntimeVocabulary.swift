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

  /// The type of a value; nothing for a type that the runtime does not have. Bytes, enumerations, arrays and domains are the
  /// target's own business and never asked for.
  func type(of type: ValueType) -> RuntimeType?

  /// What reads and writes values that an override says are stored in that form; nothing where the runtime has none. That of
  /// `.json` is generic over the type.
  func codec(for form: StoredForm) -> StaticString?
}

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
