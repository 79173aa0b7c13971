// Values that two engines are likely to see differently: letters of both cases, digits in texts, halves, times near midnight, and
// few of each, so that rows agree in them.

import SQLCEngine
import SQLCModel

/// Values of both databases of a pair.
///
/// A value on its way is a ``TrialValue``: numbers, texts and bytes as they are, any other as its ``PortableValue`` in text
/// form.
struct PairTypes: TrialTypes {
  /// Of an engine, for its own types.
  let own: any TrialTypes

  func value(of kind: ValueKind, using random: inout SeededGenerator) -> TrialValue? {
    switch kind {
    case .integer: return .integer(integer(&random))
    case .real: return .real(real(&random))
    case .numeric: return .other(type: "decimal", text: decimal(&random))
    case .text, .any: return .text(text(&random))
    case .boolean: return .other(type: "boolean", text: random.chance(50) ? "true" : "false")
    case .dateTime: return .other(type: "instant", text: instant(&random))
    case .date: return .other(type: "day", text: random.chance(60) ? one(days, &random) : random.day())
    case .time: return .other(type: "time", text: one(["00:00:00", "09:30:00", "12:00:00", "23:59:59"], &random))
    case .json: return .other(type: "json", text: one(documents, &random))
    case .uuid: return .other(type: "uuid", text: random.uuid())
    case .blob: return .blob(random.bytes(count: Int.random(in: 0...4, using: &random)))
    case .vector: return .other(type: "vector", text: vector(3, &random))
    case .other(wideInteger):
      return random.chance(10)
        ? .integer(one([9_007_199_254_740_993, -9_007_199_254_740_993, 4_294_967_296], &random))
        : .integer(integer(&random))
    case .other(let name) where name.hasPrefix(vectorPrefix):
      return .other(type: "vector", text: vector(Int(name.dropFirst(vectorPrefix.count)) ?? 3, &random))
    case .other(let name) where name.hasPrefix(listPrefix):
      return .other(type: "list", text: list(String(name.dropFirst(listPrefix.count)), &random))
    case .other: return own.value(of: kind, using: &random)
    }
  }

  func uniqueValue(of kind: ValueKind, serial: Int64, using random: inout SeededGenerator) -> TrialValue? {
    switch kind {
    case .integer, .other(wideInteger): .integer(serial)
    case .real: .real(Double(serial))
    case .numeric: .other(type: "decimal", text: "\(serial)")
    case .dateTime: .other(type: "instant", text: instantText(1_700_000_000_000_000 + serial * 3_600_000_000))
    case .date: .other(type: "day", text: CalendarDay(number: 19_700 + Int(serial % 100_000)).description)
    case .text, .any: .text(one(texts, &random) + "\(serial)")
    case .boolean: nil
    case .other: own.uniqueValue(of: kind, serial: serial, using: &random)
    case .uuid, .blob, .json, .time, .vector: nil
    }
  }

  /// Few numbers, around zero and up to what a square of them needs.
  private func integer(_ random: inout SeededGenerator) -> Int64 {
    random.chance(85) ? Int64.random(in: -9...9, using: &random) : one([100, 255, 1000, -1000, 32_767], &random)
  }

  private func real(_ random: inout SeededGenerator) -> Double {
    one([0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.1, 0.25, 1, 2, -7, 1234.5678, 1e6, 12_345.675], &random)
  }

  private func decimal(_ random: inout SeededGenerator) -> String {
    one(["0", "0.5", "1.5", "2.5", "-0.5", "-1.5", "1.10", "2.00", "-7", "10", "99.99", "3", "0.25"], &random)
  }

  private func text(_ random: inout SeededGenerator) -> String {
    random.chance(85) ? one(texts, &random) : one(texts, &random) + one(texts, &random)
  }

  private func instant(_ random: inout SeededGenerator) -> String {
    if random.chance(50) {
      return one(
        [
          "2024-01-31 00:00:00", "2024-01-31 23:30:00", "2024-02-29 12:00:00", "2024-01-31 00:00:00.250",
          "2023-12-31 23:59:59", "2024-07-01 04:30:00",
        ], &random)
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let hour = two(Int.random(in: 0...23, using: &random))
    return "\(random.day()) \(hour):\(two(Int.random(in: 0...59, using: &random))):00"
  }

  private func vector(_ count: Int, _ random: inout SeededGenerator) -> String {
    "[" + (0..<count).map { _ in "\(Int.random(in: -8...8, using: &random)).5" }.joined(separator: ",") + "]"
  }

  private func list(_ element: String, _ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...3, using: &random)
    let elements = (0..<count).map { _ -> String in
      switch element {
      case listElements.text: PortableValue.text(text(&random)).json ?? "\"\""
      case listElements.boolean: random.chance(50) ? "true" : "false"
      case listElements.integer: "\(integer(&random))"
      default: "\(real(&random))"
      }
    }
    return "[" + elements.joined(separator: ",") + "]"
  }

  private func one<T>(_ values: [T], _ random: inout SeededGenerator) -> T {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  func fit(of value: TrialValue, in kind: ValueKind) -> ValueFit { .asItIs }

  /// Numbers that are compared with no column are limits and the like.
  func kind(of parameter: ParameterModel) -> ValueKind {
    if case .integer = parameter.type, parameter.origin == nil { return .integer }
    return valueKind(parameter.type)
  }

  func list(of values: [TrialValue], for type: ValueType) -> TrialValue? {
    guard case .array(let element, _) = type.withoutDomains else { return nil }
    let json = values.compactMap { PortableValue(carried: $0, as: element)?.json }
    return .other(type: "list", text: "[" + json.joined(separator: ",") + "]")
  }

  func problem(
    with value: TrialValue, as type: ValueType, _ enumerations: [EnumerationModel.ID: Set<String>]
  ) -> ValueProblem? { nil }

  func literal(of value: TrialValue) -> String { own.literal(of: value) }
  func typeName(of value: TrialValue) -> String { own.typeName(of: value) }
}

private let texts = [
  "a", "A", "b", "B", "abc", "ABC", "Abc", "Z", "z", "_a", "-1", "1", "10", "9", "09", "1.0", "", " a", "a ", "é", "É",
  "zoë",
  "a_b", "a%b", "it's", "Straße", "true", "NULL", "2024-01-31",
]
private let days = ["2024-01-31", "2024-02-29", "2023-12-31", "2024-03-01", "2024-01-01"]
private let documents = [
  "{}", "[]", "{\"a\":1}", "{\"a\":1.0}", "{\"a\":\"1\"}", "{\"a\":true,\"b\":null}", "{\"a\":12345678901234567890}",
  "{\"b\":2,\"a\":[1,2.5,\"x\"]}", "{\"name\":\"x\",\"value\":1.5}", "{\"name\":\"X\",\"tags\":[\"a\",\"b\"]}",
]

extension PortableValue {
  /// A value on its way, read as what it is to be; nothing where it is none.
  init?(carried value: TrialValue, as type: ValueType) {
    switch value {
    case .null: self = .null
    case .blob(let bytes):
      guard case .vector = type.withoutDomains else {
        if case .uuid = type.withoutDomains, let uuid = PortableValue.uuid(bytes: bytes) {
          self = uuid
        } else {
          self = .bytes(bytes)
        }
        return
      }
      return nil
    case .integer(let number):
      switch type.withoutDomains {
      case .boolean:
        guard number == 0 || number == 1 else { return nil }
        self = .boolean(number == 1)
      case .decimal, .numeric: self = .decimal(DecimalDigits(number))
      case .real: self = .real(Double(number))
      case .text: self = .text("\(number)")
      case .integer(let width):
        guard width == .bits64 || Int64(Int32(clamping: number)) == number,
          width != .bits16 || Int64(Int16(clamping: number)) == number
        else { return nil }
        self = .integer(number)
      case .any: self = .integer(number)
      default: return nil
      }
    case .real(let number):
      switch type.withoutDomains {
      case .decimal, .numeric:
        guard let digits = DecimalDigits("\(number)") else { return nil }
        self = .decimal(digits)
      case .real, .any: self = .real(number)
      default: return nil
      }
    case .text(let text), .other(_, let text):
      switch type.withoutDomains {
      case .array(let element, _):
        guard let list = PortableValue.list(ofJSON: text, element) else { return nil }
        self = list
      case .vector:
        let numbers = text.dropFirst().dropLast().split(separator: ",").map { Float($0) }
        guard !numbers.contains(nil) else { return nil }
        self = .vector(numbers.compactMap(\.self))
      case .composite, .range, .multirange:
        guard case .other(let name, _) = value else { return nil }
        self = .other(type: name, text: text)
      case .blob:
        self = .bytes(Array(text.utf8))
      default: self.init(text: text, as: type)
      }
    }
  }

  /// On its way.
  var carried: TrialValue {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .bytes(let bytes): .blob(bytes)
    case .decimal, .boolean, .uuid, .day, .instant, .json, .list, .vector: .other(type: "portable", text: text ?? "")
    case .other(let type, let text): .other(type: type, text: text)
    }
  }
}
