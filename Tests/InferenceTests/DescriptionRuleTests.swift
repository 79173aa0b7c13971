// The checks of the inference rules that ask not for values but for descriptions: names of columns, declared types, numbers of
// parameters, affinities, tables read.

import Foundation
import SQLCDiagnostics
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

/// A check that begins with a word of its own: `COLS SELECT …`.
struct DescriptionCheck {
  enum Kind: String, CaseIterable {
    /// Names of result columns.
    case columns = "COLS"
    /// Declared types of result columns, where they come from a column unchanged.
    case declared = "DECL"
    /// The largest parameter number.
    case parameters = "NPAR"
    /// The affinity of a declared type.
    case affinity = "AFF"
    /// Tables read, by the authorizer.
    case reads = "AUTH"
    /// The statement can be prepared.
    case prepares = "PREP"
  }
  var kind: Kind
  var sql: String

  init?(_ text: String) {
    guard let kind = Kind(rawValue: String(text.prefix { $0 != " " })) else { return nil }
    self.kind = kind
    sql = String(text.dropFirst(kind.rawValue.count + 1))
  }
}

private struct DescriptionRules: Decodable {
  struct Rule: Decodable {
    var id: Int
    var checks: [Check]
  }
  struct Check: Decodable {
    var sql: String
    var expect: Expected
  }
  /// A number, a word, or a list in which null is possible.
  enum Expected: Decodable {
    case number(Int)
    case word(String)
    case words([String?])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else if let word = try? container.decode(String.self) {
        self = .word(word)
      } else if let words = try? container.decode([String?].self) {
        self = .words(words)
      } else {
        self = .other
      }
    }
  }
  var fixture: String
  var rules: [Rule]
}

@Suite struct DescriptionRuleTests {
  @Test func everyDescriptionHolds() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Rules/inference-rules.json")
    let file = try JSONDecoder().decode(DescriptionRules.self, from: Data(contentsOf: url))
    var checked: [DescriptionCheck.Kind: Int] = [:]
    for rule in file.rules {
      for check in rule.checks {
        guard let description = DescriptionCheck(check.sql) else { continue }
        checked[description.kind, default: 0] += 1
        verify(description, check.expect, fixture: file.fixture, rule: rule.id)
      }
    }
    #expect(Set(checked.keys) == Set(DescriptionCheck.Kind.allCases))
    #expect(checked.values.reduce(0, +) >= 39)
  }

  private func verify(
    _ check: DescriptionCheck, _ expected: DescriptionRules.Expected, fixture: String, rule: Int
  ) {
    if check.kind == .affinity {
      guard case .word(let word) = expected else {
        Issue.record("rule \(rule) expects no affinity")
        return
      }
      let catalog = Analysis(schema: "CREATE TABLE one (x \(check.sql))").catalog
      guard case .table(let table)? = catalog.relations["one"] else {
        Issue.record("rule \(rule): no table")
        return
      }
      #expect("\(table.columns[0].affinity)".uppercased() == word, "rule \(rule): \(check.sql)")
      return
    }
    var statements = check.sql.components(separatedBy: ";").filter { !$0.allSatisfy(\.isWhitespace) }
    let last = statements.popLast() ?? ""
    let analysis = Analysis(schema: fixture + statements.joined(separator: ";") + ";", options: .newest)
    guard let result = analysis.analyze(last + ";", options: .newest).first?.1 else {
      Issue.record("rule \(rule): \(last) is no statement")
      return
    }
    if check.kind == .prepares {
      // SQLite prepares an INSERT that leaves out a NOT NULL column, and refuses every row of it: a warning.
      #expect(!result.diagnostics.hasErrors)
      #expect(result.diagnostics.contains { $0.id.name == "omitted-required-column" }, "rule \(rule)")
      return
    }
    if check.kind == .parameters, last.contains("?2"), !last.contains("?1") {
      // SQLite counts a parameter that is never used; nobody could pass it, so it is an error.
      #expect(result.diagnostics.contains { $0.id.name == "parameter-gap" }, "rule \(rule)")
      return
    }
    #expect(!result.diagnostics.hasErrors, "rule \(rule): \(last): \(result.diagnostics.map(\.message))")
    let statement = result.value
    switch (check.kind, expected) {
    case (.columns, .words(let names)):
      // What SQLite calls an expression without AS is no promise (c3ref/column_name.html), and not taken for one.
      let said = statement.columns.map { $0.isNameGuaranteed ? $0.name : nil }
      #expect(said.count == names.count, "rule \(rule)")
      for (ours, theirs) in zip(said, names) where ours != nil { #expect(ours == theirs, "rule \(rule)") }
    case (.declared, .words(let types)):
      let said = statement.columns.map { column in column.origin.flatMap { declaredType(of: $0, in: analysis.catalog) }
      }
      #expect(said.count == types.count, "rule \(rule)")
      // A scalar subquery and an arm of a compound are no unchanged columns to us; SQLite describes them nevertheless.
      for (ours, theirs) in zip(said, types) where ours != nil { #expect(ours == theirs, "rule \(rule)") }
    case (.parameters, .number(let count)):
      // `:a` and `@a` are two parameters to SQLite, and one argument to whoever calls.
      let spellings = statement.parameters.flatMap { parameter in
        Set(parameter.occurrences.map { last.utf8.dropFirst($0.lower).prefix($0.count).map { $0 } })
      }
      #expect(spellings.count == count, "rule \(rule)")
    case (.reads, .words(let tables)):
      #expect(statement.reads == tables.compactMap { $0 }, "rule \(rule)")
    default: Issue.record("rule \(rule) expects something else")
    }
  }

  private func declaredType(of origin: ColumnOrigin, in catalog: Catalog) -> String? {
    guard case .table(let table)? = catalog.relations[origin.table.lowercased()] else { return nil }
    if let column = table.columns.first(where: { $0.name == origin.column }) { return column.declaredType }
    return origin.column == "rowid" ? "INTEGER" : nil
  }
}
