// `sqlc-swift seed`: a database file to try things on.

import ArgumentParser
import SQLCDriver

struct SeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed",
    abstract: "Writes a new database file with generated rows.",
    discussion: """
      The file has the schema, its migrations are recorded as an application records them, and each table has rows that its \
      constraints admit and that the project's queries find. The same seed gives the same rows. A file that exists is left alone. \
      For SQLite.
      """)

  @OptionGroup var options: ProjectOptions

  @Argument(help: "The database file to write.")
  var output: String

  @Option(help: "Rows of each table, as far as its keys and constraints admit so many.")
  var rows = 100

  @Option(help: "What the values come from.")
  var seed: UInt64 = 1

  @Option(help: "Seconds after which no row is begun.")
  var seconds = 60.0

  @Option(help: "The sql block of the configuration, counted from 1.")
  var block = 1

  func validate() throws {
    if rows < 0 { throw ValidationError("'--rows' is a number from 0.") }
    if !(seconds > 0) { throw ValidationError("'--seconds' is more than 0.") }
  }

  func run() throws {
    var request = SeedRequest(file: output)
    request.rows = rows
    request.seed = seed
    request.seconds = seconds
    request.block = block
    try finish(SQLCDriver.seed(options.context, request))
  }
}
