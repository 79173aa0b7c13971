// A project as a command looks at it: one snapshot, and the files that are made of its blocks.

package import SQLCAnalysis
import SQLCConcurrency
package import SQLCDiagnostics
package import SQLCEngine
package import SQLCModel
import SQLCTargetSwift

/// One block, proven.
package struct BlockAnalysis: Sendable {
  package var snapshot: BlockSnapshot
  /// Queries with errors are left out of it.
  package var model: GenerationModel

  package init(_ snapshot: BlockSnapshot) {
    self.snapshot = snapshot
    model = snapshot.model
  }

  package var block: ProjectBlock { snapshot.block }
  package var engine: any Engine { snapshot.engine }
  /// Queries that were found, those with errors among them.
  package var queryCount: Int { snapshot.queryCount }
}

/// The project of a command, read and analysed.
struct AnalyzedProject {
  let project: Project
  /// What is wrong with it, before the project's rules have been heard.
  let diagnostics: [Diagnostic]
  /// Of every block that has a schema.
  let blocks: [BlockAnalysis]

  init(_ context: CommandContext, answers: KeptAnswers = .checked) throws {
    let workspace = Workspace(
      at: context.location, files: context.fileSystem, engines: context.engines, answers: answers)
    self.init(try workspace.snapshot(progress: context.progress))
  }

  init(_ snapshot: Snapshot) {
    project = snapshot.project
    diagnostics = snapshot.diagnostics
    blocks = snapshot.blocks.filter { !$0.block.schema.isEmpty }.map { BlockAnalysis($0) }
  }
}

/// The files of a block whose analysis has no errors; none where its engine has no runtime.
package func generateFiles(for analysis: BlockAnalysis) -> Diagnosed<[GeneratedFile]> {
  analysis.generator?.generate(analysis.model) ?? Diagnosed([])
}

extension BlockAnalysis {
  /// Nothing where the engine has no runtime.
  var generator: SwiftCodeGenerator? {
    engine.runtime.map {
      SwiftCodeGenerator(options: block.settings.swift, vocabulary: $0, cores: coreCount)
    }
  }

  var typeNames: SwiftTypeNames? {
    engine.runtime.map { SwiftTypeNames(options: block.settings.swift, vocabulary: $0, model: model) }
  }
}
