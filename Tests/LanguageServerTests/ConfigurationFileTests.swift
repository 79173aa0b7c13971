// The configuration in an editor: what can be written, what it means, what is wrong.

import EditorTrials
import SQLCDiagnostics
import SQLCLanguageProtocol
import Testing

@Suite struct ConfigurationFileTests {
  private let path = "/project/sqlc-swift.yaml"

  private func client(_ marked: String) throws -> (TestClient, JSON) {
    let text = MarkedText(marked)
    let client = TestClient(try TestProject.files().merging([path: text.text]) { _, new in new })
    try client.begin("/project")
    client.open(path, text.text)
    return (client, ["textDocument": TestClient.document(path), "position": text.position])
  }

  private func items(_ marked: String) throws -> [JSON] {
    let (client, params) = try client(marked)
    return try client.ask("textDocument/completion", params)["items"]?.array ?? []
  }

  private func labels(_ marked: String) throws -> [String] { try items(marked).compactMap { $0["label"]?.string } }

  private let head = "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema\n"

  @Test func keysOfTheTop() throws {
    #expect(Set(try labels("|")) == ["version", "sql", "faces", "overrides", "rules", "vet", "fmt"])
    #expect(Set(try labels("version: \"2\"\nsq|")) == ["sql", "faces", "overrides", "rules", "vet", "fmt"])
    #expect(try labels(head + "|\nfmt:\n  width: 80\n").contains("rules"))
    #expect(!(try labels(head + "|\nfmt:\n  width: 80\n")).contains("fmt"))
  }

  @Test func keysOfABlock() throws {
    for place in [head + "    |", head + "    que|", head + "    |\n    gen:\n      swift:\n        out: G\n"] {
      let found = try labels(place)
      #expect(found.contains("queries") && found.contains("database") && !found.contains("schema"))
      #expect(!found.contains("version"))
    }
    #expect(try labels("version: \"2\"\nsql:\n  - |").contains("engine"))
    #expect(try labels("version: \"2\"\nsql:\n- engine: sqlite\n  |").contains("queries"))
    #expect(try items("version: \"2\"\nsql:\n  |").first?["textEdit"]?["newText"] == "- engine: ")
    // A second block has all of them.
    #expect(try labels(head + "  - |").contains("schema"))
  }

  @Test func keysDeepInside() throws {
    let gen = head + "    queries: queries\n    gen:\n      swift:\n        out: G\n"
    #expect(try labels(gen + "        |").contains("emit_schema"))
    #expect(Set(try labels(gen + "        overrides:\n          - |")).isSuperset(of: ["column", "swift_type"]))
    // One of three, and it is there.
    #expect(!(try labels(gen + "        overrides:\n          - column: a.b\n            |")).contains("db_type"))
    #expect(
      Set(try labels(gen + "        overrides:\n          - column: a.b\n            swift_type: { |")) == [
        "name", "import",
      ])
    #expect(Set(try labels("fmt: { |")) == ["width", "keywords"])
    #expect(Set(try labels("fmt: { width: 80, |}")) == ["keywords"])
    #expect(Set(try labels("fmt: {\n  width: 80,\n  key|")) == ["keywords"])
    #expect(try labels("vet:\n  except:\n    - rule: a\n      |").contains("reason"))
  }

  @Test func values() throws {
    #expect(try labels(head + "    strict_primary_keys: |") == ["false", "true"])
    #expect(try labels("version: \"2\"\nsql:\n  - engine: |") == ["postgresql", "sqlite"])
    #expect(try labels("fmt: { keywords: |").contains("lower"))
    #expect(try labels("vet:\n  packs: [naming, |]").contains("keys"))
    #expect(try labels("vet:\n  packs:\n    - naming\n    - |").contains("keys"))
    #expect(try labels("vet:\n  packs:\n    |").contains("keys"))
    let types = try items(head + "    gen:\n      swift:\n        blob_type: |")
    #expect(types.map { $0["textEdit"]?["newText"] } == ["Data", "\"[UInt8]\""])
    #expect(try items("version: \"|").first?["textEdit"]?["newText"] == "\"2\"")
    #expect(try items("version: |").first?["textEdit"]?["newText"] == "\"2\"")
    let codecs = try labels(head + "    gen:\n      swift:\n        overrides:\n          - codec: |")
    #expect(codecs.contains("json"))
  }

  @Test func rulesAreNamed() throws {
    #expect(try labels("rules:\n  binder/|").contains("binder/unused-common-table"))
    #expect(try labels("rules:\n  binder/unused-common-table: |") == ["error", "off", "warning"])
    #expect(try labels("vet:\n  except:\n    - rule: |").contains("naming/index-name"))
  }

  @Test func nothingWhereNothingIsKnown() throws {
    for marked in [
      "# |", "version: \"2\" # |", "nonsense: |", "nonsense:\n  |", head + "    schema: |", "fmt:\n  width: |",
      "vet:\n  rules:\n    - sql: |\n        SELECT\n", "fmt: { width: { |",
    ] {
      let found = try labels(marked.replacing("sql: |\n", with: "sql: x\n"))
      #expect(found.isEmpty || marked.contains("sql: |"), "\(marked): \(found)")
    }
    // A text of several lines has no keys.
    let (client, params) = try client("vet:\n  rules:\n    - name: a/b\n      sql: >\n        SELECT |\n")
    #expect(try client.ask("textDocument/completion", params) == .null)
  }

  @Test func jsonIsYAMLToo() throws {
    let path = "/project/sqlc-swift.json"
    let text = MarkedText("{ \"version\": \"2\", \"fmt\": { \"|")
    let client = TestClient([path: text.text])
    try client.begin("/project")
    client.open(path, text.text)
    let answer = try client.ask(
      "textDocument/completion", ["textDocument": TestClient.document(path), "position": text.position])
    #expect(answer["items"]?.array?.map { $0["textEdit"]?["newText"]?.string } == ["\"keywords\": ", "\"width\": "])
  }

  @Test func keysAreToldWithWhatTheyMean() throws {
    func hover(_ marked: String) throws -> String {
      let (client, params) = try client(marked)
      return try client.ask("textDocument/hover", params)["contents"]?["value"]?.string ?? ""
    }
    let width = try hover("fmt:\n  wi|dth: 80\n")
    #expect(width.contains("How wide a line may be.") && width.contains("from 40 to 400") && width.contains("`100`"))
    #expect(try hover("fmt: { width: 8|0 }\n").contains("How wide"))
    #expect(try hover(head + "    min_sql|ite: 3.40\n").contains("Only beside `engine: sqlite`"))
    #expect(try hover("rules:\n  binder/unused-com|mon-table: off\n").contains("a WITH that nothing reads"))
    // A mistake, with its page.
    let wrong = try hover(TestProject.files()[path]! + "fmt:\n  wid|ht: 80\n")
    #expect(wrong.contains("the page of configuration/unknown-key"))
  }

  @Test func mistakesAreToldAndMended() throws {
    let (client, _) = try client(head + "    quieries: queries\n|")
    let told = try client.told(after: path)
    let found = told[DocumentURI(path: path).text]?.array ?? []
    #expect(found.contains { $0["code"] == "configuration/unknown-key" })
    #expect(found.contains { $0["code"] == "configuration/missing-key" })
    let place: JSON = ["line": 4, "character": 6]
    let actions = try client.ask(
      "textDocument/codeAction",
      [
        "textDocument": TestClient.document(path), "range": ["start": place, "end": place],
        "context": ["diagnostics": []],
      ])
    #expect(actions.array?.first?["title"] == "write 'queries'")
  }

  /// Whatever stands there, and wherever it is asked.
  @Test func anyTextIsAnswered() throws {
    let whole = try TestProject.files()[path]! + "rules: { binder/unused-common-table: off }\nfmt: {\n  width: 80 }\n"
    let client = TestClient(try TestProject.files())
    try client.begin("/project")
    client.open(path, whole)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var characters = Array(whole)
      for _ in 0..<3 {
        let place = Int.random(in: 0..<characters.count, using: &random)
        if Bool.random(using: &random) {
          characters.remove(at: place)
        } else {
          characters.insert("{}[]:,-#'\"|>\n \\ü\u{FEFF}\r".randomElement(using: &random) ?? "x", at: place)
        }
      }
      let text = String(characters)
      client.replace(path, with: text)
      let position: JSON = [
        "line": .integer(Int.random(in: 0..<12, using: &random)),
        "character": .integer(Int.random(in: 0..<20, using: &random)),
      ]
      let params: JSON = ["textDocument": TestClient.document(path), "position": position]
      #expect(try client.code("textDocument/completion", params) == nil, "\(text)")
    }
  }
}
