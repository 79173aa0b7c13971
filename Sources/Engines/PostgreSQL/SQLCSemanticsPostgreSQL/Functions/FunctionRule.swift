/// When a function or aggregate gives NULL.
enum FunctionRule: Sendable, Hashable {
  /// Only when an argument is NULL.
  case total
  /// Only when one of these arguments is NULL, though the function is not strict; with VARIADIC it may.
  case onlyFor([Int])
  /// Only when all arguments are.
  case unlessAny
  /// `total` for finite times and numbers.
  case finite
  /// An aggregate that has a value for no rows too.
  case never
  /// An aggregate that is NULL for no rows only.
  case rows
  /// An aggregate that is NULL for no rows, and where all of its arguments are NULL.
  case rowsAndArgument
  /// The value of a row in the frame.
  case frame
  /// NULL for a reason that is told.
  case may(reason: String)
}

/// The rules of functions, by name and the names of the argument types (`pg_type.typname`).
///
/// The text has a line `=rule`, then entries `name types|types` for the functions of that rule, on lines or with semicolons
/// between. What is not in it may be NULL.
struct FunctionTable: Sendable {
  private var rules: [String: FunctionRule] = [:]

  init(_ text: String) {
    var rule = FunctionRule.total
    for line in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ";") }) {
      if line.first == UInt8(ascii: "=") {
        rule = Self.rule(String(decoding: line.dropFirst(), as: UTF8.self))
        continue
      }
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard let name = parts.first else { continue }
      let types = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : ""
      for signature in types.split(separator: "|", omittingEmptySubsequences: false) {
        rules[Self.key(String(decoding: name, as: UTF8.self), String(signature))] = rule
      }
    }
  }

  func rule(name: String, types: [String]) -> FunctionRule? { rules[Self.key(name, types.joined(separator: ","))] }

  var count: Int { rules.count }

  private static func key(_ name: String, _ types: String) -> String { "\(name) \(types)" }

  private static func rule(_ text: String) -> FunctionRule {
    switch text {
    case "total": .total
    case "any": .unlessAny
    case "finite": .finite
    case "never": .never
    case "rows": .rows
    case "rows:arg": .rowsAndArgument
    case "frame": .frame
    case let text where text.hasPrefix("may "): .may(reason: String(text.dropFirst(4)))
    default: .onlyFor(text.split(separator: ",").compactMap { Int($0) })
    }
  }
}
