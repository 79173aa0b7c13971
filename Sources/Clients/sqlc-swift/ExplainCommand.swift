// `sqlc-swift explain`: the page of a diagnostic.

import ArgumentParser
import SQLCDiagnostics
import SQLCDriver

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says what a diagnostic means, why it is given, and what to do.",
    discussion: """
      A diagnostic's name is its last line, after 'help:', such as binder/unknown-column. The part after the slash is \
      enough. Without a name, every name is listed.
      """)

  @Argument(help: "The name of the diagnostic.")
  var id: String?

  func run() throws { try finish(explain(id)) }
}

/// The pages that are asked for, or every name with its first words.
func explain(_ id: String?) -> CommandOutcome {
  let pages = DiagnosticPages(article: String(decoding: PackageResources.Diagnostics_md, as: UTF8.self))
  guard let id else {
    return CommandOutcome(standardOutput: ruleRegistry.rules.map(line).joined() + vetPages().map(line).joined())
  }
  let found = pages.pages(for: id)
  guard found.isEmpty else {
    let examples = DiagnosticExamples(article: String(decoding: PackageResources.DiagnosticExamples_md, as: UTF8.self))
    return CommandOutcome(
      standardOutput: found.map { text($0, examples.example(of: $0.id)) }.joined(separator: "\n"))
  }
  let vetted = vetPages(of: id)
  guard vetted.isEmpty else {
    return CommandOutcome(standardOutput: vetted.map { text($0) }.joined(separator: "\n"))
  }
  let names = ruleRegistry.rules.map { id.contains("/") ? $0.id.description : $0.id.name }
  let near = nearestNames(to: id, among: names)
  let suggestion = near.isEmpty ? "" : "; did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  return CommandOutcome(
    standardError: "sqlc-swift: error: there is no diagnostic '\(id)'\(suggestion)\n"
      + "'sqlc-swift explain' lists them all\n", exit: .usage)
}

/// `binder/unused-common-table (warning): a WITH that nothing reads`
private func line(_ rule: Rule) -> String {
  "\(rule.id)\(rule.level == .error ? "" : " (\(rule.level.rawValue))"): \(rule.summary)\n"
}

private func text(_ page: DiagnosticPages.Page, _ example: DiagnosticExamples.Example?) -> String {
  let effect =
    page.severity == .error ? "an error: nothing is written" : "a warning: the decision is yours"
  var lines = ["\(page.id), \(effect)", "", "when: \(page.when)"]
  if !page.remedy.isEmpty { lines.append("do:   \(page.remedy)") }
  for more in [page.more, page.passText] where !more.isEmpty { lines += ["", more] }
  if let example {
    for (title, snippet) in [("for example", example.broken), ("instead", example.mended)] {
      lines += ["", "\(title):", ""]
      lines += snippet.text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? "" : "    \($0)"
      }
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

private func line(_ page: VetRulePage) -> String { "\(page.id) (vet, \(page.level.rawValue)): \(page.why)\n" }

private func text(_ page: VetRulePage) -> String {
  var lines = ["\(page.id), a rule of 'vet' (\(page.level.rawValue))", "", "why: \(page.why)", "do:  \(page.fix)"]
  if !page.example.isEmpty { lines += ["", "trips it:", "", page.example] }
  if !page.corrected.isEmpty { lines += ["", "does not:", "", page.corrected] }
  return (lines + ["", "asked:", "", page.select]).joined(separator: "\n") + "\n"
}
