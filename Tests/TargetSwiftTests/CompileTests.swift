// Every reference's files compile where everything is on the main actor by default; `ExecutionTests` compiles and runs
// them where nothing is.

import Foundation
import Testing

@Suite struct CompileTests {
  @Test(
    .enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile the references"),
    .timeLimit(.minutes(15)), arguments: ReferenceCase.all)
  func compilesOnTheMainActor(_ reference: ReferenceCase) throws {
    let files = try reference.swiftFiles()
    #expect(!files.isEmpty)
    let (status, output) = try SwiftCompiler.run(
      ["-typecheck", "-module-name", "Reference"] + files, isolation: "MainActor")
    #expect(status == 0, "\(output)")
  }

  /// A compiler that accepts everything would make the test above worthless.
  @Test(.enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile the references"))
  func warningsAreErrors() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "unused.swift")
      try "import SQLCRuntime\nfunc f() { let unused = 1 }\n".write(to: file, atomically: true, encoding: .utf8)
      let (status, output) = try SwiftCompiler.run(["-typecheck", file.path], isolation: "nonisolated")
      #expect(status != 0 && output.contains("was never used"), "\(output)")
    }
  }
}
