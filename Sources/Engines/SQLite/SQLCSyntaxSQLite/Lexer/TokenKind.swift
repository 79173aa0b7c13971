// What lexemes there are. The order of the cases is part of the design: the classes of SQLite's grammar
// (`%fallback`, `JOIN_KW`) are runs of raw values, so that membership is one comparison.

/// The kind of a lexeme: a value, a sign, or one keyword each.
///
/// A keyword of `fallbackKeywords` is an identifier wherever it cannot stand as itself: the parser asks for the keyword
/// first, and then for a name (parse.y, `%fallback ID`).
public enum TokenKind: UInt8, Sendable, Hashable, CaseIterable {
  /// After the last token.
  case endOfInput

  // Not lexemes of SQL; each is an error where it stands.
  case unterminatedString, unterminatedName, malformedNumber, malformedBlob, malformedParameter, unknownCharacter

  // Values and names.
  case identifier
  /// `"x"`, `[x]` or `` `x` ``.
  case quotedIdentifier
  case string, integer, real, blob, parameter

  // Signs.
  case semicolon, leftParen, rightParen, comma, dot
  case star, plus, minus, slash, percent
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case shiftLeft, shiftRight, ampersand, pipe, concat, tilde, arrow, doubleArrow

  // Keywords that are never names unless quoted (INDEXED is, in most places; FILTER, OVER and WINDOW are settled by the
  // lexer, see `settleWindowWords`).
  case add, all, alter, and, `as`, autoincrement, between, `case`, check, collate, commit, constraint, create
  case `default`, deferrable, delete, distinct, drop, `else`, escape, except, exists, filter, foreign, from
  case group, having, `in`, index, indexed, insert, intersect, into, `is`, isNull, join, limit, not, nothing
  case notNull, null, on, or, order, over, primary, references, returning, select, set, table, then, to
  case transaction, union, unique, update, using, values, when, `where`, window

  // JOIN_KW: names too, but not for an alias without AS.
  case cross, full, inner, left, natural, outer, right

  // Keywords that fall back to an identifier.
  case abort, action, after, always, analyze, asc, attach, before, begin, by, cascade, cast, column, conflict
  case current, currentDate, currentTime, currentTimestamp, database, deferred, desc, detach, `do`, each, end
  case exclude, exclusive, explain, fail, first, following, `for`, generated, glob, groups, `if`, ignore
  case immediate, initially, instead, key, last, like, match, materialized, no, nulls, of, offset, others
  case partition, plan, pragma, preceding, query, raise, range, recursive, regexp, reindex, release, rename
  case replace, restrict, rollback, row, rows, savepoint, temp, ties, trigger, unbounded, vacuum, view
  case virtual, with, without
}

extension TokenKind {
  /// The reason why nothing can be made of the lexeme, if so.
  package var isIllegal: Bool {
    rawValue >= TokenKind.unterminatedString.rawValue && rawValue <= TokenKind.unknownCharacter.rawValue
  }

  public var isKeyword: Bool { rawValue >= TokenKind.add.rawValue }

  /// A keyword that is an identifier wherever it cannot be itself.
  public var isFallbackKeyword: Bool { rawValue >= TokenKind.abort.rawValue }

  /// `CROSS`, `LEFT`, …: parse.y's JOIN_KW.
  public var isJoinKeyword: Bool { rawValue >= TokenKind.cross.rawValue && rawValue <= TokenKind.right.rawValue }

  /// parse.y: `ID`, with fallback.
  var isIdentifier: Bool { self == .identifier || self == .quotedIdentifier || isFallbackKeyword }

  /// parse.y: `%token_class ids ID|STRING`: an alias without AS, a word of a type, a collation.
  var isIdentifierOrString: Bool { isIdentifier || self == .string }

  /// parse.y: `%token_class idj ID|INDEXED|JOIN_KW`: a column or a function in an expression.
  var isIdentifierOrJoinWord: Bool { isIdentifier || self == .indexed || isJoinKeyword }

  /// parse.y: `nm ::= idj | STRING`: a name anywhere else.
  var isName: Bool { isIdentifierOrJoinWord || self == .string }

  /// A fallback keyword that is itself where an expression begins, and so never a name there.
  var startsExpressionItself: Bool {
    self == .cast || self == .raise || self == .currentDate || self == .currentTime || self == .currentTimestamp
  }

  /// `SELECT`, `VALUES` or `WITH`: what makes a parenthesis a subquery.
  var startsQuery: Bool { self == .select || self == .values || self == .with }
}
