// `sqlc-swift transfer`.

import ArgumentParser
import Foundation
import SQLCDriver

struct TransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract: "Copies the rows of an SQLite file into a PostgreSQL database of the paired schema, or back.",
    discussion: """
      The tables that both schemas have are copied, parents before children, into empty tables; triggers are off meanwhile, and \
      numbers go on behind the highest that was given. Ended by whatever, the same command goes on where it was. Afterwards \
      counts and checksums of both databases are compared, column by column. A row that cannot go over is named, and then \
      nothing goes: what was put in is removed again. Exits with 1 in that case.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "Where the rows are: a file, or an address such as 'postgres://user@host/name'.")
  var from: String

  @Option(help: "Where they go: an address, or a file; its schema is there already.")
  var to: String

  @Option(help: "How many rows are put in at a time.")
  var batch = 5000

  func run() throws {
    let isTerminal = isatty(FileHandle.standardError.fileDescriptor) != 0
    var last = ContinuousClock.now - .seconds(10)
    let request = TransferRequest(source: from, target: to, batch: batch)
    try finish(
      transfer(options.context, request) { line in
        // A line in a log now and then, one that is written over on a terminal.
        let now = ContinuousClock.now
        guard now - last > (isTerminal ? .milliseconds(200) : .seconds(5)) else { return }
        last = now
        FileHandle.standardError.write(Data((isTerminal ? "\u{1B}[2K\r\(line)" : line + "\n").utf8))
      })
  }
}
