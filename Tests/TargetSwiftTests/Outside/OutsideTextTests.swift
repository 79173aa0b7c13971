// Nothing from outside becomes code: whatever the texts of a model are, the code around them is the same.

import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct OutsideTextTests {
  /// What would be code if it got out, and the same without what could let it out.
  private static let attempts: [(String, @Sendable (_ word: String, _ awkward: String) -> String)] = [
    ("inside", { "\($0)\($1)x" }), ("before", { "\($1)\($0)" }), ("after", { "\($0)\($1)" }),
    ("code", { "\($0)\($1)public static func pwned() {}\($1)" }),
    ("indented", { "\($0)\n   \($1)\n x\($1)" }),
  ]

  private static let vocabularies: [any RuntimeVocabulary] = [SQLiteVocabulary(), PostgreSQLVocabulary()]

  @Test(arguments: awkwardTexts.indices, vocabularies.indices)
  func theCodeIsTheSame(index: Int, engine: Int) throws {
    let awkward = awkwardTexts[index]
    let vocabulary = Self.vocabularies[engine]
    for (place, make) in Self.attempts {
      let (plain, text) = (
        files(vocabulary) { make($0, blanked(awkward)) }, files(vocabulary) { make($0, awkward) }
      )
      try #require(plain.count == text.count && !plain.isEmpty)
      for (one, other) in zip(plain, text) where skeleton(of: one.text) != skeleton(of: other.text) {
        let first = zip(skeleton(of: one.text), skeleton(of: other.text)).enumerated().first {
          $0.element.0 != $0.element.1
        }
        Issue.record(
          "\(place) \(awkward.debugDescription), \(other.path): \(first.map { "\($0)" } ?? "another length")")
      }
      for file in text {
        #expect(
          file.path.hasSuffix(".swift") && !file.path.contains("/")
            && file.path.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
          "\(file.path.debugDescription)")
      }
    }
  }

  /// A comparison that finds nothing different would make the test above worthless.
  @Test(arguments: [
    ("/// a\r\nfunc f() {}\n", "/// a\n"), ("let a = \"\\(b)\"", "let a = \"b\""),
    ("let a = \"b\" + c", "let a = \"b\""),
    ("let a = \"b\n\"", "let a = \"b\""), ("/// \u{202E}", "/// "), ("let a = \"\t\"", "let a = \" \""),
    ("let a = \"\"\"\n  b\n c\n  \"\"\"", "let a = \"b\""),
  ])
  func whatGetsOutIsFound(text: String, other: String) { #expect(skeleton(of: text) != skeleton(of: other)) }

  /// What can stand in a name stays, so that both give the same names.
  private func blanked(_ text: String) -> String { String(text.map { isIdentifierCharacter($0) ? $0 : " " }) }

  private func files(_ vocabulary: any RuntimeVocabulary, _ text: (String) -> String) -> [GeneratedFile] {
    let model = awkwardModel(text)
    var options = fullOptions()
    options.queriesTypeName = text("Queries")
    options.rename = [text("name"): text("renamed")]
    let lowering = Lowering(model, options: options, vocabulary: vocabulary)
    return lowering.files(model, model.queries.map { lowering.lower($0).value }).map { $0() }.map {
      GeneratedFile(path: fileName($0.name), text: Renderer.text(of: $0))
    }
  }

  @Test(arguments: [
    "Int", "AgentSpec", "Models.Spec", "[Float]", "[String: [Int]]", "Box<Int, Float>.Part", "(Int, name: String)",
    "any Shape", "A & B", "Int?", "Größe", "[ Float ]", "Any",
  ])
  func types(text: String) { #expect(SwiftCode(type: text)?.text == text) }

  @Test(arguments: [
    "", " ", "X { }", "Int; func f() {}", "Int\nfunc f() {}", "Int\rfunc f()", "Int // x", "Int /* x", "../../x", "a-b",
    "Int = 1", "1x", "[Int", "Int]", "(Int", "A<B", "A<B>>", "`Int`", "\"x\"", "A..B", ".A", "A.", "func", "class",
    "Int\t", "Int\u{2028}", "Int\0", "A,B", "[A:]", "() -> Void", "Int\u{FEFF}", "A.self", "#if", "@A B",
    String(repeating: "[", count: 99) + "A" + String(repeating: "]", count: 99),
  ])
  func noTypes(text: String) {
    #expect(SwiftCode(type: text) == nil)
    #expect(SwiftCode(module: text) == nil)
  }
}
