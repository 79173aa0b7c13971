// The comments between two tokens, and where they stand.

import SQLCDiagnostics

/// A comment as the lexer skips it.
struct Comment: Hashable {
  enum Form { case line, block }
  var form: Form
  /// With its marks; blanks at the end of a line's comment are left out.
  var text: String
  var range: ByteRange
  /// Line ends between it and what stands before it, a token or another comment.
  var lineEndsBefore: Int
  /// A line end follows, or the end of the text.
  var endsLine: Bool

  /// A block comment can be left open up to the end of the text.
  var isClosed: Bool { form == .line || text.utf8.count >= 4 && text.hasSuffix("*/") }
}

/// What the lexer skips between two tokens, read again.
struct Gap {
  var comments: [Comment] = []
  /// Line ends behind the last comment.
  var lineEndsAfter = 0
  /// Line ends of the whole gap, those within comments left out.
  var lineEnds: Int { comments.reduce(lineEndsAfter) { $0 + $1.lineEndsBefore } }

  /// - Parameter bytes: of the whole text; `range` holds nothing but blanks and comments.
  init(_ bytes: [UInt8], _ range: ByteRange) {
    var offset = range.lower
    func byte(_ offset: Int) -> UInt8 { offset < range.upper ? bytes[offset] : 0 }
    while offset < range.upper {
      let start = offset
      if bytes[offset] == 0x2D, byte(offset + 1) == 0x2D {
        while offset < range.upper, bytes[offset] != 0x0A { offset += 1 }
        append(.line, bytes, ByteRange(start, offset))
      } else if bytes[offset] == 0x2F, byte(offset + 1) == 0x2A {
        offset = min(offset + 3, range.upper)
        while offset < range.upper, !(bytes[offset] == 0x2F && bytes[offset - 1] == 0x2A) { offset += 1 }
        offset = min(offset + 1, range.upper)
        append(.block, bytes, ByteRange(start, offset))
      } else {
        if bytes[offset] == 0x0A {
          if lineEndsAfter == 0, let last = comments.indices.last { comments[last].endsLine = true }
          lineEndsAfter += 1
        }
        offset += 1
      }
    }
    if range.upper == bytes.count, lineEndsAfter == 0, let last = comments.indices.last {
      comments[last].endsLine = true
    }
  }

  private mutating func append(_ form: Comment.Form, _ bytes: [UInt8], _ range: ByteRange) {
    var end = range.upper
    if form == .line {
      while end > range.lower, bytes[end - 1] == 0x20 || (0x09...0x0D).contains(bytes[end - 1]) { end -= 1 }
    }
    comments.append(
      Comment(
        form: form, text: String(decoding: bytes[range.lower..<end], as: UTF8.self),
        range: ByteRange(range.lower, end), lineEndsBefore: lineEndsAfter, endsLine: form == .line))
    lineEndsAfter = 0
  }
}
