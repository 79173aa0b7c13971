// UUIDs: text by nature, sixteen bytes by codec.

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Written as 36 lower-case characters, as RFC 9562 recommends (§4) and most other languages do; either case is read.
/// Note that SQLite compares text by case: keys that other programs wrote in upper case are not found by a parameter.
extension UUID: SQLiteDecodable, SQLiteEncodable {
  public init(from value: borrowing ValueReader) throws(ConversionError) {
    guard value.storageClass == .text else { throw value.mismatch("TEXT with a UUID") }
    self = try value.withText { text throws(ConversionError) in
      guard let uuid = UUID(hexadecimal: text) else { throw .invalid("the text is no UUID") }
      return uuid
    }
  }

  public func write(to parameter: borrowing ValueWriter) throws(ConversionError) {
    let bytes = bytes
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(0x2D) }
      for digit in [byte >> 4, byte & 0xF] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
    }
    try text.withUnsafeBufferPointer { bytes throws(ConversionError) in try parameter.text(bytes) }
  }

  fileprivate var bytes: [UInt8] { withUnsafeBytes(of: uuid) { [UInt8]($0) } }

  fileprivate init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var raw: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes) }
    self.init(uuid: raw)
  }

  /// The 8-4-4-4-12 form.
  private init?(hexadecimal text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 36 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    var index = 0
    while index < 36 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard text[index] == 0x2D else { return nil }
        index += 1
      }
      guard let high = Character(UnicodeScalar(text[index])).hexDigitValue,
        let low = Character(UnicodeScalar(text[index + 1])).hexDigitValue
      else { return nil }
      bytes.append(UInt8(high << 4 | low))
      index += 2
    }
    self.init(bytes: bytes)
  }
}

/// UUIDs as BLOBs of sixteen bytes.
public enum UUIDBlobCodec: ColumnCodec {
  public static func decode(_ value: borrowing ValueReader) throws(ConversionError) -> UUID {
    try value.withBlob { bytes throws(ConversionError) in
      guard let uuid = UUID(bytes: bytes) else { throw .invalid("a UUID has 16 bytes, the blob has \(bytes.count)") }
      return uuid
    }
  }

  public static func encode(_ value: UUID, to parameter: borrowing ValueWriter) throws(ConversionError) {
    try value.bytes.write(to: parameter)
  }
}
