// `sqlc-swift verify`.

import ArgumentParser
import SQLCDriver

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Tries the queries of an older revision on the new schema, and the new ones on the old.",
    discussion: """
      While a deployment rolls out, old code meets the new schema (the migrations run first) or new code the old one (the \
      code is deployed first). Each query is prepared and run on generated rows of the other schema, and what its code was \
      compiled for is held against what comes back. Exits with 1 when the order is not safe.
      """)

  @OptionGroup var options: ProjectOptions
  @Option(help: "The older revision: a commit, branch or tag of git, or a folder.") var against: String
  @Option(help: "What has to be safe: any, both, migrate-first or deploy-first.") var order: DeploymentChoice = .any
  @Option(help: "Where chance begins; the same seed gives the same data.") var seed: UInt64 = 1
  @Option(help: "Nothing new is begun after this many seconds.") var seconds = 60.0

  func run() throws {
    try finish(
      SQLCDriver.verify(options.context, against: against, order: order.order, seed: seed, seconds: seconds))
  }
}

/// Which order of a deployment has to be safe.
enum DeploymentChoice: String, ExpressibleByArgument, CaseIterable {
  case any, both
  case migrateFirst = "migrate-first"
  case deployFirst = "deploy-first"

  var order: DeploymentOrder {
    switch self {
    case .any: .any
    case .both: .both
    case .migrateFirst: .migrateFirst
    case .deployFirst: .deployFirst
    }
  }
}
