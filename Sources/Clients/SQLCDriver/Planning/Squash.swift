// `migrate squash`: the first migrations of a folder in one.

import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCMigrationCheck
import SQLCMigrations
import SQLCModel

public enum SquashConduct: Sendable, Hashable { case written, shown }

/// Writes one migration that makes what those up to a version make, and removes them. What does not hold when it is tried is
/// not written.
///
/// - Parameter version: of the last one that becomes part of the snapshot, which has its version then.
public func squashMigrations(
  _ context: CommandContext, block: Int, upTo version: String, name: String, conduct: SquashConduct
) throws -> CommandOutcome {
  try onDeepStack {
    do {
      switch try migrationProject(context, block: block) {
      case .failure(let failure): return failure.outcome
      case .success(let found):
        let squash = try Squash(found, context, upTo: version, name: name)
        return try squash.run(block: block, conduct)
      }
    } catch let fault as PlanningFault {
      return CommandOutcome(standardError: fault.text, exit: fault.exit)
    } catch let failure as SchemaPlanFailure {
      return CommandOutcome(standardError: "sqlc-swift: error: \(failure.message)\n", exit: .failure)
    }
  }
}

private struct Squash {
  let found: MigrationProject
  let context: CommandContext
  let squashed: [MigrationScript]
  let later: [MigrationScript]
  let files: [MigrationFile]
  let slug: String

  init(_ found: MigrationProject, _ context: CommandContext, upTo version: String, name: String) throws {
    self.found = found
    self.context = context
    guard found.block.settings.engine == .sqlite else {
      throw PlanningFault(
        text: "sqlc-swift: error: migrations of \(found.block.settings.engine) cannot be squashed yet\n")
    }
    guard let last = found.scripts.firstIndex(where: { $0.version == version && $0.role == .step }) else {
      throw PlanningFault(text: "sqlc-swift: error: there is no version \(version)\n")
    }
    try confirmLock(of: found.scripts, in: found.project, context)
    squashed = Array(found.scripts[...last])
    later = Array(found.scripts[(last + 1)...])
    let folders = Set(squashed.map { MigrationPlace(path: $0.source.path).folder })
    guard squashed.count > 1, squashed.allSatisfy({ $0.role == .step }), folders.count == 1 else {
      throw PlanningFault(
        text: squashed.count > 1
          ? "sqlc-swift: error: up to \(version) there are files that are no steps of one folder\n"
          : "sqlc-swift: error: version \(version) is the first, and there is nothing to squash\n", exit: .usage)
    }
    slug = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "_")
    guard !slug.isEmpty else {
      throw PlanningFault(text: "sqlc-swift: error: '\(name)' has no letter or digit\n", exit: .usage)
    }
    let names = Set(squashed.map(\.source.path))
    files = migrationFiles(of: found.block.schema, downs: found.block.downs, rules: found.engine.lexicalRules).value
      .filter { names.contains($0.source.path) }
    if let named = found.block.settings.schema.first(where: { entry in
      names.contains { $0 == entry.value || "./" + $0 == entry.value }
    }) {
      throw PlanningFault(
        text: "sqlc-swift: error: the configuration names '\(named.value)', which would be gone: name its folder\n")
    }
  }

  func run(block: Int, _ conduct: SquashConduct) throws -> CommandOutcome {
    let migrations = squashed.map(MigrationModel.init)
    let plan = try schemaPlanner(of: found.block.settings).snapshot(of: migrations)
    let problems = try snapshotProblems(
      of: plan, instead: migrations, before: later.map(MigrationModel.init),
      on: trialEngine(of: found.block.settings))
    guard problems.isEmpty else {
      throw PlanningFault(
        text: "sqlc-swift: error: the snapshot does not hold, and is not written\n"
          + problems.prefix(12).map { "  \($0)\n" }.joined(), exit: .drift)
    }
    let place = MigrationPlace(path: squashed[squashed.count - 1].source.path)
    let written = try texts(plan, place)
    var report = self.report(plan)
    if conduct == .shown {
      return CommandOutcome(
        standardOutput: written.map { "-- \(place.folder)\($0.path)\n\($0.text)" }.joined(separator: "\n"),
        standardError: report)
    }
    try apply(try changes(written, place), on: context.fileSystem, in: place.folder)
    report += "removed \(squashed.count) migrations\n"
    report += written.map { "wrote \(place.folder)\($0.path)\n" }.joined()
    switch try keepLock(context, block: block) {
    case .none: break
    case .written(let lock): report += "wrote \(lock)\n"
    case .failed(let outcome):
      return CommandOutcome(standardOutput: report, standardError: outcome.standardError, exit: .failure)
    }
    return CommandOutcome(standardOutput: report)
  }

  /// Paths from the folder of the migrations, and texts.
  private func texts(_ plan: SnapshotPlan, _ place: MigrationPlace) throws -> [(path: String, text: String)] {
    let last = files[files.count - 1].source
    let template = MigrationTemplate(
      format: MigrationFormat(of: last, rules: found.engine.lexicalRules), last: place)
    let version = squashed[squashed.count - 1].version
    let draft = MigrationDraft(template: template, engine: found.engine)
    // As the files are numbered; where that is not the version that comes out again, the plain number.
    for spelling in [template.lastVersion, version] {
      let files = try draft.files(
        version: spelling, slug: slug,
        SchemaPlan(
          up: plan.up, down: plan.down, changes: squashedMigrations(of: squashed).map(squashLine), hazards: [],
          standIns: [], kept: []))
      let read = migrationFiles(
        of: files.prefix(1).map { SourceFile(path: place.folder + $0.path, text: $0.text) },
        rules: found.engine.lexicalRules
      ).value
      if read.first?.version == version, read.first?.squashed == squashedMigrations(of: squashed) { return files }
    }
    throw PlanningFault(text: "sqlc-swift: error: no file of this folder's format would have version \(version)\n")
  }

  private func changes(_ written: [(path: String, text: String)], _ place: MigrationPlace) throws -> ChangeSet {
    var changes = ChangeSet()
    var gone = Dictionary(
      files.flatMap { [$0.source] + ($0.down.map { [$0.source] } ?? []) }.map {
        (join(found.project.base, $0.path), $0.text)
      }, uniquingKeysWith: { first, _ in first })
    for (path, text) in written {
      let path = join(found.project.base, place.folder + path)
      if let old = gone.removeValue(forKey: path) {
        changes.changes.append(FileChange(path: path, kind: .modify(old: old, new: text)))
      } else if context.fileSystem.kind(of: path) != nil {
        throw PlanningFault(text: "\(path): error: the file exists\n")
      } else {
        changes.changes.append(FileChange(path: path, kind: .create(new: text)))
      }
    }
    changes.changes += gone.sorted { $0.key < $1.key }.map {
      FileChange(path: $0.key, kind: .deleteOrphan(old: $0.value))
    }
    return changes
  }

  private func apply(_ changes: ChangeSet, on fileSystem: any FileSystem, in folder: String) throws {
    do throws(FileSystemError) {
      try SQLCDriver.apply(changes, on: fileSystem)
    } catch {
      throw PlanningFault(text: "\(folder): error: \(error.reason)\n")
    }
  }

  private func report(_ plan: SnapshotPlan) -> String {
    let rows = plan.rows.values.reduce(0, +)
    var text = "\(squashed.count) migrations make the same as the snapshot: schema, \(rows) rows"
    text += later.isEmpty ? "\n" : ", and what the \(later.count) after them make\n"
    for (table, count) in plan.rows.sorted(by: { $0.key < $1.key }) { text += "  \(table): \(count) rows\n" }
    if !plan.varying.isEmpty {
      text += "  warning: rows have the values that \(plan.varying.joined(separator: ", ")) gave now\n"
    }
    for statement in plan.leftOut {
      text += "  left out: \(statement.split(whereSeparator: \.isNewline).joined(separator: " "))\n"
    }
    return text
  }
}

extension MigrationTemplate {
  /// The version of the last file as it is written there.
  fileprivate var lastVersion: String {
    var name = Substring(last.name)
    if format == .flyway { name.removeFirst() }
    if let end = name.firstRange(of: "__"), format == .flyway { return String(name[..<end.lowerBound]) }
    return String(name.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }).trimmingSuffix("-")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}
