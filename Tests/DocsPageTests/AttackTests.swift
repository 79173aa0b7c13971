// Text from outside stays text: in HTML, in SVG, in Markdown and in Mermaid.

import Testing

@testable import SQLCDocumentation

private let attacks = [
  "<script>window.attacked=1</script>", "\"><img src=x onerror=window.attacked=1>",
  "' onmouseover='window.attacked=1' x='",
  "--><script>window.attacked=1</script><!--", "</style></title></code></pre><script>window.attacked=1</script>",
  "]]><script>window.attacked=1</script>", "&#60;script&#62;&lt;script&gt;", "javascript:window.attacked=1",
  "<svg/onload=window.attacked=1>", "</text></g></svg><iframe srcdoc='<script>parent.attacked=1</script>'>",
  "`;window.attacked=1//", "${window.attacked=1}", "\\u003cscript\\u003e", "<base href=//evil.example>",
  "\u{0}<scr\u{0}ipt>", "\u{202E}tpircs\u{2066}", "a\u{301}\"\u{301}<b\u{301}>", "\r\n<script>\r\n", "<!--",
  "<plaintext>", "a|b\\|c",
  "```\n<script>window.attacked=1</script>\n```", "~~~\n# heading", "[x](javascript:window.attacked=1)",
  "![x](http://evil.example/x)",
  "<http://evil.example>", "*a* __b__ `c`", "| --- | --- |", "\"] }\n%%{init: {}}%%\nclick a \"javascript:alert(1)\"",
  "}\n```\n<b>",
  "{{constructor}}", "@someone #1 https://evil.example",
]

/// A project whose every text is one.
private func project(of text: String) -> DocumentedProject {
  let column = DocumentedColumn(
    name: text, type: text, swiftType: text, isNullable: true, properties: [text], documentation: [text, "", text],
    readers: [text], writers: [text, text, text, text])
  let other = DocumentedColumn(name: text + "2", type: text)
  let reference = DocumentedReference(
    columns: [1], parent: text, parentColumns: [text], actions: [text], multiplicity: .one, presence: .optional)
  let table = DocumentedTable(
    name: text, documentation: [text], columns: [column, other], primaryKey: [0], references: [reference],
    constraints: [text], readers: [text], writers: [text], place: text)
  var module = table
  module.name += "3"
  module.kind = .module(text)
  let value = DocumentedValue(
    name: text, type: text, swiftType: text, isNullable: true, reason: text,
    origin: DocumentedOrigin(table: text, column: text))
  let query = DocumentedQuery(
    name: text, command: text, rows: text, rowsReason: text, effect: .writes, documentation: [text], sql: text,
    parameters: [value], results: [value],
    choices: [.init(kind: .order, name: text, text: text), .init(kind: .predicate, name: text, text: text)],
    reads: [text], writes: [text], plans: [DocumentedPlan(combinations: [text, text], steps: [text, text])], place: text
  )
  let block = DocumentedBlock(engine: text, name: text, tables: [table, module], queries: [query], gaps: [text])
  return DocumentedProject(title: text, blocks: [block, block])
}

/// The tags of a page with the names of their attributes, by a reader of its own, as browsers read: a comment ends at `-->`, a script
/// and a style at their end tags, an attribute's value at its quote.
private func skeleton(of page: String) -> [String] {
  var tags: [String] = []
  // Tags are ASCII: bytes will do, and case does not count.
  let text = page.utf8.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
  let (less, greater, double, single) = (UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"))
  var at = 0
  func starts(_ word: StaticString) -> Bool {
    at + word.utf8CodeUnitCount <= text.count
      && word.withUTF8Buffer { text[at..<at + $0.count].elementsEqual($0) }
  }
  while at < text.count {
    guard text[at] == less else {
      at += 1
      continue
    }
    if starts("<!--") {
      while at < text.count, !starts("-->") { at += 1 }
      tags.append("comment")
      continue
    }
    at += 1
    guard at < text.count,
      text[at] == UInt8(ascii: "/") || text[at] == UInt8(ascii: "!") || text[at] >= UInt8(ascii: "a")
    else {
      tags.append("stray <")
      continue
    }
    var tag: [UInt8] = []
    while at < text.count, text[at] != greater {
      if text[at] == double || text[at] == single {
        let quote = text[at]
        at += 1
        while at < text.count, text[at] != quote { at += 1 }
        tag += [quote, quote]
      } else {
        tag.append(text[at])
      }
      at += 1
    }
    tags.append(String(decoding: tag, as: UTF8.self))
    if tags.last == "script" { while at < text.count, !starts("</script") { at += 1 } }
    if tags.last == "style" { while at < text.count, !starts("</style") { at += 1 } }
  }
  return tags
}

@Suite struct AttackTests {
  @Test(arguments: attacks) func thePageIsTheSame(attack: String) {
    let page = htmlDocumentation(of: project(of: attack))
    let plain = htmlDocumentation(of: project(of: "x"))
    #expect(skeleton(of: page) == skeleton(of: plain))
    #expect(!page.unicodeScalars.contains { [0, 0x202E, 0x2066].contains($0.value) })
    // Nor is it in what a browser runs: both are files of ours, and the policy names them by their hashes.
    #expect(
      page.components(between: "<script>", and: "</script>") == plain.components(between: "<script>", and: "</script>"))
    #expect(
      page.components(between: "<style>", and: "</style>") == plain.components(between: "<style>", and: "</style>"))
    for id in page.components(between: " id=\"", and: "\"") + page.components(between: " href=\"", and: "\"") {
      #expect(id.utf8.allSatisfy { $0 < 0x80 } && id.wholeMatch(of: #/#?[A-Za-z0-9_.-]+/#) != nil, "\(id)")
    }
  }

  /// The reader of this test sees what an escape that is missing would let through.
  @Test func whatGetsOutIsFound() {
    let plain = skeleton(of: htmlDocumentation(of: project(of: "x")))
    let page = htmlDocumentation(of: project(of: "XYZZY"))
    #expect(skeleton(of: page) == plain)
    for attack in ["<b>", "\"><b>", "</title>", "<!--"] {
      var found = 0
      let parts = page.split(separator: "XYZZY", omittingEmptySubsequences: false)
      for hole in stride(from: 0, to: parts.count - 1, by: 23) {
        let opened = parts[...hole].joined(separator: "x") + attack + parts[(hole + 1)...].joined(separator: "x")
        if skeleton(of: opened) != plain { found += 1 }
      }
      #expect(found > 0, "\(attack)")
    }
  }

  @Test(arguments: attacks) func markdownIsTheSame(attack: String) {
    let page = markdownDocumentation(of: project(of: attack))
    let plain = markdownDocumentation(of: project(of: "x"))
    let (found, wanted) = (outsideOfFences(page), outsideOfFences(plain))
    #expect(found.count == wanted.count)
    for (line, model) in zip(found, wanted) {
      // No markup but ours: elements, cells, headings, links.
      #expect(unescaped("<", in: line) == unescaped("<", in: model), "\(line)")
      #expect(unescaped("|", in: line) == unescaped("|", in: model), "\(line)")
      #expect(unescaped("[", in: line) == unescaped("[", in: model), "\(line)")
      #expect(unescaped("`", in: line) == unescaped("`", in: model), "\(line)")
      #expect(line.prefix { "#>- ".contains($0) } == model.prefix { "#>- ".contains($0) }, "\(line)")
      #expect(!line.contains("https://") && !line.contains("http://") && !line.contains("\t@"), "\(line)")
    }
    // Mermaid has names, types and keys alone.
    for line in page.components(between: "```mermaid\n", and: "\n```").flatMap({ $0.split(separator: "\n") }) {
      #expect(line.wholeMatch(of: #/[A-Za-z0-9_ {}|"o,:-]*/#) != nil, "\(line)")
    }
  }

  /// Lines outside of code, each fence as one line.
  private func outsideOfFences(_ page: String) -> [String] {
    var lines: [String] = []
    var fence: Substring?
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, line.dropFirst(ticks.count).allSatisfy({ $0 == " " }) { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
        lines.append("fence")
      } else {
        lines.append(String(line))
      }
    }
    #expect(fence == nil, "a fence is open")
    return lines
  }

  private func unescaped(_ mark: Character, in line: String) -> Int {
    var count = 0
    var isEscaped = false
    for character in line.unicodeScalars {
      if !isEscaped, Character(character) == mark { count += 1 }
      isEscaped = !isEscaped && character == "\\"
    }
    return count
  }

  @Test func differentNamesHaveDifferentAnchors() {
    let names = ["a", "A", "a-b", "a_b", "a.2d.b", "a b", "ä", "a\u{308}", "", "-", "table-a", "a\u{0}"]

    let pages = names.map { name in
      htmlDocumentation(
        of: DocumentedProject(
          title: "",
          blocks: [
            DocumentedBlock(
              engine: "", name: "", tables: [DocumentedTable(name: name, columns: [], primaryKey: [])], queries: [])
          ])
      ).components(between: "<article class=\"entry\" id=\"", and: "\"")
    }
    #expect(Set(pages).count == names.count)
  }

  /// Of the examples of FIPS 180-4.
  @Test func hashesAreRight() {
    func hexadecimal(_ text: String) -> String {
      policyHash(of: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    #expect(hexadecimal("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hexadecimal("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hexadecimal("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(base64([0xFF]) == "/w==" && base64([1, 2]) == "AQI=" && base64([1, 2, 3]) == "AQID")
  }
}

extension String {
  /// What stands between two marks, each time.
  func components(between start: String, and end: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let open = rest.firstRange(of: start) {
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: end) else { break }
      found.append(String(rest[..<close.lowerBound]))
      rest = rest[close.upperBound...]
    }
    return found
  }
}
