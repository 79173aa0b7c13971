// `sqlc-swift exercise`.

import ArgumentParser
import SQLCDriver

struct ExerciseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exercise",
    abstract: "Runs every query on generated data and checks what comes back.",
    discussion: """
      Databases in memory are filled with rows that the schema's constraints admit: none, one, some, NULL wherever it may \
      be, one table left empty at a time. Every query runs on each of them with arguments that match and that do not, its \
      changes are undone, and every value is held against the type, the nullability and the row count that generated code \
      relies on. Exits with 1 when one of them is wrong.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "Where chance begins; the same seed gives the same data.")
  var seed: UInt64 = 1

  @Option(help: "How often all databases are made anew, each time with other rows.")
  var rounds = 3

  @Option(help: "Nothing new is begun after this many seconds.")
  var seconds = 60.0

  @Flag(
    help: """
      Compare two engines: fill databases of both with the same rows, run the queries of a pair of blocks on both, and \
      exit with 1 when the answers differ.
      """)
  var against = false

  @Flag(help: "Fail as well when the claims about some query could not be verified.")
  var strict = false

  @Flag(help: "Print the report as JSON.")
  var json = false

  func run() throws {
    var effort = ExerciseEffort(seed: seed, rounds: rounds, seconds: seconds, format: json ? .json : .text)
    effort.unverified = strict ? .refused : .listed
    try finish(
      against
        ? SQLCDriver.exerciseAgainst(options.context, effort: effort)
        : SQLCDriver.exercise(options.context, effort: effort))
  }
}
