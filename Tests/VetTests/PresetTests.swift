// Five teams' rule books: a schema as each book wants it is clean under its preset, and each sentence of the book that is broken is
// said by the rule that stands for it.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCVet
import Testing

/// A book: a schema with queries that keep it, and what is wrong without each of its sentences.
struct RuleBook: Sendable, CustomStringConvertible {
  struct Violation: Sendable {
    var sentence: String
    /// What stands in the schema or in the queries, and what stands there instead.
    var text: String
    var instead: String
    /// The rules that say it, and no others.
    var rules: [String]

    init(_ sentence: String, _ text: String, _ instead: String, _ rules: String...) {
      self.sentence = sentence
      self.text = text
      self.instead = instead
      self.rules = rules
    }
  }

  var preset: VetPresetName
  var schema: String
  var queries: String
  var violations: [Violation]
  var description: String { preset.rawValue }

  /// The rules that find something, notes left out where the preset does not raise them.
  func tripped(_ schema: String, _ queries: String) throws -> [String] {
    var settings = VetSettings()
    settings.preset = preset
    let plan = VetPlan(settings, files: []) { _ in false }
    #expect(plan.diagnostics.isEmpty)
    let facts = try vetting(schema: schema, queries: queries, policies: plan.policies, options: plan.options)
    return plan.rules.filter { rule in
      switch plan.levels["\(rule.id)"] {
      case .off: false
      case nil where rule.level == .note: false
      default: !facts.violations(of: rule).isEmpty
      }
    }
    .map { "\($0.id)" }.sorted()
  }
}

@Suite struct PresetTests {
  @Test func everyPresetHasItsBook() {
    #expect(Set(ruleBooks.map(\.preset)) == Set(VetPresetName.allCases))
  }

  @Test(arguments: ruleBooks)
  func aSchemaByTheBookIsClean(_ book: RuleBook) throws {
    #expect(try book.tripped(book.schema, book.queries) == [])
  }

  @Test(arguments: ruleBooks)
  func eachSentenceIsHeld(_ book: RuleBook) throws {
    for violation in book.violations {
      let schema = book.schema.replacing(violation.text, with: violation.instead)
      let queries = book.queries.replacing(violation.text, with: violation.instead)
      #expect(schema != book.schema || queries != book.queries, "nothing is broken: \(violation.sentence)")
      #expect(try book.tripped(schema, queries) == violation.rules.sorted(), "\(violation.sentence)")
    }
  }
}
