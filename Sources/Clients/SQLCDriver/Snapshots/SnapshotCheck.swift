// A snapshot in the place of a server, and held against one.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// What is done with the snapshots of a project.
package enum SnapshotUse: Sendable {
  /// They answer where there is no server, and must agree where there is one.
  case checked
  /// They are about to be made.
  case ignored
}

/// A schema of which only a snapshot is known.
final class SnapshotSchema: LoadedSchema {
  let snapshot: Snapshot
  let path: String
  var model: SchemaModel { snapshot.header.model }

  init(_ snapshot: Snapshot, path: String) {
    self.snapshot = snapshot
    self.path = path
  }

  func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    let answers = queries.map { query in
      snapshot.answer(for: query) ?? Diagnosed(nil, [missingAnswer(for: query, in: path)])
    }
    progress(queries.count)
    return answers
  }
}

/// The snapshot of a block, where there is one; what is wrong with it.
func snapshot(of block: ProjectBlock) -> Diagnosed<Snapshot?> {
  guard let file = block.snapshot else { return Diagnosed(nil) }
  let start = DiagnosticLabel(SourceRange(path: file.path, range: ByteRange(at: 0)))
  guard let snapshot = Snapshot(parsing: file.text) else {
    return Diagnosed(
      nil,
      [Diagnostic(SnapshotRule.unreadableFile.rule, "this is no snapshot that can be read", at: start, notes: advice)])
  }
  guard snapshot.isOf(block.schema) else {
    return Diagnosed(
      nil,
      [
        Diagnostic(
          SnapshotRule.outdatedSchema.rule, "this snapshot was made of another schema", at: start, notes: advice)
      ])
  }
  return Diagnosed(snapshot)
}

private let advice = ["make it again where there is a PostgreSQL: 'sqlc-swift snapshot'"]

private func missingAnswer(for query: AnnotatedQuery, in path: String) -> Diagnostic {
  Diagnostic(
    SnapshotRule.outdatedQuery.rule, "the snapshot has no answer for '\(query.name)' as it stands",
    at: DiagnosticLabel(
      SourceRange(path: query.source.path, range: query.nameRange), "it was added or changed since"),
    notes: ["the snapshot is '\(path)'"] + advice)
}

extension Snapshot {
  /// Entries that no query has any more.
  func leftovers(_ queries: [AnnotatedQuery], in file: SourceFile) -> [Diagnostic] {
    let names = Set(queries.map(\.name))
    return entries.filter { !names.contains($0.name) }.map { entry in
      Diagnostic(
        SnapshotRule.outdatedQuery.rule, "the snapshot has an answer for '\(entry.name)', which is no query any more",
        at: DiagnosticLabel(SourceRange(path: file.path, range: ByteRange(at: 0))), notes: advice)
    }
  }

  /// What the server's answers differ in, of queries whose text is that of the snapshot.
  func differences(from fresh: Snapshot, _ queries: [AnnotatedQuery], in file: SourceFile) -> [Diagnostic] {
    let ours = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let theirs = Dictionary(fresh.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var diagnostics: [Diagnostic] = []
    if header != fresh.header {
      diagnostics.append(
        Diagnostic(
          SnapshotRule.differentAnswer.rule, "the server says something else of the schema than the snapshot",
          at: DiagnosticLabel(SourceRange(path: file.path, range: ByteRange(at: 0))), notes: advice))
    }
    for query in queries {
      guard let entry = ours[query.name], let other = theirs[query.name], entry.text == other.text else {
        diagnostics.append(missingAnswer(for: query, in: file.path))
        continue
      }
      if entry != other {
        diagnostics.append(
          Diagnostic(
            SnapshotRule.differentAnswer.rule, "the server says something else of '\(query.name)' than the snapshot",
            at: DiagnosticLabel(SourceRange(path: query.source.path, range: query.nameRange)),
            notes: ["servers of other versions may do that: pin one in 'database: {version: …}'"] + advice))
      }
    }
    return diagnostics + leftovers(queries, in: file)
  }
}

/// Is all that is wrong that there is no server?
func isOnlyServerMissing(_ diagnostics: [Diagnostic]) -> Bool {
  let errors = diagnostics.filter { $0.severity == .error }
  return !errors.isEmpty && errors.allSatisfy { $0.id == missingServerRule }
}
