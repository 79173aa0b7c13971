// From the user's SQL to the SQL that is prepared. Before and after:
//
//     SELECT * FROM agents   -- all of them                  SELECT id, name FROM agents
//     WHERE id IN (sqlc.slice('ids')) AND name = @name       WHERE id IN (<list 1>) AND name = ?2
//
// Stars are spelled out, parameters numbered, macros replaced, comments removed; every other byte stays as it was.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// A statement's SQL in segments, and how a position in its text leads to the user's file.
struct RewrittenStatement: Sendable {
  var segments: [SQLSegment]
  /// The text with one placeholder for each parameter and each list: what SQLite is asked about.
  var text: String
  /// (offset in `text`, offset in the file), ascending: text runs in step with the file from each on.
  private var anchors: [(text: Int, file: Int)]

  fileprivate init(segments: [SQLSegment], text: String, anchors: [(text: Int, file: Int)]) {
    self.segments = segments
    self.text = text
    self.anchors = anchors
  }

  /// Where in the file that offset of `text` came from.
  func fileOffset(of offset: Int) -> Int {
    let index = anchors.partitioningIndex { $0.text > offset }
    guard index > 0 else { return anchors.first?.file ?? 0 }
    let anchor = anchors[index - 1]
    let limit = index < anchors.count ? anchors[index].file : Int.max
    return min(anchor.file + (offset - anchor.text), limit)
  }
}

/// Writes one statement anew.
struct StatementRewriter {
  let source: SourceFile
  /// The tokens of the statement, its semicolon not among them.
  let tokens: ArraySlice<Token>
  /// In the order of the text.
  var rowLists: [RowList] = []

  /// What stands in place of a piece of the user's text.
  enum Replacement {
    case columns([String])
    /// - Parameter isField: of a list of rows.
    case parameter(Int, isField: Bool)
    case list(Int, parenthesized: Bool)
    /// Text of its own, in the place of none.
    case addition(String)

    var segments: [SQLSegment] {
      switch self {
      case .columns(let columns): [.text(columns.joined(separator: ", "))]
      case .parameter(let index, isField: false): [.parameter(index)]
      case .parameter(let index, isField: true): [.list(index)]
      case .list(let index, parenthesized: true): [.text("("), .list(index), .text(")")]
      case .list(let index, parenthesized: false): [.list(index)]
      case .addition(let text): [.text(text)]
      }
    }
  }

  /// - Returns: nothing for `segments` to be wrong about: ranges come from the same tree as `tokens`.
  func rewrite(
    _ statement: BoundStatement, adding markers: [PresenceMarker] = []
  ) -> Diagnosed<RewrittenStatement> {
    let (replacements, diagnostics) = replacements(of: statement, adding: markers)
    var output = Output(rowLists)
    var next = 0
    var previousEnd = tokens.first?.range.lower ?? 0
    source.text.utf8.withContiguousStorageIfAvailable { bytes in
      var index = tokens.startIndex
      /// What is added right behind what stands there.
      func addAtEnd() {
        while next < replacements.count, replacements[next].range == ByteRange(at: previousEnd) {
          output.append(replacements[next].replacement, at: previousEnd)
          next += 1
        }
      }
      while index < tokens.endIndex {
        let token = tokens[index].range
        addAtEnd()
        output.leave(previousEnd)
        output.appendGap(bytes, previousEnd, token.lower)
        output.enter(token.lower)
        if next < replacements.count, replacements[next].range.lower == token.lower {
          let (range, replacement) = replacements[next]
          output.append(replacement, at: range.lower)
          next += 1
          previousEnd = range.upper
          while index < tokens.endIndex, tokens[index].range.lower < range.upper { index += 1 }
        } else {
          output.append(bytes, token.lower, token.upper)
          previousEnd = token.upper
          index += 1
        }
      }
      addAtEnd()
      output.leave(previousEnd)
    }
    return Diagnosed(output.finish(), diagnostics)
  }

  /// What gives way to what, in the order of the text.
  func replacements(
    of statement: BoundStatement, adding markers: [PresenceMarker] = []
  ) -> (value: [(range: ByteRange, replacement: Replacement)], diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    var result: [(range: ByteRange, replacement: Replacement)] = []
    let fields = Set(rowLists.flatMap { $0.fields.map(\.parameter) })
    for expansion in statement.expansions {
      result.append((expansion.range, .columns(expansion.columns)))
    }
    for parameter in statement.parameters {
      for occurrence in parameter.occurrences {
        switch parameter.kind {
        case .argument, .nullableArgument:
          result.append((occurrence, .parameter(parameter.index, isField: fields.contains(parameter.name ?? ""))))
        case .slice:
          let (before, after) = neighbours(of: occurrence)
          if before == "in" {
            result.append((occurrence, .list(parameter.index, parenthesized: true)))
          } else {
            result.append((occurrence, .list(parameter.index, parenthesized: false)))
            if before != "(" || after != ")" {
              diagnostics.append(
                EngineDiagnostic.sliceNotAlone(name: parameter.name ?? "", after: before)
                  .at(SourceRange(path: source.path, range: occurrence)))
            }
          }
        }
      }
    }
    var additions: [(offset: Int, text: String)] = []
    for insertion in markers.flatMap(\.insertions) {
      // Those of one place in the order in which they were made.
      if let index = additions.firstIndex(where: { $0.offset == insertion.offset }) {
        additions[index].text += insertion.text
      } else {
        additions.append((insertion.offset, insertion.text))
      }
    }
    result += additions.map { (ByteRange(at: $0.offset), .addition($0.text)) }
    return (
      result.sorted { ($0.range.lower, $0.range.upper) < ($1.range.lower, $1.range.upper) }, diagnostics
    )
  }

  /// The tokens on both sides of a range, in lower case.
  private func neighbours(of range: ByteRange) -> (before: String, after: String) {
    let first = tokens.partitioningIndex { $0.range.lower >= range.lower }
    let past = tokens.partitioningIndex { $0.range.lower >= range.upper }
    let before = first > tokens.startIndex ? String(source.slice(tokens[first - 1].range)).asciiLowercased : ""
    let after = past < tokens.endIndex ? String(source.slice(tokens[past].range)) : ""
    return (before, after)
  }

  /// The new text as it grows.
  private struct Output {
    private var segments: [SQLSegment] = []
    private var pending: [UInt8] = []
    private var text: [UInt8] = []
    private var anchors: [(text: Int, file: Int)] = []
    private var rowLists: ArraySlice<RowList>
    /// Segments before the row that is being read.
    private var before: [SQLSegment] = []
    /// Text of a list of rows that is no part of its first row: SQLite is asked about it, and it is not sent.
    private var isAside = false

    init(_ rowLists: [RowList]) { self.rowLists = rowLists[...] }

    /// What stands there begins.
    mutating func enter(_ offset: Int) {
      guard let list = rowLists.first else { return }
      if offset == list.range.lower {
        flush()
        isAside = true
      }
      if offset == list.row.lower {
        before = segments
        segments = []
        isAside = false
      }
    }

    /// What stands before it ends there.
    mutating func leave(_ offset: Int) {
      guard let list = rowLists.first else { return }
      if offset == list.row.upper, !isAside {
        flush()
        segments = before + [.rows(RowTemplate(segments: segments, columns: list.columns, role: list.role))]
        isAside = true
      }
      if offset == list.range.upper {
        isAside = false
        rowLists.removeFirst()
      }
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ lower: Int, _ upper: Int) {
      guard lower < upper else { return }
      anchors.append((text.count, lower))
      text.append(contentsOf: bytes[lower..<upper])
      if !isAside { pending.append(contentsOf: bytes[lower..<upper]) }
    }

    /// Blanks between two tokens as they are; with comments among them, the comments go and the blanks that end up beside
    /// each other become one: the line break if there was one.
    mutating func appendGap(_ bytes: UnsafeBufferPointer<UInt8>, _ lower: Int, _ upper: Int) {
      guard lower < upper else { return }
      let gap = bytes[lower..<upper]
      guard gap.contains(where: { $0 > 0x20 }) else {
        append(bytes, lower, upper)
        return
      }
      appendText(gap.contains(0x0A) ? "\n" : " ")
    }

    mutating func append(_ replacement: Replacement, at file: Int) {
      anchors.append((text.count, file))
      switch replacement {
      case .addition(let addition):
        appendText(addition)
      case .columns(let columns):
        appendText(columns.joined(separator: ", "))
      case .parameter(let index, let isField):
        flush()
        add(isField ? .list(index) : .parameter(index))
        text.append(contentsOf: PlaceholderStyle.questionMark.placeholder(index).utf8)
      case .list(let index, let parenthesized):
        if parenthesized { appendText("(") }
        flush()
        add(.list(index))
        text.append(contentsOf: PlaceholderStyle.questionMark.placeholder(index).utf8)
        if parenthesized { appendText(")") }
      }
    }

    mutating func finish() -> RewrittenStatement {
      flush()
      return RewrittenStatement(
        segments: segments, text: String(decoding: text, as: UTF8.self), anchors: anchors)
    }

    private mutating func appendText(_ string: String) {
      text.append(contentsOf: string.utf8)
      if !isAside { pending.append(contentsOf: string.utf8) }
    }

    private mutating func add(_ segment: SQLSegment) {
      if !isAside { segments.append(segment) }
    }

    private mutating func flush() {
      guard !pending.isEmpty else { return }
      segments.append(.text(String(decoding: pending, as: UTF8.self)))
      pending.removeAll(keepingCapacity: true)
    }
  }
}
