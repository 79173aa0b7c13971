// The composition root: which engine reads a block, which generator writes it. The only place that names them all.

import SQLCConcurrency
import SQLCConfiguration
package import SQLCDiagnostics
import SQLCEngineSQLite
package import SQLCModel
import SQLCQueryFile
import SQLCSemanticsSQLite
import SQLCTargetSwift

/// One block, proven.
package struct BlockAnalysis: Sendable {
  package var block: ProjectBlock
  package var model: GenerationModel
  /// Queries that were found, those with errors among them.
  package var queryCount: Int
}

/// Called after each query; for a progress line.
package typealias ProgressHandler = (_ done: Int, _ total: Int) -> Void

/// Analyses every block. Queries with errors are left out of the model.
package func analyze(
  _ project: Project, progress: ProgressHandler = { _, _ in }
) throws -> Diagnosed<[BlockAnalysis]> {
  try onDeepStack { try analyzeBlocks(of: project, progress: progress) }
}

private func analyzeBlocks(of project: Project, progress: ProgressHandler) throws -> Diagnosed<[BlockAnalysis]> {
  var diagnostics: [Diagnostic] = []
  var analyses: [BlockAnalysis] = []
  for block in project.blocks {
    var options = semanticsOptions(of: block.settings)
    let extensions = extensions(of: block.settings)
    diagnostics += extensions.diagnostics + olderLibrary(block.settings, options)
    (options.userFunctions, options.modules) = extensions.value
    let engine = SQLiteEngine(
      options: options, extensions: scratchExtensions(options.userFunctions, of: block.settings))
    let schema = try engine.loadSchema(from: block.schema)
    diagnostics += schema.diagnostics

    let schemaPaths = Set(block.schema.map(\.path))
    var annotated: [AnnotatedQuery] = []
    for file in block.queries {
      let split = splitQueries(of: file, role: schemaPaths.contains(file.path) ? .queriesAndSchema : .queries)
      diagnostics += split.diagnostics
      annotated += split.value
    }
    diagnostics += duplicateNames(among: annotated)
    // Without any schema every query would be wrong; that there is none has been said.
    if block.schema.isEmpty { continue }

    let analyzed = try analyzeQueries(annotated, in: schema.value, with: engine, progress: progress)
    diagnostics += analyzed.diagnostics
    let tables = engine.tables(of: schema.value)
    analyses.append(
      BlockAnalysis(
        block: block,
        model: GenerationModel(
          tables: tables.tables, enumerations: tables.enumerations, queries: analyzed.value,
          migrations: block.settings.swift.emitSchema ? migrations(of: block).value.map(MigrationModel.init) : [],
          functions: zip(options.userFunctions, block.settings.analysis.functions).map {
            functionModel(of: $0, named: $1.name.value)
          }, collations: block.settings.analysis.collations),
        queryCount: annotated.count))
  }
  return Diagnosed(analyses, diagnostics)
}

/// The files of a block whose analysis has no errors.
package func generateFiles(for analysis: BlockAnalysis) -> Diagnosed<[GeneratedFile]> {
  SwiftCodeGenerator(options: swiftOptions(of: analysis.block.settings), cores: coreCount).generate(analysis.model)
}

/// This machine's SQLite is older than the oldest that the project asks for: what needs the newer one cannot be confirmed.
private func olderLibrary(_ block: SQLBlock, _ options: SemanticsOptions) -> [Diagnostic] {
  guard let minimum = block.analysis.minimumSQLite,
    let machine = SQLiteEngine.olderMachine(than: options.minimumVersion)
  else { return [] }
  return [DriverDiagnostic.olderLibrary(machine: machine, minimum: release(options.minimumVersion)).at(minimum.source)]
}
