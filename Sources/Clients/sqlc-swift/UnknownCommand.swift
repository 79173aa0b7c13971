// What is said when the first words are no command: the nearest one, and where the list is.

import ArgumentParser
import SQLCDiagnostics

/// The complaint about a command that does not exist; nil when every word that stands for a command names one.
///
/// `generat`, `migrate chekc` and `help generat` are wrong words; what follows a command that has no commands of its own is
/// the business of its parser.
func unknownCommand(_ arguments: some Sequence<String>) -> String? {
  var command: any ParsableCommand.Type = SQLCSwift.self
  var path = ["sqlc-swift"]
  var words = Array(arguments)[...]
  if words.first == "help" { words.removeFirst() }
  for word in words {
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, !word.hasPrefix("-") else { return nil }
    if word == "help", path.count > 1 { return nil }
    if let known = subcommands.first(where: { $0.configuration.commandName == word }) {
      command = known
      path.append(word)
      continue
    }
    let names = subcommands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
    let near = nearestNames(to: word, among: names)
    let meant = near.isEmpty ? names.filter { !word.isEmpty && $0.hasPrefix(word) } : near
    let suggestion = meant.isEmpty ? "" : "; did you mean \(meant.map { "'\($0)'" }.joined(separator: " or "))?"
    return """
      Error: there is no command '\(word)'\(suggestion)
      Usage: \(path.joined(separator: " ")) <subcommand>
        The commands are \(names.joined(separator: ", ")).
        See '\(path.joined(separator: " ")) --help' for more information.

      """
  }
  return nil
}
