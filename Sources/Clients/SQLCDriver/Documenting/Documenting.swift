// `docs`: what is known of a project, for people to look at.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCDocumentation

/// How `docs` is asked.
public struct DocsRequest: Sendable {
  public enum Action: Sendable, Hashable {
    case write
    /// Nothing is written: is each file as it would be?
    case check
  }

  public enum Plans: Sendable, Hashable { case shown, left }

  /// Seen from where the user stands; `.html` or `.md`. Without any, `docs/database.html` beside the configuration.
  public var files: [String] = []
  public var action = Action.write
  public var plans = Plans.shown
  public var title = "Database"
  /// How many tables and columns may be without a comment.
  public var allowed: Int?

  public init() {}
}

/// Writes the documentation of a project, or checks that it was written since something changed.
public func docs(_ context: CommandContext, _ request: DocsRequest = DocsRequest()) throws -> CommandOutcome {
  try onDeepStack {
    let analyzed = try AnalyzedProject(context)
    let project = analyzed.project
    let diagnostics = project.judged(analyzed.diagnostics, tried: .analysis)
    guard !diagnostics.hasErrors else {
      return CommandOutcome(standardError: render(diagnostics, in: project.sources, as: context.format), exit: .failure)
    }
    var blocks: [DocumentedBlock] = []
    for analysis in analyzed.blocks {
      var documenter = BlockDocumenter(analysis, project.sources)
      blocks.append(try documenter.block(plans: request.plans))
    }
    let documented = DocumentedProject(title: request.title, blocks: blocks)
    let paths =
      request.files.isEmpty
      ? [join(project.base, "docs/database.html")]
      : request.files.map { join(context.location.workingDirectory, $0) }
    var changes = ChangeSet()
    for path in paths {
      let shown = relativePath(path, from: context.location.workingDirectory)
      guard let text = text(of: documented, at: path) else {
        return failed("'\(shown)' is neither .html nor .md")
      }
      guard !context.fileSystem.isLink(path) else {
        return failed("'\(shown)' is a symbolic link, and nothing is written through one")
      }
      let kind: FileChange.Kind
      switch context.fileSystem.kind(of: path) {
      case .directory: return failed("'\(shown)' is a folder")
      case nil: kind = .create(new: text)
      case .file:
        let old = String(decoding: try context.fileSystem.read(path), as: UTF8.self)
        guard withLineFeeds(old).split(separator: "\n").prefix(2).contains(documentationMark[...]) else {
          return failed("'\(shown)' is in the way and was not written by sqlc-swift")
        }
        kind = withLineFeeds(old).utf8.elementsEqual(text.utf8) ? .unchanged : .modify(old: old, new: text)
      }
      changes.changes.append(FileChange(path: path, kind: kind))
    }
    return try finish(changes, documented, request, context)
  }
}

private func text(of project: DocumentedProject, at path: String) -> String? {
  let name = path.lowercased()
  if name.hasSuffix(".html") || name.hasSuffix(".htm") { return htmlDocumentation(of: project) }
  if name.hasSuffix(".md") || name.hasSuffix(".markdown") { return markdownDocumentation(of: project) }
  return nil
}

private func finish(
  _ changes: ChangeSet, _ documented: DocumentedProject, _ request: DocsRequest, _ context: CommandContext
) throws -> CommandOutcome {
  func shown(_ path: String) -> String { relativePath(path, from: context.location.workingDirectory) }
  let completeness = Completeness(of: documented)
  var outcome = CommandOutcome()
  switch request.action {
  case .write:
    do throws(FileSystemError) {
      try apply(changes, on: context.fileSystem)
    } catch {
      return failed("'\(shown(error.path))' cannot be written: \(error.reason)")
    }
    for change in changes.changes {
      outcome.standardOutput += "\(shown(change.path)) \(change.isDrift ? "written" : "is up to date")\n"
    }
  case .check:
    for change in changes.changes {
      outcome.standardOutput += "\(shown(change.path)) is \(change.isDrift ? "out of date" : "up to date")\n"
    }
    if !changes.isEmpty { outcome.exit = .drift }
  }
  outcome.standardOutput += completeness.summary + "\n"
  for gap in documented.blocks.flatMap(\.gaps) { outcome.standardError += "sqlc-swift: warning: \(gap)\n" }
  if let allowed = request.allowed, completeness.undocumented > allowed {
    let names = (completeness.undocumentedTables + completeness.undocumentedColumns).map { "  \($0)\n" }.joined()
    outcome.standardError +=
      "sqlc-swift: error: \(completeness.undocumented) tables and columns have no comment; \(allowed) may:\n\(names)"
    outcome.exit = .drift
  }
  return outcome
}

private func failed(_ message: String) -> CommandOutcome {
  CommandOutcome(standardError: "sqlc-swift: error: \(message)\n", exit: .failure)
}
