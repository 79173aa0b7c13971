// `sqlc-swift migrate diff`.

import ArgumentParser
import Foundation
import SQLCDiagnostics
import SQLCDriver

struct MigrateDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Writes the migration that leads from the migrations to a wanted schema, and back.",
    discussion: """
      The wanted schema is a file, a folder or a database file ('--to'), or the block's own schema where that is edited in \
      place and the migrations are elsewhere ('--migrations'). The migration is tried on generated rows, up, down and up \
      again, before it is written: the schema must be the wanted one, and every value that stays must be as it was. \
      What was renamed is asked, never guessed; what loses values or can fail on rows has to be allowed. Exits with 1 \
      where a decision is missing or the migration does not hold.
      """)
  @OptionGroup var options: MigrationCommandOptions
  @Argument(help: "What it does, in a few words.") var name = "schema"
  @Option(help: "The wanted schema: a file, a folder or a database file.") var to: String?
  @Option(help: "The folder of the migrations, where the block's schema is the wanted one.") var migrations: String?
  @Option(help: "old=new: a table, or table.old=new: a column. May be given several times.") var rename: [String] = []
  @Option(help: "A table or table.column that is dropped with its values. May be given several times.")
  var drop: [String] = []
  @Option(help: "table.column=EXPRESSION: what rows have there that have nothing. May be given several times.")
  var backfill: [String] = []
  @Flag(help: "Values may be lost and rows refused, as is said.") var allowDataLoss = false
  @Flag(help: "Ask on the terminal what was renamed and what may be lost.") var interactive = false
  @Flag(help: "Print the migration, and write nothing.") var dryRun = false

  func validate() throws {
    if (to == nil) == (migrations == nil) {
      throw ValidationError("One of '--to' and '--migrations' says what is compared.")
    }
  }

  func run() throws {
    let wanted = to.map { WantedSchema.to($0) } ?? .migrations(migrations ?? "")
    var request = MigrationDiffRequest(
      wanted: wanted, name: name,
      arguments: PlanArguments(renames: rename, drops: drop, backfills: backfill),
      dataLoss: allowDataLoss ? .allowed : .refused, conduct: dryRun ? .shown : .written, timestamp: timestamp())
    if interactive {
      request.ask = { question in
        FileHandle.standardError.write(Data(question.utf8))
        return readLine()
      }
    }
    try finish(diffMigrations(options.project.context, block: options.block, request))
  }
}

struct MigrateLock: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock", abstract: "Writes migrations.lock: names and checksums of the migrations, to commit.",
    discussion: """
      Of two branches that each add a migration, version control reports a conflict in it, instead of one being put before \
      the other. 'check' and 'migrate check' hold the folder against it: a migration that is edited, gone, new or older than \
      one that is locked is an error.
      """)
  @OptionGroup var options: MigrationCommandOptions
  func run() throws { try finish(lockMigrations(options.project.context, block: options.block)) }
}

/// Now, as folders that number by time have it.
func timestamp() -> String {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.timeZone = TimeZone(identifier: "UTC")
  formatter.dateFormat = "yyyyMMddHHmmss"
  return formatter.string(from: Date())
}
