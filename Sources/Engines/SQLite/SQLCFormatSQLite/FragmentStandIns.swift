// A file with fragments, as one that the grammar can read: names stand in for what it cannot.

import SQLCDiagnostics
import SQLCFormat
import SQLCQueryFile

/// The text of a file in which a name stands for each `sqlc.use(…)`, and a statement for the body of each fragment.
///
/// A name can stand wherever a fragment can: it is a column, a table, an item of a list. It is as long as what it stands for, so that
/// lines break where they should.
struct FragmentStandIns {
  private struct StandIn {
    /// In the file.
    var range: ByteRange
    /// What is to stand there.
    var text: String
    var name: String
    /// What is written before the name and behind it.
    var lead: String
    var trail: String
    var count: Int { lead.utf8.count + name.utf8.count + trail.utf8.count }
  }

  let text: String
  /// Why bodies cannot be read, if so; the file is then to be left as it is.
  let unreadable: [Diagnostic]
  private let source: SourceFile
  private let standIns: [StandIn]

  /// Nothing where the file has no fragments and uses none.
  init?(for source: SourceFile, as kind: FragmentText = .file, _ options: FormatOptions) {
    let places = fragmentPlaces(of: source, as: kind, rules: .sqlite)
    guard !places.isEmpty else { return nil }
    let bytes = Array(source.text.utf8)
    var prefix = "uq"
    let lowercased = source.text.lowercased()
    while lowercased.contains(prefix) { prefix += "q" }
    var standIns: [StandIn] = []
    func add(_ range: ByteRange, _ wanted: String, lead: String) {
      let name = "\(prefix)\(standIns.count)x"
      let padding = max(0, wanted.prefix { !$0.isNewline }.count - name.utf8.count)
      // `sqlc.use(f)AND`: the name would not end.
      let isGlued = range.upper < bytes.count && isWordByte(bytes[range.upper])
      standIns.append(
        StandIn(
          range: range, text: wanted, name: name + String(repeating: "x", count: lead.isEmpty ? padding : 0),
          lead: lead,
          trail: isGlued ? " " : ""))
    }
    let statement = options.keywords == .lower ? "vacuum " : "VACUUM "
    var unreadable: [Diagnostic] = []
    var wanted = places.uses.map { (range: $0.range, text: $0.spaced ?? String(source.slice($0.range)), lead: "") }
    wanted += places.tables.map { ($0, String(source.slice($0)), "") }
    for body in places.bodies {
      switch laidOutBody(body, of: source, options) {
      case .laidOut(let text): wanted.append((body, text, statement))
      case .unreadable(let diagnostics): unreadable += diagnostics
      }
    }
    wanted.sort { $0.range.lower < $1.range.lower }
    for (range, text, lead) in wanted where standIns.last.map({ $0.range.upper <= range.lower }) ?? true {
      add(range, text, lead: lead)
    }
    self.unreadable = unreadable
    self.source = source
    self.standIns = standIns
    text = applying(standIns.map { FormatEdit(range: $0.range, text: $0.lead + $0.name + $0.trail) }, to: source.text)
  }

  // MARK: Places

  func rangeWithStandIns(_ range: ByteRange) -> ByteRange {
    let lower = withStandIns(range.lower, isEnd: false)
    return ByteRange(lower, max(lower, withStandIns(range.upper, isEnd: true)))
  }

  private func withStandIns(_ offset: Int, isEnd: Bool) -> Int {
    var shift = 0
    for standIn in standIns {
      if offset <= standIn.range.lower { break }
      if offset < standIn.range.upper { return standIn.range.lower + shift + (isEnd ? standIn.count : 0) }
      shift += standIn.count - standIn.range.count
    }
    return offset + shift
  }

  /// The place in the file of one in the text.
  private func inFile(_ offset: Int, isEnd: Bool) -> Int {
    var shift = 0
    for standIn in standIns {
      let lower = standIn.range.lower + shift
      if offset <= lower { break }
      if offset < lower + standIn.count { return isEnd ? standIn.range.upper : standIn.range.lower }
      shift += standIn.count - standIn.range.count
    }
    return offset - shift
  }

  private func inFile(_ range: ByteRange) -> ByteRange {
    let lower = inFile(range.lower, isEnd: false)
    return ByteRange(lower, max(lower, inFile(range.upper, isEnd: true)))
  }

  /// The text with what the names stand for.
  func real(_ text: String) -> String {
    standIns.reduce(text) { text, standIn in
      text.replacingScalars(standIn.lead + standIn.name, with: standIn.text)
    }
  }

  // MARK: Outcomes

  /// The edits of the text as edits of the file, with those of what has a stand-in.
  func edits(from edits: [FormatEdit], in wanted: ByteRange?) -> [FormatEdit] {
    var result = edits.map { FormatEdit(range: inFile($0.range), text: real($0.text)) }
    for standIn in standIns where !result.contains(where: { $0.range.contains(standIn.range) }) {
      let isWanted = wanted.map { $0.lower <= standIn.range.upper && standIn.range.lower <= $0.upper } ?? true
      if isWanted { result.append(FormatEdit(range: standIn.range, text: standIn.text + standIn.trail)) }
    }
    return result.filter { !source.slice($0.range).utf8.elementsEqual($0.text.utf8) }
      .sorted { $0.range.lower < $1.range.lower }
  }

  /// What is said of the text, as said of the file.
  func diagnostic(_ diagnostic: Diagnostic) -> Diagnostic {
    var moved = diagnostic.moving(inFile)
    moved.message = real(moved.message)
    moved.primary.text = real(moved.primary.text)
    for index in moved.fixIts.indices {
      for edit in moved.fixIts[index].edits.indices {
        moved.fixIts[index].edits[edit].replacement = real(moved.fixIts[index].edits[edit].replacement)
      }
    }
    return moved
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  byte >= 0x80 || byte == 0x5F || byte == 0x24 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
}

/// The same fragments, and the same tokens but for the case of words and for commas, which comments may come to stand behind.
func haveSameFragments(_ before: SourceFile, _ after: SourceFile) -> Bool {
  let old = readQueryFile(before, role: .queriesAndSchema, rules: .sqlite).value
  let new = readQueryFile(after, role: .queriesAndSchema, rules: .sqlite).value
  let areSame =
    old.fragments.count == new.fragments.count
    && zip(old.fragments, new.fragments).allSatisfy {
      $0.signature == $1.signature && $0.documentation == $1.documentation
    }
  func words(_ source: SourceFile) -> [String] {
    lexicalTokens(of: source, rules: .sqlite).filter { !$0.isComment && source.slice($0.range) != "," }
      .map { source.slice($0.range).lowercased() }
  }
  func comments(_ source: SourceFile) -> [String] {
    lexicalTokens(of: source, rules: .sqlite).filter(\.isComment).map { token in
      var text = source.slice(token.range)
      while token.kind == .lineComment, let last = text.last, last.isWhitespace { text.removeLast() }
      return String(text)
    }
  }
  return areSame && old.queries.count == new.queries.count && words(before) == words(after)
    && comments(before) == comments(after)
}
