// Files with random edits: never a crash, never a result that says something else.

import EditorTrials
import Foundation
import Testing

@Suite struct MutationTests {
  /// How many texts. `SQLC_SWIFT_FORMAT_MUTATIONS=20000` asks for more; a million of an optimised build:
  /// `Benchmarks/run mutations`.
  private static let count =
    ProcessInfo.processInfo.environment["SQLC_SWIFT_FORMAT_MUTATIONS"].flatMap { Int($0) } ?? 500

  @Test func mutatedFiles() throws {
    var trial = FormatMutations(of: try StyleTests.texts(), seed: 20)
    for _ in 0..<Self.count { try trial.next() }
    #expect(trial.countLaidOut > Self.count / 20)
  }
}
