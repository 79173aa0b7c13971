// Random damage to real statements: whatever comes of it, the parser answers, and its tree is sound and prints back.
//
// SQLC_SWIFT_FUZZ says how many inputs to try (20,000 when it is not set); SQLC_SWIFT_CORPUS adds statements to start from.

import Foundation
import SQLCDiagnostics
import SQLCSyntaxSQLite
import Testing

/// SplitMix64: small, and the same everywhere, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Makes broken SQL of good SQL.
struct Mutator {
  var generator: SeededGenerator
  let seeds: [[UInt8]]
  /// Tokens to put in: the most telling ones of all statements.
  let words: [[UInt8]]

  init(seed: UInt64, statements: [String]) {
    generator = SeededGenerator(state: seed)
    seeds = statements.map { Array($0.utf8) }
    let tokens = statements.flatMap { sql in
      let source = SourceFile(path: "seed", text: sql)
      return parseScript(source).value.tokens.map { Array(source.slice($0.range).utf8) }
    }
    words =
      Set(tokens).sorted { $0.lexicographicallyPrecedes($1) }
      + ["", "(", ")", ";", "'", "\"", "/*", "--", "\0"].map { Array($0.utf8) }
  }

  mutating func next() -> String {
    var bytes = seeds.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    let position = Int.random(in: 0...bytes.count, using: &generator)
    let end = min(bytes.count, position + Int.random(in: 0...12, using: &generator))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes.removeSubrange(position..<end)
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
    case 2: bytes.insert(contentsOf: [0x20] + (words.randomElement(using: &generator) ?? []) + [0x20], at: position)
    case 3: bytes.replaceSubrange(position..<end, with: words.randomElement(using: &generator) ?? [])
    case 4: bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
    default:
      let other = seeds.randomElement(using: &generator) ?? []
      let start = Int.random(in: 0...other.count, using: &generator)
      bytes.replaceSubrange(position..., with: other[start...])
    }
  }
}

private let environment = ProcessInfo.processInfo.environment

@Suite struct FuzzTests {
  @Test func survives() throws {
    struct Line: Decodable { var sql: String }
    var statements = (CaseDirectory(name: "Corpus").cases + CaseDirectory(name: "Errors").cases).map(\.sql)
    try #require(!statements.isEmpty)
    if let path = environment["SQLC_SWIFT_CORPUS"] {
      for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
        statements.append(try JSONDecoder().decode(Line.self, from: Data(line.utf8)).sql)
      }
    }
    let count = environment["SQLC_SWIFT_FUZZ"].flatMap { Int($0) } ?? 20_000
    var mutator = Mutator(seed: environment["SQLC_SWIFT_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1, statements: statements)
    for _ in 0..<count {
      let sql = mutator.next()
      let script = parseScript(SourceFile(path: "fuzz", text: sql), options: ParserOptions(allowsMacros: true)).value
      if SyntaxPrinter.print(script) != sql || !checkTree(of: script).isEmpty {
        Issue.record("the tree is not sound: \(sql.debugDescription)")
        break
      }
    }
  }
}
