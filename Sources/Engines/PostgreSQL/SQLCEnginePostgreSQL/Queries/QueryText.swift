// A query's text with its macros read: pieces that are sent as they are, and places for parameters and columns.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile

/// A statement as its author wrote it, cut where something else is sent.
struct QueryText {
  enum Piece {
    /// A token as it stands in the file; `word` is a word in capitals, the character of a symbol, and nothing of the rest.
    case token(ByteRange, word: String)
    /// Blanks between two tokens; comments are gone.
    case gap(String, ByteRange)
    /// Something that is sent in the place of what stands there.
    case replacement(String, ByteRange)
    /// A parameter, by its number; `occurrence` counts all of the statement's.
    case parameter(number: Int, occurrence: Int, ByteRange)
    /// `*`, `a.*`, `sqlc.embed(a)`: index of `stars`.
    case star(Int, ByteRange)
  }

  /// Columns that are not listed by name.
  struct Star {
    /// `a.`, as written; empty for `*`.
    var prefix: String
    /// The name in `sqlc.embed(name)` and `sqlc.nest(name)`.
    var embed: String?
    var role = Role.row

    enum Role: Hashable {
      case row
      /// `sqlc.nest(outer.name)`: one of many rows, of which the query's own row has a list.
      case list(outer: String?)
    }
  }

  struct Parameter {
    /// nil for a bare `$1`.
    var name: String?
    var isNullableArgument = false
    var occurrences: [ByteRange] = []
  }

  var source: SourceFile
  var range: ByteRange
  var tokens: [LexicalToken]
  var pieces: [Piece] = []
  var stars: [Star] = []
  /// By number: `$1` first.
  var parameters: [Parameter] = []
  /// The numbers of all occurrences, in order.
  var occurrenceNumbers: [Int] = []

  var place: SourceRange { SourceRange(path: source.path, range: range) }

  /// The first words of the statement in capitals, quoted names as they are.
  func words(first count: Int) -> [String] {
    tokens.lazy.filter { $0.kind == .word || $0.kind == .quoted }.prefix(count).map {
      $0.kind == .word ? source.slice($0.range).uppercased() : String(source.slice($0.range))
    }
  }
}

/// What is sent, and where each part of it stands in the file.
struct SentText {
  var text = ""
  private var count = 0
  /// Bytes of the text from which on it corresponds to the file from that byte on.
  private var anchors: [(sent: Int, file: Int, isCopy: Bool)] = []

  mutating func append(_ part: some StringProtocol, at file: Int, isCopy: Bool) {
    anchors.append((count, file, isCopy))
    text += part
    count += part.utf8.count
  }

  /// The byte of the file that a byte of the text stands for.
  func fileOffset(of sent: Int) -> Int {
    let index = anchors.partitioningIndex { $0.sent > sent }
    guard index > 0 else { return anchors.first?.file ?? 0 }
    let anchor = anchors[index - 1]
    return anchor.isCopy ? anchor.file + sent - anchor.sent : anchor.file
  }

  /// The byte of the text at which a piece that begins there in the file begins.
  func sentOffset(of file: Int) -> Int? { anchors.first { $0.file == file }?.sent }
}

extension QueryText {
  /// What may differ from the pieces when the text is made.
  struct Choices {
    /// Written behind each occurrence of a parameter: `::text`.
    var casts: [Int: String] = [:]
    /// Each occurrence has a number of its own, to learn what each would be alone.
    var separatesOccurrences = false
    /// The columns of a star, by its index.
    var columns: [Int: [String]] = [:]
  }

  func sent(_ choices: Choices = Choices()) -> SentText {
    var sent = SentText()
    for piece in pieces {
      switch piece {
      case .token(let range, _): sent.append(source.slice(range), at: range.lower, isCopy: true)
      case .gap(let text, _): sent.text(text)
      case .replacement(let text, let range): sent.append(text, at: range.lower, isCopy: false)
      case .parameter(let number, let occurrence, let range):
        let shown = choices.separatesOccurrences ? occurrence + 1 : number
        sent.append("$\(shown)\(choices.casts[number] ?? "")", at: range.lower, isCopy: false)
      case .star(let index, let range):
        sent.append(columns(of: index, choices), at: range.lower, isCopy: false)
      }
    }
    return sent
  }
}

extension QueryText {
  func columns(of star: Int, _ choices: Choices) -> String {
    choices.columns[star]?.joined(separator: ", ") ?? stars[star].prefix + "*"
  }

  /// What is sent, with its parameters apart.
  func segments(_ choices: Choices) -> [SQLSegment] {
    var segments: [SQLSegment] = []
    var pending = ""
    for piece in pieces {
      switch piece {
      case .token(let range, _): pending += source.slice(range)
      case .gap(let text, _), .replacement(let text, _): pending += text
      case .star(let index, _):
        pending += columns(of: index, choices)
      case .parameter(let number, _, _):
        if !pending.isEmpty { segments.append(.text(pending)) }
        segments.append(.parameter(number))
        pending = choices.casts[number] ?? ""
      }
    }
    if !pending.isEmpty { segments.append(.text(pending)) }
    return segments
  }
}

extension SentText {
  fileprivate mutating func text(_ part: String) {
    text += part
    count += part.utf8.count
  }
}
