// What an editor shows of a snapshot: the same that commands print.

public import SQLCAnalysis
public import SQLCDiagnostics

/// What is wrong with schema and queries, as the project wants it to be told: what `analyze` prints.
public func analysisDiagnostics(of snapshot: Snapshot) -> [Diagnostic] {
  snapshot.project.judged(snapshot.diagnostics, tried: .analysis)
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
