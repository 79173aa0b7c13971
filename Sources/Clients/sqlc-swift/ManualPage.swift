// The manual page, from the definitions of the commands.

import Foundation

/// A page in the macros of man(7).
struct ManualPage {
  private(set) var text = ""

  /// - Parameter json: the definitions, as ArgumentParser writes them.
  init(describing json: String) throws {
    let tool = try JSONDecoder().decode(ToolDefinition.self, from: Data(json.utf8)).command
    line(".TH \(tool.commandName.uppercased()) 1 \"\" \"\(tool.commandName) \(toolVersion)\"")
    section("NAME")
    paragraph("\(tool.commandName) - \(tool.abstract ?? "")", escapesHyphens: false)
    section("SYNOPSIS")
    synopsis(tool, [])
    section("DESCRIPTION")
    for part in tool.paragraphs { paragraph(part) }
    arguments(tool)
    section("COMMANDS")
    for command in tool.commands { describe(command, [tool.commandName]) }
  }

  private mutating func describe(_ command: CommandDefinition, _ path: [String]) {
    line(".SS \(escaped((path.dropFirst() + [command.commandName]).joined(separator: " ")))")
    synopsis(command, path)
    if let abstract = command.abstract { paragraph(abstract) }
    for part in command.paragraphs { paragraph(part) }
    arguments(command)
    for inner in command.commands { describe(inner, path + [command.commandName]) }
  }

  private mutating func synopsis(_ command: CommandDefinition, _ path: [String]) {
    line(".B \(escaped((path + [command.commandName]).joined(separator: " ")))")
    for argument in command.shown { line(escaped(argument.usage)) }
    if !command.commands.isEmpty { line(escaped("<command>")) }
  }

  private mutating func arguments(_ command: CommandDefinition) {
    for argument in command.shown {
      line(".TP")
      line(".B \(escaped(argument.heading))")
      let remarks = [argument.abstract ?? "", argument.choices, argument.defaultText].filter { !$0.isEmpty }
      paragraph(remarks.joined(separator: " "), begins: false)
    }
  }

  // MARK: Text

  private mutating func line(_ text: String) { self.text += text + "\n" }
  private mutating func section(_ name: String) { line(".SH \(name)") }

  private mutating func paragraph(_ text: String, begins: Bool = true, escapesHyphens: Bool = true) {
    if begins { line(".PP") }
    for part in text.split(separator: "\n") {
      line(escapesHyphens ? escaped(String(part)) : escaped(String(part)).replacing("\\-", with: "-"))
    }
  }

  /// groff(7): a backslash begins an escape, a dot or an apostrophe at the beginning of a line a request; what is not ASCII is
  /// written by its number.
  private func escaped(_ text: String) -> String {
    let inner = text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    return inner.hasPrefix(".") || inner.hasPrefix("'") ? "\\&" + inner : inner
  }
}

private struct ToolDefinition: Decodable {
  var command: CommandDefinition
}

private struct CommandDefinition: Decodable {
  var commandName: String
  var abstract: String?
  var discussion: String?
  var shouldDisplay: Bool?
  var subcommands: [CommandDefinition]?
  var arguments: [ArgumentDefinition]?

  var paragraphs: [String] { (discussion ?? "").components(separatedBy: "\n\n").filter { !$0.isEmpty } }
  /// ArgumentParser adds `help` to every command that has commands.
  var commands: [CommandDefinition] {
    (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
  }
  var shown: [ArgumentDefinition] { (arguments ?? []).filter(\.shouldDisplay) }
}

private struct ArgumentDefinition: Decodable {
  enum Kind: String, Decodable { case positional, option, flag }

  struct Name: Decodable {
    enum Kind: String, Decodable { case long, short, longWithSingleDash }
    var kind: Kind
    var name: String
    var text: String { kind == .long ? "--\(name)" : "-\(name)" }
  }

  var kind: Kind
  var shouldDisplay: Bool
  var isOptional: Bool
  var isRepeating: Bool
  var names: [Name]?
  var preferredName: Name?
  var valueName: String?
  var defaultValue: String?
  var allValues: [String]?
  var abstract: String?

  private var value: String { "<\(valueName ?? "value")>" }

  var usage: String {
    let word =
      switch kind {
      case .positional: value
      case .option: "\(preferredName?.text ?? "") \(value)"
      case .flag: preferredName?.text ?? ""
      }
    let repeated = isRepeating ? word + " ..." : word
    return isOptional ? "[\(repeated)]" : repeated
  }

  var heading: String {
    guard kind != .positional else { return value }
    let names = (names ?? []).map(\.text).joined(separator: ", ")
    return kind == .option ? "\(names) \(value)" : names
  }

  var choices: String { (allValues ?? []).isEmpty ? "" : "One of: \((allValues ?? []).joined(separator: ", "))." }
  var defaultText: String { defaultValue.map { "Default: \($0)." } ?? "" }
}
