// Files with random edits: never a crash, never a result that says something else.

import Foundation
import SQLCFormat
import Testing

@Suite struct MutationTests {
  /// Words and signs that change what is around them.
  private static let pieces = [
    "--", "/*", "*/", "\n", "\r\n", "'", "\"", "`", "[", "(", ")", ",", ";", ".", "-", " ", "\t", "?", ":a", "-- x\n",
    "/* y */",
    "sqlc.optional(", "sqlc.order(", "sqlc.arg(", "-- name: Q :one\n", "SELECT", "CASE", "END", "AS", "ORDER BY",
    "WHERE", "AND",
    "NOT", "(SELECT 1)", "-1", "x", "\u{FEFF}", "ü", "\u{0}", "||", "->>", "BEGIN", "STRICT",
  ]

  /// How many texts. `SQLC_SWIFT_FORMAT_MUTATIONS=1000000` asks for more.
  private static let count =
    ProcessInfo.processInfo.environment["SQLC_SWIFT_FORMAT_MUTATIONS"].flatMap { Int($0) } ?? 500

  @Test func mutatedFiles() throws {
    let folder = packageRoot.appending(path: "Tests/FormatTests/Style")
    var seeds: [[UInt8]] = []
    for name in StyleTests.inputs {
      let text = try String(contentsOf: folder.appending(path: name + ".sql"), encoding: .utf8)
      // Each statement with its comments, so that most texts can still be read.
      seeds += text.components(separatedBy: ";\n").map { Array(($0 + ";\n").utf8) }
    }
    var random = SplitMix(state: 20)
    var read = 0
    for _ in 0..<Self.count {
      var bytes = seeds[Int(random.next() % UInt64(seeds.count))]
      for _ in 0...(random.next() % 3) { mutate(&bytes, seeds, &random) }
      let text = String(decoding: bytes, as: UTF8.self)
      switch outcome(of: text) {
      case .edits: read += 1
      case .unreadable: break
      case .refused, .different: Issue.record("\(outcome(of: text)): \(text)")
      }
    }
    #expect(read > Self.count / 20)
  }

  private func mutate(_ bytes: inout [UInt8], _ seeds: [[UInt8]], _ random: inout SplitMix) {
    func place(_ random: inout SplitMix) -> Int { Int(random.next() % UInt64(bytes.count + 1)) }
    let start = place(&random)
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

/// The same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
