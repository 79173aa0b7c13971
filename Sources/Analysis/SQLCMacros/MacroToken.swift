// The tokens of a statement as far as the macros around them matter, in words of no dialect.

package import SQLCDiagnostics

/// What an engine's lexer tells the reader of macros.
package struct MacroToken: Sendable, Hashable {
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// A word that is a name, or can be one.
    case identifier
    /// `"x"`, and what else the dialect quotes names with.
    case quotedIdentifier
    case string
    case leftParen, rightParen, comma, dot, semicolon
    case and, `as`, asc, between, by, collate, cross, desc, except, fetch, filter, `for`, full, group, having, inner
    case intersect, join, left, limit, natural, nulls, offset, on, order, returning, right, select, set, union, values
    case `where`, window
    /// Any other word that is no name.
    case keyword
    case other
    case endOfInput
  }
  package var kind: Kind
  package var range: ByteRange

  package init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

extension MacroToken.Kind {
  /// The clause words by their spelling, in capitals.
  package static let clauseWords: [String: Self] = [
    "AND": .and, "AS": .as, "ASC": .asc, "BETWEEN": .between, "BY": .by, "COLLATE": .collate, "CROSS": .cross,
    "DESC": .desc, "EXCEPT": .except, "FETCH": .fetch, "FILTER": .filter, "FOR": .for, "FULL": .full, "GROUP": .group,
    "HAVING": .having, "INNER": .inner, "INTERSECT": .intersect, "JOIN": .join, "LEFT": .left, "LIMIT": .limit,
    "NATURAL": .natural, "NULLS": .nulls, "OFFSET": .offset, "ON": .on, "ORDER": .order, "RETURNING": .returning,
    "RIGHT": .right, "SELECT": .select, "SET": .set, "UNION": .union, "VALUES": .values, "WHERE": .where,
    "WINDOW": .window,
  ]

  var isName: Bool {
    switch self {
    case .identifier, .quotedIdentifier, .by, .asc, .desc, .nulls, .fetch, .for, .offset: true
    default: false
    }
  }

  var isWord: Bool {
    switch self {
    case .string, .leftParen, .rightParen, .comma, .dot, .semicolon, .other, .endOfInput: false
    default: true
    }
  }
}
