// What the tool says of itself for other programs: the configuration's schema, and the manual page.

import ArgumentParser
import SQLCDriver

struct JSONSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonschema",
    abstract: "Prints the JSON schema of sqlc-swift.yaml, for editors that know YAML.",
    discussion: """
      Editors with the YAML language server use it where the configuration begins with the line \
      '# yaml-language-server: $schema=' and the path of the schema. With 'sqlc-swift lsp' it is not needed.
      """)

  func run() throws { try finish(configurationSchema()) }
}

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man",
    abstract: "Prints the manual page of the tool and all of its commands.",
    discussion: "Put it where 'man' looks: sqlc-swift man > /usr/local/share/man/man1/sqlc-swift.1")

  func run() throws {
    try finish(CommandOutcome(standardOutput: try ManualPage(describing: SQLCSwift._dumpHelp()).text))
  }
}
