// Whatever is edited, what the server tells is what a fresh check says.

import EditorTrials
import Foundation
import SQLCDiagnostics
import Testing

/// How many edits: `SQLC_SWIFT_EDITS=5000 swift test --filter LanguageServerTests.RandomEditTests`. A hundred thousand of an
/// optimised build: `Benchmarks/run edits-told`.
private let edits = ProcessInfo.processInfo.environment["SQLC_SWIFT_EDITS"].flatMap(Int.init) ?? 15

@Suite struct RandomEditTests {
  @Test(arguments: [EditorEncoding.utf8, .utf16]) func everyEditIsToldAsAFreshCheckSaysIt(_ encoding: EditorEncoding)
    throws
  {
    var trial = try RandomEdits(
      try TestProject.ofThisPackage(), folder: "/p", encoding: encoding, seed: encoding == .utf8 ? 1 : 2)
    for _ in 0..<edits { try trial.next() }
    #expect(trial.countWithDiagnostics > edits / 4)
  }
}
