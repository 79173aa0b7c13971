// `sqlc-swift migrate squash`.

import ArgumentParser
import SQLCDriver

struct MigrateSquash: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "squash", abstract: "Writes one migration in place of the first ones.",
    discussion: """
      The snapshot makes the schema and the rows that the migrations up to VERSION make in an empty database, and lists \
      them with their checksums. It is compared with them before anything is written, and so is what the later ones make. \
      Databases that have all of them go on; one that has some of them and not all is refused. Exits with 1 when the \
      snapshot does not hold.
      """)
  @OptionGroup var options: MigrationCommandOptions
  @Option(help: "The last version that becomes part of the snapshot.") var upTo: String
  @Argument(help: "What it is called.") var name = "snapshot"
  @Flag(help: "Print the snapshot, and write nothing.") var dryRun = false

  func run() throws {
    try finish(
      squashMigrations(
        options.project.context, block: options.block, upTo: upTo, name: name, conduct: dryRun ? .shown : .written))
  }
}
