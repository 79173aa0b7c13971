// What should have stood where something else stands, in words of SQL.

/// What a production needed.
enum Expectation: Sendable, Equatable {
  case token(TokenKind)
  case anyOf([TokenKind])
  case expression
  case statement
  case name(NameRole)
  case query
  case resultColumn
  case tableSource
  case columnDefinition
  case tableConstraint
  case type
  case number
  case defaultValue
  case pragmaValue
  case tableOption
  case foreignKeyAction
  case conflictResolution
  case joinWord
  case triggerStatement
  case windowFrameBound
  /// Nothing more: the statement was complete. What could have gone on is in the parser's set of asked-for kinds.
  case endOfStatement
  /// The end of something in parentheses, or a comma.
  case commaOrClosingParenthesis

  /// Completes "expected …".
  var words: String {
    switch self {
    case .token(let kind): kind.inWords
    case .anyOf(let kinds): listed(kinds.map(\.inWords))
    case .expression: "an expression"
    case .statement: "a statement"
    case .name(let role): role.rawValue
    case .query: "SELECT, VALUES or WITH"
    case .resultColumn: "a result column"
    case .tableSource: "a table or a subquery"
    case .columnDefinition: "a column definition"
    case .tableConstraint: "a table constraint"
    case .type: "a type name"
    case .number: "a number"
    case .defaultValue: "a value, or an expression in parentheses"
    case .pragmaValue: "a value"
    case .tableOption: "WITHOUT ROWID or STRICT"
    case .foreignKeyAction: "SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION"
    case .conflictResolution: "ROLLBACK, ABORT, FAIL, IGNORE or REPLACE"
    case .joinWord: "JOIN"
    case .triggerStatement: "SELECT, INSERT, UPDATE, DELETE or END"
    case .windowFrameBound: "UNBOUNDED, CURRENT ROW or an expression"
    case .endOfStatement: "the end of the statement"
    case .commaOrClosingParenthesis: "',' or ')'"
    }
  }
}

/// What a name names.
enum NameRole: String, Sendable, Equatable {
  case table = "a table name"
  case column = "a column name"
  case index = "an index name"
  case view = "a view name"
  case trigger = "a trigger name"
  case object = "the name of a table or an index"
  case schema = "a schema name"
  case alias = "an alias"
  case constraint = "a constraint name"
  case collation = "a collation name"
  case module = "a module name"
  case pragma = "a pragma name"
  case savepoint = "a savepoint name"
  case window = "a window name"
  case transaction = "a transaction name"
  case commonTable = "the name of a common table expression"
  case afterDot = "a name after '.'"
  case matchType = "a name after MATCH"
  case macroArgument = "a parameter name"
}

extension TokenKind {
  /// How a message names the kind: a keyword as it is, a sign in quotes.
  var inWords: String {
    switch self {
    case .endOfInput: "the end of the statement"
    case .identifier, .quotedIdentifier: "a name"
    case .string: "a string"
    case .integer, .real: "a number"
    case .blob: "a blob"
    case .parameter: "a parameter"
    case .leftParen: "'('"
    case .rightParen: "')'"
    default: isKeyword ? spelling ?? "a keyword" : spelling.map { "'\($0)'" } ?? "something else"
    }
  }
}

/// `a`, `a or b`, `a, b or c`.
func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
