// From byte offsets to the positions of editors, and back.

/// A place as editors say it: both from 0 (Language Server Protocol 3.17, Position).
public struct EditorPosition: Sendable, Hashable, Comparable {
  public var line: Int
  public var character: Int

  public init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  public static func < (a: EditorPosition, b: EditorPosition) -> Bool {
    (a.line, a.character) < (b.line, b.character)
  }
}

/// What `EditorPosition.character` counts (Language Server Protocol 3.17, PositionEncodingKind).
public enum EditorEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// The lines of a text as editors count them: one ends at `\n`, `\r\n` or a lone `\r`.
///
/// | text | offset | UTF-8 | UTF-16 |
/// |---|---|---|---|
/// | `SELECT ü, x` | 11 | 0:11 | 0:10 |
/// | `SELECT '😀', x` | 15 | 0:15 | 0:13 |
public struct EditorPositions: Sendable {
  public let encoding: EditorEncoding
  private let text: String
  private let starts: [Int]
  /// For each line the end of its text, its line break left out.
  private let ends: [Int]

  public init(_ source: SourceFile, encoding: EditorEncoding) {
    self.encoding = encoding
    var starts = [0]
    var ends: [Int] = []
    var text = source.text
    text.withUTF8 { bytes in
      for offset in bytes.indices {
        let isFeed = bytes[offset] == UInt8(ascii: "\n")
        guard isFeed || bytes[offset] == UInt8(ascii: "\r") else { continue }
        if isFeed, offset > 0, bytes[offset - 1] == UInt8(ascii: "\r") {
          // The second half of one line break.
          starts[starts.count - 1] = offset + 1
        } else {
          ends.append(offset)
          starts.append(offset + 1)
        }
      }
      ends.append(bytes.count)
    }
    self.text = text
    self.starts = starts
    self.ends = ends
  }

  public var lineCount: Int { starts.count }

  /// Offsets outside the text are clamped to it; one inside a character is at its beginning, one inside a line break at the
  /// end of its line.
  public func position(at offset: Int) -> EditorPosition {
    let line = max(0, starts.partitioningIndex { $0 > offset } - 1)
    let within = min(max(offset, starts[line]), ends[line])
    var units = 0
    var last = 0
    forEachCharacter(of: line) { position, width, count in
      guard position < within else { return false }
      last = units
      units += count
      return position + width <= within
    }
    return EditorPosition(line: line, character: isBoundary(within) ? units : last)
  }

  /// Positions beyond a line's end are at its end, lines beyond the last at the end of the text; one inside a character is
  /// at its beginning.
  public func offset(of position: EditorPosition) -> Int {
    guard position.line < starts.count else { return ends[ends.count - 1] }
    let line = max(0, position.line)
    var units = 0
    var result = starts[line]
    forEachCharacter(of: line) { offset, width, count in
      guard units + count <= position.character else { return false }
      units += count
      result = offset + width
      return true
    }
    return result
  }

  public func range(_ range: ByteRange) -> Range<EditorPosition> {
    let start = position(at: range.lower)
    return start..<max(start, position(at: range.upper))
  }

  private func isBoundary(_ offset: Int) -> Bool {
    let bytes = text.utf8
    guard offset < bytes.count else { return true }
    return bytes[bytes.index(bytes.startIndex, offsetBy: offset)] & 0xC0 != 0x80
  }

  /// Each Unicode scalar of a line: its offset, its bytes and the units that it counts for; until `body` says false.
  private func forEachCharacter(of line: Int, _ body: (_ offset: Int, _ width: Int, _ units: Int) -> Bool) {
    var text = text
    text.withUTF8 { bytes in
      var offset = starts[line]
      while offset < ends[line] {
        let lead = bytes[offset]
        let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        let units =
          switch encoding {
          case .utf8: width
          case .utf16: width == 4 ? 2 : 1
          }
        guard body(offset, width, units) else { return }
        offset += width
      }
    }
  }
}
