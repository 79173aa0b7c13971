// Infinite numbers: SQLite stores NULL for a result that is no number (NaN).
//
// Columns and parameters are taken to be finite, and so is what is computed of them: `price * quantity` of two columns
// declared NOT NULL stays so. Where a query writes an infinite number itself, as `9e999` for "no limit", the operators
// that can make a NaN of it are optional:
//
// | operator | NaN when |
// |---|---|
// | `+` `-` | both sides are infinite |
// | `*` | one side is infinite, and the other zero |
// | `/` | both sides are infinite |
// | `%` | never: its operands become integers |

import SQLCSyntaxSQLite

extension Inference {
  /// Of numbers that are not NULL, NULL can come.
  func mayBeNoNumber(_ op: BinarySyntax.Operator, _ left: BoundExpression, _ right: BoundExpression) -> Bool {
    switch op {
    case .add, .subtract, .divide: mayBeInfinite(left) && mayBeInfinite(right)
    case .multiply: mayBeInfinite(left) && !isFiniteNonzero(right) || mayBeInfinite(right) && !isFiniteNonzero(left)
    default: false
    }
  }

  /// A number that is written too large, and arithmetic or a choice over one.
  private func mayBeInfinite(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .literal(.real(let digits)): Double(digits.filter { $0 != "_" })?.isInfinite ?? false
    case .unary(.minus, let operand), .unary(.plus, let operand): mayBeInfinite(operand)
    case .collate(let operand, _): mayBeInfinite(operand)
    case .binary(let op, let left, let right):
      switch op {
      case .add, .subtract, .multiply, .divide: mayBeInfinite(left) || mayBeInfinite(right)
      default: false
      }
    case .caseWhen(_, let branches, let elseBranch):
      branches.contains { mayBeInfinite($0.then) } || elseBranch.map(mayBeInfinite) ?? false
    case .call(let call):
      switch call.function.name {
      case "abs", "coalesce", "ifnull", "iif", "if", "nullif", "max", "min", "round", "total", "sum", "avg":
        call.arguments.contains(where: mayBeInfinite)
      default: false
      }
    default: false
    }
  }

  private func isFiniteNonzero(_ expression: BoundExpression) -> Bool {
    switch expression.kind {
    case .literal(.integer(let digits)):
      digits.dropFirst(digits.hasPrefix("0x") || digits.hasPrefix("0X") ? 2 : 0).contains { $0 != "0" && $0 != "_" }
    case .literal(.real(let digits)): (Double(digits.filter { $0 != "_" }) ?? 0) != 0
    case .unary(.minus, let operand), .unary(.plus, let operand): isFiniteNonzero(operand)
    default: false
    }
  }
}
