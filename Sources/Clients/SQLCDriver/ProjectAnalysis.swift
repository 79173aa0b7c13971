// What is known of each block of a project, and the files that are made of it.

package import SQLCAnalysis
import SQLCConcurrency
import SQLCConfiguration
package import SQLCDiagnostics
package import SQLCEngine
package import SQLCModel
import SQLCQueryFile
import SQLCTargetSwift

/// One block, proven.
package struct BlockAnalysis: Sendable {
  package var block: ProjectBlock
  package var engine: any Engine
  package var model: GenerationModel
  /// Queries that were found, those with errors among them.
  package var queryCount: Int
  /// What would be kept of the server's answers.
  var snapshot: Snapshot?
}

/// Called after each query; for a progress line.
package typealias ProgressHandler = (_ done: Int, _ total: Int) -> Void

/// Analyses every block. Queries with errors are left out of the model.
package func analyze(
  _ project: Project, snapshots: SnapshotUse = .checked, progress: ProgressHandler = { _, _ in }
) throws -> Diagnosed<[BlockAnalysis]> {
  try onDeepStack { try analyzeBlocks(of: project, snapshots, progress: progress) }
}

private func analyzeBlocks(
  of project: Project, _ snapshots: SnapshotUse, progress: ProgressHandler
) throws -> Diagnosed<[BlockAnalysis]> {
  var diagnostics: [Diagnostic] = []
  var analyses: [BlockAnalysis] = []
  var schemas = SharedSchemas()
  for block in project.blocks {
    let made = project.engines.make(block.settings)
    let engine = made.value
    diagnostics += made.diagnostics
    let kept = snapshots == .checked ? snapshot(of: block) : Diagnosed(nil)
    diagnostics += kept.diagnostics
    let schemaPaths = Set(block.schema.map(\.path))
    var annotated: [AnnotatedQuery] = []
    var annotations: [Diagnostic] = []
    for file in block.queries {
      let role: QueryFileRole = schemaPaths.contains(file.path) ? .queriesAndSchema : .queries
      let split = splitQueries(of: file, role: role, rules: engine.lexicalRules)
      annotations += split.diagnostics
      annotated += split.value
    }
    annotations += duplicateNames(among: annotated)
    // Without any schema every query would be wrong; that there is none has been said.
    if block.schema.isEmpty {
      diagnostics += try engine.load(block.schema).diagnostics + annotations
      continue
    }

    let total = annotated.count
    let found = try analyze(annotated, of: block, with: engine, kept.value, &schemas) { progress($0, total) }
    let schema = found.schema.value
    diagnostics += found.schema.diagnostics + annotations + found.queries.flatMap(\.diagnostics)
    var fresh: Snapshot?
    if engine.name == .postgresql {
      fresh = Snapshot(schema: block.schema, model: schema.model, Array(zip(annotated, found.queries)))
      if let kept = kept.value, let file = block.snapshot {
        diagnostics +=
          schema is SnapshotSchema
          ? kept.leftovers(annotated, in: file) : fresh.map { kept.differences(from: $0, annotated, in: file) } ?? []
      }
    }
    analyses.append(
      BlockAnalysis(
        block: block, engine: engine,
        model: GenerationModel(
          schema: schema.model, queries: found.queries.compactMap(\.value),
          migrations: block.settings.swift.emitSchema
            ? migrations(of: block, engine: engine).value.map(MigrationModel.init) : []),
        queryCount: annotated.count, snapshot: fresh))
  }
  return Diagnosed(analyses, diagnostics)
}

/// A block's schema and queries: from its engine, or from the snapshot where there is no server to ask. One that has to be
/// asked loads a schema once for all the blocks that have the same.
private func analyze(
  _ queries: [AnnotatedQuery], of block: ProjectBlock, with engine: any Engine, _ kept: Snapshot?,
  _ schemas: inout SharedSchemas, progress: (Int) -> Void
) throws -> SchemaAnalysis {
  guard engine.name == .postgresql else {
    return try engine.analyze(queries, over: block.schema, progress: progress)
  }
  var loaded = try schemas.load(block, with: engine)
  if let kept, let file = block.snapshot, isOnlyServerMissing(loaded.diagnostics) {
    loaded = Diagnosed(SnapshotSchema(kept, path: file.path))
  }
  return SchemaAnalysis(schema: loaded, queries: try loaded.value.analyze(queries, progress: progress))
}

/// The files of a block whose analysis has no errors; none where its engine has no runtime.
package func generateFiles(for analysis: BlockAnalysis) -> Diagnosed<[GeneratedFile]> {
  analysis.generator?.generate(analysis.model) ?? Diagnosed([])
}

extension BlockAnalysis {
  /// Nothing where the engine has no runtime.
  var generator: SwiftCodeGenerator? {
    engine.runtime.map {
      SwiftCodeGenerator(options: swiftOptions(of: block.settings), vocabulary: $0, cores: coreCount)
    }
  }

  var typeNames: SwiftTypeNames? {
    engine.runtime.map { SwiftTypeNames(options: swiftOptions(of: block.settings), vocabulary: $0, model: model) }
  }
}
