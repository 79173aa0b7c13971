// `sqlc-swift migrate` and `sqlc-swift schema`.

import ArgumentParser
import Foundation
import SQLCDiagnostics
import SQLCDriver

struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Checks the migrations of a project and runs them on a database.",
    subcommands: [
      MigrateCheck.self, MigrateDiff.self, MigrateLock.self, MigrateNew.self, MigrateNotify.self, MigrateStatus.self,
      MigrateUp.self,
      MigrateDown.self,
      MigrateTo.self,
      MigrateBaseline.self, MigrateSquash.self,
    ])
}

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Shows the schema that the migrations make, or compares a database with it.",
    subcommands: [SchemaDump.self, SchemaVerify.self])
}

/// Options of every command on migrations.
struct MigrationCommandOptions: ParsableArguments {
  @OptionGroup var project: ProjectOptions

  @Option(help: "Which sql block of the configuration, from 1.")
  var block = 1
}

struct DatabaseOptions: ParsableArguments {
  @Option(
    help: """
      The database: a file, or for PostgreSQL a connection string (postgres://user@host/name). PostgreSQL's may be given by \
      DATABASE_URL, or by PGHOST, PGDATABASE and the like, instead; passwords belong there or into ~/.pgpass.
      """)
  var database: String?
}

struct MigrateCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tries every migration on tables with rows: up, down, and up again.",
    discussion: """
      Each migration starts from the version before it, with generated rows in the tables. The down migration must restore the \
      schema, no index, trigger or view may get lost in a rebuild, and no row may lose the row it refers to. What \
      destroys data or breaks callers is a warning; '-- sqlc:ignore NAME: reason' in the file says that it is meant. \
      Exits with 1 when a migration does not hold.
      """)
  @OptionGroup var options: MigrationCommandOptions
  func run() throws { try finish(checkMigrations(options.project.context, block: options.block)) }
}

struct MigrateNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes the next migration's file, in the format of the folder.")
  @OptionGroup var options: MigrationCommandOptions
  @Argument(help: "What it does, in a few words.") var name: String
  func run() throws {
    try finish(
      newMigration(
        options.project.context, block: options.block, name: name, timestamp: timestamp()))
  }
}

struct MigrateStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Lists the migrations that a database has and those it lacks.",
    discussion: """
      A migration is pending, applied, edited (applied, and its statements are others now), half-applied, half-reverted, \
      half-edited (one of these two, and edited since), or unknown (applied, and not in the project).
      """)
  @OptionGroup var options: MigrationCommandOptions
  @OptionGroup var file: DatabaseOptions
  @Option(help: "The form of the list: text for people, json for tools.") var format: StatusChoice = .text
  func run() throws {
    try finish(
      migrationStatus(
        options.project.context, block: options.block, database: file.database, as: format == .json ? .json : .text))
  }
}

/// How `migrate status` prints its list.
enum StatusChoice: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// What `up`, `down` and `to` share.
struct MigrateOptions: ParsableArguments {
  @OptionGroup var options: MigrationCommandOptions
  @OptionGroup var file: DatabaseOptions
  @Flag(help: "Say what would be done, and do nothing.") var dryRun = false
  @Flag(help: "Apply migrations that are older than one that is applied already.") var allowOutOfOrder = false

  func run(_ goal: MigrationGoal) throws {
    try finish(
      migrate(
        options.project.context, block: options.block, database: file.database, goal: goal,
        conduct: dryRun ? .rehearsed : .performed, order: allowOutOfOrder ? .any : .strict,
        report: { line in FileHandle.standardError.write(Data((visibleText(line) + "\n").utf8)) }))
  }
}

struct MigrateUp: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "up", abstract: "Applies every pending migration.")
  @OptionGroup var options: MigrateOptions
  func run() throws { try options.run(.up) }
}

struct MigrateDown: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "down", abstract: "Takes the last migration back.")
  @OptionGroup var options: MigrateOptions
  func run() throws { try options.run(.down) }
}

struct MigrateTo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "to", abstract: "Migrates to a version, forwards or back; 0 takes everything back.")
  @OptionGroup var options: MigrateOptions
  @Argument(help: "The version that is the last one applied afterwards.") var version: String
  func run() throws { try options.run(.to(version)) }
}

struct MigrateBaseline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Records migrations as applied that were not run here.",
    discussion: """
      For a database that has the schema of a version by other means: from now on it is migrated from there. The schema is \
      compared first, and nothing is recorded when it is another one. Where there is a version table of goose, \
      golang-migrate, dbmate, sql-migrate or tern, it is shown, and has to say the same; without VERSION it says which \
      one. golang-migrate's mark of a migration that stopped inside is taken away when the schema is that of VERSION.
      """)
  @OptionGroup var options: MigrationCommandOptions
  @OptionGroup var file: DatabaseOptions
  @Argument(help: "The version that is the last one recorded.") var version: String?
  func run() throws {
    try finish(
      baseline(options.project.context, block: options.block, database: file.database, version: version))
  }
}

struct SchemaDump: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Prints the definitions that all migrations together make.")
  @OptionGroup var options: MigrationCommandOptions
  func run() throws { try finish(dumpSchema(options.project.context, block: options.block)) }
}

struct SchemaVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Compares a database with the schema that the code was generated for.",
    discussion: "Lists the differences and exits with 1 when there are any.")
  @OptionGroup var options: MigrationCommandOptions
  @OptionGroup var file: DatabaseOptions
  func run() throws {
    try finish(verifySchema(options.project.context, block: options.block, database: file.database))
  }
}
