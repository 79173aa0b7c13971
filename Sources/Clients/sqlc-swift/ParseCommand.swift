// `sqlc-swift parse`: syntax alone, without a schema.

import ArgumentParser
import Foundation
import SQLCDriver

struct ParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Prints the syntax tree of SQL as JSON.",
    discussion: """
      Reads a file, or standard input, and prints its tree with the range of every node. Only syntax is checked: tables \
      need not exist.

      With --lines, standard input has a JSON object {"sql": "…"} on each line, and each line is answered with \
      {"ok": true} or {"ok": false, "diagnostics": […]}; the exit status is then 0.
      """)

  @Argument(help: "The file to read; without it, standard input.")
  var file: String?

  @Flag(help: "Read JSON lines from standard input and answer each with a line.")
  var lines = false

  @OptionGroup var output: DiagnosticOptions

  func validate() throws {
    if lines, file != nil { throw ValidationError("--lines reads standard input, so it takes no file.") }
  }

  func run() throws {
    if lines {
      try answerLines()
    } else {
      try finish(
        SQLCDriver.parse(
          file: file, standardInput: { FileHandle.standardInput.readDataToEndOfFile() },
          workingDirectory: FileManager.default.currentDirectoryPath, format: output.format))
    }
  }

  /// Answers are gathered and written in large pieces; a line's answer does not wait for the end of the input.
  private func answerLines() throws {
    var answers = ""
    while let line = readLine(strippingNewline: true) {
      if line.allSatisfy(\.isWhitespace) { continue }
      answers += checkJSONLine(line)
      answers += "\n"
      if answers.utf8.count > 1 << 16 {
        FileHandle.standardOutput.write(Data(answers.utf8))
        answers = ""
      }
    }
    FileHandle.standardOutput.write(Data(answers.utf8))
  }
}
