// Files as clients name them.

/// A `file:` URI (RFC 8089) and the path that it means.
public struct DocumentURI: Sendable, Hashable {
  /// As the client wrote it: it gets its own spelling back.
  public let text: String
  /// Absolute, with `/` between components.
  public let path: String

  /// Nothing for a URI of another scheme.
  public init?(_ text: String) {
    guard text.lowercased().hasPrefix("file://") else { return nil }
    let rest = text.dropFirst("file://".count).prefix { $0 != "?" && $0 != "#" }
    guard let slash = rest.firstIndex(of: "/"), let path = Self.decoded(rest[slash...]) else { return nil }
    self.text = text
    self.path = path
  }

  public init(path: String) {
    self.path = path
    text = "file://" + Self.encoded(path)
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// RFC 3986: everything but unreserved characters and the slash.
  private static func encoded(_ path: String) -> String {
    path.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
  }
}
