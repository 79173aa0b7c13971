// `sqlc-swift docs`: a page for people.

import ArgumentParser
import SQLCDriver

struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Writes a page of the schema and its queries, with a diagram.",
    discussion: """
      A file that ends in .html is one page that fetches nothing: tables and columns with their comments and who uses them, a \
      diagram, every query with its SQL, types, reasons and plan, and a search. One that ends in .md is the same in Markdown, \
      with a diagram for Mermaid. Tables and columns without a comment are counted.
      """)

  @OptionGroup var options: ProjectOptions

  @Argument(help: "Files to write, .html or .md; docs/database.html beside the configuration, unless given.")
  var files: [String] = []

  @Flag(help: "Write nothing, and fail where a file is not as it would be.")
  var check = false

  @Flag(help: "Leave out how the database runs queries, which another release of it may do in another way.")
  var noPlans = false

  @Option(help: "The page's title.")
  var title = "Database"

  @Option(help: "Fail when more tables and columns than this have no comment.")
  var undocumented: Int?

  func validate() throws {
    if let undocumented, undocumented < 0 { throw ValidationError("'--undocumented' is a number from 0.") }
  }

  func run() throws {
    var request = DocsRequest()
    request.files = files
    request.action = check ? .check : .write
    request.plans = noPlans ? .left : .shown
    request.title = title
    request.allowed = undocumented
    try finish(SQLCDriver.docs(options.context, request))
  }
}
