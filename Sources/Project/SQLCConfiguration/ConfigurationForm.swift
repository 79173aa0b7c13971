// What form the values of a configuration have: for the reader, for editors, and for the JSON schema.

public import SQLCEngine

/// The form of a value.
public indirect enum ConfigurationForm: Sendable, Hashable {
  /// A text; a number is one too.
  case text
  /// `true` or `false`.
  case flag
  case number(ClosedRange<Int>)
  /// One of these texts; `true` and `false` may be among them.
  case choice([String])
  /// A text, often one of these.
  case suggestion([String])
  /// The name of a diagnostic, or of a rule of `vet`.
  case rule
  case list(ConfigurationForm, minimum: Int = 0)
  /// A value, or a list of them.
  case oneOrMore(ConfigurationForm, minimum: Int = 0)
  /// A mapping whose keys are the user's.
  case names(of: ConfigurationForm, ConfigurationForm)
  case mapping(ConfigurationMapping)
  case either(ConfigurationForm, ConfigurationForm)

  static func choice<Choice: RawRepresentable & CaseIterable>(of: Choice.Type) -> ConfigurationForm
  where Choice.RawValue == String {
    .choice(Choice.allCases.map(\.rawValue))
  }
}

/// A mapping whose keys are known.
public struct ConfigurationMapping: Sendable, Hashable {
  public var keys: [ConfigurationKey]
  /// Keys of which exactly one must be there.
  public var alternatives: [String]

  init(_ keys: [ConfigurationKey], alternatives: [String] = []) {
    self.keys = keys
    self.alternatives = alternatives
  }

  public subscript(name: String) -> ConfigurationKey? { keys.first { $0.name == name } }

  var names: [String] { keys.map(\.name) }
}

/// A key of a mapping.
public struct ConfigurationKey: Sendable, Hashable {
  public enum Presence: Sendable, Hashable { case required, optional }

  public var name: String
  public var form: ConfigurationForm
  /// What it says, in words that can stand alone.
  public var summary: String
  public var presence: Presence
  /// What holds without it, as it would be written.
  public var standard: String?
  /// The only engine whose blocks may have it.
  public var engine: EngineName?

  init(
    _ name: String, _ form: ConfigurationForm, _ summary: String, _ presence: Presence = .optional,
    standard: String? = nil, only engine: EngineName? = nil
  ) {
    self.name = name
    self.form = form
    self.summary = summary
    self.presence = presence
    self.standard = standard
    self.engine = engine
  }
}

extension ConfigurationForm {
  /// What a path of keys and places leads to.
  public func form(at path: [ConfigurationStep]) -> ConfigurationForm? {
    guard let first = path.first else { return self }
    let rest = Array(path.dropFirst())
    return switch (self, first) {
    case (.mapping(let mapping), .key(let name)): mapping[name]?.form.form(at: rest)
    case (.names(_, let form), .key), (.list(let form, _), .item), (.oneOrMore(let form, _), .item):
      form.form(at: rest)
    case (.either(let first, let second), _): first.form(at: path) ?? second.form(at: path)
    default: nil
    }
  }

  /// The key that a path ends with.
  public func key(at path: [ConfigurationStep]) -> ConfigurationKey? {
    guard case .key(let name)? = path.last, let owner = form(at: path.dropLast()) else { return nil }
    return owner.mappings.compactMap { $0[name] }.first
  }

  /// The mappings that the value can be.
  public var mappings: [ConfigurationMapping] {
    switch self {
    case .mapping(let mapping): [mapping]
    case .either(let first, let second): first.mappings + second.mappings
    case .text, .flag, .number, .choice, .suggestion, .rule, .list, .oneOrMore, .names: []
    }
  }
}

/// A step from a value into it.
public enum ConfigurationStep: Sendable, Hashable {
  case key(String)
  /// Counted from 0.
  case item(Int)
}
