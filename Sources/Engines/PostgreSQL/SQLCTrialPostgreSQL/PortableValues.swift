// Values of PostgreSQL in words of no engine, and back.

import SQLCEngine
import SQLCModel

extension PostgreSQLTrialTypes {
  func portable(_ value: TrialValue, as type: ValueType) -> PortableValue? {
    switch value {
    case .null: return .null
    case .integer(let number): return .integer(number)
    case .real(let number): return .real(number)
    case .text(let text): return .text(text)
    case .blob(let bytes): return .bytes(bytes)
    case .other(let name, let text): return portable(text, of: name, type)
    }
  }

  private func portable(_ text: String, of name: String, _ type: ValueType) -> PortableValue? {
    if name.hasSuffix("[]") { return list(text, of: String(name.dropLast(2)), type) }
    let known: ValueType?
    switch name {
    case "boolean": known = .boolean
    case "numeric": known = .decimal
    case "uuid": known = .uuid
    case "date": known = .date
    case "json", "jsonb": return .json(text)
    case "timestamp with time zone", "timestamp without time zone": known = .timestamp(.withTimeZone)
    case "time without time zone": known = .time(.withoutTimeZone)
    case "bytea":
      guard text.hasPrefix("\\x") else { return nil }
      return bytes(ofHexadecimal: text.dropFirst(2)).map { .bytes($0) }
    case "vector", "halfvec":
      let numbers = text.dropFirst().dropLast().split(separator: ",").map { Float($0) }
      return numbers.contains(nil) ? nil : .vector(numbers.compactMap(\.self))
    default: known = nil
    }
    // `infinity`, `NaN` and years before our era are values that one engine alone has.
    if let known { return PortableValue(text: text, as: known) ?? .other(type: name, text: text) }
    switch definitions.definition(of: name) {
    case .enumeration?: return .text(text)
    default: return type.withoutDomains == .text ? .text(text) : .other(type: name, text: text)
    }
  }

  /// `{1,2,NULL,"a b"}` (arrays.html#ARRAYS-IO), of one dimension.
  private func list(_ text: String, of element: String, _ type: ValueType) -> PortableValue? {
    guard let elements = arrayElements(text) else { return nil }
    var values: [PortableValue] = []
    for element in elements.map({ self.element($0, of: element) }) {
      guard let element else { return nil }
      values.append(element)
    }
    return .list(values)
  }

  private func element(_ text: String?, of name: String) -> PortableValue? {
    guard let text else { return .null }
    switch name {
    case "smallint", "integer", "bigint": return PortableValue(text: text, as: .integer(.bits64))
    case "real", "double precision": return PortableValue(text: text, as: .real(.double))
    case "text", "character varying", "character", "name": return .text(text)
    default: return portable(text, of: name, .any)
    }
  }

  // MARK: Stored

  func stored(_ value: PortableValue, as type: ValueType, named typeName: String) -> TrialValue? {
    switch value {
    case .null: return .null
    case .integer(let number): return .integer(number)
    case .real(let number): return .real(number)
    case .bytes(let bytes): return .blob(bytes)
    case .list(let values):
      if case .json = type.withoutDomains { return value.json.map { .other(type: "jsonb", text: $0) } }
      guard case .array = type.withoutDomains else { return value.json.map { .text($0) } }
      var elements: [String] = []
      for value in values {
        if value.isNull {
          elements.append("NULL")
        } else if let text = value.text {
          elements.append(SampleValues.quotedElement(text))
        } else if case .bytes(let bytes) = value {
          elements.append(SampleValues.quotedElement("\\x" + hexadecimal(bytes)))
        } else {
          return nil
        }
      }
      return .other(type: typeName, text: "{" + elements.joined(separator: ",") + "}")
    case .vector(let numbers):
      if case .blob = type.withoutDomains {
        return .blob(
          numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } })
      }
      return .other(type: "vector", text: value.json ?? "[]")
    case .instant(let instant):
      if case .timestamp(.withTimeZone) = type.withoutDomains { return .text(instantText(instant) + "+00") }
      return .text(instantText(instant))
    case .json(let text):
      // An array that stands in JSON.
      if case .array(let element, _) = type.withoutDomains {
        guard let list = PortableValue.list(ofJSON: text, element) else { return nil }
        return stored(list, as: type, named: typeName)
      }
      return .text(text)
    case .decimal, .boolean, .text, .uuid, .day, .other: return value.text.map { .text($0) }
    }
  }
}

/// The elements of an array of one dimension in its text form; nothing where it has several.
func arrayElements(_ text: String) -> [String?]? {
  var rest = Substring(text)
  guard rest.popFirst() == "{" else { return nil }
  if rest == "}" { return [] }
  var elements: [String?] = []
  while true {
    var element = ""
    var isQuoted = false
    if rest.first == "\"" {
      isQuoted = true
      rest.removeFirst()
      while let character = rest.popFirst(), character != "\"" {
        if character == "\\" {
          guard let escaped = rest.popFirst() else { return nil }
          element.append(escaped)
        } else {
          element.append(character)
        }
      }
    } else {
      while let character = rest.first, character != ",", character != "}" {
        if character == "{" { return nil }
        element.append(character)
        rest.removeFirst()
      }
    }
    elements.append(!isQuoted && element == "NULL" ? nil : element)
    switch rest.popFirst() {
    case ",": continue
    case "}": return rest.isEmpty ? elements : nil
    default: return nil
    }
  }
}
