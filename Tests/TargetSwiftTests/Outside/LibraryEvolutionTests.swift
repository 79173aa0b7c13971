// The runtime and generated code compile for library evolution, as frameworks are built that are handed on as binaries.

import Foundation
import Testing

@Suite struct LibraryEvolutionTests {
  @Test(
    .enabled(if: SwiftCompiler.isWanted, "set SQLC_SWIFT_COMPILE_CHECK=1 to compile for library evolution"),
    .timeLimit(.minutes(10)))
  func everyModuleCompiles() throws {
    try withTemporaryFolder { folder in
      for module in ["SQLCRuntimeKit", "SQLCPortable", "SQLCSQLiteHandle", "SQLCRuntime"] {
        try compile(module, try sources(of: module), in: folder)
      }
      for reference in ReferenceCase.all where ["access_public", "nested", "variants"].contains(reference.name) {
        try compile("Store", try reference.swiftFiles(), in: folder)
      }
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../../Sources/Runtime"
  )
  .standardized

  private func sources(of module: String) throws -> [String] {
    let folder = Self.root.appending(path: module)
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { folder.appending(path: $0).path }.sorted()
  }

  /// Against the modules made here, not those of the build. That Foundation itself has no library evolution on Linux is
  /// a warning.
  private func compile(_ module: String, _ files: [String], in folder: URL) throws {
    let features = ["InternalImportsByDefault", "ExistentialAny"]
    let (status, output) = try SwiftCompiler.execute(
      [
        "swiftc", "-swift-version", "6", "-package-name", "reference", "-enable-library-evolution", "-emit-module",
        "-module-name", module, "-I", folder.path, "-o", folder.appending(path: "\(module).swiftmodule").path,
        "-Xcc", "-fmodule-map-file=" + Self.root.appending(path: "CSQLite/module.modulemap").path,
      ] + features.flatMap { ["-enable-upcoming-feature", $0] } + files)
    #expect(status == 0, "\(module): \(output.suffix(4000))")
  }
}
