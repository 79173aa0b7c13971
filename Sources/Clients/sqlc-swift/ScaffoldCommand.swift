// `sqlc-swift scaffold`: the queries that most programs have of a table.

import ArgumentParser
import SQLCDriver

struct ScaffoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaffold",
    abstract: "Writes the queries that most programs have of a table into a query file.",
    discussion: """
      Create, get, a page of the list, update, patch, delete, exists and count, a get for each unique key and a list for each \
      foreign key, as plain SQL that is yours from then on. Rows are restricted to their tenant, and deleted ones are marked and \
      left out, where 'vet' in the configuration names the columns. Files that exist are never touched; queries whose names are \
      taken are left out.
      """)

  @OptionGroup var options: ProjectOptions

  @Argument(help: "Tables of the schema.")
  var tables: [String]

  @Option(help: "The file to write, in place of TABLE.sql in the folder of queries.")
  var to: String?

  @Flag(help: "Print the queries, and write nothing.")
  var print = false

  func validate() throws {
    if print, to != nil { throw ValidationError("'--print' writes no file: leave out '--to'") }
  }

  func run() throws {
    let target: ScaffoldTarget = print ? .standardOutput : to.map { .file($0) } ?? .folder
    try finish(SQLCDriver.scaffold(options.context, tables: tables, to: target))
  }
}
