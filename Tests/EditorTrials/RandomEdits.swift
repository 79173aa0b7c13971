// Whatever is edited, what the server tells is what a fresh check of the same texts says.

import Foundation
import SQLCAnalysis
package import SQLCDiagnostics
import SQLCDriver
import SQLCLanguageProtocol
import SQLCQueryFile

/// Random edits in an editor's session over one project, each held against a workspace that knows nothing of those before it.
package struct RandomEdits {
  /// What the files say on the disk, by absolute path.
  private let original: [String: String]
  private let folder: String
  private let names: [String]
  private let queries: [String]
  private let encoding: EditorEncoding
  private let client: TestClient
  private var texts: [String: String]
  private var random: SplitMix
  /// How many there were.
  package private(set) var count = 0
  /// Of those, after how many something was wrong with the project.
  package private(set) var countWithDiagnostics = 0

  /// Opens every file of the project in `folder`; files whose path has the folder `queries` are edited more often.
  package init(_ files: [String: String], folder: String, encoding: EditorEncoding, seed: UInt64) throws {
    original = files
    self.folder = folder
    names = files.keys.filter { $0.hasSuffix(".sql") || $0.hasSuffix(".yaml") }.sorted()
    queries = names.filter { $0.hasPrefix(folder + "/queries/") }
    guard !queries.isEmpty else { throw TrialFailure(text: "\(folder) has no queries") }
    self.encoding = encoding
    texts = files
    random = SplitMix(seed: seed)
    // As the tool's own server: what was read of comments is kept.
    let memo = SuppressionMemo()
    client = TestClient(files) { analysisDiagnostics(of: $0, remembering: memo) }
    try client.begin(folder, ["general": ["positionEncodings": [.string(encoding.rawValue)]]])
    for name in names { client.open(name, files[name] ?? "") }
  }

  /// One more edit.
  ///
  /// - Throws: a `TrialFailure` that shows both, where the server tells something else than a fresh check.
  package mutating func next() throws {
    // Queries more often than what all of them depend on.
    let pool = Int.random(in: 0..<10, using: &random) < 8 ? queries : names
    guard let name = pool.randomElement(using: &random) else { return }
    count += 1
    if Int.random(in: 0..<40, using: &random) == 0 {
      reopen(name)
    } else {
      let old = texts[name] ?? ""
      let new = edited(old, original[name] ?? "")
      texts[name] = new
      // Editors send parts; some send the whole.
      let isWhole = Int.random(in: 0..<20, using: &random) == 0
      client.change(name, [isWhole ? ["text": .string(new)] : difference(from: old, to: new, name)])
    }
    let found = Set(try client.told(after: queries[0]).flatMap { summary($0.key, $0.value) })
    let fresh = Set(try freshCheck())
    if !fresh.isEmpty { countWithDiagnostics += 1 }
    guard found != fresh else { return }
    throw TrialFailure(
      text: """
        edit \(count), of \(name)
        told alone:
        \(found.subtracting(fresh).sorted().joined(separator: "\n"))
        checked alone:
        \(fresh.subtracting(found).sorted().joined(separator: "\n"))
        """)
  }

  /// Closed, a file is what is on the disk; then it is opened as it is there.
  private mutating func reopen(_ name: String) {
    texts[name] = original[name]
    client.tell("textDocument/didClose", ["textDocument": TestClient.document(name)])
    client.open(name, original[name] ?? "")
  }

  // MARK: What is told, and what a check says

  private func summary(_ uri: String, _ diagnostics: JSON) -> [String] {
    (diagnostics.array ?? []).map { diagnostic in
      let message = diagnostic["message"]?.string?.split(separator: "\n").first.map(String.init) ?? ""
      return
        "\(uri) \(diagnostic["range"]?.text ?? "") \(diagnostic["severity"]?.text ?? "") \(diagnostic["code"]?.text ?? "") \(message)"
    }
  }

  private func freshCheck() throws -> [String] {
    let snapshot = try Workspace(
      at: ProjectLocation(workingDirectory: folder), files: MemoryFiles(texts), engines: .standard
    ).snapshot()
    var positions: [String: EditorPositions] = [:]
    return analysisDiagnostics(of: snapshot).sortedAndUnique().map { diagnostic in
      let place = diagnostic.primary.source
      if positions[place.path] == nil, let entry = snapshot.project.sources[place.path] {
        positions[place.path] = EditorPositions(entry.source, encoding: encoding)
      }
      let start = EditorPosition(line: 0, character: 0)
      let range = positions[place.path]?.range(place.range) ?? start..<start
      let severity =
        switch diagnostic.severity {
        case .error: 1
        case .warning: 2
        case .note: 3
        }
      let message = visibleText(diagnostic.message).split(separator: "\n").first.map(String.init) ?? ""
      return
        "\(DocumentURI(path: snapshot.file(at: place.path).path).text) \(range.json.text) \(severity) \"\(diagnostic.id)\" \(message)"
    }
  }

  // MARK: Edits

  /// One change in the middle, as editors send it.
  private func difference(from old: String, to new: String, _ name: String) -> JSON {
    let (a, b) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
    var start = 0
    while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
    var end = 0
    while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
    }
    let positions = EditorPositions(SourceFile(path: name, text: old), encoding: encoding)
    let lower = positions.position(at: text(a[..<start]).utf8.count)
    let upper = positions.position(at: text(a[..<(a.count - end)]).utf8.count)
    return ["range": (lower..<upper).json, "text": .string(text(b[start..<(b.count - end)]))]
  }

  /// One edit of a kind that people make: a character more or less, a line twice or gone, a comment, a word for another.
  private mutating func edited(_ text: String, _ original: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !text.isEmpty, let line = lines.indices.randomElement(using: &random) else { return original }
    switch Int.random(in: 0..<11, using: &random) {
    case 0, 1, 2: return original
    case 3: lines.insert("", at: line)
    case 4: lines.insert("-- a comment: ü 😀", at: line)
    case 5: lines.insert(lines[line], at: line)
    case 6: lines.remove(at: line)
    case 7:
      var characters = Array(lines[line])
      guard let place = characters.indices.randomElement(using: &random) else { return text }
      characters.remove(at: place)
      lines[line] = String(characters)
    case 8:
      var characters = Array(lines[line])
      let place = Int.random(in: 0...characters.count, using: &random)
      characters.insert("x;'\"(/*-:@😀".randomElement(using: &random) ?? "x", at: place)
      lines[line] = String(characters)
    case 9:
      // Half of a file goes to another place of it: what was above is below.
      let (head, tail) = (lines[..<line], lines[line...])
      lines = Array(tail + head)
    default:
      let words = text.split { !$0.isLetter && $0 != "_" }
      guard let old = words.randomElement(using: &random), let new = words.randomElement(using: &random) else {
        return text
      }
      return String(text[..<old.startIndex]) + new + text[old.endIndex...]
    }
    return lines.joined(separator: "\n")
  }
}
