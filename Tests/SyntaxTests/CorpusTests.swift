// The syntax corpus: SQL and the tree it means, covering every production.

import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

private let corpus = CaseDirectory(name: "Corpus")

private func parse(_ sql: String) -> Diagnosed<ScriptSyntax> {
  parseScript(SourceFile(path: "case.sql", text: sql), options: ParserOptions(allowsMacros: true))
}

@Suite struct CorpusTests {
  @Test func references() throws {
    try #require(!corpus.cases.isEmpty, "no case was found")
    if CaseDirectory.isUpdating { try corpus.update { outline(parse($0.sql).value) } }
  }

  @Test(arguments: corpus.cases) func tree(_ example: SyntaxCase) {
    guard !CaseDirectory.isUpdating else { return }
    #expect(outline(parse(example.sql).value) == example.expected)
  }

  @Test(arguments: corpus.cases) func isAccepted(_ example: SyntaxCase) {
    let errors = parse(example.sql).diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty == (example.name != "what cannot be read"), "\(errors)")
  }

  /// Every production of the list is reached by some case, and the list names every production that a case reaches.
  @Test func coversEveryProduction() throws {
    let listed = Set(try Productions.listed())
    try #require(listed.count > 300, "the list is not what it was")
    var reached: Set<String> = []
    for example in corpus.cases { Productions.collect(from: parse(example.sql).value, into: &reached) }
    #expect(listed.subtracting(reached).sorted() == [], "no case reaches these")
    #expect(reached.subtracting(listed).sorted() == [], "the list lacks these")
    let unnamed = SyntaxKind.allCases.map(\.rawValue).filter { !listed.contains($0) }
    #expect(unnamed == [], "the tree has these kinds of nodes, and the list does not")
  }

  @Test(arguments: corpus.cases) func printsBack(_ example: SyntaxCase) {
    let script = parse(example.sql).value
    #expect(SyntaxPrinter.print(script) == example.sql)
    #expect(checkTree(of: script).isEmpty)
  }

  /// A text may stop anywhere: the tree of what is left is sound and prints back.
  @Test(arguments: corpus.cases) func survivesEveryTruncation(_ example: SyntaxCase) {
    let bytes = Array(example.sql.utf8)
    for length in bytes.indices {
      let text = String(decoding: bytes[..<length], as: UTF8.self)
      let script = parse(text).value
      #expect(SyntaxPrinter.print(script) == text)
      #expect(checkTree(of: script).isEmpty)
    }
  }

  /// And so may it lose any one token.
  @Test(arguments: corpus.cases) func survivesEveryGap(_ example: SyntaxCase) {
    let script = parse(example.sql).value
    for token in script.tokens {
      var bytes = Array(example.sql.utf8)
      bytes.removeSubrange(token.range.lower..<token.range.upper)
      let text = String(decoding: bytes, as: UTF8.self)
      let rest = parse(text).value
      #expect(SyntaxPrinter.print(rest) == text)
      #expect(checkTree(of: rest).isEmpty)
    }
  }

  /// Part of a file is read with the positions of the whole.
  @Test func readsARange() throws {
    let text = "SELECT 'before'; SELECT 42; SELECT 'after'"
    let script = parseScript(SourceFile(path: "x", text: text), in: ByteRange(17, 27)).value
    #expect(script.items.count == 1)
    #expect(script.items.first?.range == ByteRange(17, 27))
    #expect(SyntaxPrinter.print(script) == "SELECT 42;")
  }
}
