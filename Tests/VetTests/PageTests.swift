// Every rule has a page, and its example does what the page says.

import Foundation
import SQLCConfiguration
import SQLCDiagnostics
import SQLCVet
import Testing

@Suite struct PageTests {
  @Test func theFilesAreRead() {
    for pack in VetPackName.allCases {
      for file in pack.files {
        let read = readRules(file)
        #expect(read.diagnostics.map(\.message) == [], "\(file.path)")
        #expect(!read.value.isEmpty, "\(file.path)")
      }
    }
    #expect(shippedRules.count >= 44)
    #expect(Set(shippedRules.map(\.id)).count == shippedRules.count)
  }

  @Test func everyRuleCanBeAsked() throws {
    let facts = try vetting(schema: "CREATE TABLE t (id INTEGER PRIMARY KEY);")
    #expect(facts.check(shippedRules).map(\.message) == [])
  }

  @Test(arguments: shippedRules)
  func theExampleTripsTheRuleAndTheCorrectedOneDoesNot(_ rule: VetRule) throws {
    #expect(!rule.page.why.isEmpty && !rule.page.fix.isEmpty && !rule.page.example.isEmpty)
    let found = try rule.found(in: rule.page.example)
    #expect(!found.isEmpty, "the example trips nothing")
    for violation in found {
      #expect(violation.diagnostic.id == rule.id, "\(violation.diagnostic.message)")
      #expect(!violation.diagnostic.message.contains("{"), "\(violation.diagnostic.message)")
      #expect(violation.diagnostic.primary.source.path.hasSuffix(".sql"))
    }
    #expect(try rule.found(in: rule.page.corrected).map(\.diagnostic.message) == [])
  }

  /// Of the rules of its own pack the corrected example trips none.
  @Test(arguments: shippedRules.filter { $0.id.pass == "isolation" })
  func aCorrectedExampleIsProven(_ rule: VetRule) throws {
    let (schema, queries) = split(rule.page.corrected)
    let facts = try vetting(schema: schema, queries: queries, policies: rule.policies)
    for other in VetPackName.isolation.rules { #expect(facts.violations(of: other).map(\.diagnostic.message) == []) }
  }
}
