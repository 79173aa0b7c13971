// Rules that give another type, and rules that are wrong.
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct OverrideTests {
  private let model = GenerationModel(
    tables: [
      table(
        "agents",
        [
          column("id", .uuid, declared: "UUID"), column("spec", .json(.text), optional: true, declared: "JSON"),
          column("icon", .blob, declared: "BLOB"), column("code", .text, declared: "VARCHAR(36)"),
          column("made", .timestamp(.withTimeZone), declared: "DATETIME"),
        ])
    ], enumerations: [], queries: [])

  private func run(_ rules: [SwiftOverride]) -> (text: String, diagnostics: [String]) {
    var options = SwiftOptions()
    options.overrides = rules
    return generated(model, options, file: "Models.swift")
  }

  @Test func standardTypes() {
    let text = run([]).text
    for line in ["var id: UUID", "var spec: SQLiteJSON?", "var icon: Data", "var code: String", "var made: Date"] {
      #expect(text.contains(line))
    }
    #expect(text.contains("#if canImport(FoundationEssentials)"))
  }

  @Test func aColumnGoesBeforeAPatternAndAPatternBeforeAType() {
    let rules = [
      SwiftOverride(.databaseType("uuid"), typeName: "A", source: range()),
      SwiftOverride(.column("*.id"), typeName: "B", source: range()),
      SwiftOverride(.column("agents.id"), typeName: "C", module: "Keys", source: range()),
    ]
    #expect(run(Array(rules[0...0])).text.contains("var id: A\n"))
    #expect(run(Array(rules[0...1])).text.contains("var id: B\n"))
    let text = run(rules).text
    #expect(text.contains("var id: C\n"))
    #expect(text.contains("import Keys\n"))
  }

  @Test func lengthsOfDeclaredTypesMayBeLeftOut() {
    #expect(
      run([SwiftOverride(.databaseType("varchar"), typeName: "Code", source: range())]).text.contains(
        "var code: Code\n"))
    #expect(
      run([SwiftOverride(.databaseType("varchar (36)"), typeName: "Code", source: range())]).text.contains(
        "var code: Code\n"))
  }

  @Test func storageIsACodec() {
    var options = SwiftOptions()
    options.bytesType = .array
    let vocabulary = SQLiteVocabulary(storage: ValueStorage(times: .unixSeconds, uuids: .blob))
    let text = generated(model, options, vocabulary, file: "Models.swift").text
    #expect(text.contains("with: UnixSecondsCodec.self"))
    #expect(text.contains("with: UUIDBlobCodec.self"))
    #expect(text.contains("var icon: [UInt8]"))
  }

  @Test func wrongRulesAreDiagnosedWhereTheyStand() {
    let place = range("sqlc-swift.yaml", 40)
    let rules: [(SwiftOverride, String)] = [
      (SwiftOverride(.column("agents.spek"), typeName: "A", source: place), "error swift/unknown-override-column"),
      (SwiftOverride(.databaseType("MONEY"), typeName: "A", source: place), "error swift/unknown-override-type"),
      (
        SwiftOverride(.result(query: "Nope", name: "x"), typeName: "A", source: place),
        "error swift/unknown-override-result"
      ),
      (SwiftOverride(.column("agents.icon"), typeName: "A", codec: .json, source: place), "error swift/unfit-codec"),
      (SwiftOverride(.databaseType("BLOB"), typeName: "A", codec: .json, source: place), "error swift/unfit-codec"),
      (SwiftOverride(.column("agents.spec"), typeName: "", source: place), "error swift/invalid-override"),
    ]
    // What all blocks share need not match in each.
    var shared = rules[0].0
    shared.isShared = true
    #expect(run([shared]).diagnostics == ["warning swift/unknown-override-column"])
    for (rule, expected) in rules {
      #expect(run([rule]).diagnostics == [expected])
      #expect(checkOverrides([rule], SQLiteVocabulary(), model).allSatisfy { $0.primary.source == place })
    }
  }

  @Test func twoRulesForOneColumnAreAnError() {
    let rule = SwiftOverride(.column("agents.spec"), typeName: "A", source: range())
    let other = SwiftOverride(.column("Agents.Spec"), typeName: "B", source: range("sqlc-swift.yaml", 9))
    #expect(run([rule, other]).diagnostics == ["error swift/duplicate-override"])
  }
}
