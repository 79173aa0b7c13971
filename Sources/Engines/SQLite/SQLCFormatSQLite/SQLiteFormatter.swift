// The formatter of SQLite's dialect.

public import SQLCDiagnostics
public import SQLCFormat
import SQLCQueryFile

/// Lays out SQLite's SQL with sqlc's annotations and macros.
///
/// What it gives was read again: the tokens are the same but for the case of words of the grammar; every comment stands between
/// the same tokens, or behind the comma that it stood before; the tree is the same, and so are the annotated queries;
/// formatting it again changes nothing.
public struct SQLiteFormatter: SourceFormatter {
  public init() {}

  public func format(_ source: SourceFile, options: FormatOptions, range: ByteRange?) -> FormatOutcome {
    // Fragments, and the queries that use them, stay as they are written.
    let kept = fragmentRanges(of: source, rules: .sqlite)
    return kept.isEmpty
      ? formatWhole(source, options: options, range: range)
      : formatBetween(kept, of: source, options: options, range: range)
  }

  /// Each part of the text that stands between others.
  private func formatBetween(
    _ kept: [ByteRange], of source: SourceFile, options: FormatOptions, range: ByteRange?
  ) -> FormatOutcome {
    let starts = [0] + kept.map(\.upper)
    let ends = kept.map(\.lower) + [source.text.utf8.count]
    var edits: [FormatEdit] = []
    for (start, end) in zip(starts, ends) where start < end {
      // The blanks beside what stays are its own.
      let bytes = source.slice(ByteRange(start, end)).utf8
      let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
      let before = start == 0 ? 0 : bytes.prefix(while: isBlank).count
      let after = end == source.text.utf8.count ? 0 : bytes.reversed().prefix(while: isBlank).count
      guard before + after < bytes.count else { continue }
      let part = ByteRange(start + before, end - after)
      let text = SourceFile(path: source.path, text: String(source.slice(part)))
      let wanted = range.map { ByteRange(max($0.lower - part.lower, 0), max($0.upper - part.lower, 0)) }
      if let range, range.upper < part.lower || part.upper < range.lower { continue }
      switch formatWhole(text, options: options, range: wanted) {
      case .edits(let found):
        for edit in found {
          let isLast = edit.range.upper == part.count && after > 0
          var text = edit.text
          while isLast, text.hasSuffix("\n") || text.hasSuffix("\r\n") { text.removeLast() }
          let place = ByteRange(edit.range.lower + part.lower, edit.range.upper + part.lower)
          if text != source.slice(place) { edits.append(FormatEdit(range: place, text: text)) }
        }
      case .unreadable(let diagnostics):
        return .unreadable(diagnostics.map { moved($0, by: part.lower) })
      case .refused(let reason): return .refused(reason: reason)
      case .different(let difference): return .different(difference)
      }
    }
    return .edits(edits)
  }

  /// What is said of a part, as said of the whole.
  private func moved(_ diagnostic: Diagnostic, by offset: Int) -> Diagnostic {
    func inWhole(_ place: SourceRange) -> SourceRange {
      SourceRange(path: place.path, range: ByteRange(place.range.lower + offset, place.range.upper + offset))
    }
    var moved = diagnostic
    moved.primary.source = inWhole(moved.primary.source)
    for index in moved.secondary.indices { moved.secondary[index].source = inWhole(moved.secondary[index].source) }
    for index in moved.fixIts.indices {
      for edit in moved.fixIts[index].edits.indices {
        moved.fixIts[index].edits[edit].source = inWhole(moved.fixIts[index].edits[edit].source)
      }
    }
    return moved
  }

  private func formatWhole(_ source: SourceFile, options: FormatOptions, range: ByteRange?) -> FormatOutcome {
    let script: ReadScript
    switch readScript(source) {
    case .unreadable(let diagnostics): return .unreadable(diagnostics)
    case .read(let read): script = read
    }
    guard !script.tokens.isEmpty || !script.gaps[0].comments.isEmpty else { return .edits([]) }
    let pieces = pieces(of: script)
    guard let texts = settled(script, options, path: source.path) else { return .different(.unstable) }
    guard texts.count == pieces.count else { return .different(.tokens) }
    var edits: [FormatEdit] = []
    for (piece, text) in zip(pieces, texts) where isWanted(piece, in: range) {
      if !script.bytes[piece.lower..<piece.upper].elementsEqual(text.utf8) {
        edits.append(FormatEdit(range: piece, text: text))
      }
    }
    if edits.isEmpty { return .edits([]) }
    let result = SourceFile(path: source.path, text: applying(edits, to: source.text))
    guard case .read(let after) = readScript(result) else { return .different(.tree) }
    if let difference = difference(between: script, and: after) { return .different(difference) }
    return .edits(edits)
  }

  private func isWanted(_ piece: ByteRange, in range: ByteRange?) -> Bool {
    guard let range else { return true }
    return piece.lower < range.upper && range.lower < piece.upper
      || range.isEmpty && piece.lower <= range.lower && range.upper <= piece.upper && !piece.isEmpty
  }

  /// Formats until nothing changes any more. A comment that is moved behind its comma can move what is around it once again.
  private func settled(_ script: ReadScript, _ options: FormatOptions, path: String) -> [String]? {
    var texts = layout(script, options)
    for _ in 0..<5 {
      guard case .read(let next) = readScript(SourceFile(path: path, text: texts.joined())) else { return texts }
      let again = layout(next, options)
      if again == texts { return texts }
      texts = again
    }
    return nil
  }
}

/// The parts of the text that are laid out each for itself: gap, statement, gap, …, gap.
private func pieces(of script: ReadScript) -> [ByteRange] {
  var pieces: [ByteRange] = []
  var end = byteOrderMark(script.bytes).count
  for statement in script.statements {
    let lower = script.tokens[statement.tokens.lowerBound].range.lower
    pieces.append(ByteRange(end, lower))
    end = script.tokens[statement.tokens.upperBound - 1].range.upper
    pieces.append(ByteRange(lower, end))
  }
  return pieces + [ByteRange(end, script.bytes.count)]
}

private func byteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
  bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
}

/// The texts of the pieces as they should be.
private func layout(_ script: ReadScript, _ options: FormatOptions) -> [String] {
  let layout = Layout(script, options)
  let lineEnd = lineEnd(of: script.bytes)
  var texts: [String] = []
  for (index, statement) in script.statements.enumerated() {
    texts.append(
      layout.gapText(before: statement.tokens.lowerBound, isFirst: index == 0, isLast: false, lineEnd: lineEnd))
    texts.append(print(layout.document(statement), width: options.width, lineEnd: lineEnd))
  }
  let isFirst = script.statements.isEmpty
  return texts + [layout.gapText(before: script.tokens.count, isFirst: isFirst, isLast: true, lineEnd: lineEnd)]
}

/// That of the first line.
private func lineEnd(of bytes: [UInt8]) -> String {
  guard let first = bytes.firstIndex(of: 0x0A), first > 0 else { return "\n" }
  return bytes[first - 1] == 0x0D ? "\r\n" : "\n"
}
