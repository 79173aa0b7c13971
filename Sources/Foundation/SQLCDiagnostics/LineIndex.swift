// From byte offsets to the lines and columns people and editors count in.

/// A place as `file:line:column` says it: both from 1.
///
/// Columns count UTF-8 bytes, as the Swift compiler and clang do, so that Xcode, SwiftPM and whatever else reads compiler
/// output puts its marker at the right character: in `WHERE ü = x` the `x` has column 12, not 11.
public struct LinePosition: Sendable, Hashable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: LinePosition, b: LinePosition) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Where the lines of a text begin. A line ends at `\n` or `\r\n`; a lone `\r` is white space, as it is to SQLite.
public struct LineIndex: Sendable {
  private let starts: [Int]
  /// For each line the end of its text, its line break left out.
  private let ends: [Int]

  public init(_ text: String) {
    var starts = [0]
    var ends: [Int] = []
    var text = text
    text.withUTF8 { bytes in
      for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
        let isCRLF = offset > starts[starts.count - 1] && bytes[offset - 1] == UInt8(ascii: "\r")
        ends.append(isCRLF ? offset - 1 : offset)
        starts.append(offset + 1)
      }
      ends.append(bytes.count)
    }
    self.starts = starts
    self.ends = ends
  }

  public var lineCount: Int { starts.count }

  /// Offsets outside the text are clamped to it; one inside a line break is at the end of its line.
  public func position(at offset: Int) -> LinePosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let within = min(max(offset, starts[low]), ends[low])
    return LinePosition(line: low + 1, column: within - starts[low] + 1)
  }

  /// The text of a line (from 1), its line break left out. Lines that do not exist are clamped to those that do.
  public func range(ofLine line: Int) -> ByteRange {
    let index = min(max(line - 1, 0), starts.count - 1)
    return ByteRange(starts[index], ends[index])
  }

  /// The offset of a position, clamped to its line.
  public func offset(of position: LinePosition) -> Int {
    let line = range(ofLine: position.line)
    return min(max(line.lower + position.column - 1, line.lower), line.upper)
  }
}
