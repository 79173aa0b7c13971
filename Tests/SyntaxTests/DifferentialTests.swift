// The front end and SQLite itself, asked the same question: is this a statement? The statements are those of the corpus with a
// few tokens damaged, so most of them lie just inside or just outside the language.
//
// SQLC_SWIFT_FUZZ says how many to try (20,000 when it is not set), SQLC_SWIFT_FUZZ_SEED where to start, SQLC_SWIFT_CORPUS
// adds statements.

import CSQLite
import Foundation
import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

/// SQLite's answer to a text.
private enum Verdict {
  case accepts
  case rejects(String)
  /// It stopped for another reason before it had read everything.
  case unknown
}

/// A connection without tables.
private struct Judge: ~Copyable {
  private let connection: OpaquePointer

  init() throws {
    var opened: OpaquePointer?
    try #require(sqlite3_open(":memory:", &opened) == SQLITE_OK)
    connection = try #require(opened)
  }

  deinit { sqlite3_close_v2(connection) }

  func verdict(on sql: String) -> Verdict {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) != SQLITE_OK else { return .accepts }
    let message = String(cString: sqlite3_errmsg(connection))
    for sign in ["syntax error", "incomplete input", "unrecognized token"] where message.contains(sign) {
      return .rejects(message)
    }
    // Names are looked up when a query has been read, and while a definition is being read.
    let isAboutNames = message.hasPrefix("no such")
    let word = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
    return isAboutNames && ["SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "VALUES"].contains(word)
      ? .accepts : .unknown
  }
}

/// Statements of the corpus, cut into tokens, and damaged.
private struct TokenMutator {
  var generator: SeededGenerator
  private let statements: [[String]]
  private let words: [String]

  init(seed: UInt64, statements: [String]) {
    generator = SeededGenerator(state: seed)
    self.statements = statements.map { sql in
      let source = SourceFile(path: "seed", text: sql)
      return parseScript(source).value.tokens.map { String(source.slice($0.range)) }
    }
    words = Set(self.statements.joined()).sorted()
  }

  mutating func next() -> String {
    var tokens = statements.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...2, using: &generator) where !tokens.isEmpty { damage(&tokens) }
    return tokens.joined(separator: " ")
  }

  private mutating func damage(_ tokens: inout [String]) {
    let place = Int.random(in: tokens.indices, using: &generator)
    let word = words.randomElement(using: &generator) ?? ""
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: tokens.remove(at: place)
    case 1: tokens.insert(word, at: place)
    case 2: tokens[place] = word
    case 3: tokens.swapAt(place, Int.random(in: tokens.indices, using: &generator))
    default: tokens.insert(tokens[Int.random(in: tokens.indices, using: &generator)], at: place)
    }
  }
}

private let environment = ProcessInfo.processInfo.environment

@Suite struct DifferentialTests {
  @Test func agreesWithSQLite() throws {
    var statements = CaseDirectory(name: "Corpus").cases.map(\.sql).filter { !$0.contains("sqlc.") }
    if let path = environment["SQLC_SWIFT_CORPUS"] {
      let decoder = JSONDecoder()
      for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
        statements.append(
          try decoder.decode(CorpusAgreement.Statement.self, from: Data(line.utf8)).sql)
      }
    }
    try #require(statements.count > 50)
    var mutator = TokenMutator(
      seed: environment["SQLC_SWIFT_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1, statements: statements)
    let judge = try Judge()
    let release = Int(sqlite3_libversion_number()) / 1000
    var compared = 0
    for _ in 0..<(environment["SQLC_SWIFT_FUZZ"].flatMap { Int($0) } ?? 20_000) {
      let sql = mutator.next()
      // SQLite reads one statement at a time.
      guard !sql.trimmingCharacters(in: CharacterSet(charactersIn: "; ")).contains(";"), !sql.contains("\0") else {
        continue
      }
      let parsed = parseScript(SourceFile(path: "case", text: sql))
      let isNewer = parsed.value.features.contains {
        $0.feature.introduced.major * 1000 + $0.feature.introduced.minor > release
      }
      switch judge.verdict(on: sql) {
      case .unknown: continue
      case .accepts:
        compared += 1
        #expect(!parsed.diagnostics.hasErrors, "SQLite reads \(sql); \(parsed.diagnostics.map(\.message))")
      case .rejects(let message):
        compared += 1
        #expect(parsed.diagnostics.hasErrors || isNewer, "SQLite does not read \(sql): \(message)")
      }
    }
    #expect(compared > 1_000, "too little was compared")
  }
}
