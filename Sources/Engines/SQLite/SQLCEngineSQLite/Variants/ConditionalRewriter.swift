// From the user's SQL with its macros to pieces that are there for some choices only. Before and after:
//
//     WHERE a = @a AND sqlc.optional(b = @b)      "WHERE a = ?1"   [b] " AND (b = ?2)"
//     ORDER BY sqlc.order(x, y DESC)              "ORDER BY "      [x↑ or x↓] "x"   [x↓] " DESC"   [y↑ or y↓] "y"   [y↓] " DESC"

import SQLCDiagnostics
import SQLCMacros
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

struct ConditionalRewriter {
  let variants: VariantSyntax
  /// The same tokens as the lexer made them.
  let tokens: ArraySlice<Token>
  /// In the order of the text.
  var rowLists: [RowList] = []

  /// - Parameter statement: the whole text, bound; its offsets are those of the user's text.
  func rewrite(_ statement: BoundStatement, adding markers: [PresenceMarker] = []) -> [SQLPiece] {
    let rewriter = StatementRewriter(source: variants.source, tokens: tokens, rowLists: rowLists)
    var edits = rewriter.replacements(of: statement, adding: markers).value.map { range, replacement in
      Edit(range: range, pieces: replacement.segments.map { SQLPiece($0) })
    }
    edits += macroEdits()
    edits.sort { $0.range.lower < $1.range.lower }
    var output = PieceList(rowLists)
    var next = 0
    var previousEnd = variants.tokens.first?.range.lower ?? 0
    variants.source.text.utf8.withContiguousStorageIfAvailable { bytes in
      var index = variants.tokens.startIndex
      while index < variants.tokens.endIndex {
        let token = variants.tokens[index].range
        // An edit that begins where the token before ends takes the blanks with it.
        let takesGap = next < edits.count && edits[next].range.lower == previousEnd && previousEnd < token.lower
        output.leave(previousEnd)
        if !takesGap { output.append(gap(bytes, previousEnd, token.lower), condition(at: previousEnd)) }
        output.enter(token.lower, condition(at: token.lower))
        guard next < edits.count, edits[next].range.lower <= token.lower else {
          output.append(String(decoding: bytes[token.lower..<token.upper], as: UTF8.self), condition(at: token.lower))
          previousEnd = token.upper
          index += 1
          continue
        }
        let edit = edits[next]
        next += 1
        output.append(edit, condition(at: edit.range.lower))
        previousEnd = edit.range.upper
        while index < variants.tokens.endIndex, variants.tokens[index].range.lower < edit.range.upper { index += 1 }
      }
    }
    output.leave(previousEnd)
    // What is added behind the last token.
    for edit in edits[next...] { output.append(edit, condition(at: edit.range.lower)) }
    return output.pieces
  }

  /// Text that gives way to pieces.
  struct Edit {
    var range: ByteRange
    var pieces: [SQLPiece]
  }

  private func condition(at offset: Int) -> (all: UInt64, any: UInt64) {
    guard let region = variants.regions.last(where: { $0.range.lower <= offset }), offset < region.range.upper else {
      return (0, 0)
    }
    return (region.all, region.any)
  }

  /// Blanks as they are; with a comment among them the comment goes.
  private func gap(_ bytes: UnsafeBufferPointer<UInt8>, _ lower: Int, _ upper: Int) -> String {
    guard lower < upper else { return "" }
    let gap = bytes[lower..<upper]
    if gap.contains(where: { $0 > 0x20 }) { return gap.contains(0x0A) ? "\n" : " " }
    return String(decoding: gap, as: UTF8.self)
  }

  /// The macros' own words go; a term of `sqlc.order` is followed by its direction.
  private func macroEdits() -> [Edit] {
    var edits = variants.macroWords.map { Edit(range: $0, pieces: []) }
    for order in variants.orders {
      if let first = order.terms.first {
        edits.append(Edit(range: ByteRange(order.range.lower, first.expression.lower), pieces: []))
      }
      for (index, term) in order.terms.enumerated() {
        let bits = variants.bits(ofTerm: order.firstTerm + index)
        var pieces = [SQLPiece(.text(" DESC"), all: bits & (bits << 1))]
        if let nulls = term.nulls {
          pieces.append(SQLPiece(.text(" " + variants.source.slice(nulls)), any: bits))
        }
        let end = index + 1 < order.terms.count ? order.terms[index + 1].expression.lower : order.range.upper
        edits.append(Edit(range: ByteRange(term.expression.upper, end), pieces: pieces))
      }
    }
    return edits
  }
}

/// Pieces, those of one condition joined.
private struct PieceList {
  var pieces: [SQLPiece] = []
  private var rowLists: ArraySlice<RowList>
  /// Pieces before the row that is being read, and its condition.
  private var before: [SQLPiece] = []
  private var condition: (all: UInt64, any: UInt64) = (0, 0)
  /// Within a list of rows, and not in its first row, which stands for all.
  private var isAside = false

  init(_ rowLists: [RowList]) { self.rowLists = rowLists[...] }

  mutating func enter(_ offset: Int, _ condition: (all: UInt64, any: UInt64)) {
    guard let list = rowLists.first else { return }
    if offset == list.range.lower { isAside = true }
    guard offset == list.row.lower else { return }
    (before, pieces, self.condition, isAside) = (pieces, [], condition, false)
  }

  mutating func leave(_ offset: Int) {
    guard let list = rowLists.first else { return }
    if offset == list.row.upper, !isAside {
      // No choice stands inside of a row.
      let template = RowTemplate(segments: pieces.map(\.segment), columns: list.columns, role: list.role)
      pieces = before + [SQLPiece(.rows(template), all: condition.all, any: condition.any)]
      isAside = true
    }
    if offset == list.range.upper {
      isAside = false
      rowLists.removeFirst()
    }
  }

  mutating func append(_ text: String, _ condition: (all: UInt64, any: UInt64)) {
    guard !text.isEmpty else { return }
    append(SQLPiece(.text(text), all: condition.all, any: condition.any))
  }

  /// Pieces with a condition of their own keep it.
  mutating func append(_ edit: ConditionalRewriter.Edit, _ condition: (all: UInt64, any: UInt64)) {
    for var piece in edit.pieces {
      if piece.all == 0, piece.any == 0 { (piece.all, piece.any) = condition }
      append(piece)
    }
  }

  private mutating func append(_ piece: SQLPiece) {
    if isAside { return }
    if case .text(let text) = piece.segment, let last = pieces.last, last.all == piece.all, last.any == piece.any,
      case .text(let before) = last.segment
    {
      pieces[pieces.count - 1].segment = .text(before + text)
    } else {
      pieces.append(piece)
    }
  }
}
