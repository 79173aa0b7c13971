// `check --fix`: the safe fixes of all messages, made in the files that they are about.

import SQLCAnalysis
import SQLCDiagnostics

/// Makes the safe fixes in schema and query files, all of them or none, says which, and checks what is left.
///
/// Fixes are made in memory first, round after round, since an error can hide others and of two fixes at one place the second
/// waits for the next round. A round after which more is wrong with the syntax than before is not kept.
public func fix(_ context: CommandContext, migrations: MigrationChecks = .tried) throws -> CommandOutcome {
  var disk = FixedFiles(base: context.fileSystem)
  var said: [String] = []
  for _ in 0..<50 {
    let run = try ProjectRun(context.on(disk))
    let round = FixRound(run)
    guard !round.edits.isEmpty else { break }
    var next = disk
    for (path, edits) in round.edits { next.texts[path] = try applied(edits, to: disk.read(path)) }
    let after = try ProjectRun(context.on(next))
    guard after.syntaxErrors <= run.syntaxErrors else { break }
    disk = next
    said += round.lines
  }
  var changes = ChangeSet()
  for (path, new) in disk.texts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
    let old = String(decoding: try context.fileSystem.read(path), as: UTF8.self)
    changes.changes.append(
      FileChange(path: path, kind: .modify(old: old, new: String(decoding: new, as: UTF8.self))))
  }
  do throws(FileSystemError) {
    try apply(changes, on: context.fileSystem)
  } catch {
    return CommandOutcome(
      standardError: "sqlc-swift: error: nothing was fixed: \(error.path): \(error.reason)\n", exit: .failure)
  }
  var outcome = try check(context, migrations: migrations)
  outcome.standardOutput =
    said.map { "fixed \($0)\n" }.joined() + (said.isEmpty ? "nothing to fix\n" : "") + outcome.standardOutput
  return outcome
}

/// The fixes of one round: none overlaps another.
private struct FixRound {
  /// By absolute path, in the order of the text.
  var edits: [String: [FixIt.Edit]] = [:]
  /// `schema/a.sql:3:12: write 'x'`
  var lines: [String] = []

  init(_ run: ProjectRun) {
    let directory = run.project.base
    let files = Set(run.project.blocks.flatMap { $0.schema + $0.downs + $0.queries }.map(\.path))
    var seen: Set<[FixIt.Edit]> = []
    for diagnostic in run.diagnostics {
      guard let fix = diagnostic.fixIts.first(where: { $0.applicability == .safe }), !fix.edits.isEmpty,
        fix.edits.allSatisfy({ files.contains($0.source.path) }), seen.insert(fix.edits).inserted,
        fix.edits.allSatisfy({ edit in isFree(edit, join(directory, edit.source.path)) })
      else { continue }
      for edit in fix.edits { edits[join(directory, edit.source.path), default: []].append(edit) }
      let place = fix.edits[0].source
      guard let entry = run.project.sources[place.path] else { continue }
      let position = LineIndex(entry.source.text).position(at: place.range.lower)
      lines.append("\(entry.displayPath):\(position.line):\(position.column): \(fix.message)")
    }
    for path in edits.keys { edits[path]?.sort { $0.source.range.lower < $1.source.range.lower } }
  }

  private func isFree(_ edit: FixIt.Edit, _ path: String) -> Bool {
    let range = edit.source.range
    return (edits[path] ?? []).allSatisfy { other in
      other.source.range.upper < range.lower || range.upper < other.source.range.lower
    }
  }
}

func applied(_ edits: [FixIt.Edit], to bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var end = 0
  for edit in edits.sorted(by: { $0.source.range.lower < $1.source.range.lower }) {
    result += bytes[end..<edit.source.range.lower]
    result += Array(edit.replacement.utf8)
    end = edit.source.range.upper
  }
  return result + bytes[end...]
}

/// The files of a disk, some with other texts that are not written yet.
private struct FixedFiles: FileSystem {
  let base: any FileSystem
  var texts: [String: [UInt8]] = [:]

  func kind(of path: String) -> FileKind? { base.kind(of: path) }
  func destination(ofLink path: String) -> String? { base.destination(ofLink: path) }
  func names(in directory: String) throws(FileSystemError) -> [String] { try base.names(in: directory) }
  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let text = texts[path] { return text }
    return try base.read(path)
  }
  private func readOnly(_ path: String) -> FileSystemError { FileSystemError(path: path, reason: "read only") }
  func createDirectory(_ path: String) throws(FileSystemError) { throw readOnly(path) }
  func write(_ bytes: [UInt8], to path: String) throws(FileSystemError) { throw readOnly(path) }
  func rename(_ old: String, to new: String) throws(FileSystemError) { throw readOnly(old) }
  func remove(_ path: String) throws(FileSystemError) { throw readOnly(path) }
}

extension CommandContext {
  fileprivate func on(_ disk: FixedFiles) -> CommandContext {
    var context = self
    context.fileSystem = disk
    return context
  }
}

extension ProjectRun {
  fileprivate var syntaxErrors: Int { diagnostics.count { $0.severity == .error && $0.id.pass == "syntax" } }
}
