// `swift package sqlc-generate`: writes the generated Swift files of the package that calls it.
//
// Has no options of its own: every argument goes to the tool, whose output is shown as it is. Plugins cannot share
// code, so its sibling repeats these lines.
//
// The tool is no declared dependency of the plugin: SwiftPM would compile it, twice, in every build of every package that
// has this one among its dependencies. It is built here, when it is needed.

import Foundation
import PackagePlugin

@main
struct SQLCGenerate: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let tool = Process()
    tool.executableURL = try builtTool()
    // Relative paths among the arguments are meant from the package, wherever `swift package` was called.
    tool.currentDirectoryURL = context.package.directoryURL
    tool.arguments = ["generate"] + arguments
    // The streams are inherited: "file:line:column: error:" must arrive untouched for editors to find it.
    try tool.run()
    tool.waitUntilExit()
    guard tool.terminationReason == .exit, tool.terminationStatus == 0 else {
      throw ToolFailure("sqlc-swift generate ended with status \(tool.terminationStatus)")
    }
  }

  private func builtTool() throws -> URL {
    let build = try packageManager.build(.product("sqlc-swift"), parameters: .init(configuration: .inherit))
    // SwiftPM names the tool that the build plugin would run as well, whether or not it was built.
    let tool = build.builtArtifacts.first {
      $0.kind == .executable && $0.url.lastPathComponent.hasPrefix("sqlc-swift")
        && FileManager.default.fileExists(atPath: $0.url.path(percentEncoded: false))
    }
    guard build.succeeded, let tool else { throw ToolFailure("sqlc-swift could not be built:\n\(build.logText)") }
    return tool.url
  }
}

/// Makes the plugin fail.
struct ToolFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
