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
    guard let standIns = FragmentStandIns(for: source, options) else {
      return formatWhole(source, options: options, range: range)
    }
    guard standIns.unreadable.isEmpty else { return .unreadable(standIns.unreadable) }
    let text = SourceFile(path: source.path, text: standIns.text)
    switch formatWhole(text, options: options, range: range.map { standIns.rangeWithStandIns($0) }) {
    case .edits(let edits):
      let real = standIns.edits(from: edits, in: range)
      let result = SourceFile(path: source.path, text: applying(real, to: source.text))
      return haveSameFragments(source, result) ? .edits(real) : .different(.queries)
    case .unreadable(let diagnostics): return .unreadable(diagnostics.map { standIns.diagnostic($0) })
    case .refused(let reason): return .refused(reason: reason)
    case .different(let difference): return .different(difference)
    }
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

func byteOrderMark(_ bytes: [UInt8]) -> [UInt8] {
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
func lineEnd(of bytes: [UInt8]) -> String {
  guard let first = bytes.firstIndex(of: 0x0A), first > 0 else { return "\n" }
  return bytes[first - 1] == 0x0D ? "\r\n" : "\n"
}
