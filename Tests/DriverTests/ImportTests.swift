// What knows an engine, and what must not: read from every import of the sources.

import Foundation
import Testing

@Suite struct ImportTests {
  /// Where an engine's modules may be named: its own folder, the runtime for it, and the composition root.
  private static let permitted = ["Engines/SQLite/", "Runtime/", "Clients/SQLCDriver/Composition/"]

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
    .standardizedFileURL

  private static func imports() throws -> [(file: String, module: String)] {
    var found: [(String, String)] = []
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let path = String(file.standardizedFileURL.path.dropFirst(sources.path.count + 1))
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(
        of:
          /(?m)^(?:@\w+(?:\([^)]*\))? +)?(?:public |package |internal |private )?import (?:struct |enum |class |func )?(\w+)/
      ) {
        found.append((path, String(match.1)))
      }
    }
    return found
  }

  /// Its runtime too: commands reach databases through the seam.
  private static func isSQLite(_ module: String) -> Bool {
    module.hasPrefix("SQLCSQLite") || module.hasSuffix("SQLite") || module == "CSQLite" || module == "SQLCRuntime"
  }

  @Test func onlyTheCompositionRootNamesAnEngine() throws {
    let imports = try Self.imports()
    #expect(imports.count > 700)
    #expect(imports.contains { Self.isSQLite($0.module) && $0.file.hasPrefix("Clients/SQLCDriver/Composition/") })
    let wrong = imports.filter { item in
      Self.isSQLite(item.module) && !Self.permitted.contains { item.file.hasPrefix($0) }
    }
    #expect(wrong.map { "\($0.file): \($0.module)" }.sorted() == [])
  }
}
