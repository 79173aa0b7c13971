// Telling texts apart: FNV-1a, 64 bits (draft-eastlake-fnv). It is no proof against forgers.

package struct Fingerprint: Sendable, Hashable {
  /// Where it begins usually.
  package static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325

  package private(set) var value: UInt64

  package init(from start: UInt64 = offsetBasis) { value = start }

  package init(_ text: String) {
    self.init()
    add(text.utf8)
  }

  package mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  package mutating func add(_ bytes: some Sequence<UInt8>) { for byte in bytes { add(byte) } }

  /// Sixteen digits.
  package var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
