import Foundation
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL
import Testing

@Suite("What is proven of statements", .needsPostgreSQL, .serialized)
struct ProofTests {
  @Test("Each rule, with what it must not prove")
  func rules() throws {
    let server = try Server(schema: RandomSchema.sql(majorVersion:))
    let analyzer = StatementAnalyzer(catalog: server.catalog)
    let rules = RuleCase.all.filter { $0.before.map { server.catalog.majorVersion < $0 } ?? true }
    for (rule, description) in zip(rules, try server.describe(rules.map(\.sql))) {
      guard let description else {
        Issue.record("refused: \(rule.sql)")
        continue
      }
      let facts = try analyzer.facts(of: description, declared: [])
      let columns = facts.columns.map { $0.nullability.isOptional ? "?" : "n" }.joined()
      #expect(columns == rule.columns, "\(rule.sql): \(facts.columns.map(\.nullability))")
      #expect("\(facts.rowCount)" == rule.rows, "\(rule.sql): \(facts.rowCountReason)")
    }
  }

  @Test("Parameters: names, NULL, lists")
  func parameters() throws {
    let server = try Server(schema: RandomSchema.sql(majorVersion:))
    let analyzer = StatementAnalyzer(catalog: server.catalog)
    for (one, description) in zip(ParameterCase.all, try server.describe(ParameterCase.all.map(\.sql))) {
      let facts = try analyzer.facts(of: try #require(description, "refused: \(one.sql)"), declared: [])
      let parameters = facts.parameters.map { parameter in
        parameter.name + (parameter.nullability.isOptional ? "?" : "") + (parameter.role == .list ? "[]" : "")
      }
      #expect(parameters.joined(separator: " ") == one.parameters, "\(one.sql)")
    }
  }

  @Test("Effects through views, functions, foreign keys and triggers")
  func effects() throws {
    let server = try Server(schema: RandomSchema.sql(majorVersion:))
    let analyzer = StatementAnalyzer(catalog: server.catalog)
    for (one, description) in zip(EffectCase.all, try server.describe(EffectCase.all.map(\.sql))) {
      let effects = try analyzer.facts(of: try #require(description, "refused: \(one.sql)"), declared: []).effects
      func names(_ relations: [ObjectID]) -> [String] {
        relations.compactMap { server.catalog.relations[$0]?.name }.sorted()
      }
      #expect(names(effects.reads) == one.reads, "\(one.sql)")
      #expect(names(effects.writes) == one.writes, "\(one.sql)")
      #expect(effects.opaqueFunctions.compactMap { server.catalog.functions[$0]?.name } == one.opaque, "\(one.sql)")
    }
  }

  /// `SQLC_SWIFT_RANDOM_STATEMENTS=100000` runs that many, `SQLC_SWIFT_SEED` others.
  @Test("Random statements on random rows")
  func randomStatements() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["SQLC_SWIFT_RANDOM_STATEMENTS"].flatMap(Int.init) ?? 200
    let seed = environment["SQLC_SWIFT_SEED"].flatMap(UInt64.init) ?? 1
    let server = try Server(schema: RandomSchema.sql(majorVersion:))
    var trial = RandomTrial(
      server.running, StatementAnalyzer(catalog: server.catalog), describe: server.describe)
    try trial.run(seed: seed, count: count)
    let figures = trial.figures
    for claim in figures.unsound { Issue.record("\(claim)") }
    // A test that refuses its own statements, or that claims nothing, tests nothing.
    #expect(figures.refused * 10 < figures.statements)
    #expect(figures.failed * 5 < figures.executions)
    #expect(figures.neverColumns > figures.statements / 2 && figures.boundedRows > figures.statements / 10)
    print(
      """
      random statements: \(figures.statements), refused \(figures.refused), executions \(figures.executions), failed \
      \(figures.failed), columns never NULL \(figures.neverColumns), optional \(figures.optionalColumns), of them seen \
      NULL \(figures.seenNull), rows bounded \(figures.boundedRows), unsound \(figures.unsound.count)
      """)
  }
}
