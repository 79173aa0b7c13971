// `sqlc-swift vet`: rules over schema and queries.

import ArgumentParser
import SQLCDiagnostics
import SQLCDriver

/// How a report is printed.
enum ReportChoice: String, ExpressibleByArgument, CaseIterable {
  case text, json, github, sarif, junit
}

/// What ends the process with 1 beside errors.
enum DeniedLevel: String, ExpressibleByArgument, CaseIterable {
  case warnings
}

struct VetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vet",
    abstract: "Asks rules about schema and queries: names, keys, times, tenants, safety, plans.",
    discussion: """
      Rules are SELECTs over tables of facts; which are asked stands under 'vet' in the configuration, and what they find \
      goes to standard output. Exits with 1 when one of the level of an error finds something.
      """)

  @OptionGroup var options: ProjectOptions

  @Option(help: "The form of the report: text, json, github, sarif or junit.")
  var format: ReportChoice = .text

  @Option(help: "Exit with 1 on warnings too.")
  var deny: DeniedLevel?

  @Option(help: "Write the facts into a file, to be explored with sqlite3.")
  var dump: String?

  @Option(help: "A database whose statistics plans are made with; it is only read.")
  var database: String?

  @Flag(help: "Write the plans of all queries into the file that 'vet.plans' names.")
  var writePlans = false

  @Flag(help: "Make the safe fixes first.")
  var fix = false

  func run() throws {
    var request = VetRequest(format: reportFormat)
    if deny == .warnings { request.denied = .warnings }
    if fix { request.fixes = .made }
    request.dump = dump
    request.database = database
    if writePlans { request.plans = .written }
    try finish(SQLCDriver.vet(options.context, request))
  }

  private var reportFormat: ReportFormat {
    switch format {
    case .text: .text(options.output.color.style)
    case .json: .json
    case .github: .github
    case .sarif: .sarif
    case .junit: .junit
    }
  }
}
