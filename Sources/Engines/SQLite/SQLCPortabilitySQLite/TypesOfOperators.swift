// What PostgreSQL's operators and functions give (functions.html). Where a call has no meaning there, or one that depends on more
// than types, nothing is said.

import SQLCFacts
import SQLCSyntaxSQLite

/// The type that several values become together (typeconv-union-case.html); nothing where they have none.
func common(_ types: [PortableType?]) -> PortableType? {
  var result = PortableType.untyped
  for type in types {
    guard let type else { return nil }
    if type == .untyped || type == result { continue }
    if result == .untyped {
      result = type
    } else if let wider = result.wider(type) {
      result = wider
    } else {
      return nil
    }
  }
  return result
}

extension PortableType {
  /// lexical: sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS-NUMERIC
  init?(of literal: LiteralSyntax.Value) {
    switch literal {
    case .integer(let digits):
      let number =
        digits.lowercased().hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
      switch number {
      case .some(...0x7FFF_FFFF): self = .integer
      case .some(...0x7FFF_FFFF_FFFF_FFFF): self = .bigint
      default: self = .numeric
      }
    case .real: self = .numeric
    case .string, .null: self = .untyped
    case .blob: self = .bytea
    case .currentDate: self = .date
    case .currentTime: self = .time
    case .currentTimestamp: self = .timestamptz
    }
  }

  /// The result of an operator.
  init?(_ op: BinarySyntax.Operator, _ left: PortableType?, _ right: PortableType?) {
    switch op {
    case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .is, .isNot: self = .boolean
    case .bitAnd, .bitOr, .shiftLeft, .shiftRight:
      guard let left else { return nil }
      self = left == .untyped ? (right ?? .integer) : left
    case .concat:
      if left == .bytea, right == .bytea {
        self = .bytea
      } else if left?.isDocument ?? false || left == .array {
        self = left ?? .text
      } else {
        self = .text
      }
    case .jsonArrow: self = left == .json ? .json : .jsonb
    case .jsonArrowText: self = .text
    case .add, .subtract, .multiply, .divide, .modulo:
      guard let result = PortableType.arithmetic(op, left, right) else { return nil }
      self = result
    }
  }

  private static func arithmetic(
    _ op: BinarySyntax.Operator, _ left: PortableType?, _ right: PortableType?
  ) -> PortableType? {
    guard let left, let right else { return nil }
    if let wider = left.wider(right) { return wider }
    switch (left, right) {
    case (.untyped, .untyped): return nil
    case (.untyped, let known) where known.isNumber, (let known, .untyped) where known.isNumber: return known
    case (.date, let other) where other.isInteger: return .date
    case (.date, .date): return op == .subtract ? .integer : nil
    case (.date, .untyped): return op == .subtract ? .integer : nil
    case (.timestamp, .timestamp), (.timestamptz, .timestamptz), (.timestamp, .untyped), (.timestamptz, .untyped):
      return op == .subtract ? .interval : nil
    case (.jsonb, _): return op == .subtract ? .jsonb : nil
    default: return nil
    }
  }

  /// The result of a function.
  init?(ofCall name: String, _ arguments: [PortableType?]) {
    guard let result = PortableType.result(of: name, arguments) else { return nil }
    self = result
  }

  private static func result(of name: String, _ arguments: [PortableType?]) -> PortableType? {
    let first = arguments.first ?? nil
    switch name {
    case "count", "row_number", "rank", "dense_rank": return .bigint
    case "ntile", "length", "octet_length", "char_length", "instr", "unicode", "json_array_length": return .integer
    case "sum":
      switch first {
      case .smallint, .integer: return .bigint
      case .bigint: return .numeric
      default: return first
      }
    case "avg": return first.map { $0 == .real || $0 == .double ? .double : .numeric }
    case "total", "random", "percent_rank", "cume_dist": return name == "random" ? .bigint : .double
    case "min", "max":
      return arguments.count == 1 ? first : common(arguments)
    case "abs", "first_value", "last_value", "nth_value", "nullif": return first
    case "lag", "lead": return arguments.count > 2 ? common([first, arguments[2]]) : first
    case "coalesce", "ifnull", "greatest", "least": return common(arguments)
    case "iif": return arguments.count > 2 ? common([arguments[1], arguments[2]]) : arguments.last ?? nil
    case "lower", "upper", "trim", "ltrim", "rtrim", "substr", "substring", "replace", "group_concat", "string_agg",
      "hex", "quote", "char", "printf", "format", "typeof", "strftime", "concat", "concat_ws":
      return .text
    case "round":
      if arguments.count > 1 { return .numeric }
      return first == .numeric ? .numeric : .double
    case "floor", "ceil", "ceiling", "trunc", "sign":
      return first == .numeric ? .numeric : .double
    case "sqrt", "exp", "ln", "log10", "log2", "pi", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "radians",
      "degrees":
      return first == .numeric ? .numeric : .double
    case "log": return arguments.count > 1 ? .numeric : (first == .numeric ? .numeric : .double)
    case "power", "pow", "mod": return common(arguments) == .numeric ? .numeric : name == "mod" ? first : .double
    case "date": return .date
    case "time": return .time
    case "datetime": return .timestamp
    case "json", "json_object", "json_array", "json_group_array", "json_group_object", "json_patch", "json_set",
      "json_insert", "json_replace", "json_remove":
      return .json
    case "json_valid": return .boolean
    default: return nil
    }
  }
}
