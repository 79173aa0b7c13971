// `sqlc-swift fmt`: SQL files laid out.

import ArgumentParser
import Foundation
import SQLCDriver

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lays out schema and query files in one style.",
    discussion: """
      Without files, those of the project; '-' reads standard input and prints to standard output. The new text is read \
      again before it is written: the same tokens, comments, queries and tree, or the file is left as it is. A file that \
      cannot be read is left and named, and the others are laid out. Of migrations, only those that are \
      not yet in their lock file are changed.

      Width and the case of keywords stand under 'fmt' in the configuration.
      """)

  @Argument(help: "Files to lay out, or '-' for standard input.")
  var files: [String] = []

  @Flag(help: "Write nothing; name the files that would change, and exit with 1 if there are any.")
  var check = false

  @Flag(help: "Write nothing; print what would change as a unified diff, and exit with 1 if anything would.")
  var diff = false

  @Option(help: "Lay out only statements that touch these lines, as 10:20; with one file or standard input.")
  var lines: String?

  @Option(help: "With '-': the file that the text is of, whose block says the dialect.")
  var stdinPath: String?

  @OptionGroup var options: ProjectOptions

  func validate() throws {
    if check, diff { throw ValidationError("--check and --diff exclude each other.") }
    if files.contains("-"), files.count > 1 { throw ValidationError("'-' takes no other files.") }
    if stdinPath != nil, files != ["-"] { throw ValidationError("--stdin-path is for '-'.") }
    if lines != nil {
      if files.count != 1 { throw ValidationError("--lines takes one file, or '-'.") }
      if lineRange == nil { throw ValidationError("--lines takes two line numbers such as 10:20.") }
    }
  }

  func run() throws {
    try finish(SQLCDriver.format(options.context, request()))
  }

  private func request() throws -> FormatRequest {
    let input: FormatRequest.Input
    if files == ["-"] {
      guard let text = String(validating: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) else {
        throw UnreadableInput()
      }
      input = .text(text, path: stdinPath)
    } else {
      input = files.isEmpty ? .project : .files(files)
    }
    return FormatRequest(input: input, action: check ? .check : diff ? .diff : .write, lines: lineRange)
  }

  private var lineRange: ClosedRange<Int>? {
    guard let parts = lines?.split(separator: ":", omittingEmptySubsequences: false), parts.count == 2,
      let first = Int(parts[0]), let last = Int(parts[1]), first > 0, last >= first
    else { return nil }
    return first...last
  }
}

private struct UnreadableInput: Error, CustomStringConvertible {
  var description: String { "standard input is not UTF-8" }
}
