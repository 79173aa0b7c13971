// `sqlc-swift migrate notify`.

import ArgumentParser
import SQLCDriver

struct MigrateNotify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Writes the migration with which a PostgreSQL database tells other processes of changes.",
    discussion: """
      A statement-level trigger on each table sends the table's name to a channel when its transaction commits; observations \
      of applications whose configuration says 'observesOthers = .notifications(channel:)' read again. Tables that have their \
      trigger are left out, so that the command can be run again when tables have come. The schema is run with the migration, \
      and with its way back, before it is written.
      """)
  @OptionGroup var options: MigrationCommandOptions
  @Argument(help: "What it does, in a few words.") var name = "notify changes"
  @Option(help: "The channel: small letters, digits and '_'.") var channel = "sqlc_changes"
  @Option(help: "A table that is to announce its changes. May be given several times; without it, all do.")
  var table: [String] = []
  @Flag(help: "Print the migration, and write nothing.") var dryRun = false

  func run() throws {
    let request = NotifyMigrationRequest(
      name: name, channel: channel, tables: table, conduct: dryRun ? .shown : .written, timestamp: timestamp())
    try finish(writeNotifyMigration(options.project.context, block: options.block, request))
  }
}
