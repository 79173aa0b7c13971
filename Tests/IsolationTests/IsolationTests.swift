// Isolation is a proof, and is attacked as one.

import SQLCDiagnostics
import SQLCIsolation
import Testing

let tenants = IsolationPolicy(.tenant, column: "user_id")

let tenantWorld = Worldview(
  owners: [
    "projects": "x.user_id", "tasks": "x.user_id", "invoices": "x.user_id", "settings": "x.user_id",
    "files": "x.user_id",
    "notes": "x.user_id", "comments": "(SELECT t.user_id FROM tasks t WHERE t.id = x.task_id)",
    "reactions":
      "(SELECT t.user_id FROM comments c JOIN tasks t ON t.id = c.task_id WHERE c.id = x.comment_id)",
  ],
  before: [
    "users":
      "INSERT INTO users VALUES (1, 'a', 'Bob', 'free'), (2, 'alice@example.com', 'Alice', 'free'), (3, 'c', 'Cy', 'pro')"
  ],
  after: [
    "INSERT INTO notes_fts (notes_fts) VALUES ('rebuild')"
  ],
  values: ["status": ["'open'", "'done'"]])

@Suite struct IsolationTests {
  @Test func leaksAreFoundAndShown() throws {
    let corpus = try Corpus("schema.sql", tenants)
    let cases = try corpus.cases(in: Corpus.source("leaks.sql"))
    #expect(cases.count >= 100)
    let oracle = try Oracle(corpus, tenantWorld, pairs: 24)
    for query in cases {
      #expect(!corpus.findings(of: query).isEmpty, "missed: \(query.name)")
      #expect(oracle.leak(of: query) != nil, "no execution shows it: \(query.name)")
    }
  }

  @Test func cleanQueriesAreNotAccused() throws {
    let corpus = try Corpus("schema.sql", tenants)
    let cases = try corpus.cases(in: Corpus.source("clean.sql"))
    #expect(cases.count >= 100)
    let oracle = try Oracle(corpus, tenantWorld, pairs: 12)
    for query in cases {
      #expect(corpus.findings(of: query).map { "\($0.kind): \($0.table): \($0.reason)" } == [], "\(query.name)")
      #expect(oracle.leak(of: query) == nil, "an execution shows a leak: \(query.name)")
    }
  }

  @Test func mutantsThatLeakAreFound() throws {
    let corpus = try Corpus("schema.sql", tenants)
    try checkMutants(corpus, corpus.mutants(of: Corpus.source("clean.sql")), tenantWorld, pairs: 24, atLeast: 100)
  }
}

/// Of mutants each that an execution shows to leak has to be found; how many others are accused is printed.
func checkMutants(
  _ corpus: Corpus, _ mutants: [Case], _ view: Worldview, pairs: Int = 5, atLeast count: Int
) throws {
  let oracle = try Oracle(corpus, view, pairs: pairs)
  // Who is accused and shows nothing is looked at longer, in other worlds.
  lazy var second = try? Oracle(corpus, view, pairs: 2 * pairs, seed: 6)
  var leaking = 0
  var clean = 0
  var accused: [String] = []
  for query in mutants {
    let isAccused = !corpus.findings(of: query).isEmpty
    let leak = oracle.leak(of: query, tries: 2) ?? (isAccused ? second?.leak(of: query, tries: 8) : nil)
    if let leak {
      leaking += 1
      #expect(isAccused, "missed: \(query.name): \(query.text): \(leak)")
    } else {
      clean += 1
      if isAccused { accused.append("\(query.name): \(query.text)") }
    }
  }
  print("mutants: \(leaking) leak, \(clean) show none, of which \(accused.count) accused")
  for line in accused { print("  accused: \(line)") }
  #expect(leaking > count)
}
