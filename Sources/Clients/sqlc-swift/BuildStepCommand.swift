// `sqlc-swift build-step`: what build systems run.

import ArgumentParser
import Foundation
import SQLCAnalysis
import SQLCDriver

struct BuildStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build-step",
    abstract: "Generates code as a step of a build, into files that were declared before.",
    discussion: """
      For build systems, which want to know the names of all outputs beforehand: they follow from the names of SQL files \
      alone. Diagnostics have absolute paths. The plugin 'SQLCBuild' runs this.
      """,
    shouldDisplay: false)

  @Option(help: "The configuration file.")
  var file: String

  @Option(help: "The folder of the target that the code is for: blocks whose 'out' is there are taken.")
  var target: String

  @Option(help: "The folder to write into.")
  var into: String

  @Option(help: "The name of the file for what belongs to no query file.")
  var shared: String

  @Argument(help: "An SQL file and the name of the file that holds the code of its queries: NAME=FILE.")
  var outputs: [String] = []

  @OptionGroup var output: DiagnosticOptions

  func run() throws {
    let folder = FileManager.default.currentDirectoryPath
    func absolute(_ path: String) -> String { FileID(path.hasPrefix("/") ? path : folder + "/" + path).path }
    var names: [String: String] = [:]
    for output in outputs {
      // Both may hold the sign; a name holds no '/', and the plugin's paths begin with one.
      guard let sign = output.firstRange(of: "=/")?.lowerBound ?? output.firstIndex(of: "=") else {
        throw ValidationError("'\(output)' is not of the form NAME=FILE.")
      }
      names[absolute(String(output[output.index(after: sign)...]))] = String(output[..<sign])
    }
    let step = BuildStep(target: absolute(target), folder: absolute(into), shared: shared, outputs: names)
    let location = ProjectLocation(file: file, workingDirectory: folder, shownPaths: .absolute)
    try finish(SQLCDriver.generate(step, CommandContext(location: location, format: output.format)))
  }
}
