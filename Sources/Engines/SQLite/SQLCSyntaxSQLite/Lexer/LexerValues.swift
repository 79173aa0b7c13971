// The lexemes with an inside: numbers, blobs, strings, quoted names, parameters (SQLite, lang_expr.html#literal_values_constants_).

extension Lexer {
  /// An integer, a real or a hexadecimal integer. Digits may be separated by `_` since 3.46; a separator that does not
  /// stand between two digits, or a letter right behind, spoils the number.
  mutating func scanNumber() -> TokenKind {
    var kind = TokenKind.integer
    if byte(position) == 0x30, byte(position + 1) | 0x20 == 0x78, byte(position + 2).isHexDigit {
      position += 2
      if !skipDigits({ $0.isHexDigit }) { kind = .malformedNumber }
    } else {
      if byte(position) != 0x2E, !skipDigits({ $0.isDigit }) { kind = .malformedNumber }
      if byte(position) == 0x2E {
        position += 1
        if kind == .integer { kind = .real }
        if !skipDigits({ $0.isDigit }) { kind = .malformedNumber }
      }
      if byte(position) | 0x20 == 0x65 {
        let next = byte(position + 1)
        let signed = next == 0x2B || next == 0x2D
        if next.isDigit || (signed && byte(position + 2).isDigit) {
          position += signed ? 2 : 1
          if kind == .integer { kind = .real }
          if !skipDigits({ $0.isDigit }) { kind = .malformedNumber }
        }
      }
    }
    while byte(position).continuesName {
      kind = .malformedNumber
      position += 1
    }
    return kind
  }

  /// Skips digits and separators; false when a separator is not between two digits.
  private mutating func skipDigits(_ isDigit: (UInt8) -> Bool) -> Bool {
    var isSound = true
    var previousIsDigit = false
    while true {
      let current = byte(position)
      if isDigit(current) {
        previousIsDigit = true
      } else if current == 0x5F {
        if !previousIsDigit || !isDigit(byte(position + 1)) { isSound = false }
        previousIsDigit = false
      } else {
        return isSound
      }
      position += 1
    }
  }

  /// `x'53514C'`: pairs of hexadecimal digits.
  mutating func scanBlob() -> TokenKind {
    position += 2
    let start = position
    while byte(position).isHexDigit { position += 1 }
    if byte(position) == 0x27, (position - start) % 2 == 0 {
      position += 1
      return .blob
    }
    while position < end, bytes[position] != 0x27 { position += 1 }
    if position < end { position += 1 }
    return .malformedBlob
  }

  /// `'…'`, `"…"` or `` `…` `` with the quote doubled inside.
  mutating func scanQuoted(_ quote: UInt8) -> TokenKind {
    position += 1
    while position < end {
      if bytes[position] != quote {
        position += 1
      } else if byte(position + 1) == quote {
        position += 2
      } else {
        position += 1
        return quote == 0x27 ? .string : .quotedIdentifier
      }
    }
    return quote == 0x27 ? .unterminatedString : .unterminatedName
  }

  /// `[…]`, which has no way to hold a closing bracket.
  mutating func scanBracketed() -> TokenKind {
    while position < end {
      position += 1
      if bytes[position - 1] == 0x5D { return .quotedIdentifier }
    }
    return .unterminatedName
  }

  /// `?` or `?NNN`.
  mutating func scanNumberedParameter() -> TokenKind {
    repeat { position += 1 } while byte(position).isDigit
    return .parameter
  }

  /// `:name`, `@name`, `$name`, with `::` and one `(suffix)` as Tcl has them. (`#name` is read too, as SQLite does.)
  mutating func scanNamedParameter() -> TokenKind {
    let isRegister = byte(position) == 0x23 && byte(position + 1).isDigit
    var nameLength = 0
    position += 1
    while position < end {
      let current = bytes[position]
      if current.continuesName {
        nameLength += 1
        position += 1
      } else if current == 0x28, nameLength > 0 {
        repeat { position += 1 } while position < end && !bytes[position].isBlank && bytes[position] != 0x29
        guard byte(position) == 0x29 else { return .malformedParameter }
        position += 1
        break
      } else if current == 0x3A, byte(position + 1) == 0x3A {
        position += 2
      } else {
        break
      }
    }
    // `#1` names a register of the virtual machine, which only SQLite's own statements may.
    if nameLength == 0 || isRegister { return .malformedParameter }
    return .parameter
  }
}
