// What Swift takes for a name: the configuration is held against it where it is read, and names are made by it.

/// Can the text be an identifier as it is? Reserved words can: in backticks.
package func isIdentifier(_ text: String) -> Bool {
  if text.allBytes(isASCIIIdentifierByte) { return isIdentifier(ofIdentifierBytes: text.utf8) }
  return text.allSatisfy(isIdentifierCharacter) && startable(text) == text
}

extension StringProtocol {
  /// Nearly all names and all code are: each byte is a character then.
  package var isASCII: Bool { allBytes { $0 < 0x80 } }

  /// Do all bytes of the text's UTF-8 fulfil it?
  @inlinable
  package func allBytes(_ isFulfilled: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isFulfilled) } ?? utf8.allSatisfy(isFulfilled)
  }
}

/// As ``isIdentifier(_:)``, of a text of ASCII letters, digits and underscores.
private func isIdentifier(ofIdentifierBytes text: String.UTF8View) -> Bool {
  guard let first = text.first, !isASCIIDigit(first) else { return false }
  return first != 0x5F || text.contains { $0 != 0x5F }
}

private func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// A letter, a digit or an underscore.
package func isASCIIIdentifierByte(_ byte: UInt8) -> Bool {
  byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || isASCIIDigit(byte)
}

/// `2fa` → `_2fa`: no identifier begins with a digit or a combining mark, and a lone underscore is no name.
package func startable(_ name: String) -> String {
  guard let first = name.unicodeScalars.first else { return "_0" }
  if name.allSatisfy({ $0 == "_" }) { return "underscore" }
  return first == "_" || first.properties.isXIDStart ? name : "_" + name
}

/// Can the character stand inside a Swift identifier? (The Swift Programming Language, Lexical Structure, identifiers.)
/// Letters, digits and marks of any script; symbols that Swift would also allow, such as emoji, are left out on purpose.
package func isIdentifierCharacter(_ character: Character) -> Bool {
  if let byte = character.asciiValue {
    return isASCIIIdentifierByte(byte)
  }
  return character.unicodeScalars.allSatisfy { scalar in
    let properties = scalar.properties
    if scalar.isASCII { return properties.isAlphabetic || properties.numericType != nil }
    // Of what cannot be seen, two names would look the same.
    return properties.isXIDContinue && !properties.isDefaultIgnorableCodePoint
  } && !character.unicodeScalars.isEmpty
}

/// Must the name stand in backticks where a declaration or an expression says it? Only reserved words must; contextual
/// ones (`actor`, `some`, `get`) need not.
/// The Swift Programming Language, Lexical Structure: "reserved keywords … can't be used as identifiers, unless they're
/// escaped with backticks". `unsafe` is contextual, but begins an expression
/// wherever it stands in one.
package func isReservedWord(_ name: String) -> Bool { reservedWords.contains(name) }

private let reservedWords: Set<String> = [
  "Any", "Self", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
  "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
  "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
  "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch",
  "throw", "throws", "true", "try", "typealias", "unsafe", "var", "where", "while",
]
