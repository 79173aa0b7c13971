// `sqlc-swift plan`: how one query runs.

import ArgumentParser
import SQLCDriver

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Prints how the database would run a query, and the index that it wants.",
    discussion: """
      The plan is that of the schema without rows or, with --database, of that database's statistics. Combinations of \
      'sqlc.optional' and 'sqlc.order' that have the same plan stand together. An index is named only after it was tried.
      """)

  @OptionGroup var options: ProjectOptions

  @Argument(help: "The name of the query.")
  var query: String

  @Option(help: "A database whose statistics plans are made with; it is only read.")
  var database: String?

  func run() throws { try finish(SQLCDriver.plan(options.context, of: query, database: database)) }
}
