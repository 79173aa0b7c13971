// An identifier: what a name from outside is once it can be written as one.

import SQLCModel

/// Letters, digits, marks and underscores, the first of them no digit or mark; never empty.
///
/// Whatever the text it is made of: what cannot stand in an identifier is left out. `Naming` makes the names; this makes
/// sure of them.
struct SwiftName: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  let text: String

  init(_ name: String) {
    text = isIdentifier(name) ? name : startable(String(name.filter(isIdentifierCharacter)))
  }

  init(stringLiteral text: StaticString) { self.init(text.description) }

  var description: String { text }

  /// `Queries` and `Transaction` → `QueriesTransaction`.
  func appending(_ suffix: StaticString) -> SwiftName { SwiftName(text + suffix.description) }

  static func < (a: SwiftName, b: SwiftName) -> Bool { a.text < b.text }
}
