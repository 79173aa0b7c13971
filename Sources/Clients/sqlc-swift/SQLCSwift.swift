// The command line: arguments in, text and an exit code out. What the commands do is in SQLCDriver.

import ArgumentParser
import Foundation
import SQLCConcurrency
import SQLCDiagnostics
import SQLCDriver

@main
struct SQLCSwift: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sqlc-swift",
    abstract: "Generates typed Swift from SQL: a schema for SQLite or PostgreSQL and annotated queries.",
    discussion: """
      Reads sqlc-swift.yaml, proves the types, nullability and row count of every query, has the database itself \
      check each one, and writes Swift structs and methods that a small runtime executes.

      Exit status: 0 when all is well; 1 when a command finds what it looks for (drift, a wrong claim, a migration that \
      does not hold, another schema); 2 when the input has errors or the disk refuses, and nothing is written then; 64 when \
      the arguments are wrong.
      """,
    version: toolVersion,
    subcommands: [
      GenerateCommand.self, DiffCommand.self, CheckCommand.self, VetCommand.self, PlanCommand.self,
      FormatCommand.self, AnalyzeCommand.self, DocsCommand.self, SnapshotCommand.self, ExerciseCommand.self,
      VerifyCommand.self,
      MigrateCommand.self, SchemaCommand.self, TransferCommand.self, InitCommand.self, ScaffoldCommand.self,
      SeedCommand.self, ParseCommand.self,
      ExplainCommand.self, LanguageServerCommand.self, JSONSchemaCommand.self, ManualCommand.self,
      BuildStepCommand.self,
    ])

  static func main() {
    if let complaint = unknownCommand(CommandLine.arguments.dropFirst()) {
      FileHandle.standardError.write(Data(complaint.utf8))
      exit(withError: ExitCode(CommandOutcome.Exit.usage.rawValue))
    }
    prepareProcess()
    main(nil)
  }
}

/// The release, as `--version` prints it. Never part of generated text.
let toolVersion = "0.1.0"

/// Prints what a command has to say and ends the process as it says. What a command throws is the machine's fault (SQLite
/// cannot open a database in memory), and a failure too: 1 would mean drift.
func finish(_ command: @autoclosure () throws -> CommandOutcome) throws {
  let outcome: CommandOutcome
  do {
    outcome = try onDeepStack(command)
  } catch {
    outcome = CommandOutcome(standardError: "sqlc-swift: error: \(visibleText("\(error)"))\n", exit: .failure)
  }
  FileHandle.standardError.write(Data(outcome.standardError.utf8))
  // A file or a pipe gets the bytes; what a terminal shows must not steer it.
  let isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) != 0
  let output = isTerminal ? visibleLines(outcome.standardOutput) : outcome.standardOutput
  FileHandle.standardOutput.write(Data(output.utf8))
  guard outcome.exit == .success else { throw ExitCode(outcome.exit.rawValue) }
}
