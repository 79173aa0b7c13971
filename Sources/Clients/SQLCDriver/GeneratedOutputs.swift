// The folders that generating writes, and what goes into each: of blocks by themselves, and of faces that blocks share.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCModel
import SQLCTargetSwift

/// The files of one folder.
struct GeneratedOutput {
  var out: Located<String>
  var files: [GeneratedFile]
}

/// What would be written, all of it from an analysis without errors.
///
/// - Parameter makeFiles: the files of a block that has no face.
func generatedOutputs(
  of analyzed: AnalyzedProject, files makeFiles: (BlockAnalysis) -> Diagnosed<[GeneratedFile]>
) -> Diagnosed<[GeneratedOutput]> {
  var diagnostics: [Diagnostic] = []
  var outputs: [GeneratedOutput] = []
  var modules = SharedModules()
  for block in analyzed.blocks where block.engine.runtime != nil && block.block.settings.face == nil {
    let files = makeFiles(block)
    diagnostics += modules.add(block, files.value, isOnly: analyzed.blocks.count == 1)
    diagnostics += files.diagnostics
    outputs.append(GeneratedOutput(out: block.block.settings.out, files: files.value))
  }
  for face in analyzed.project.faces {
    let blocks = analyzed.blocks.filter { $0.block.settings.face?.value == face.module.value }
    let generated = generate(face, of: blocks)
    diagnostics += generated.diagnostics
    outputs += generated.value
  }
  return Diagnosed(outputs, diagnostics)
}

private func generate(_ face: FaceSettings, of blocks: [BlockAnalysis]) -> Diagnosed<[GeneratedOutput]> {
  let parts = blocks.compactMap { block in
    block.engine.runtime.map { runtime in
      FaceBlock(
        options: block.block.settings.swift, vocabulary: runtime, model: block.model,
        place: block.block.settings.face?.source ?? block.block.settings.out.source)
    }
  }
  let generated = FaceGenerator(module: face.module.value, place: face.module.source, blocks: parts).generate()
  let diagnostics =
    generated.diagnostics
    + blocks.dropFirst().flatMap { SchemaComparison.differences(blocks[0], $0) }
  guard let files = generated.value, !diagnostics.hasErrors else { return Diagnosed([], diagnostics) }
  let implementations = zip(blocks, files.implementations).map { block, files in
    GeneratedOutput(out: block.block.settings.out, files: files)
  }
  return Diagnosed([GeneratedOutput(out: face.out, files: files.face)] + implementations, diagnostics)
}
