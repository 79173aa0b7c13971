// Bytes to tokens, in one pass, as SQLite's tokenize.c does it. Nothing is allocated but the array of tokens.

import SQLCDiagnostics

/// Cuts a range of bytes into tokens.
///
/// Every byte is looked at a bounded number of times, so that the time is linear whatever the input is.
struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  let keywords = KeywordTable.shared
  var position: Int
  /// Where a `/*` without its `*/` stands, which SQLite reads as a comment up to the end.
  var unterminatedComment: Int?
  /// FILTER, OVER or WINDOW was met: `settleWindowWords` has work to do.
  var hasWindowWords = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: ByteRange) {
    self.bytes = bytes
    position = range.lower
    end = range.upper
  }

  /// All tokens of the range, without the end marker.
  mutating func tokenize() -> [Token] {
    var tokens: [Token] = []
    tokens.reserveCapacity((end - position) / 5 + 4)
    while let token = next() { tokens.append(token) }
    if hasWindowWords { settleWindowWords(&tokens) }
    return tokens
  }

  /// The byte there; zero past the end, which no class of bytes contains.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

  private mutating func next() -> Token? {
    skipTrivia()
    guard position < end else { return nil }
    let start = position
    let kind = scan(bytes[start])
    return Token(kind: kind, range: ByteRange(start, position))
  }

  private mutating func skipTrivia() {
    while position < end {
      let current = bytes[position]
      if current.isBlank {
        position += 1
      } else if current == 0x2D, byte(position + 1) == 0x2D {  // --
        position += 2
        while position < end, bytes[position] != 0x0A { position += 1 }
      } else if current == 0x2F, byte(position + 1) == 0x2A, position + 2 < end {  // /*
        skipBlockComment()
      } else if current == 0xEF, byte(position + 1) == 0xBB, byte(position + 2) == 0xBF {  // byte order mark
        position += 3
      } else {
        return
      }
    }
  }

  private mutating func skipBlockComment() {
    let start = position
    position += 3
    while position < end {
      if bytes[position] == 0x2F, bytes[position - 1] == 0x2A {
        position += 1
        return
      }
      position += 1
    }
    unterminatedComment = start
  }

  /// Moves past the token that begins with that byte and says what it is.
  private mutating func scan(_ first: UInt8) -> TokenKind {
    if first.startsName { return scanWord(first) }
    if first.isDigit { return scanNumber() }
    switch first {
    case 0x28: return sign(.leftParen)
    case 0x29: return sign(.rightParen)
    case 0x2C: return sign(.comma)
    case 0x2E: return byte(position + 1).isDigit ? scanNumber() : sign(.dot)
    case 0x27, 0x22, 0x60: return scanQuoted(first)
    case 0x5B: return scanBracketed()
    case 0x3F: return scanNumberedParameter()
    case 0x24, 0x40, 0x3A, 0x23: return scanNamedParameter()
    default: return scanSign(first)
    }
  }

  @inline(__always)
  private mutating func sign(_ kind: TokenKind, length: Int = 1) -> TokenKind {
    position += length
    return kind
  }

  private mutating func scanSign(_ first: UInt8) -> TokenKind {
    let second = byte(position + 1)
    switch first {
    case 0x3B: return sign(.semicolon)
    case 0x2A: return sign(.star)
    case 0x2B: return sign(.plus)
    case 0x2D:  // - -> ->>
      guard second == 0x3E else { return sign(.minus) }
      return byte(position + 2) == 0x3E ? sign(.doubleArrow, length: 3) : sign(.arrow, length: 2)
    case 0x2F: return sign(.slash)
    case 0x25: return sign(.percent)
    case 0x3D: return sign(.equal, length: second == 0x3D ? 2 : 1)
    case 0x3C:  // < <= <> <<
      switch second {
      case 0x3D: return sign(.lessOrEqual, length: 2)
      case 0x3E: return sign(.notEqual, length: 2)
      case 0x3C: return sign(.shiftLeft, length: 2)
      default: return sign(.less)
      }
    case 0x3E:  // > >= >>
      switch second {
      case 0x3D: return sign(.greaterOrEqual, length: 2)
      case 0x3E: return sign(.shiftRight, length: 2)
      default: return sign(.greater)
      }
    case 0x21: return second == 0x3D ? sign(.notEqual, length: 2) : sign(.unknownCharacter)
    case 0x7C: return second == 0x7C ? sign(.concat, length: 2) : sign(.pipe)
    case 0x26: return sign(.ampersand)
    case 0x7E: return sign(.tilde)
    default: return sign(.unknownCharacter)
    }
  }

  private mutating func scanWord(_ first: UInt8) -> TokenKind {
    if first | 0x20 == 0x78, byte(position + 1) == 0x27 { return scanBlob() }
    let start = position
    repeat { position += 1 } while position < end && bytes[position].continuesName
    guard let kind = keywords.kind(of: bytes, from: start, to: position) else { return .identifier }
    if kind == .window || kind == .over || kind == .filter { hasWindowWords = true }
    return kind
  }
}
