// What an editor shows of a snapshot: the same that commands print.

public import SQLCAnalysis
public import SQLCDiagnostics
public import SQLCFormat
public import SQLCQueryFile

/// What is wrong with schema and queries, as the project wants it to be told: what `analyze` prints.
///
/// - Parameter memo: what was read of the comments before.
public func analysisDiagnostics(
  of snapshot: Snapshot, remembering memo: SuppressionMemo = SuppressionMemo()
) -> [Diagnostic] {
  snapshot.project.judged(snapshot.diagnostics, tried: .analysis, remembering: memo)
}

/// What `check` prints before it tries migrations: what is wrong with the code that is made of the queries too.
public func checkDiagnostics(of snapshot: Snapshot, on fileSystem: any FileSystem) -> [Diagnostic] {
  let context = CommandContext(
    location: ProjectLocation(workingDirectory: snapshot.project.base), fileSystem: fileSystem)
  return ProjectRun(AnalyzedProject(snapshot), context).diagnostics
}

/// The heads of the methods that are generated for a block's queries, by the names of the queries.
public func methodSignatures(of block: BlockSnapshot) -> [String: String] {
  let analysis = BlockAnalysis(block)
  return analysis.generator?.signatures(analysis.model) ?? [:]
}

/// A file of a project laid out as `fmt` lays it out; nothing for one that is in no block.
///
/// - Parameter range: only statements that touch it; without it, all.
public func layout(
  of path: String, in snapshot: Snapshot, on fileSystem: any ReadableFiles, range: ByteRange? = nil
) -> FormatOutcome? {
  let project = snapshot.project
  guard let source = project.sources[path]?.source,
    let block = project.blocks.first(where: { block in
      (block.schema + block.downs + block.queries).contains { $0.path == path }
    })
  else { return nil }
  let outcome = sourceFormatter(for: block.settings.engine).format(source, options: project.format, range: range)
  guard case .edits(let edits) = outcome, !edits.isEmpty else { return outcome }
  let protection = MigrationProtection(of: block, in: project, on: fileSystem)
  if protection.locked.contains(path) {
    return .refused(reason: "a migration in the lock file stays as it is: another text has another checksum")
  }
  if protection.unprotected.contains(path) {
    return .refused(
      reason: "a migration without a lock file stays as it is: 'sqlc-swift migrate lock' says which have been applied")
  }
  return outcome
}

/// What `rules` of a configuration can name, with what each is about.
public var adjustableRules: [(name: String, summary: String)] {
  ruleRegistry.rules.filter { $0.adjustment == .adjustable }.map { ($0.id.description, $0.summary) }
    + vetPages().map { ($0.id.description, $0.why) }
}
