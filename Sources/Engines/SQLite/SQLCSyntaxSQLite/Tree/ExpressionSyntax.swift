public import SQLCDiagnostics

/// SQLite, lang_expr.html: an expression as written.
public indirect enum ExpressionSyntax: Sendable {
  case literal(LiteralSyntax)
  case parameter(ParameterSyntax)
  case column(ColumnReferenceSyntax)
  /// `sqlc.arg(x)`, `sqlc.narg(x)`, `sqlc.slice(x)`, `sqlc.embed(x)`: recognised only when the parser is told to.
  case macro(MacroSyntax)
  case unary(UnarySyntax)
  case binary(BinarySyntax)
  case nullTest(NullTestSyntax)
  case like(LikeSyntax)
  case between(BetweenSyntax)
  case inList(InSyntax)
  case collate(CollateSyntax)
  case cast(CastSyntax)
  case caseWhen(CaseSyntax)
  case function(FunctionCallSyntax)
  case exists(ExistsSyntax)
  case subquery(SubqueryExpressionSyntax)
  /// `(a, b)`: two or more expressions, or none where SQLite takes an empty list.
  case row(RowValueSyntax)
  case parenthesized(ParenthesizedSyntax)
  case raise(RaiseSyntax)
  /// Where an error was reported and parsing went on.
  case missing(MissingSyntax)
}

public struct LiteralSyntax: Sendable {
  public enum Value: Sendable, Hashable {
    /// The spelling, digits with separators removed; hex literals keep `0x`. Whether it fits 64 bits is for the analyser.
    case integer(String)
    case real(String)
    case string(String)
    case blob([UInt8])
    case null
    case currentDate, currentTime, currentTimestamp
  }
  public var value: Value
  public var range: ByteRange
  public init(value: Value, range: ByteRange) {
    self.value = value
    self.range = range
  }
}

/// SQLite, lang_expr.html#varparam.
public struct ParameterSyntax: Sendable, Hashable {
  public enum Form: Sendable, Hashable {
    /// `?`
    case anonymous
    /// `?NNN`
    case numbered(Int)
    /// `:name`, `@name`, `$name` (and `$ns::name(suffix)`): `name` is without the prefix.
    case named(prefix: Character, name: String)
  }
  public var form: Form
  public var range: ByteRange
  public init(form: Form, range: ByteRange) {
    self.form = form
    self.range = range
  }
}

/// `name`, `table.name` or `schema.table.name`. A bare double-quoted name is a column here; the binder decides.
/// TRUE and FALSE arrive as columns too: they are only literals when no column has that name (lang_expr.html#booleanexpr).
public struct ColumnReferenceSyntax: Sendable {
  public var schema: NameSyntax?
  public var table: NameSyntax?
  public var column: NameSyntax
  public var range: ByteRange
  public init(schema: NameSyntax? = nil, table: NameSyntax? = nil, column: NameSyntax, range: ByteRange) {
    self.schema = schema
    self.table = table
    self.column = column
    self.range = range
  }
}

public struct MacroSyntax: Sendable {
  public enum Name: String, Sendable, Hashable, CaseIterable { case arg, narg, slice, embed, nest }
  public var name: Name
  public var nameRange: ByteRange
  /// The identifier or string between the parentheses.
  public var argument: NameSyntax
  /// `posts` in `sqlc.nest(posts.comments)`.
  public var outer: NameSyntax?
  /// From `sqlc` to the closing parenthesis.
  public var range: ByteRange
  public init(name: Name, nameRange: ByteRange, argument: NameSyntax, outer: NameSyntax? = nil, range: ByteRange) {
    self.name = name
    self.nameRange = nameRange
    self.argument = argument
    self.outer = outer
    self.range = range
  }
}

public struct UnarySyntax: Sendable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case minus = "-"
    case plus = "+"
    case bitNot = "~"
    case not = "NOT"
  }
  public var op: Operator
  public var operand: ExpressionSyntax
  public var range: ByteRange
  public init(op: Operator, operand: ExpressionSyntax, range: ByteRange) {
    self.op = op
    self.operand = operand
    self.range = range
  }
}

public struct BinarySyntax: Sendable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case or = "OR"
    case and = "AND"
    /// `=` and `==`
    case equal = "="
    /// `<>` and `!=`
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// `IS` and `IS NOT DISTINCT FROM`
    case `is` = "IS"
    /// `IS NOT` and `IS DISTINCT FROM`
    case isNot = "IS NOT"
    case bitAnd = "&"
    case bitOr = "|"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case concat = "||"
    case jsonArrow = "->"
    case jsonArrowText = "->>"
  }
  public var op: Operator
  public var opRange: ByteRange
  public var left: ExpressionSyntax
  public var right: ExpressionSyntax
  public var range: ByteRange
  public init(
    op: Operator, opRange: ByteRange, left: ExpressionSyntax, right: ExpressionSyntax, range: ByteRange
  ) {
    self.op = op
    self.opRange = opRange
    self.left = left
    self.right = right
    self.range = range
  }
}

/// `x ISNULL`, `x NOTNULL`, `x NOT NULL`. (`x IS NULL` is a binary IS with a NULL literal.)
public struct NullTestSyntax: Sendable {
  public var operand: ExpressionSyntax
  /// True for ISNULL.
  public var isNull: Bool
  public var range: ByteRange
  public init(operand: ExpressionSyntax, isNull: Bool, range: ByteRange) {
    self.operand = operand
    self.isNull = isNull
    self.range = range
  }
}

public struct LikeSyntax: Sendable {
  public enum Operator: String, Sendable, Hashable, CaseIterable {
    case like = "LIKE"
    case glob = "GLOB"
    case regexp = "REGEXP"
    case match = "MATCH"
  }
  public var op: Operator
  public var isNegated: Bool
  public var operand: ExpressionSyntax
  public var pattern: ExpressionSyntax
  public var escape: ExpressionSyntax?
  public var range: ByteRange
  public init(
    op: Operator, isNegated: Bool, operand: ExpressionSyntax, pattern: ExpressionSyntax, escape: ExpressionSyntax?,
    range: ByteRange
  ) {
    self.op = op
    self.isNegated = isNegated
    self.operand = operand
    self.pattern = pattern
    self.escape = escape
    self.range = range
  }
}

public struct BetweenSyntax: Sendable {
  public var isNegated: Bool
  public var operand: ExpressionSyntax
  public var low: ExpressionSyntax
  public var high: ExpressionSyntax
  public var range: ByteRange
  public init(
    isNegated: Bool, operand: ExpressionSyntax, low: ExpressionSyntax, high: ExpressionSyntax, range: ByteRange
  ) {
    self.isNegated = isNegated
    self.operand = operand
    self.low = low
    self.high = high
    self.range = range
  }
}

public struct InSyntax: Sendable {
  public enum Source: Sendable {
    /// `IN (a, b)`; empty is legal.
    case list([ExpressionSyntax])
    case subquery(SelectSyntax)
    /// `IN table` and `IN table-function(args)`
    case table(QualifiedNameSyntax, arguments: [ExpressionSyntax]?)
    /// `IN sqlc.slice('ids')`, without parentheses around it. Inside parentheses it is a list with one macro.
    case macro(MacroSyntax)
  }
  public var isNegated: Bool
  public var operand: ExpressionSyntax
  public var source: Source
  /// The list with its parentheses, or the table's name.
  public var sourceRange: ByteRange
  public var range: ByteRange
  public init(
    isNegated: Bool, operand: ExpressionSyntax, source: Source, sourceRange: ByteRange, range: ByteRange
  ) {
    self.isNegated = isNegated
    self.operand = operand
    self.source = source
    self.sourceRange = sourceRange
    self.range = range
  }
}

public struct CollateSyntax: Sendable {
  public var operand: ExpressionSyntax
  public var collation: NameSyntax
  public var range: ByteRange
  public init(operand: ExpressionSyntax, collation: NameSyntax, range: ByteRange) {
    self.operand = operand
    self.collation = collation
    self.range = range
  }
}

public struct CastSyntax: Sendable {
  public var operand: ExpressionSyntax
  public var type: TypeNameSyntax
  public var range: ByteRange
  public init(operand: ExpressionSyntax, type: TypeNameSyntax, range: ByteRange) {
    self.operand = operand
    self.type = type
    self.range = range
  }
}

/// A declared type: words, and up to two signed numbers. `text` is as SQLite keeps it (words and arguments, blanks
/// between words folded to one).
public struct TypeNameSyntax: Sendable {
  public var words: [NameSyntax]
  public var arguments: [String]
  public var text: String
  public var range: ByteRange
  public init(words: [NameSyntax], arguments: [String], text: String, range: ByteRange) {
    self.words = words
    self.arguments = arguments
    self.text = text
    self.range = range
  }
}

public struct CaseSyntax: Sendable {
  public struct Branch: Sendable {
    public var when: ExpressionSyntax
    public var then: ExpressionSyntax
    public var range: ByteRange
    public init(when: ExpressionSyntax, then: ExpressionSyntax, range: ByteRange) {
      self.when = when
      self.then = then
      self.range = range
    }
  }
  public var operand: ExpressionSyntax?
  public var branches: [Branch]
  public var elseBranch: ExpressionSyntax?
  public var range: ByteRange
  public init(
    operand: ExpressionSyntax?, branches: [Branch], elseBranch: ExpressionSyntax?, range: ByteRange
  ) {
    self.operand = operand
    self.branches = branches
    self.elseBranch = elseBranch
    self.range = range
  }
}

public struct ExistsSyntax: Sendable {
  public var query: SelectSyntax
  public var range: ByteRange
  public init(query: SelectSyntax, range: ByteRange) {
    self.query = query
    self.range = range
  }
}

public struct SubqueryExpressionSyntax: Sendable {
  public var query: SelectSyntax
  /// With its parentheses.
  public var range: ByteRange
  public init(query: SelectSyntax, range: ByteRange) {
    self.query = query
    self.range = range
  }
}

public struct RowValueSyntax: Sendable {
  public var elements: [ExpressionSyntax]
  public var range: ByteRange
  public init(elements: [ExpressionSyntax], range: ByteRange) {
    self.elements = elements
    self.range = range
  }
}

public struct ParenthesizedSyntax: Sendable {
  public var expression: ExpressionSyntax
  public var range: ByteRange
  public init(expression: ExpressionSyntax, range: ByteRange) {
    self.expression = expression
    self.range = range
  }
}

/// SQLite, lang_createtrigger.html#raise. The message is a literal before 3.47, any expression since.
public struct RaiseSyntax: Sendable {
  public enum Action: String, Sendable, Hashable {
    case ignore = "IGNORE"
    case rollback = "ROLLBACK"
    case abort = "ABORT"
    case fail = "FAIL"
  }
  public var action: Action
  public var message: ExpressionSyntax?
  public var range: ByteRange
  public init(action: Action, message: ExpressionSyntax?, range: ByteRange) {
    self.action = action
    self.message = message
    self.range = range
  }
}

public struct MissingSyntax: Sendable {
  public var range: ByteRange
  public init(range: ByteRange) { self.range = range }
}

extension ExpressionSyntax {
  public var range: ByteRange {
    switch self {
    case .literal(let node): node.range
    case .parameter(let node): node.range
    case .column(let node): node.range
    case .macro(let node): node.range
    case .unary(let node): node.range
    case .binary(let node): node.range
    case .nullTest(let node): node.range
    case .like(let node): node.range
    case .between(let node): node.range
    case .inList(let node): node.range
    case .collate(let node): node.range
    case .cast(let node): node.range
    case .caseWhen(let node): node.range
    case .function(let node): node.range
    case .exists(let node): node.range
    case .subquery(let node): node.range
    case .row(let node): node.range
    case .parenthesized(let node): node.range
    case .raise(let node): node.range
    case .missing(let node): node.range
    }
  }

  /// The expression without parentheses around it.
  public var unparenthesized: ExpressionSyntax {
    var inner = self
    while case .parenthesized(let node) = inner { inner = node.expression }
    return inner
  }
}
