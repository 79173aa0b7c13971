// The commands that read a whole project.

import ArgumentParser
import SQLCDriver

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Writes the generated Swift files.",
    discussion: """
      All files are written or, when anything is wrong, none. Only files whose text changes are touched; files that an \
      earlier run wrote and that nothing generates any more are removed.
      """)

  @OptionGroup var options: ProjectOptions
  @OptionGroup var repetition: WatchOptions

  func run() throws {
    if repetition.watch { return try watch(.generate, options.context) }
    try finish(SQLCDriver.generate(options.context))
  }
}

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows what 'generate' would change, as a unified diff.",
    discussion: "Exits with 0 when the generated code is up to date and with 1 when it is not: the check to run in CI.")

  @OptionGroup var options: ProjectOptions

  func run() throws { try finish(SQLCDriver.diff(options.context)) }
}

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks the schema, its migrations and every query.",
    discussion: """
      Nothing is written, unless --fix is given: then the safe fixes of all messages are made in the schema and query \
      files, all of them or none, and what is left is checked. A fix is safe when the SQL means to SQLite what it meant.
      """)

  @OptionGroup var options: ProjectOptions

  @Flag(help: "Make the safe fixes in schema and query files first.")
  var fix = false

  @Flag(help: "Do not try migrations up and down (see 'migrate check').")
  var skipMigrations = false

  @OptionGroup var repetition: WatchOptions

  func validate() throws {
    if fix, repetition.watch {
      throw ValidationError("'--fix' changes files, and '--watch' waits for that: give one of them.")
    }
  }

  func run() throws {
    let migrations = skipMigrations ? MigrationChecks.skipped : .tried
    if repetition.watch { return try watch(.check(migrations), options.context) }
    try finish(
      fix
        ? SQLCDriver.fix(options.context, migrations: migrations)
        : SQLCDriver.check(options.context, migrations: migrations))
  }
}

struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Keeps what a PostgreSQL server says of schema and queries, to be committed.",
    discussion: """
      One file for each block with 'engine: postgresql', in 'sqlc-snapshots' beside the configuration. With it, other \
      commands need no server; where there is one, they hold the file against it. An answer of another text is an error.
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws { try finish(SQLCDriver.snapshot(options.context)) }
}

struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Prints what is known of tables and queries as JSON.",
    discussion: """
      One document on standard output, for other tools to read. A query with errors is left out, its diagnostics go to \
      standard error, and the exit status is 2.
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws { try finish(SQLCDriver.analyze(options.context)) }
}
