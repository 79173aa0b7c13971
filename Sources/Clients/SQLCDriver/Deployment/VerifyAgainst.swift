// `verify --against`: do the old code and the new one both work while one takes the other's place?

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCExercise
import SQLCModel

/// Which way a deployment goes, and which has to be safe.
public enum DeploymentOrder: Sendable, Hashable {
  /// One of both.
  case any
  case both
  /// The migrations run while the old code does.
  case migrateFirst
  /// The new code runs while the schema is still the old one.
  case deployFirst
}

/// Tries the queries of an older revision on the schema of this one, and the queries of this one on the older schema. Exits
/// with 1 when the order that is asked for is not safe.
///
/// - Parameters:
///   - reference: a folder, or what git takes for a commit.
///   - seconds: what all trials together may take.
public func verify(
  _ context: CommandContext, against reference: String, order: DeploymentOrder, seed: UInt64, seconds: Double
) throws -> CommandOutcome {
  try onDeepStack {
    let old: AnalyzedProject
    do throws(RevisionFault) {
      old = try olderProject(context, reference)
    } catch {
      return CommandOutcome(standardError: "\(reference): error: \(error.text)\n", exit: .failure)
    }
    let new = try AnalyzedProject(context)
    for (project, name) in [(new, nil), (old, reference)] as [(AnalyzedProject, String?)]
    where project.diagnostics.hasErrors {
      let title = name.map { "sqlc-swift: error: '\($0)' has errors of its own\n" } ?? ""
      return CommandOutcome(
        standardError: title + render(project.diagnostics, in: project.project.sources, as: context.format),
        exit: .failure)
    }
    guard !old.blocks.isEmpty, old.blocks.count == new.blocks.count else {
      return CommandOutcome(
        standardError:
          "sqlc-swift: error: '\(reference)' has \(old.blocks.count) sql blocks with a schema, and this project \(new.blocks.count)\n",
        exit: .failure)
    }
    let share = seconds / Double(4 * new.blocks.count)
    var verdict = DeploymentVerdict(reference: reference)
    for (before, after) in zip(old.blocks, new.blocks) {
      let trial = DeploymentTrial(options: ExerciseOptions(seed: seed, rounds: 2, seconds: share))
      verdict.migrateFirst += try trial.queries(of: before, on: after)
      verdict.deployFirst += try trial.queries(of: after, on: before)
    }
    return CommandOutcome(standardOutput: verdict.text, exit: verdict.isSafe(order) ? .success : .drift)
  }
}

private func olderProject(_ context: CommandContext, _ reference: String) throws(RevisionFault) -> AnalyzedProject {
  let place = join(context.location.workingDirectory, reference)
  var location = context.location
  let files: any ReadableFiles
  if context.fileSystem.kind(of: place) == .directory {
    location.workingDirectory = place
    location.directory = nil
    files = context.fileSystem
    // Not one of a folder above, which is the project itself.
    guard let found = findConfiguration(at: location, from: files).value, parent(of: found) == normalize(place) else {
      throw RevisionFault(text: "there is no configuration in this folder")
    }
  } else {
    files = try RevisionFiles(reference, at: startFolder(of: location))
  }
  do {
    return AnalyzedProject(try Workspace(at: location, files: files, engines: context.engines).snapshot())
  } catch {
    throw RevisionFault(text: "\(error)")
  }
}

/// What became of one query on the other schema.
struct QueryVerdict: Sendable, Hashable {
  enum Outcome: Sendable, Hashable {
    case holds
    /// It was prepared, and no run came to its end on either schema.
    case prepared
    case fails([String])
  }

  var name: String
  var outcome: Outcome
}

/// What is said at the end.
private struct DeploymentVerdict {
  var reference: String
  var migrateFirst: [QueryVerdict] = []
  var deployFirst: [QueryVerdict] = []

  init(reference: String) { self.reference = reference }

  func isSafe(_ order: DeploymentOrder) -> Bool {
    switch order {
    case .any: isSafe(.migrateFirst) || isSafe(.deployFirst)
    case .both: isSafe(.migrateFirst) && isSafe(.deployFirst)
    case .migrateFirst: migrateFirst.allSatisfy(\.isSafe)
    case .deployFirst: deployFirst.allSatisfy(\.isSafe)
    }
  }

  var text: String {
    var text = section("queries of \(reference) on the new schema: the migrations run first", migrateFirst)
    text += section("new queries on the schema of \(reference): the code is deployed first", deployFirst)
    let orders = [(DeploymentOrder.migrateFirst, "migrate first"), (.deployFirst, "deploy first")]
    let safe = orders.filter { isSafe($0.0) }.map(\.1)
    return text + (safe.isEmpty ? "no order is safe\n" : "safe: \(safe.joined(separator: ", or "))\n")
  }

  private func section(_ title: String, _ queries: [QueryVerdict]) -> String {
    var text = title + "\n"
    for query in queries {
      switch query.outcome {
      case .holds: text += "  holds     \(query.name)\n"
      case .prepared: text += "  prepared  \(query.name)  (no run came to its end, on either schema)\n"
      case .fails(let reasons): text += "  fails     \(query.name): \(reasons.joined(separator: "; "))\n"
      }
    }
    let failed = queries.count { !$0.isSafe }
    return text + "  \(queries.count - failed) of \(queries.count) hold\n\n"
  }
}

extension QueryVerdict {
  fileprivate var isSafe: Bool {
    if case .fails = outcome { false } else { true }
  }
}
