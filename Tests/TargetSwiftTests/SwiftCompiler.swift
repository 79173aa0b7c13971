// The compiler, run as users run it: Swift 6 mode, warnings as errors, the strict import rules.

import Foundation

enum SwiftCompiler {
  /// It takes a minute or more, so it runs where it is asked for, as in CI.
  static let isWanted = ProcessInfo.processInfo.environment["SQLC_SWIFT_COMPILE_CHECK"] != nil

  private static let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardized

  /// The folder of this build: the test's executable stands in it, on macOS in a bundle.
  static let products: URL = {
    var build = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while build.path.count > 1,
      !FileManager.default.fileExists(atPath: build.appending(path: "Modules/SQLCRuntime.swiftmodule").path)
    {
      build.deleteLastPathComponent()
    }
    return build
  }()

  /// Compiles with the given arguments besides those that every try has.
  static func run(_ arguments: [String], isolation: String) throws -> (status: Int32, output: String) {
    let common = [
      "swiftc", "-swift-version", "6", "-warnings-as-errors", "-package-name", "reference", "-default-isolation",
      isolation, "-I", products.appending(path: "Modules").path,
      "-Xcc", "-fmodule-map-file=" + package.appending(path: "Sources/Runtime/CSQLite/module.modulemap").path,
    ]
    let features = ["InternalImportsByDefault", "ExistentialAny", "MemberImportVisibility"]
    return try execute(common + features.flatMap { ["-enable-upcoming-feature", $0] } + arguments)
  }

  /// The object files of the runtime, for a program that is linked by hand.
  static func runtimeObjects() throws -> [String] {
    try ["SQLCRuntime", "SQLCPortable", "SQLCRuntimeKit", "SQLCSQLiteHandle"].flatMap { target in
      let sources = package.appending(path: "Sources/Runtime/\(target)")
      // By source: a build's folder keeps the objects of files that were removed since.
      let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
      return names.sorted().map { name in
        products.appending(path: "\(target).build/\(name.split(separator: "/").last ?? "").o").path
      }
    }
  }

  /// Runs a command found on the path; both of its streams, together.
  static func execute(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}

/// A folder that is gone when the work in it is done.
func withTemporaryFolder<T>(_ body: (URL) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory.appending(path: "sqlc-swift-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
