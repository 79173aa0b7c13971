// The rendered form is a contract: editors and CI read its first line, people the rest.

import SQLCDiagnostics
import Testing

private func diagnostic(
  _ path: String, _ range: ByteRange, _ message: String, label: String = "", severity: Severity = .error,
  secondary: [DiagnosticLabel] = [], notes: [String] = [], fixIts: [FixIt] = []
) -> Diagnostic {
  Diagnostic(
    Rule(DiagnosticID("binder", "unknown-column"), severity, ""), message,
    at: DiagnosticLabel(SourceRange(path: path, range: range), label), secondary: secondary, notes: notes,
    fixIts: fixIts)
}

/// The range of `part` in `text`, in bytes.
private func range(of part: String, in text: String) throws -> ByteRange {
  let (all, wanted) = (Array(text.utf8), Array(part.utf8))
  let start = try #require((0...(all.count - wanted.count)).first { all[$0...].starts(with: wanted) })
  return ByteRange(start, start + wanted.count)
}

private func rendered(_ diagnostics: [Diagnostic], _ sources: [SourceFile], _ style: TextStyle = .plain) -> String {
  var renderer = TextRenderer(sources: SourceSet(sources), style: style)
  return renderer.render(diagnostics)
}

@Suite struct TextRendererTests {
  @Test func theFormOfTheContract() throws {
    let text = String(repeating: "\n", count: 13) + "WHERE a.enviroment_id = ?;\n"
    let source = SourceFile(path: "queries/agents.sql", text: text)
    let problem = diagnostic(
      source.path, try range(of: "enviroment_id", in: text), "no column 'enviroment_id' in 'agents'",
      label: "did you mean 'environment_id'?", notes: ["columns of 'agents': id, name, prompt, environment_id, …"])
    #expect(
      rendered([problem], [source]) == """
        queries/agents.sql:14:9: error: no column 'enviroment_id' in 'agents'
           │
        14 │ WHERE a.enviroment_id = ?;
           │         ^^^^^^^^^^^^^ did you mean 'environment_id'?
           │
           = note: columns of 'agents': id, name, prompt, environment_id, …
           = help: binder/unknown-column

        """)
  }

  @Test func labelsOfOneLineDoNotCollide() throws {
    let text = "SELECT aa, bb, cc FROM t"
    let source = SourceFile(path: "q.sql", text: text)
    func label(_ part: String, _ label: String) throws -> DiagnosticLabel {
      DiagnosticLabel(SourceRange(path: "q.sql", range: try range(of: part, in: text)), label)
    }
    let problem = diagnostic(
      "q.sql", try range(of: "bb", in: text), "three", label: "second",
      secondary: [try label("aa", "first"), try label("cc", "third")])
    #expect(
      rendered([problem], [source]) == """
        q.sql:1:12: error: three
          │
        1 │ SELECT aa, bb, cc FROM t
          │        --  ^^  -- third
          │        │   │
          │        │   second
          │        first
          │
          = help: binder/unknown-column

        """)
  }

  @Test func labelsInAnotherFileAndOnDistantLines() throws {
    let one = SourceFile(path: "a.sql", text: "first\n\n\nfourth\n")
    let two = SourceFile(path: "b.sql", text: "other\n")
    let problem = diagnostic(
      "a.sql", ByteRange(0, 5), "far", label: "here",
      secondary: [
        DiagnosticLabel(SourceRange(path: "a.sql", range: try range(of: "fourth", in: one.text)), "there"),
        DiagnosticLabel(SourceRange(path: "b.sql", range: ByteRange(0, 5)), "and there"),
      ])
    #expect(
      rendered([problem], [one, two]) == """
        a.sql:1:1: error: far
          │
        1 │ first
          │ ^^^^^ here
          ⋮
        4 │ fourth
          │ ------ there
          │
          ├ b.sql:1:1
          │
        1 │ other
          │ ----- and there
          │
          = help: binder/unknown-column

        """)
  }

  /// What stands before the fault on its line, the column in bytes and the cell of the underline.
  @Test(arguments: [
    ("", 1, 0), ("ab ", 4, 3), ("\t", 2, 4), ("a\t", 3, 4), ("ü ", 4, 2), ("日本 ", 8, 5), ("🚀", 5, 2),
    ("e\u{301} ", 5, 2), ("\u{1B}[31m", 6, 5),
  ])
  func underlinesStandUnderTheFault(prefix: String, column: Int, cell: Int) throws {
    let text = "-- line\r\n\(prefix)fault\r\nnext"
    let source = SourceFile(path: "q.sql", text: text)
    let lines = rendered([diagnostic("q.sql", try range(of: "fault", in: text), "m")], [source])
      .split(separator: "\n")
    #expect(lines[0] == "q.sql:2:\(column): error: m")
    #expect(lines[3] == "  │ " + String(repeating: " ", count: cell) + "^^^^^")
    #expect(!lines[2].unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func aRangeOverLinesIsUnderlinedToItsFirstLinesEnd() {
    let source = SourceFile(path: "q.sql", text: "SELECT a\nFROM t")
    let lines = rendered([diagnostic("q.sql", ByteRange(7, 13), "m")], [source]).split(separator: "\n")
    #expect(lines[3] == "  │        ^")
  }

  @Test func theEndOfTheTextHasAPlace() {
    for text in ["", "SELECT", "SELECT\n", "ü"] {
      let source = SourceFile(path: "q.sql", text: text)
      let output = rendered([diagnostic("q.sql", ByteRange(at: text.utf8.count), "m")], [source])
      #expect(output.contains("^"), "\(text.debugDescription)")
    }
  }

  @Test func aVeryLongLineIsCutAroundTheFault() throws {
    let text = String(repeating: "x, ", count: 4000) + "fault" + String(repeating: ", y", count: 4000)
    let source = SourceFile(path: "q.sql", text: text)
    let lines = rendered([diagnostic("q.sql", try range(of: "fault", in: text), "m")], [source])
      .split(separator: "\n").map(Array.init)
    #expect(lines[2].count < 200)
    let start = try #require(lines[3].firstIndex(of: "^"))
    #expect(String(lines[2][start..<(start + 5)]) == "fault")
    #expect(lines[3].filter { $0 == "^" }.count == 5)
  }

  @Test func aFileThatWasNeverReadHasNoFrame() {
    #expect(
      rendered([diagnostic("schema", ByteRange(at: 0), "no such folder")], []) == """
        schema: error: no such folder
           = help: binder/unknown-column

        """)
  }

  @Test func pathsAreShownAsTheUserSeesThem() {
    var sources = SourceSet()
    sources.insert(SourceFile(path: "queries/a.sql", text: "x"), displayedAs: "../db/queries/a.sql")
    var renderer = TextRenderer(sources: sources)
    #expect(renderer.render([diagnostic("queries/a.sql", ByteRange(0, 1), "m")]).hasPrefix("../db/queries/a.sql:1:1: "))
  }

  @Test func colourChangesNothingButColour() throws {
    let source = SourceFile(path: "q.sql", text: "SELECT a, b")
    let problem = diagnostic(
      "q.sql", ByteRange(7, 8), "m", label: "l",
      secondary: [DiagnosticLabel(SourceRange(path: "q.sql", range: ByteRange(10, 11)), "k")], notes: ["n"],
      fixIts: [FixIt("f", .safe, edits: [])])
    let colourful = rendered([problem], [source], .ansi)
    #expect(colourful.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    let plain = colourful.replacing(#/\x1B\[[0-9;]*m/#, with: "")
    #expect(plain == rendered([problem], [source]))
  }
}

@Suite struct DiagnosticOrderTests {
  @Test func sortedByPlaceAndSaidOnce() {
    let a1 = diagnostic("a.sql", ByteRange(1, 2), "x")
    let a9 = diagnostic("a.sql", ByteRange(9, 10), "x")
    let b0 = diagnostic("b.sql", ByteRange(0, 1), "x")
    let warning = diagnostic("a.sql", ByteRange(1, 2), "x", severity: .warning)
    #expect([b0, a9, a1, warning, a9].sortedAndUnique() == [a1, warning, a9, b0])
  }
}

@Suite struct NearestNamesTests {
  @Test(arguments: [
    ("enviroment_id", ["id", "environment_id", "name"], ["environment_id"]),
    (":mayn", [":one", ":many", ":exec"], [":many"]),
    ("NAME", ["name", "game"], ["name", "game"]),
    ("zzz", ["id", "name"], []),
    ("", ["id"], []),
  ])
  func bestFirst(name: String, candidates: [String], expected: [String]) {
    #expect(nearestNames(to: name, among: candidates) == expected)
  }
}

@Suite struct JSONTests {
  @Test func everyCharacterSurvives() {
    var json = JSONWriter()
    json.object { json in
      json.member("a\"b", "\\ \n \u{01} ü 🚀")
      json.member("n", -3)
      json.array("e") { _ in }
      json.array("l") { json in
        json.element(true)
        json.object { _ in }
      }
    }
    #expect(json.text == #"{"a\"b":"\\ \n \u0001 ü 🚀","n":-3,"e":[],"l":[true,{}]}"#)
  }

  @Test func diagnosticsCarryPositionsInEveryUnit() {
    let source = SourceFile(path: "q.sql", text: "a\nü fault\n")
    let place = SourceRange(path: "q.sql", range: ByteRange(5, 10))
    let fix = FixIt("write 'x'", .safe, edits: [FixIt.Edit(place, replacement: "x")])
    var renderer = JSONRenderer(sources: SourceSet([source]))
    let location =
      #"{"file":"q.sql","line":2,"column":4,"endLine":2,"endColumn":9,"start":5,"end":10}"#
    #expect(
      renderer.render([diagnostic("q.sql", place.range, "m", label: "l", notes: ["n"], fixIts: [fix])])
        == #"[{"id":"binder/unknown-column","severity":"error","message":"m","location":"#
        + location + #","label":"l","related":[],"notes":["n"],"fixIts":[{"message":"write 'x'","#
        + #""applicability":"safe","edits":[{"location":"# + location + #","replacement":"x"}]}]}]"#)
  }
}

@Suite struct DiagnosticFormatTests {
  @Test func githubCommands() {
    var sources = SourceSet()
    sources.insert(SourceFile(path: "q.sql", text: "a\nSELECT x"), displayedAs: "db/a,b.sql")
    let problem = diagnostic("q.sql", ByteRange(9, 10), "no 100% 'x'", label: "l", notes: ["n: m"])
    #expect(
      render([problem, problem], in: sources, as: .github)
        == "::error file=db/a%2Cb.sql,line=2,endLine=2,col=8,endColumn=9,title=binder/unknown-column::no 100%25 'x'%0Al%0An: m\n"
    )
  }

  @Test func aJSONDocumentAlsoWhenThereIsNothingToSay() {
    #expect(render([], in: SourceSet(), as: .json) == "[]\n")
    #expect(render([], in: SourceSet(), as: .text(.plain)).isEmpty)
  }
}

@Suite struct LineIndexTests {
  @Test func everyOffsetGoesThereAndBack() {
    let text = "ab\r\nü\n\nlast"
    let index = LineIndex(text)
    #expect(index.lineCount == 4)
    let breaks: Set<Int> = [3]  // inside "\r\n": at the end of its line
    for offset in 0...text.utf8.count where !breaks.contains(offset) {
      #expect(index.offset(of: index.position(at: offset)) == offset)
    }
    #expect(index.position(at: 3) == LinePosition(line: 1, column: 3))
    #expect(index.position(at: 99) == LinePosition(line: 4, column: 5))
    #expect(index.position(at: -1) == LinePosition(line: 1, column: 1))
  }
}

/// What a diagnostic quotes comes from files: it may not end its line, begin a command of a log, or steer a terminal.
@Suite struct HostileTextTests {
  static let hostile = ["\n", "\r", "\r\n", "\u{1B}[2J", "\u{9B}2J", "\u{7}", "\u{202E}", "\u{2028}", "\u{85}", "\0"]

  @Test(arguments: hostile)
  func isShownAndObeyedNowhere(text: String) throws {
    let name = "a\(text)::error::b"
    let path = "q\(text).sql"
    let source = SourceFile(path: path, text: "SELECT \(name);\n")
    let diagnostic = diagnostic(
      path, ByteRange(7, 8), "no \(name)", label: "here \(name)",
      secondary: [DiagnosticLabel(SourceRange(path: path, range: ByteRange(0, 1)), "there \(name)")],
      notes: ["note \(name)"], fixIts: [FixIt("write \(name)", .unsafe, edits: [])])
    let sources = SourceSet([source])
    for format in [DiagnosticFormat.text(.plain), .github, .json] {
      let output = render([diagnostic], in: sources, as: format)
      let controls = output.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || [0x202E, 0x2028].contains($0.value))
      }
      #expect(controls.isEmpty, "\(format): \(output.debugDescription)")
      let lines = output.split(separator: "\n")
      switch format {
      case .github: #expect(lines.count == 1, "\(output)")
      case .json: #expect(lines.count == 1, "\(output)")
      case .text: #expect(!lines.contains { $0.hasPrefix("::") }, "\(output)")
      }
    }
  }
}
