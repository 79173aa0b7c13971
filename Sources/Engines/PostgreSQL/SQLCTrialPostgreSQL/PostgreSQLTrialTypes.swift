// Values of PostgreSQL's types, in the form in which it reads and prints them.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

struct PostgreSQLTrialTypes: TrialTypes {
  let definitions: TypeDefinitions

  init(_ definitions: TypeDefinitions = TypeDefinitions()) { self.definitions = definitions }

  func value(of kind: ValueKind, using random: inout SeededGenerator) -> TrialValue? {
    typeName(of: kind).map { SampleValues(definitions).value(of: $0, using: &random) }
  }

  func uniqueValue(of kind: ValueKind, serial: Int64, using random: inout SeededGenerator) -> TrialValue? {
    typeName(of: kind).flatMap { SampleValues(definitions).uniqueValue(of: $0, serial: serial, using: &random) }
  }

  func list(of values: [TrialValue], for type: ValueType) -> TrialValue? {
    guard case .array = type.withoutDomains else { return nil }
    let elements = values.map { value -> String in
      switch value {
      case .null: "NULL"
      case .integer(let number): "\(number)"
      case .real(let number): "\(number)"
      case .text(let text), .other(_, let text): SampleValues.quotedElement(text)
      case .blob(let bytes):
        SampleValues.quotedElement(
          "\\x" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
      }
    }
    return .other(type: "array", text: "{" + elements.joined(separator: ",") + "}")
  }

  func kind(of parameter: ParameterModel) -> ValueKind {
    if case .array(let element, .never) = parameter.type, case .enumeration = element {
      return .other(parameter.typeName)
    }
    return definitions.kind(of: parameter.typeName)
  }

  /// Types whose values the trials make in their usual form: they have none here.
  private func typeName(of kind: ValueKind) -> String? {
    switch kind {
    case .integer: "smallint"
    case .numeric: "numeric"
    case .boolean: "boolean"
    case .dateTime: "timestamp with time zone"
    case .other(let name): name
    case .json: "jsonb"
    case .real, .text, .blob, .any, .date, .time, .uuid, .vector: nil
    }
  }

  /// Foreign keys join columns of one type, or the server refuses the schema.
  func fit(of value: TrialValue, in kind: ValueKind) -> ValueFit { .asItIs }

  func typeName(of value: TrialValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer: "integer"
    case .real: "double precision"
    case .text: "text"
    case .blob: "bytea"
    case .other(let type, _): type
    }
  }

  func literal(of value: TrialValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): "\(number)"
    case .real(let number): number.isFinite ? "\(number)" : "'\(number)'"
    case .text(let text), .other(_, let text):
      "'" + text.prefix(60).replacingScalars("'", with: "''") + (text.count > 60 ? "…'" : "'")
    case .blob(let bytes):
      "'\\x" + bytes.prefix(24).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        + (bytes.count > 24 ? "…'" : "'")
    }
  }

  // MARK: Claims

  func problem(
    with value: TrialValue, as type: ValueType, _ enumerations: [EnumerationModel.ID: Set<String>]
  ) -> ValueProblem? {
    func found(_ isRight: Bool) -> ValueProblem? { isRight ? nil : .type(found: typeName(of: value)) }
    switch (type, value) {
    case (.any, _), (.numeric, _): return nil
    case (.domain(_, let base), _): return problem(with: value, as: base, enumerations)
    case (.integer(let width), .integer(let number)):
      let limit: Int64? = width == .bits16 ? Int64(Int16.max) : width == .bits32 ? Int64(Int32.max) : nil
      guard let limit, number > limit || number < -limit - 1 else { return nil }
      return .form("\(number) does not fit \(width.rawValue) bits")
    case (.real, .real), (.text, .text): return nil
    case (.text, .other(let name, _)):
      return found(["xml", "citext", "unknown"].contains(name) || name.hasSuffix("citext"))
    // Of an enum type, or a text with a CHECK of what it may be.
    case (.enumeration(let id), .other(_, let text)), (.enumeration(let id), .text(let text)):
      return enumerations[id]?.contains(text) == false ? .form("'\(text)' is no value of \(id)") : nil
    case (.decimal, .other(let name, _)): return found(name == "numeric")
    case (.boolean, .other(let name, _)): return found(name == "boolean")
    case (.blob, .other(let name, _)): return found(name == "bytea")
    case (.uuid, .other(let name, let text)): return found(name == "uuid" && text.utf8.count == 36)
    case (.date, .other(let name, _)): return found(name == "date")
    case (.interval, .other(let name, _)): return found(name == "interval")
    case (.timestamp(let zone), .other(let name, _)):
      return found(name == "timestamp with\(zone == .withTimeZone ? "" : "out") time zone")
    case (.time(let zone), .other(let name, _)):
      return found(name == "time with\(zone == .withTimeZone ? "" : "out") time zone")
    case (.json(let form), .other(let name, _)): return found(name == (form == .binary ? "jsonb" : "json"))
    case (.array, .other(let name, _)): return found(name.hasSuffix("[]") || name.hasSuffix("vector"))
    case (.range, .other(_, let text)):
      return found(text == "empty" || text.hasPrefix("[") || text.hasPrefix("("))
    case (.multirange, .other(_, let text)): return found(text.hasPrefix("{"))
    case (.vector, .other(_, let text)): return found(text.hasPrefix("["))
    case (.composite, .other(_, let text)): return found(text.hasPrefix("("))
    case (.other, .other), (.other, .integer), (.other, .text): return nil
    default: return found(false)
    }
  }
}
