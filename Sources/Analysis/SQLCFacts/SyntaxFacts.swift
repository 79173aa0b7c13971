// A statement as it is written: every expression with its types, every term of an ORDER BY, and spellings that are worth a
// look. Where `RelationalStatement` says which rows there are, this says by which words.

public import SQLCDiagnostics
public import SQLCModel

/// A schema inspector that can take statements apart. Whoever has a `SchemaInspector` asks whether it is one.
public protocol SyntaxInspector: Sendable {
  /// - Parameter elsewhere: types of columns in another engine's schema of the same application.
  func syntaxReader(elsewhere: ForeignColumns) -> any SyntaxReader
}

/// Takes the statements of one schema apart.
public protocol SyntaxReader: Sendable {
  /// A query, with all of its predicates. Nothing where it has mistakes.
  func facts(of query: AnnotatedQuery) -> SyntaxFacts?

  /// What the schema is written in: CHECKs, defaults, generated columns, indexes and views.
  func schemaFacts() -> [SchemaSyntaxFacts]
}

/// Types of columns in another schema, by names in lower case.
public struct ForeignColumns: Sendable {
  public var types: [ColumnReference: PortableType] = [:]

  public init() {}

  public subscript(table: String, column: String) -> PortableType? {
    types[ColumnReference(table: QualifiedName(table.lowercased()), column: column.lowercased())]
  }
}

public struct SyntaxFacts: Sendable {
  public var expressions: [ExpressionFact] = []
  public var orderTerms: [OrderTermFact] = []
  public var spellings: [SpellingFact] = []

  public init() {}
}

/// What one definition of a schema is written in.
public struct SchemaSyntaxFacts: Sendable {
  public enum Part: String, Sendable, Hashable {
    case table, check
    case fallback = "default"
    case generated, index, view, trigger
  }

  public var part: Part
  /// The table or view that it belongs to.
  public var table: String
  public var path: String
  public var facts: SyntaxFacts

  public init(part: Part, table: String, path: String, facts: SyntaxFacts) {
    self.part = part
    self.table = table
    self.path = path
    self.facts = facts
  }
}

/// One expression. Parentheses are no expressions of their own.
public struct ExpressionFact: Sendable {
  public enum Kind: String, Sendable, Hashable {
    case integer, decimal, string, blob, null, boolean, moment, parameter, column, unary, binary
    case nullTest = "null test"
    case like, between, list, membership, collate, cast
    case caseWhen = "case"
    case call, exists, subquery, row, raise
    case macro, unread
  }

  /// What it is to what it is part of.
  public enum Role: String, Sendable, Hashable {
    case result, condition, definition, group, limit, offset, order, partition, value
    case argument, left, right, operand, item, low, high, pattern, escape, comparand, then, otherwise, source
  }

  /// Its place in `SyntaxFacts.expressions`.
  public var parent: Int?
  public var role: Role
  public var ordinal: Int
  public var kind: Kind
  /// An operator, a function, a column, the type of a CAST, a collation; of a literal its value.
  public var name: String
  public var range: ByteRange
  public var parentheses: Parentheses = .absent
  public var use: Use = .scalar
  /// On PostgreSQL; nothing where that is not known.
  public var type: PortableType?
  /// What comparisons convert by; absent for what is neither a column nor a CAST (SQLite, datatype3.html §3.2).
  public var affinity: String?
  /// Can it be NULL? Nothing where it was not asked.
  public var nullability: Nullability?
  public var column: ColumnReference?
  /// The column that it becomes the value of.
  public var target: ColumnReference?
  public var targetType: PortableType?

  public enum Parentheses: Sendable, Hashable { case absent, written }
  public enum Nullability: Sendable, Hashable { case never, possible }

  /// How a function is called.
  public enum Use: String, Sendable, Hashable {
    case scalar, aggregate
    case distinct = "distinct aggregate"
    case window
  }

  public init(parent: Int?, role: Role, ordinal: Int, kind: Kind, name: String, range: ByteRange) {
    self.parent = parent
    self.role = role
    self.ordinal = ordinal
    self.kind = kind
    self.name = name
    self.range = range
  }
}

/// A term of an ORDER BY.
public struct OrderTermFact: Sendable {
  public enum Context: String, Sendable, Hashable { case query, window, aggregate }
  /// Where NULL stands, as written.
  public enum Nulls: String, Sendable, Hashable { case first, last }
  public enum Direction: String, Sendable, Hashable { case ascending, descending }
  /// Does its ORDER BY tell every two rows apart?
  public enum Reach: Sendable, Hashable { case total, partial }

  /// Its place in `SyntaxFacts.expressions`.
  public var expression: Int
  public var context: Context
  public var direction: Direction
  public var nulls: Nulls?
  public var reach: Reach
  /// The window function, in lower case.
  public var function: String?

  public init(
    expression: Int, context: Context, direction: Direction, nulls: Nulls?, reach: Reach, function: String? = nil
  ) {
    self.expression = expression
    self.context = context
    self.direction = direction
    self.nulls = nulls
    self.reach = reach
    self.function = function
  }
}

/// A way of writing that another engine reads otherwise or not at all.
public struct SpellingFact: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    // Words and names.
    case bracketedName = "bracketed name"
    case doubleEquals = "double equals"
    case hexadecimal = "hexadecimal number"
    case bareAlias = "alias without AS"
    case schemaName = "schema name"
    case longName = "long name"
    case nameCase = "name in another case"
    case nestedComment = "comment in a comment"
    case sessionName = "session name"
    case reservedName = "reserved name"
    case numberedParameters = "numbered parameters out of order"
    case stringName = "string as a name"
    // Clauses.
    case postfixNotNull = "postfix NOT NULL"
    case commaLimit = "LIMIT with a comma"
    case indexHint = "index hint"
    case unlabelledConflict = "DO UPDATE without a key"
    case severalConflicts = "several ON CONFLICT"
    case conflictWord = "OR in INSERT or UPDATE"
    case missingCondition = "JOIN without a condition"
    case fullJoin = "FULL JOIN by inequality"
    case limitedWrite = "LIMIT in UPDATE or DELETE"
    case limitedRecursion = "LIMIT in a recursion"
    case orderedRecursion = "ORDER BY in a recursion"
    case aliasInCondition = "alias in a condition"
    case aliasInOrder = "alias in an ORDER BY expression"
    case bareColumn = "column beside aggregates"
    case tableMembership = "IN with a table"
    case chain = "chain of comparisons"
    case precedence = "mixed precedence"
    case mixedUnion = "mixed types in a union"
    case repeatedUpsert = "upsert of many rows"
    case triggerReturning = "RETURNING beside triggers"
    // Definitions.
    case tableOption = "table option"
    case autoincrement = "AUTOINCREMENT"
    case trigger = "trigger"
    case virtualTable = "virtual table"
    case forwardReference = "reference to a later table"
    case looseReference = "reference without a key"
    case mixedReference = "reference of another type"
    case keyConflict = "ON CONFLICT in a constraint"
  }

  public var kind: Kind
  /// What is written, or what it is about.
  public var detail: String
  public var range: ByteRange

  public init(_ kind: Kind, _ detail: String, range: ByteRange) {
    self.kind = kind
    self.detail = detail
    self.range = range
  }
}
