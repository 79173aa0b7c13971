// Files with random edits: never a crash, never a result that says something else.

import Foundation
import SQLCDiagnostics
import SQLCFormat
import SQLCFormatSQLite

/// Statements with random edits, each laid out.
package struct FormatMutations {
  /// Words and signs that change what is around them.
  private static let pieces = [
    "--", "/*", "*/", "\n", "\r\n", "'", "\"", "`", "[", "(", ")", ",", ";", ".", "-", " ", "\t", "?", ":a", "-- x\n",
    "/* y */",
    "sqlc.optional(", "sqlc.order(", "sqlc.arg(", "-- name: Q :one\n", "SELECT", "CASE", "END", "AS", "ORDER BY",
    "WHERE", "AND",
    "NOT", "(SELECT 1)", "-1", "x", "\u{FEFF}", "ü", "\u{0}", "||", "->>", "BEGIN", "STRICT", "sqlc.patch(",
    "sqlc.notnull(", "-- row: R\n", "\u{301}", "x'0", "$1", "@",
    "/* name: Q :one */", "-- name: Q one\n", "/* name: Q one */ ", "/* fragment: f */", "\u{FEFF}\n",
    "-- fragment: f(a)\n", "sqlc.use(f)", "sqlc.use(f, a=>@b)", "sqlc.use(",
  ]

  private let seeds: [[UInt8]]
  private var random: SplitMix
  /// How many texts there were.
  package private(set) var count = 0
  /// Of those, how many could be read and were laid out.
  package private(set) var countLaidOut = 0

  /// - Parameter texts: files; each statement is a seed, with its comments, so that most texts can still be read.
  package init(of texts: [String], seed: UInt64) {
    seeds = texts.flatMap { $0.components(separatedBy: ";\n").map { Array(($0 + ";\n").utf8) } }
    random = SplitMix(seed: seed)
  }

  /// One more text.
  ///
  /// - Throws: a `TrialFailure` with the text, where the formatter made something else of it, or something that it lays out anew.
  package mutating func next() throws {
    guard var bytes = seeds.randomElement(using: &random) else { return }
    count += 1
    for _ in 0...(random.next() % 3) { mutate(&bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    let options =
      count % 4 == 0 ? FormatOptions(width: 20 + Int(random.next() % 100), keywords: .lower) : FormatOptions()
    switch layout(text, options) {
    case .edits(let edits):
      countLaidOut += 1
      let result = applying(edits, to: text)
      let again = layout(result, options)
      guard case .edits([]) = again else {
        throw TrialFailure(text: "not laid out for good: \(again): \(String(reflecting: text))")
      }
    case .unreadable: break
    case let other: throw TrialFailure(text: "\(other): \(String(reflecting: text))")
    }
  }

  private func layout(_ text: String, _ options: FormatOptions) -> FormatOutcome {
    SQLiteFormatter().format(SourceFile(path: "a.sql", text: text), options: options, range: nil)
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    let start = Int(random.next() % UInt64(bytes.count + 1))
    switch random.next() % 5 {
    case 0, 1: bytes.insert(contentsOf: Self.pieces[Int(random.next() % UInt64(Self.pieces.count))].utf8, at: start)
    case 2: bytes.removeSubrange(start..<min(bytes.count, start + Int(random.next() % 8)))
    case 3:
      let other = seeds[Int(random.next() % UInt64(seeds.count))]
      let lower = Int(random.next() % UInt64(other.count))
      bytes.insert(contentsOf: other[lower..<min(other.count, lower + Int(random.next() % 40))], at: start)
    default:
      if start < bytes.count { bytes[start] = UInt8(truncatingIfNeeded: random.next()) }
    }
  }
}
