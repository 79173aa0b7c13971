// Bytes into messages, and back (Language Server Protocol 3.17, Base Protocol).

/// Cuts a stream of bytes into messages: `Content-Length: 20\r\n\r\n{…}`.
///
///     var frames = MessageFrames()
///     frames.append(bytes)
///     while let frame = frames.next() { … }
public struct MessageFrames: Sendable {
  public enum Frame: Sendable, Hashable {
    case content([UInt8])
    /// What came was no frame, or too long for one, and was skipped.
    case malformed(String)
  }

  /// Longer contents are skipped.
  public var greatestLength = 256 << 20
  /// Longer headers are none.
  static let greatestHeader = 4096

  private var bytes: [UInt8] = []
  private var start = 0
  /// Bytes of a content that is skipped.
  private var skipped = 0

  public init() {}

  public mutating func append(_ more: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes += more
  }

  /// The next message, when all of it is there.
  public mutating func next() -> Frame? {
    if skipped > 0 {
      let count = min(skipped, bytes.count - start)
      skipped -= count
      start += count
      if skipped > 0 { return nil }
    }
    guard let end = headerEnd() else {
      guard bytes.count - start > Self.greatestHeader else { return nil }
      start = bytes.count
      return .malformed("no header is that long")
    }
    guard let length = contentLength(in: bytes[start..<end]) else {
      start = end
      return .malformed("the header has no Content-Length")
    }
    guard length <= greatestLength else {
      start = end
      skipped = length
      return .malformed("a message of \(length) bytes is too long")
    }
    guard bytes.count - end >= length else { return nil }
    start = end + length
    return .content(Array(bytes[end..<start]))
  }

  /// Behind the empty line.
  private func headerEnd() -> Int? {
    let last = min(bytes.count, start + Self.greatestHeader)
    guard last - start >= 4 else { return nil }
    for index in start...(last - 4)
    where bytes[index] == 0x0D && bytes[index + 1] == 0x0A && bytes[index + 2] == 0x0D && bytes[index + 3] == 0x0A {
      return index + 4
    }
    return nil
  }

  private func contentLength(in header: ArraySlice<UInt8>) -> Int? {
    for line in String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      guard let length = Int(parts[1].filter { $0 != " " }), length >= 0 else { return nil }
      return length
    }
    return nil
  }

  /// A message as it is sent.
  public static func frame(_ message: JSON) -> [UInt8] {
    var content: [UInt8] = []
    message.write(to: &content)
    return Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
  }
}
