// A query with its fragments in their places, or with rows in place of its lists: the statement that is analysed, and where each
// of its bytes is written.

public import SQLCDiagnostics
public import SQLCModel

/// A query that uses fragments or has lists of rows, as the statement that it becomes.
public struct Expansion: Sendable, Hashable {
  /// What engines are given: a text of its own, in no file.
  public let query: AnnotatedQuery
  let text: ExpandedText
  /// What the text was put together of, where that is in no file either: at most one.
  private let under: [Expansion]

  init(query: AnnotatedQuery, text: ExpandedText, under: Expansion? = nil) {
    self.query = query
    self.text = text
    self.under = under.map { [$0] } ?? []
  }

  public static func == (a: Expansion, b: Expansion) -> Bool {
    a.query.source == b.query.source && a.query.name == b.query.name && a.text == b.text && a.under == b.under
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(query.source.path) }

  /// The place in the files where something of the statement is written; other places are what they are.
  public func place(of source: SourceRange) -> SourceRange { written(source).source }

  /// - Returns: the place, and through which uses the statement has what stands there, the innermost first.
  func written(_ source: SourceRange) -> WrittenPlace {
    guard source.path == query.source.path else {
      return under.first?.written(source) ?? WrittenPlace(source: source, uses: [], fit: .exact)
    }
    let place = text.place(of: source.range)
    guard let under = under.first else { return place }
    let written = under.written(place.source)
    let fit: WrittenPlace.Fit =
      switch (place.fit, written.fit) {
      case (.exact, .exact): .exact
      case (.around, _), (_, .around): .around
      }
    return WrittenPlace(source: written.source, uses: written.uses + place.uses, fit: fit)
  }

  /// A diagnostic about the statement as one about the files.
  public func callAsFunction(_ diagnostic: Diagnostic) -> Diagnostic {
    var moved = diagnostic
    let primary = written(diagnostic.primary.source)
    moved.primary.source = primary.source
    for index in moved.secondary.indices { moved.secondary[index].source = place(of: moved.secondary[index].source) }
    moved.secondary += primary.uses.map { DiagnosticLabel($0, usedHere) }
    moved.fixIts = diagnostic.fixIts.compactMap { fixIt in
      var fixIt = fixIt
      for index in fixIt.edits.indices {
        let place = written(fixIt.edits[index].source)
        // What stands in no file as it is cannot be edited.
        guard place.fit == .exact else { return nil }
        fixIt.edits[index].source = place.source
        // What mends one use may break another.
        if !place.uses.isEmpty {
          fixIt = FixIt(fixIt.message, .unsafe, edits: fixIt.edits)
        }
      }
      return fixIt
    }
    return moved
  }
}

/// The label of the places that a fragment is used at.
package let usedHere = "used here"

struct WrittenPlace {
  /// Whether the text there is that of the statement, or what became another one.
  enum Fit { case exact, around }
  var source: SourceRange
  var uses: [SourceRange]
  var fit: Fit
}

/// A text that was put together of parts of files.
struct ExpandedText: Sendable, Hashable {
  struct Piece: Sendable, Hashable {
    enum Content: Sendable, Hashable {
      case verbatim
      /// A parenthesis.
      case made
      /// What a use or a parameter became.
      case inner(ExpandedText)
    }
    var range: ByteRange
    /// Where it is written.
    var written: ByteRange
    var content: Content
  }

  var path: String
  /// The uses through which the statement has it, the innermost first.
  var uses: [SourceRange]
  var pieces: [Piece] = []

  func place(of range: ByteRange) -> WrittenPlace {
    guard !pieces.isEmpty else {
      return WrittenPlace(source: SourceRange(path: path, range: ByteRange(at: 0)), uses: uses, fit: .around)
    }
    let first = index(of: range.lower)
    let last = range.isEmpty ? first : max(first, index(of: range.upper - 1))
    if first == last {
      let piece = pieces[first]
      switch piece.content {
      case .inner(let text): return text.place(of: range)
      case .verbatim:
        let lower = min(piece.written.lower + range.lower - piece.range.lower, piece.written.upper)
        let upper = min(piece.written.lower + range.upper - piece.range.lower, piece.written.upper)
        return WrittenPlace(
          source: SourceRange(path: path, range: ByteRange(max(lower, 0), max(lower, upper))), uses: uses, fit: .exact)
      case .made:
        return WrittenPlace(source: SourceRange(path: path, range: piece.written), uses: uses, fit: .around)
      }
    }
    let lower = edge(range.lower, of: first, \.lower)
    let upper = edge(range.upper, of: last, \.upper)
    return WrittenPlace(
      source: SourceRange(path: path, range: ByteRange(lower, max(lower, upper))), uses: uses, fit: .around)
  }

  private func edge(_ offset: Int, of index: Int, _ side: KeyPath<ByteRange, Int>) -> Int {
    let piece = pieces[index]
    guard case .verbatim = piece.content else { return piece.written[keyPath: side] }
    return piece.written.lower + offset - piece.range.lower
  }

  /// The piece that an offset is in; the last one for what lies behind.
  private func index(of offset: Int) -> Int {
    pieces.lastIndex { $0.range.lower <= offset && !$0.range.isEmpty } ?? 0
  }
}
