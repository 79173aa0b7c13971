// The text a diagnostic points into. Positions are UTF-8 byte offsets; line and column exist only in renderers.

/// A half-open range of UTF-8 byte offsets in one file.
public struct ByteRange: Sendable, Hashable, Codable {
  public var lower: Int
  public var upper: Int

  public init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// An empty range: a position.
  public init(at offset: Int) { self.init(offset, offset) }

  public var count: Int { upper - lower }
  public var isEmpty: Bool { lower == upper }

  public func contains(_ other: ByteRange) -> Bool { lower <= other.lower && other.upper <= upper }

  /// The smallest range that covers both.
  public func union(_ other: ByteRange) -> ByteRange {
    ByteRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A named text. The name is what diagnostics print: a path relative to where the user stands, or `<standard input>`.
public struct SourceFile: Sendable, Hashable {
  public let path: String
  public let text: String

  public init(path: String, text: String) {
    self.path = path
    // One contiguous UTF-8 buffer, so that slicing by byte offset is cheap everywhere after this.
    var contiguous = text
    contiguous.makeContiguousUTF8()
    self.text = contiguous
  }

  /// The text of a range; ranges outside the file are clamped.
  public func slice(_ range: ByteRange) -> Substring {
    let utf8 = text.utf8
    let count = utf8.count
    let lower = utf8.index(utf8.startIndex, offsetBy: min(max(range.lower, 0), count))
    let upper = utf8.index(utf8.startIndex, offsetBy: min(max(range.upper, range.lower, 0), count))
    return text[lower..<upper]
  }
}

/// A range in a file of that path.
public struct SourceRange: Sendable, Hashable, Codable {
  public var path: String
  public var range: ByteRange

  public init(path: String, range: ByteRange) {
    self.path = path
    self.range = range
  }
}
