// Whatever is edited, what the server tells is what a fresh check says.

import Foundation
import SQLCAnalysis
import SQLCDiagnostics
import SQLCDriver
import SQLCLanguageProtocol
import Testing

/// How many edits: `SQLC_SWIFT_EDITS=5000 swift test --filter LanguageServerTests.RandomEditTests`.
private let edits = ProcessInfo.processInfo.environment["SQLC_SWIFT_EDITS"].flatMap(Int.init) ?? 30

/// SplitMix64: the same edits from the same seed on every machine.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct RandomEditTests {
  /// The files of this package's own project, which lie in `/p`.
  private static func files() throws -> [String: String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    var files: [String: String] = [:]
    for folder in ["schema", "queries"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path) {
        files["/p/\(folder)/\(name)"] = try String(
          contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
      }
    }
    files["/p/sqlc-swift.yaml"] = try String(contentsOf: root.appending(path: "sqlc-swift.yaml"), encoding: .utf8)
    return files
  }

  @Test(arguments: [EditorEncoding.utf8, .utf16]) func everyEditIsToldAsAFreshCheckSaysIt(_ encoding: EditorEncoding)
    throws
  {
    let original = try Self.files()
    let names = original.keys.filter { $0.hasSuffix(".sql") || $0.hasSuffix(".yaml") }.sorted()
    let client = TestClient(original)
    try client.begin("/p", ["general": ["positionEncodings": [.string(encoding.rawValue)]]])
    var texts = original
    for name in names { client.open(name, texts[name] ?? "") }
    var random = Seeded(state: encoding == .utf8 ? 1 : 2)
    // What a fresh check said last, of the whole project.
    var reference: Set<String>?
    for number in 0..<edits {
      // Queries more often than what all of them depend on.
      let pool = Int.random(in: 0..<10, using: &random) < 8 ? names.filter { $0.hasPrefix("/p/queries") } : names
      let name = try #require(pool.randomElement(using: &random))
      let old = texts[name] ?? ""
      let new = edited(old, original[name] ?? "", &random)
      texts[name] = new
      client.change(name, [difference(from: old, to: new, name, encoding)])
      let told = try client.told(after: "/p/queries/agents.sql")
      let found = Set(told.flatMap { summary($0.key, $0.value) })
      // What an edit of one query file changes is looked for in a check of that file alone, which takes a third of the time. The
      // whole is checked where that does not agree, at every edit of what all depend on, and at each twentieth.
      let isWhole = number % 20 == 0 || !name.hasPrefix("/p/queries")
      if !isWhole, let known = reference {
        let alone = try expected(texts.filter { $0.key == name || !$0.key.hasPrefix("/p/queries") }, encoding)
        let others = known.filter { !$0.hasPrefix(DocumentURI(path: name).text + " ") }
        let here = alone.filter { $0.hasPrefix(DocumentURI(path: name).text + " ") }
        if found == others.union(here) {
          reference = found
          continue
        }
      }
      let fresh = try expected(texts, encoding)
      reference = Set(fresh)
      guard found == Set(fresh) else {
        Issue.record("edit \(number) of \(name): \(told.flatMap { summary($0.key, $0.value) }) instead of \(fresh)")
        return
      }
    }
  }

  /// One change in the middle, as editors send it.
  private func difference(from old: String, to new: String, _ name: String, _ encoding: EditorEncoding) -> JSON {
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

  private func summary(_ uri: String, _ diagnostics: JSON) -> [String] {
    (diagnostics.array ?? []).map { diagnostic in
      let message = diagnostic["message"]?.string?.split(separator: "\n").first.map(String.init) ?? ""
      return
        "\(uri) \(diagnostic["range"]?.text ?? "") \(diagnostic["severity"]?.text ?? "") \(diagnostic["code"]?.text ?? "") \(message)"
    }
  }

  private func expected(_ texts: [String: String], _ encoding: EditorEncoding) throws -> [String] {
    let snapshot = try Workspace(
      at: ProjectLocation(workingDirectory: "/p"), files: MemoryFiles(texts), engines: .standard
    ).snapshot()
    return analysisDiagnostics(of: snapshot).sortedAndUnique().map { diagnostic in
      let place = diagnostic.primary.source
      let start = EditorPosition(line: 0, character: 0)
      let range =
        snapshot.project.sources[place.path]
        .map { EditorPositions($0.source, encoding: encoding).range(place.range) } ?? start..<start
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

  /// One edit of a kind that people make: a character more or less, a line twice or gone, a comment, a word for another.
  private func edited(_ text: String, _ original: String, _ random: inout Seeded) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !text.isEmpty, let line = lines.indices.randomElement(using: &random) else { return original }
    switch Int.random(in: 0..<10, using: &random) {
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
