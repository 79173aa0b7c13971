// Values of each type: the usual ones, the ends of what it has, and odd ones.

import SQLCDiagnostics
import SQLCEngine

struct SampleValues {
  let definitions: TypeDefinitions

  init(_ definitions: TypeDefinitions) { self.definitions = definitions }

  func value(of type: String, using random: inout SeededGenerator, depth: Int = 0) -> TrialValue {
    .other(type: type, text: text(of: type, using: &random, depth: depth))
  }

  /// The text form of a value.
  func text(of type: String, using random: inout SeededGenerator, depth: Int = 0) -> String {
    if type.hasSuffix("[]") { return array(of: String(type.dropLast(2)), using: &random, depth: depth) }
    switch definitions.definition(of: type) {
    case .enumeration(let labels)?: return labels.randomElement(using: &random) ?? ""
    case .domain(let base, _, let check)?:
      var hints = CheckHints(value: true)
      if let check { hints.read(check) }
      if let literal = hints.hints["value"]?.literals.randomElement(using: &random), random.chance(80) {
        switch literal {
        case .text(let text): return text
        case .integer(let number): return "\(number &+ Int64.random(in: 0...2, using: &random))"
        case .real(let number): return "\(number)"
        default: break
        }
      }
      return text(of: base, using: &random, depth: depth)
    case .composite(let fields)?:
      guard depth < 4 else { return "(" + fields.map { _ in "" }.joined(separator: ",") + ")" }
      let values = fields.map { field in
        random.chance(15) ? "" : Self.quotedElement(text(of: field, using: &random, depth: depth + 1))
      }
      return "(" + values.joined(separator: ",") + ")"
    case .range(let element)?: return range(of: element, using: &random)
    case .multirange(let range)?:
      let count = Int.random(in: 0...2, using: &random)
      return "{" + (0..<count).map { _ in text(of: range, using: &random, depth: depth) }.joined(separator: ",") + "}"
    case .base?, nil: return base(type, using: &random)
    }
  }

  private func array(of element: String, using random: inout SeededGenerator, depth: Int) -> String {
    guard depth < 4 else { return "{}" }
    let count = [0, 1, 2, 3].randomElement(using: &random) ?? 1
    let elements = (0..<count).map { _ in Self.quotedElement(text(of: element, using: &random, depth: depth + 1)) }
    return "{" + elements.joined(separator: ",") + "}"
  }

  /// In quotes, as elements of arrays and fields of rows may always be (arrays.html#ARRAYS-IO).
  static func quotedElement(_ text: String) -> String {
    "\"" + text.replacingScalars("\\", with: "\\\\").replacingScalars("\"", with: "\\\"") + "\""
  }

  private func range(of element: String, using random: inout SeededGenerator) -> String {
    if random.chance(10) { return "empty" }
    let start = Int.random(in: 0...40, using: &random)
    let bounds = [start, start + Int.random(in: 1...9, using: &random)].map { number -> String in
      switch withoutModifier(element) {
      case "date": day(number)
      case "timestamp without time zone", "timestamp with time zone": day(number) + " 12:00:00"
      default: "\(number)"
      }
    }
    let isOpen = random.chance(10)
    return "[\(bounds[0]),\(isOpen ? "" : bounds[1]))"
  }

  /// A day of 2024 or shortly after.
  private func day(_ number: Int) -> String {
    let month = number / 28 % 12 + 1
    let day = number % 28 + 1
    return "\(2024 + number / 336)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private func word(_ length: Int, using random: inout SeededGenerator) -> String {
    String((0..<length).map { _ in "abcdefghijklmnopqrstuvwxyz".randomElement(using: &random) ?? "a" })
  }

  private func base(_ type: String, using random: inout SeededGenerator) -> String {
    let numbers = modifiers(of: type)
    func one(_ texts: String...) -> String { texts.randomElement(using: &random) ?? "" }
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    switch withoutModifier(type) {
    case "smallint", "integer", "bigint":
      return random.chance(80) ? "\(number(1...20))" : one("0", "-1", "32767", "-32768")
    case "numeric":
      // Digits before the point, as many as there may be.
      let whole = numbers.first.map { max(0, $0 - (numbers.count > 1 ? numbers[1] : 0)) } ?? 4
      let most = whole == 0 ? 0 : whole > 3 ? 1_000 : whole == 1 ? 9 : whole == 2 ? 99 : 999
      if random.chance(15) { return "0" }
      let fraction = numbers.count == 1 ? "" : ["", ".5", ".25", ".99"].randomElement(using: &random) ?? ""
      return (random.chance(15) ? "-" : "") + "\(most == 0 ? 0 : number(0...most))" + fraction
    case "real", "double precision": return one("0", "-1.5", "2.25", "1e10", "\(number(-1000...1000))")
    case "boolean": return one("true", "false")
    case "text", "citext", "name":
      return random.chance(15) ? one("", "Zoë 🙂", "it's", "100%", "a_b", "12") : word(number(1...8), using: &random)
    case "character varying", "character", "\"char\"", "bpchar":
      let most = numbers.first ?? (type == "\"char\"" ? 1 : type.hasPrefix("character varying") ? 8 : 1)
      return word(min(most, number(1...8)), using: &random)
    case "date": return random.day()
    case "timestamp without time zone": return random.day() + " " + time(using: &random)
    case "timestamp with time zone": return random.day() + " " + time(using: &random) + one("+00", "+02", "-05:30")
    case "time without time zone": return time(using: &random)
    case "time with time zone": return time(using: &random) + one("+00", "+02")
    case "interval": return one("1 day", "2 hours 30 minutes", "-1 month", "00:00:00", "1 year 2 mons 3 days")
    case "uuid": return random.uuid()
    case "json", "jsonb":
      return one(
        "{}", "[]", "null", "1", "\"text\"", "{\"a\":1,\"b\":[1,2,null],\"name\":\"x\"}", "[{\"id\":1},{\"id\":null}]",
        "{\"enabled\":true,\"tags\":[\"a\"],\"nested\":{\"value\":null}}")
    case "bytea":
      return "\\x"
        + random.bytes(count: number(0...8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    case "inet":
      return one("192.168.\(number(0...255)).\(number(0...255))", "10.0.0.0/8", "::1", "2001:db8::\(number(1...9))")
    case "cidr": return one("10.0.0.0/8", "192.168.\(number(0...255)).0/24", "2001:db8::/32")
    case "macaddr": return "08:00:2b:01:02:\(number(10...99))"
    case "macaddr8": return "08:00:2b:01:02:03:04:\(number(10...99))"
    case "bit": return bits(numbers.first ?? 1, using: &random)
    case "bit varying": return bits(min(numbers.first ?? 6, number(0...6)), using: &random)
    case "money": return one("0", "1.50", "-3.25", "\(number(1...500))")
    case "xml": return one("<a/>", "<a b=\"1\">x</a>")
    case "tsvector": return one("'a':1 'b':2", "", "'fat':2 'rat':3")
    case "tsquery": return one("'a'", "'a' & 'b'", "'fat' | !'rat'")
    case "point": return "(\(number(-9...9)),\(number(-9...9)))"
    case "line": return "{1,-1,\(number(0...9))}"
    case "lseg", "box": return "((0,0),(\(number(1...9)),\(number(1...9))))"
    case "path": return "[(0,0),(1,\(number(1...9)))]"
    case "polygon": return "((0,0),(1,1),(1,\(number(2...9))))"
    case "circle": return "<(0,0),\(number(1...9))>"
    case "oid", "xid", "cid", "xid8": return "\(number(1...9000))"
    case "regclass": return "pg_class"
    case "regtype": return "integer"
    case "pg_lsn": return "0/16B3\(number(100...999))"
    case "tid": return "(0,\(number(1...9)))"
    case "hstore": return one("", "a=>1", "a=>1, b=>NULL")
    case "ltree": return one("a", "a.b", "a.b.c", "top.\(word(3, using: &random))")
    case "cube": return "(1,2,\(number(1...9)))"
    case "vector", "halfvec":
      return "[" + (0..<(numbers.first ?? 3)).map { _ in "\(number(-8...8)).5" }.joined(separator: ",") + "]"
    case "sparsevec": return "{1:\(number(1...8))}/\(numbers.first ?? 3)"
    case "geometry", "geography": return "POINT(\(number(-90...90)) \(number(-80...80)))"
    // Of a type that is not known here: what many types read. The database refuses what is none.
    default: return one("1", "a", "{}", "(1,2)", "[1,2]", "2024-01-01", "a.b")
    }
  }

  private func bits(_ count: Int, using random: inout SeededGenerator) -> String {
    String((0..<count).map { _ -> Character in random.chance(50) ? "1" : "0" })
  }

  private func time(using random: inout SeededGenerator) -> String {
    [23, 59, 59].map { most in
      let number = Int.random(in: 0...most, using: &random)
      return number < 10 ? "0\(number)" : "\(number)"
    }.joined(separator: ":")
  }

  // MARK: Values that differ

  /// Nothing where a type has too few values, or its usual form tells enough of them apart.
  func uniqueValue(of type: String, serial: Int64, using random: inout SeededGenerator) -> TrialValue? {
    func value(_ text: String) -> TrialValue { .other(type: type, text: text) }
    switch withoutModifier(type) {
    case "smallint", "integer", "bigint": return .integer(serial)
    case "numeric", "real", "double precision":
      let scale = modifiers(of: type)
      return value(scale.count > 1 && scale[0] - scale[1] < 2 ? "0.\(serial)" : "\(serial)")
    case "character varying", "character":
      let most = modifiers(of: type).first ?? 40
      let tag = String(serial, radix: 36)
      return value(most > tag.count ? String((word(4, using: &random) + tag).suffix(most)) : String(tag.suffix(most)))
    case "date": return value(day(Int(serial % 300_000)))
    case "timestamp without time zone", "timestamp with time zone":
      return value(day(Int(serial % 300_000)) + " " + time(using: &random))
    case "inet": return value("10.\(serial / 65_536 % 256).\(serial / 256 % 256).\(serial % 256)")
    case "cidr": return value("10.\(serial / 256 % 256).\(serial % 256).0/24")
    case "daterange", "tsrange", "tstzrange":
      let start = Int(serial * 3 % 300_000)
      return value("[\(day(start)),\(day(start + 2)))")
    case "int4range", "int8range", "numrange": return value("[\(serial * 3),\(serial * 3 + 2))")
    case "ltree": return value("top.n\(serial)")
    default: return nil
    }
  }
}
