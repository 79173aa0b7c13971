// From the user's SQL with its macros to pieces that are there for some choices only. Before and after:
//
//     WHERE a = @a AND sqlc.optional(b = @b)      "WHERE a = $1"   [b] " AND (b = $2)"
//     ORDER BY sqlc.order(x, y DESC)              "ORDER BY "      [x↑ or x↓] "x"   [x↓] " DESC"   [y↑ or y↓] "y"   [y↓] " DESC"

import SQLCDiagnostics
import SQLCMacros
import SQLCModel

struct ConditionalPieces {
  let syntax: VariantSyntax
  /// The text with everything in it, as it was read.
  let text: QueryText
  let choices: QueryText.Choices

  private struct Item {
    var range: ByteRange
    var pieces: [SQLPiece]
  }

  func pieces() -> [SQLPiece] {
    var list = PieceList()
    var end = text.range.lower
    for item in items() where item.range.lower >= end {
      list.append([SQLPiece(.text(gap(from: end, to: item.range.lower)))], condition(at: end))
      list.append(item.pieces, condition(at: item.range.lower))
      end = item.range.upper
    }
    return list.pieces
  }

  private func items() -> [Item] {
    let own = text.pieces.compactMap { piece -> Item? in
      switch piece {
      case .gap: nil
      case .token(let range, _): Item(range: range, pieces: [SQLPiece(.text(String(text.source.slice(range))))])
      case .replacement(let part, let range): Item(range: range, pieces: [SQLPiece(.text(part))])
      case .parameter(let number, _, let range):
        Item(
          range: range,
          pieces: [SQLPiece(.parameter(number))] + (choices.casts[number].map { [SQLPiece(.text($0))] } ?? []))
      case .star(let index, let range): Item(range: range, pieces: [SQLPiece(.text(text.columns(of: index, choices)))])
      }
    }
    // What replaces text begins before what stands in it.
    return (macroItems() + own).sorted {
      ($0.range.lower, -$0.range.upper) < ($1.range.lower, -$1.range.upper)
    }
  }

  /// The macros' own words go; a term of `sqlc.order` is followed by its direction.
  private func macroItems() -> [Item] {
    var items = syntax.macroWords.map { Item(range: $0, pieces: []) }
    for order in syntax.orders {
      if let first = order.terms.first {
        items.append(Item(range: ByteRange(order.range.lower, first.expression.lower), pieces: []))
      }
      for (index, term) in order.terms.enumerated() {
        let bits = syntax.bits(ofTerm: order.firstTerm + index)
        var pieces = [SQLPiece(.text(" DESC"), all: bits & (bits << 1))]
        if let nulls = term.nulls {
          pieces.append(SQLPiece(.text(" " + syntax.source.slice(nulls)), any: bits))
        }
        let end = index + 1 < order.terms.count ? order.terms[index + 1].expression.lower : order.range.upper
        items.append(Item(range: ByteRange(term.expression.upper, end), pieces: pieces))
      }
    }
    return items
  }

  private func condition(at offset: Int) -> (all: UInt64, any: UInt64) {
    guard let region = syntax.regions.last(where: { $0.range.lower <= offset }), offset < region.range.upper else {
      return (0, 0)
    }
    return (region.all, region.any)
  }

  /// Blanks as they are; with a comment among them the comment goes.
  private func gap(from lower: Int, to upper: Int) -> String {
    guard lower < upper else { return "" }
    let gap = syntax.source.slice(ByteRange(lower, upper))
    return gap.utf8.allSatisfy { $0 <= 0x20 } ? String(gap) : gap.utf8.contains(0x0A) ? "\n" : " "
  }
}

/// Pieces, those of one condition joined.
private struct PieceList {
  var pieces: [SQLPiece] = []

  /// Those with a condition of their own keep it.
  mutating func append(_ all: [SQLPiece], _ condition: (all: UInt64, any: UInt64)) {
    for var piece in all where piece.segment != .text("") {
      if piece.all == 0, piece.any == 0 { (piece.all, piece.any) = condition }
      if case .text(let text) = piece.segment, let last = pieces.last, last.all == piece.all, last.any == piece.any,
        case .text(let before) = last.segment
      {
        pieces[pieces.count - 1].segment = .text(before + text)
      } else {
        pieces.append(piece)
      }
    }
  }
}
