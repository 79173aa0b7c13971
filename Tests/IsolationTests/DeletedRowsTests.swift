// Rows that are marked as deleted, by the same proof and the same attack.

import SQLCIsolation
import Testing

/// Those that are there are Alice's, those that are deleted are others'.
let deletionWorld = Worldview(
  division: .deletion,
  owners: Dictionary(
    uniqueKeysWithValues: ["lists", "items", "labels", "comments"].map {
      ($0, "(CASE WHEN x.deleted_at IS NULL THEN \(alice) ELSE 1 END)")
    }),
  watched: ["summaries"],
  after: ["INSERT INTO items_fts (items_fts) VALUES ('rebuild')"])

@Suite struct DeletedRowsTests {
  private func corpus() throws -> Corpus {
    try Corpus("deleted-schema.sql", IsolationPolicy(.softDelete, column: "deleted_at"))
  }

  @Test func leaksAreFoundAndShown() throws {
    let corpus = try corpus()
    let cases = try corpus.cases(in: Corpus.source("deleted-leaks.sql"))
    #expect(cases.count >= 60)
    let oracle = try Oracle(corpus, deletionWorld, pairs: 24)
    for query in cases {
      #expect(!corpus.findings(of: query).isEmpty, "missed: \(query.name)")
      #expect(oracle.leak(of: query) != nil, "no execution shows it: \(query.name)")
    }
  }

  @Test func cleanQueriesAreNotAccused() throws {
    let corpus = try corpus()
    let cases = try corpus.cases(in: Corpus.source("deleted-clean.sql"))
    #expect(cases.count >= 60)
    let oracle = try Oracle(corpus, deletionWorld, pairs: 12)
    for query in cases {
      #expect(corpus.findings(of: query).map { "\($0.kind): \($0.table): \($0.reason)" } == [], "\(query.name)")
      #expect(oracle.leak(of: query) == nil, "an execution shows a leak: \(query.name)")
    }
  }

  @Test func rowsThatAreMeantAreLeftAlone() throws {
    let corpus = try corpus()
    let cases = try corpus.cases(in: Corpus.source("deleted-meant.sql"))
    #expect(!cases.isEmpty)
    for query in cases {
      #expect(corpus.findings(of: query).map { "\($0.kind): \($0.table): \($0.reason)" } == [], "\(query.name)")
    }
  }

  @Test func mutantsThatLeakAreFound() throws {
    let corpus = try corpus()
    try checkMutants(
      corpus, corpus.mutants(of: Corpus.source("deleted-clean.sql")), deletionWorld, pairs: 24, atLeast: 60)
  }
}
