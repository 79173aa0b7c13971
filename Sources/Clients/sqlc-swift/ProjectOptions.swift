// Options that every command on a project takes.

import ArgumentParser
import Foundation
import SQLCAnalysis
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

/// How diagnostics are printed.
enum DiagnosticChoice: String, ExpressibleByArgument, CaseIterable {
  case text, json, github
}

/// Options of every command that can have something to say.
struct DiagnosticOptions: ParsableArguments {
  @Option(help: "When to colour diagnostics: auto, always or never.")
  var color: ColorChoice = .auto

  @Option(help: "The form of diagnostics: text for people, json for tools, github for annotations in a pull request.")
  var diagnostics: DiagnosticChoice = .text

  var format: DiagnosticFormat {
    switch diagnostics {
    case .text: .text(color.style)
    case .json: .json
    case .github: .github
    }
  }
}

struct ProjectOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "The configuration file; without it, sqlc-swift.yaml in the directory or the nearest one above.")
  var file: String?

  @Option(name: [.long, .customShort("C")], help: "The directory to look for the configuration in.")
  var directory: String?

  @OptionGroup var output: DiagnosticOptions

  var context: CommandContext {
    CommandContext(
      location: ProjectLocation(
        file: file, directory: directory, workingDirectory: FileManager.default.currentDirectoryPath),
      format: output.format, progress: showProgress)
  }
}

/// A line on the terminal that is written over and, at the end, wiped: only where someone watches and there is something
/// to wait for.
func showProgress(done: Int, total: Int) {
  guard total >= 500, done % 100 == 0 || done == total, isatty(2) == 1 else { return }
  let line = done == total ? "\r\u{1B}[K" : "\ranalyzing queries: \(done) of \(total)"
  FileHandle.standardError.write(Data(line.utf8))
}
