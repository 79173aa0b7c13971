// Every reference's files compile as a user's would: Swift 6 mode, warnings as errors, the strict import rules, either
// default isolation. It takes a compiler and a minute, so it runs where SQLC_SWIFT_COMPILE_CHECK is set, as in CI.

import Foundation
import Testing

@Suite struct CompileTests {
  static let isWanted = ProcessInfo.processInfo.environment["SQLC_SWIFT_COMPILE_CHECK"] != nil

  @Test(
    .enabled(if: isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile the references"), .timeLimit(.minutes(5)),
    arguments: ReferenceCase.all, ["nonisolated", "MainActor"])
  func compiles(_ reference: ReferenceCase, isolation: String) throws {
    var files = try FileManager.default.contentsOfDirectory(at: reference.expected, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "swift" }
    #expect(!files.isEmpty)
    let support = reference.directory.appending(path: "Support.swift")
    if FileManager.default.fileExists(atPath: support.path) { files.append(support) }
    let (status, output) = try compile(files.map(\.path), isolation: isolation)
    #expect(status == 0, "\(output)")
  }

  /// A compiler that accepts everything would make the test above worthless.
  @Test(.enabled(if: isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile the references"))
  func warningsAreErrors() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: file) }
    try "import SQLCRuntime\nfunc f() { let unused = 1 }\n".write(to: file, atomically: true, encoding: .utf8)
    let (status, output) = try compile([file.path], isolation: "nonisolated")
    #expect(status != 0 && output.contains("was never used"), "\(output)")
  }

  private func compile(_ files: [String], isolation: String) throws -> (status: Int32, output: String) {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
    // The test's executable stands in the build's folder, beside the modules: `.build/…/debug`, on macOS in a bundle.
    var build = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while build.path.count > 1,
      !FileManager.default.fileExists(atPath: build.appending(path: "Modules/SQLCRuntime.swiftmodule").path)
    {
      build.deleteLastPathComponent()
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        "swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-package-name", "reference",
        "-module-name", "Reference", "-default-isolation", isolation, "-I", build.appending(path: "Modules").path,
        "-Xcc", "-fmodule-map-file=" + package.appending(path: "Sources/CSQLite/module.modulemap").path,
      ]
      + ["InternalImportsByDefault", "ExistentialAny", "MemberImportVisibility"]
      .flatMap { ["-enable-upcoming-feature", $0] } + files
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
