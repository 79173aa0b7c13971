// A set of token kinds in three words, so that the parser can note what it asked for without allocating.

/// The kinds of token that would have been welcome at one place.
struct KindSet: Sendable, Equatable {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  @inline(__always)
  mutating func insert(_ kind: TokenKind) {
    let bit = kind.rawValue
    if bit < 64 {
      low |= 1 << UInt64(bit)
    } else if bit < 128 {
      middle |= 1 << UInt64(bit - 64)
    } else {
      high |= 1 << UInt64(bit - 128)
    }
  }

  func contains(_ kind: TokenKind) -> Bool {
    let bit = kind.rawValue
    if bit < 64 { return low & 1 << UInt64(bit) != 0 }
    if bit < 128 { return middle & 1 << UInt64(bit - 64) != 0 }
    return high & 1 << UInt64(bit - 128) != 0
  }

  /// In the order of the enum, which is alphabetical among keywords of one class.
  var kinds: [TokenKind] { TokenKind.allCases.filter(contains) }
}
