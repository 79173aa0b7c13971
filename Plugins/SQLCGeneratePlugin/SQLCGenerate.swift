// `swift package sqlc-generate`: writes the generated Swift files of the package that calls it.
//
// Has no options of its own: every argument goes to the tool, whose output is shown as it is. Plugins cannot share
// code, so its sibling repeats these lines.

import Foundation
import PackagePlugin

@main
struct SQLCGenerate: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let tool = Process()
    tool.executableURL = try context.tool(named: "sqlc-swift").url
    // Relative paths among the arguments are meant from the package, wherever `swift package` was called.
    tool.currentDirectoryURL = context.package.directoryURL
    tool.arguments = ["generate"] + arguments
    // The streams are inherited: "file:line:column: error:" must arrive untouched for editors to find it.
    try tool.run()
    tool.waitUntilExit()
    guard tool.terminationReason == .exit, tool.terminationStatus == 0 else {
      throw ToolFailure(status: tool.terminationStatus)
    }
  }
}

/// Makes the plugin fail; the tool has already said why.
struct ToolFailure: Error, CustomStringConvertible {
  let status: Int32
  var description: String { "sqlc-swift generate ended with status \(status)" }
}
