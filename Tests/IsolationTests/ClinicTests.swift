// The same attack on another schema, whose queries were written without a look at the proof.

import Foundation
import SQLCIsolation
import Testing

private let clinicWorld = Worldview(
  tenantColumn: "org_id",
  owners: [
    "patients": "x.org_id", "visits": "x.org_id", "bills": "x.org_id", "badges": "x.org_id", "prefs": "x.org_id",
    "pages": "x.org_id",
    "remarks": "(SELECT v.org_id FROM visits v WHERE v.id = x.visit_id)",
    "doses": "(SELECT p.org_id FROM patients p WHERE p.id = x.patient_id)",
  ],
  before: ["orgs": "INSERT INTO orgs VALUES (1, 'a.example', 'A'), (2, 'm.example', 'M'), (3, 'z.example', 'Z')"],
  after: ["INSERT INTO pages_fts (pages_fts) VALUES ('rebuild')"],
  values: ["state": ["'waiting'", "'done'"]])

@Suite struct ClinicTests {
  private func corpus() throws -> Corpus {
    try Corpus("clinic-schema.sql", IsolationPolicy(.tenant, column: "org_id"))
  }

  @Test func leaksAreFoundAndShown() throws {
    let corpus = try corpus()
    let cases = try corpus.cases(in: Corpus.source("clinic-leaks.sql"))
    #expect(cases.count >= 100)
    let oracle = try Oracle(corpus, clinicWorld, pairs: 24)
    for query in cases {
      #expect(!corpus.findings(of: query).isEmpty, "missed: \(query.name)")
      #expect(oracle.leak(of: query) != nil, "no execution shows it: \(query.name)")
    }
  }

  @Test func cleanQueriesAreNotAccused() throws {
    let corpus = try corpus()
    let cases = try corpus.cases(in: Corpus.source("clinic-clean.sql"))
    #expect(cases.count >= 100)
    let oracle = try Oracle(corpus, clinicWorld, pairs: 8)
    for query in cases {
      #expect(corpus.findings(of: query).map { "\($0.kind): \($0.table): \($0.reason)" } == [], "\(query.name)")
      #expect(oracle.leak(of: query) == nil, "an execution shows a leak: \(query.name)")
    }
  }

  /// `SQLC_SWIFT_ISOLATION_PAIRS=24` for a long run.
  @Test func mutantsThatLeakAreFound() throws {
    let corpus = try corpus()
    let pairs = ProcessInfo.processInfo.environment["SQLC_SWIFT_ISOLATION_PAIRS"].flatMap { Int($0) } ?? 4
    try checkMutants(
      corpus, corpus.mutants(of: Corpus.source("clinic-clean.sql")), clinicWorld, pairs: pairs, atLeast: 100)
  }
}
