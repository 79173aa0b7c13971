// `scaffold`: queries of tables, written into query files once.

import SQLCAnalysis
import SQLCConcurrency
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCModel
import SQLCTargetSwift

/// Where scaffolded queries go.
public enum ScaffoldTarget: Sendable, Hashable {
  /// `TABLE.sql` in the block's folder of queries.
  case folder
  /// One file, seen from where the user stands.
  case file(String)
  case standardOutput
}

/// Writes the queries that most programs have of tables. A file that exists is left alone, and a query whose name is taken is
/// left out.
public func scaffold(_ context: CommandContext, tables: [String], to target: ScaffoldTarget) throws -> CommandOutcome {
  try onDeepStack {
    let workspace = Workspace(at: context.location, files: context.fileSystem, engines: context.engines)
    let snapshot = try workspace.snapshot(progress: context.progress)
    let project = snapshot.project
    let errors = project.judged(snapshot.diagnostics.filter { $0.severity == .error }, tried: .analysis)
      .filter { $0.severity == .error }
    let schema = Set(snapshot.blocks.flatMap { $0.block.schema.map(\.path) })
    func failed(_ errors: [Diagnostic]) -> CommandOutcome {
      CommandOutcome(standardError: render(errors, in: project.sources, as: context.format), exit: .failure)
    }
    // That there are no queries yet, or wrong ones, is in nobody's way; a schema that is not understood is.
    let blocking = errors.filter { schema.contains($0.primary.source.path) }
    guard blocking.isEmpty else { return failed(blocking) }
    var files: [(path: String, text: String)] = []
    var left: [String] = []
    for wanted in tables {
      guard let found = Scaffolding.find(wanted, in: snapshot) else {
        guard snapshot.blocks.contains(where: { !$0.model.tables.isEmpty }) || errors.isEmpty else {
          return failed(errors)
        }
        return failure(Scaffolding.unknown(wanted, in: snapshot))
      }
      guard found.fact.kind == .table else { return failure("'\(wanted)' is no table whose rows are written") }
      let known = Set(snapshot.blocks.flatMap { $0.queries.map(\.annotated.name) })
      let queries = found.scaffold(project.vet).queries()
      left += queries.map(\.name).filter(known.contains)
      let text = queries.filter { !known.contains($0.name) }.map(\.text).joined(separator: "\n")
      switch target {
      case .folder:
        guard let folder = found.folder else {
          return failure("'queries' names no folder: say '--to FILE' or '--print'")
        }
        files.append((join(project.base, folder + "/" + fileName(of: wanted) + ".sql"), text))
      case .file(let path): files.append((join(context.location.workingDirectory, path), text))
      case .standardOutput: files.append(("", text))
      }
    }
    let remarks =
      left.isEmpty ? "" : "left out, since there are queries of that name: \(left.joined(separator: ", "))\n"
    if case .standardOutput = target {
      return CommandOutcome(standardOutput: files.map(\.text).joined(separator: "\n"), standardError: remarks)
    }
    return Scaffolding.write(files, remarks, context)
  }
}

/// Letters, digits, dots and underscores of a table's name: with anything else it could lead out of the folder.
private func fileName(of table: String) -> String {
  let plain = String(table.lowercased().map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "_" })
  return plain.hasPrefix(".") ? "_" + plain : plain
}

private func failure(_ message: String) -> CommandOutcome {
  CommandOutcome(standardError: "sqlc-swift: error: \(message)\n", exit: .failure)
}

private enum Scaffolding {
  struct Found {
    var block: BlockSnapshot
    var fact: TableFact
    var model: TableModel

    func scaffold(_ vet: VetSettings) -> TableScaffold {
      TableScaffold(
        fact,
        names: ScaffoldNames(
          model.name,
          singular: block.engine.runtime.flatMap {
            SwiftCodeGenerator(options: block.block.settings.swift, vocabulary: $0).rowName(
              of: model.name, in: block.model)
          } ?? model.name.name,
          initialisms: block.block.settings.swift.initialisms, spelled: block.engine.spelled),
        dialect: block.engine.placeholders == .questionMark ? .sqlite : .postgresql,
        guards: ScaffoldGuards(tenant: vet.tenant?.column(of: fact), softDelete: vet.softDelete?.column(of: fact)))
    }

    /// Relative to the configuration.
    var folder: String? {
      guard let path = block.block.settings.queries.first?.value, !path.hasSuffix(".sql"), !path.contains("*") else {
        return nil
      }
      return path
    }
  }

  static func find(_ name: String, in snapshot: Snapshot) -> Found? {
    for block in snapshot.blocks {
      guard let facts = (block.inspector as? any FactInspector)?.schemaFacts(),
        let model = block.model.tables.first(where: { $0.name.description.lowercased() == name.lowercased() }),
        let fact = facts.tables.first(where: {
          $0.name.lowercased() == name.lowercased() || $0.source != nil && $0.source == model.source
        })
      else { continue }
      return Found(block: block, fact: fact, model: model)
    }
    return nil
  }

  static func unknown(_ name: String, in snapshot: Snapshot) -> String {
    let names = snapshot.blocks.flatMap { $0.model.tables.map(\.name.description) }
    let near = nearestNames(to: name, among: names, limit: 1)
    return "there is no table '\(name)'" + (near.first.map { "; did you mean '\($0)'?" } ?? "")
  }

  static func write(
    _ files: [(path: String, text: String)], _ remarks: String, _ context: CommandContext
  ) -> CommandOutcome {
    func shown(_ path: String) -> String { relativePath(path, from: context.location.workingDirectory) }
    // Tables of one file, in the order in which they were asked for.
    var texts: [(path: String, text: String)] = []
    for file in files {
      if let known = texts.firstIndex(where: { $0.path == file.path }) {
        texts[known].text += "\n" + file.text
      } else {
        texts.append(file)
      }
    }
    texts.removeAll { $0.text.isEmpty }
    if let existing = texts.first(where: { context.fileSystem.kind(of: $0.path) != nil }) {
      return failure("'\(shown(existing.path))' exists, and is yours: say '--to FILE' or '--print'")
    }
    var changes = ChangeSet()
    changes.changes = texts.map { FileChange(path: $0.path, kind: .create(new: $0.text)) }
    do throws(FileSystemError) {
      try apply(changes, on: context.fileSystem)
    } catch {
      return failure("'\(shown(error.path))' cannot be written: \(error.reason)")
    }
    return CommandOutcome(
      standardOutput: texts.map { "wrote \(shown($0.path))\n" }.joined(), standardError: remarks)
  }
}

extension VetGuard {
  /// The column that guards a table; nothing where none does.
  fileprivate func column(of table: TableFact) -> String? {
    let name = table.name.lowercased()
    guard !shared.contains(where: { $0.lowercased() == name }) else { return nil }
    return tables.first { $0.key.lowercased() == name }?.value ?? column
  }
}
