// Options that every command on a project takes.

import ArgumentParser
import Foundation
import SQLCDiagnostics
import SQLCDriver

/// When diagnostics are coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// On a terminal, unless the environment has NO_COLOR.
  case auto
  case always, never

  var style: TextStyle {
    switch self {
    case .always: .ansi
    case .never: .plain
    case .auto: isatty(2) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil ? .ansi : .plain
    }
  }
}

struct ProjectOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The configuration file; without it, sqlc-swift.yaml in the directory.")
  var file: String?

  @Option(name: [.long, .customShort("C")], help: "The directory to look for the configuration in.")
  var directory: String?

  @Option(help: "When to colour diagnostics: auto, always or never.")
  var color: ColorChoice = .auto

  var context: CommandContext {
    CommandContext(
      location: ProjectLocation(
        file: file, directory: directory, workingDirectory: FileManager.default.currentDirectoryPath),
      style: color.style, progress: showProgress)
  }
}

/// A line on the terminal that is written over and, at the end, wiped: only where someone watches and there is something
/// to wait for.
func showProgress(done: Int, total: Int) {
  guard total >= 500, done % 100 == 0 || done == total, isatty(2) == 1 else { return }
  let line = done == total ? "\r\u{1B}[K" : "\ranalyzing queries: \(done) of \(total)"
  FileHandle.standardError.write(Data(line.utf8))
}
