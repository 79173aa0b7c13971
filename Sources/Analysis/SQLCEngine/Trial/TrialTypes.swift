// Values of a trial: what the engine keeps, what they are for, and what is claimed of them.

public import SQLCModel

/// A value on its way into or out of a database.
public enum TrialValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
  /// Of another type of the engine's, in the text form in which it reads and writes it.
  case other(type: String, text: String)

  public var isNull: Bool { self == .null }
}

/// What the values of a column are, as far as it decides what values there are.
public enum ValueKind: Sendable, Hashable {
  case integer, real, text, blob, numeric, any, boolean, dateTime, date, time, json, uuid, vector
  /// A type that only the engine knows.
  case other(String)
}

extension ValueKind {
  /// Of values of a type.
  public init(_ type: ValueType) {
    switch type {
    case .integer: self = .integer
    case .real: self = .real
    case .text, .enumeration: self = .text
    case .blob: self = .blob
    case .numeric, .decimal: self = .numeric
    case .any: self = .any
    case .boolean: self = .boolean
    case .timestamp: self = .dateTime
    case .date: self = .date
    case .time: self = .time
    case .json: self = .json
    case .uuid: self = .uuid
    case .vector: self = .vector
    case .domain(_, let base): self.init(base)
    case .composite(let name), .other(let name): self = .other(name.description)
    case .interval: self = .other("interval")
    case .array: self = .other("array")
    case .range: self = .other("range")
    case .multirange: self = .other("multirange")
    }
  }
}

/// How the engine keeps values.
public protocol TrialTypes: Sendable {
  /// A value of a kind that the engine has a form of its own for; nothing: the usual form will do.
  func value(of kind: ValueKind, using random: inout SeededGenerator) -> TrialValue?

  /// A value unlike those of other serial numbers; nothing: the usual form will do.
  func uniqueValue(of kind: ValueKind, serial: Int64, using random: inout SeededGenerator) -> TrialValue?

  /// A value that is a list of others, as a parameter of that type takes it; nothing where there is none.
  func list(of values: [TrialValue], for type: ValueType) -> TrialValue?

  /// What the values of a parameter are.
  func kind(of parameter: ParameterModel) -> ValueKind

  /// Does a column of that kind take the value?
  func fit(of value: TrialValue, in kind: ValueKind) -> ValueFit

  /// What is wrong with a value that is not NULL, when it is claimed to be of a type; nothing when it is.
  ///
  /// - Parameter enumerations: the values of each.
  func problem(
    with value: TrialValue, as type: ValueType, _ enumerations: [EnumerationModel.ID: Set<String>]
  ) -> ValueProblem?

  /// What the value says in words of no engine; nothing where it is none of that type.
  func portable(_ value: TrialValue, as type: ValueType) -> PortableValue?

  /// As the application gives it to a column or parameter of a type; nothing where the engine has no such value.
  ///
  /// - Parameter typeName: the type as the engine spells it.
  func stored(_ value: PortableValue, as type: ValueType, named typeName: String) -> TrialValue?

  /// As a query can say it, to reproduce a run. Long values are cut.
  func literal(of value: TrialValue) -> String

  /// The type that the value itself has: `TEXT`.
  func typeName(of value: TrialValue) -> String
}

extension TrialTypes {
  public func uniqueValue(
    of kind: ValueKind, serial: Int64, using random: inout SeededGenerator
  ) -> TrialValue? { nil }

  public func list(of values: [TrialValue], for type: ValueType) -> TrialValue? { nil }

  public func portable(_ value: TrialValue, as type: ValueType) -> PortableValue? { nil }

  public func stored(_ value: PortableValue, as type: ValueType, named typeName: String) -> TrialValue? { nil }

  public func kind(of parameter: ParameterModel) -> ValueKind { ValueKind(parameter.type) }
}

public enum ValueFit: Sendable, Hashable {
  /// It is one of the column's own.
  case asItIs
  /// It becomes one.
  case converted
  case none
}

/// What is wrong with a value.
public enum ValueProblem: Sendable, Hashable {
  /// A NULL where none can be.
  case null
  /// It is of another type than claimed.
  case type(found: String)
  /// The type is right, and the value is none that it has.
  case form(String)
  /// An integer became a floating-point number because it no longer fits 64 bits.
  case overflow
}
