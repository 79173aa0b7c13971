// What a formatter is to its callers: a function from a text to edits, or the reason why there are none.

public import SQLCDiagnostics

/// Lays out the SQL of one dialect. Nothing is read but the text, and nothing is written.
public protocol SourceFormatter: Sendable {
  /// - Parameters:
  ///   - range: only statements that touch it, and what stands between them, are laid out; without it, all.
  func format(_ source: SourceFile, options: FormatOptions, range: ByteRange?) -> FormatOutcome
}

/// What came of formatting a text.
public enum FormatOutcome: Sendable {
  /// The edits that lead to the wanted text, in its order and apart from each other; none when it is laid out already.
  ///
  /// Before they are given, the text after them was read again: it has the same tokens, comments, queries and tree.
  case edits([FormatEdit])
  /// The text cannot be read; these say why. It is to be left as it is.
  case unreadable([Diagnostic])
  /// The text is not to be laid out: its dialect has no formatter, or the file must stay what it is. The reason, as a sentence
  /// without its full stop.
  case refused(reason: String)
  /// The new text would not say what the old one says: a mistake of the formatter. It is to be left as it is.
  case different(FormatDifference)
}

/// A piece of the text and what is to stand there instead.
public struct FormatEdit: Sendable, Hashable {
  public var range: ByteRange
  public var text: String

  public init(range: ByteRange, text: String) {
    self.range = range
    self.text = text
  }
}

/// What formatting would have changed that it must not.
public enum FormatDifference: String, Sendable, Hashable {
  case tokens = "the tokens are others"
  case comments = "a comment was lost or moved"
  case tree = "the text is read as another tree"
  case queries = "the annotated queries are others"
  case unstable = "formatting the result again would change it again"
}

/// The text after the edits.
public func applying(_ edits: [FormatEdit], to text: String) -> String {
  var result: [UInt8] = []
  let bytes = Array(text.utf8)
  var end = 0
  for edit in edits {
    result += bytes[end..<edit.range.lower]
    result += Array(edit.text.utf8)
    end = edit.range.upper
  }
  return String(decoding: result + bytes[end...], as: UTF8.self)
}

/// For a dialect that nothing here can read.
public struct MissingFormatter: SourceFormatter {
  public var reason: String

  public init(reason: String) { self.reason = reason }

  public func format(_ source: SourceFile, options: FormatOptions, range: ByteRange?) -> FormatOutcome {
    .refused(reason: reason)
  }
}
