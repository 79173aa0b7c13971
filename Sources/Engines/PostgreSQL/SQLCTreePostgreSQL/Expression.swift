/// An expression of an analysed statement, as the server's tree has it, without what only the executor asks.
///
/// Two expressions are equal when they have the same value in every row; where they are written does not count. Columns of a
/// JOIN are the columns of what it joins: no expression here refers to the JOIN.
public indirect enum Expression: Sendable, Hashable {
  case variable(Variable)
  case constant(Constant)
  case parameter(Parameter)
  /// A function or an operator.
  case call(Call)
  /// `a IS DISTINCT FROM b`: a call of `=`.
  case distinct(Call)
  case nullIf(Call)
  /// `x = ANY(array)`, `x <> ALL(array)`.
  case arrayComparison(ArrayComparison)
  case junction(Junction, [Expression], SourceOffset)
  case not(Expression, SourceOffset)
  case nullTest(NullTest)
  case booleanTest(BooleanTest)
  case caseWhen(CaseExpression)
  /// In a condition of `CASE x WHEN …`: x.
  case caseTest(type: ObjectID)
  case coalesce([Expression], SourceOffset)
  case extreme(Extreme, [Expression], SourceOffset)
  case array(ArrayExpression)
  case row([Expression], type: ObjectID, SourceOffset)
  case rowComparison(RowComparison)
  case element(Subscript)
  case field(Expression, number: Int, type: ObjectID)
  case conversion(Conversion)
  /// A sort order for a text.
  case collate(Expression, collation: ObjectID)
  /// Conversion to a domain, which checks its constraints.
  case domain(Expression, type: ObjectID, SourceOffset)
  /// `CURRENT_DATE` and its like; `op` as the server counts them.
  case valueFunction(op: Int, type: ObjectID, SourceOffset)
  case aggregate(Aggregate)
  case window(WindowCall)
  case grouping([Expression])
  case subquery(Subquery)
  /// `name => x`.
  case named(Expression, position: Int)
  case jsonConstructor(JSONConstructor)
  case isJSON(Expression, kind: Int, SourceOffset)
  /// `merge_action()`.
  case mergeAction
  case nextValue(sequence: ObjectID)
  /// DEFAULT in INSERT or UPDATE.
  case defaultValue
  /// A node this library does not know: nothing is known of its value.
  case unknown(UnknownNode)

  public enum Junction: Sendable, Hashable { case and, or }
  public enum Extreme: Sendable, Hashable { case greatest, least }
}

/// The byte of the statement's text where something is written. It is no part of what a thing is: all are equal.
public struct SourceOffset: Sendable, Hashable {
  /// Nil where the server does not say.
  public let value: Int?
  public init(_ value: Int?) { self.value = value }
  public static func == (a: SourceOffset, b: SourceOffset) -> Bool { true }
  public func hash(into hasher: inout Hasher) {}
}

/// A column of a range in FROM.
public struct Variable: Sendable, Hashable {
  public enum Row: Sendable, Hashable {
    case standard
    /// `old` and `new` in RETURNING (18).
    case old, new
  }
  /// 1-based, in the query `levelsUp` above.
  public var range: Int
  /// 0 for the whole row, below for a system column.
  public var attribute: Int
  public var levelsUp: Int
  public var type: ObjectID
  public var row: Row
  public var offset: SourceOffset

  /// All of a range's columns together.
  public static func wholeRow(of range: Int) -> Variable {
    Variable(range: range, attribute: 0, levelsUp: 0, type: .none, row: .standard, offset: SourceOffset(nil))
  }
}

public struct Constant: Sendable, Hashable {
  public var type: ObjectID
  public var typeModifier: Int
  public var collation: ObjectID
  /// Nil for NULL.
  public var bytes: [UInt8]?
  public var offset: SourceOffset
}

public struct Parameter: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// `$1` of a statement, an argument of a function.
    case external
    /// Of `SET (a, b) = (SELECT …)`.
    case assigned
    case other
  }
  public var kind: Kind
  public var number: Int
  public var type: ObjectID
  public var offset: SourceOffset
}

public struct Call: Sendable, Hashable {
  public enum Form: Sendable, Hashable { case call, explicitCast, implicitCast, syntax }
  /// Zero in trees that leave it to be looked up from the operator.
  public var function: ObjectID
  public var `operator`: ObjectID?
  public var arguments: [Expression]
  public var type: ObjectID
  public var collation: ObjectID
  public var returnsSet: Bool
  /// `VARIADIC array`.
  public var isVariadic: Bool
  public var form: Form
  public var offset: SourceOffset

  public static func == (a: Call, b: Call) -> Bool {
    a.function == b.function && a.operator == b.operator && a.type == b.type && a.collation == b.collation
      && a.isVariadic == b.isVariadic && a.arguments == b.arguments
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(`operator`)
    hasher.combine(arguments)
  }
}

public struct ArrayComparison: Sendable, Hashable {
  public enum Quantifier: Sendable, Hashable { case any, all }
  public var `operator`: ObjectID
  public var function: ObjectID
  public var quantifier: Quantifier
  public var value: Expression
  public var array: Expression
  public var collation: ObjectID
  public var offset: SourceOffset
}

public struct NullTest: Sendable, Hashable {
  public enum Test: Sendable, Hashable { case isNull, isNotNull }
  public var argument: Expression
  public var test: Test
  /// Of a row: all of its fields.
  public var isOfRow: Bool
  public var offset: SourceOffset
}

public struct BooleanTest: Sendable, Hashable {
  public enum Test: Int, Sendable, Hashable { case isTrue, isNotTrue, isFalse, isNotFalse, isUnknown, isNotUnknown }
  public var argument: Expression
  public var test: Test
  public var offset: SourceOffset
}

public struct CaseExpression: Sendable, Hashable {
  public struct Branch: Sendable, Hashable {
    public var condition: Expression
    public var result: Expression
  }
  public var argument: Expression?
  public var branches: [Branch]
  public var otherwise: Expression?
  public var offset: SourceOffset
}

public struct ArrayExpression: Sendable, Hashable {
  public enum Shape: Sendable, Hashable { case elements, arrays }
  public var elements: [Expression]
  /// Whether the elements are arrays themselves.
  public var shape: Shape
  public var type: ObjectID
  public var offset: SourceOffset
}

/// `(a, b) < (c, d)`.
public struct RowComparison: Sendable, Hashable {
  public var kind: Int
  public var operators: [ObjectID]
  public var collations: [ObjectID]
  public var left: [Expression]
  public var right: [Expression]
}

public struct Subscript: Sendable, Hashable {
  public enum Kind: Sendable, Hashable { case element, slice, assignment }
  public var container: Expression
  /// All that stands in brackets; nil where a bound is left out.
  public var bounds: [Expression?]
  public var kind: Kind
  public var type: ObjectID
}

public struct Conversion: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The same bytes under another type.
    case relabel
    /// Through text.
    case throughText
    /// Each element, by that expression over a `caseTest`.
    case elements(by: Expression)
    /// From a row type to that of an ancestor.
    case row
  }
  public var kind: Kind
  public var argument: Expression
  public var type: ObjectID
  public var typeModifier: Int
  public var collation: ObjectID
  public var offset: SourceOffset
}

public struct JSONConstructor: Sendable, Hashable {
  /// As the server counts them: object, array, object aggregate, array aggregate, parse, scalar, serialise.
  public var kind: Int
  public var arguments: [Expression]
  /// The call that makes it, where there is one.
  public var function: Expression?
  public var coercion: Expression?
  public var type: ObjectID
  public var absentOnNull: Bool
  public var unique: Bool
}

public struct UnknownNode: Sendable, Hashable {
  public var name: String
  /// The node's text: what it is besides its parts. Places are in it, so two of them are seldom equal.
  public var text: [UInt8]
  public var children: [Expression]
}
