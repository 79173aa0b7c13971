// `sqlc-swift init`.

import ArgumentParser
import Foundation
import SQLCAnalysis
import SQLCDriver

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a project to start from, or converts one from sqlc.",
    discussion: """
      Without --from, writes sqlc-swift.yaml, a schema of one table and a few queries, ready to generate. With --from, \
      writes sqlc-swift.yaml beside an sqlc configuration, or in the directory that is named, and lists the options that \
      have no meaning in Swift. Files that exist are never overwritten.
      """)

  @Option(help: "An sqlc configuration (sqlc.yaml or sqlc.json) to convert.")
  var from: String?

  @Option(name: [.long, .customShort("C")], help: "The directory to write to.")
  var directory: String?

  @OptionGroup var output: DiagnosticOptions

  func run() throws {
    let location = ProjectLocation(
      directory: directory, workingDirectory: FileManager.default.currentDirectoryPath)
    let context = CommandContext(location: location, format: output.format)
    try finish(from.map { try initialize(context, from: $0) } ?? initialize(context))
  }
}
