// SQLite's tokens for the reader of macros.

package import SQLCMacros

extension MacroToken {
  package init(_ token: Token) { self.init(Kind(token.kind), token.range) }
}

extension MacroToken.Kind {
  package init(_ kind: TokenKind) {
    switch kind {
    case .identifier: self = .identifier
    case .quotedIdentifier: self = .quotedIdentifier
    case .string: self = .string
    case .leftParen: self = .leftParen
    case .rightParen: self = .rightParen
    case .comma: self = .comma
    case .dot: self = .dot
    case .semicolon: self = .semicolon
    case .and: self = .and
    case .as: self = .as
    case .asc: self = .asc
    case .between: self = .between
    case .by: self = .by
    case .collate: self = .collate
    case .cross: self = .cross
    case .desc: self = .desc
    case .except: self = .except
    case .filter: self = .filter
    case .full: self = .full
    case .group: self = .group
    case .having: self = .having
    case .inner: self = .inner
    case .intersect: self = .intersect
    case .join: self = .join
    case .left: self = .left
    case .limit: self = .limit
    case .natural: self = .natural
    case .nulls: self = .nulls
    case .on: self = .on
    case .order: self = .order
    case .returning: self = .returning
    case .right: self = .right
    case .select: self = .select
    case .set: self = .set
    case .union: self = .union
    case .values: self = .values
    case .where: self = .where
    case .window: self = .window
    case .endOfInput: self = .endOfInput
    case let kind where kind.isFallbackKeyword: self = .identifier
    case let kind where kind.isKeyword: self = .keyword
    default: self = .other
    }
  }
}
