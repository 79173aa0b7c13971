// How tightly operators bind (SQLite, lang_expr.html#operators_and_parse_affecting_attributes, and parse.y's `%left` lines).

/// The level of an operator; a higher one binds tighter. All levels are left-associative but NOT's and the prefixes'.
enum Precedence {
  static let or = 1
  static let and = 2
  /// `NOT x`, and the NOT of `x NOT LIKE y` seen from its left.
  static let not = 3
  /// `= == <> != IS IN LIKE GLOB MATCH REGEXP BETWEEN ISNULL NOTNULL`
  static let equality = 4
  /// `< <= > >=`
  static let comparison = 5
  // 6 is ESCAPE, which only LIKE asks for.
  /// `& | << >>`
  static let bitwise = 7
  static let additive = 8
  static let multiplicative = 9
  /// `|| -> ->>`
  static let concatenation = 10
  static let collate = 11

  /// The level of what stands between two operands or behind one; zero for anything else.
  @inline(__always)
  static func ofInfix(_ kind: TokenKind) -> Int {
    switch kind {
    case .or: or
    case .and: and
    case .not: not
    case .equal, .notEqual, .is, .in, .like, .glob, .match, .regexp, .between, .isNull, .notNull: equality
    case .less, .lessOrEqual, .greater, .greaterOrEqual: comparison
    case .ampersand, .pipe, .shiftLeft, .shiftRight: bitwise
    case .plus, .minus: additive
    case .star, .slash, .percent: multiplicative
    case .concat, .arrow, .doubleArrow: concatenation
    case .collate: collate
    default: 0
    }
  }

  /// The operator of a plain binary expression.
  @inline(__always)
  static func binaryOperator(_ kind: TokenKind) -> BinarySyntax.Operator? {
    switch kind {
    case .or: .or
    case .and: .and
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .ampersand: .bitAnd
    case .pipe: .bitOr
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .modulo
    case .concat: .concat
    case .arrow: .jsonArrow
    case .doubleArrow: .jsonArrowText
    default: nil
    }
  }
}
