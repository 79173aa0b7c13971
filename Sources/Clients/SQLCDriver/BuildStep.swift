// Generating as a step of a build, which declares its outputs before anything is read.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCModel
import SQLCTargetSwift

/// What a build has declared; paths are absolute.
public struct BuildStep: Sendable, Hashable {
  /// The folder of the target that the code is for.
  public var target: String
  /// Where the files go.
  public var folder: String
  /// The name of the file for what belongs to no query file.
  public var shared: String
  /// The names of the other files, by the SQL files that they belong to. Those of files without queries hold nothing.
  public var outputs: [String: String]

  public init(target: String, folder: String, shared: String, outputs: [String: String]) {
    self.target = target
    self.folder = folder
    self.shared = shared
    self.outputs = outputs
  }
}

/// Writes exactly the declared files: all of them or, when anything is wrong, none. A file whose text stays the same is not
/// touched. Of the configuration's blocks those are taken whose `out` leads into the target.
public func generate(_ step: BuildStep, _ context: CommandContext) throws -> CommandOutcome {
  let analyzed = try AnalyzedProject(context)
  let project = analyzed.project
  var diagnostics = analyzed.diagnostics
  func failure() -> CommandOutcome {
    CommandOutcome(
      standardError: render(project.judged(diagnostics, tried: .generation), in: project.sources, as: context.format),
      exit: .failure)
  }
  guard !project.judged(diagnostics, tried: .generation).hasErrors else { return failure() }

  let blocks = analyzed.blocks.filter { isInside(join(project.base, $0.block.settings.out.value), step.target) }
  guard let first = blocks.first else {
    diagnostics.append(step.otherTarget(project, analyzed.blocks))
    return failure()
  }
  for block in blocks where block.engine.runtime == nil {
    diagnostics.append(
      DriverDiagnostic.missingRuntime(engine: block.engine.name.rawValue)
        .at(block.block.settings.analysis.enginePlace ?? block.block.settings.out.source))
  }
  let outputs = generatedOutputs(of: analyzed, files: generateFiles(for:))
  diagnostics += outputs.diagnostics
  var texts: [String: String] = [:]
  for output in outputs.value where isInside(join(project.base, output.out.value), step.target) {
    let out = output.out
    if let committed = committedFile(in: join(project.base, out.value), on: context.fileSystem) {
      diagnostics.append(
        DriverDiagnostic.committedCode(path: relativePath(committed, from: project.base)).at(out.source))
    }
    for file in output.files {
      guard let name = step.name(for: file, project) else {
        let path = file.queryFile ?? file.path
        diagnostics.append(
          DriverDiagnostic.undeclaredOutput(file: path).at(SourceRange(path: path, range: ByteRange(at: 0))))
        continue
      }
      // Imports may stand between declarations.
      texts[name] = texts[name].map { $0 + "\n" + file.text } ?? file.text
    }
  }
  let name = OutputName(text: step.folder, source: first.block.settings.out.source)
  let plan = planChanges(
    step.files(texts, project), in: step.folder, named: name, header: SwiftCodeGenerator.header, on: context.fileSystem)
  diagnostics += plan.diagnostics
  guard !project.judged(diagnostics, tried: .generation).hasErrors else { return failure() }
  do throws(FileSystemError) {
    try apply(plan.value, on: context.fileSystem)
  } catch {
    diagnostics.append(DriverDiagnostic.unwritable(path: error.path, reason: error.reason).at(name.source))
    return failure()
  }
  return CommandOutcome(
    standardError: render(project.judged(diagnostics, tried: .generation), in: project.sources, as: context.format))
}

extension BuildStep {
  /// Nothing for a query file that was not declared.
  fileprivate func name(for file: GeneratedFile, _ project: Project) -> String? {
    file.queryFile.map { outputs[join(project.base, $0)] } ?? shared
  }

  /// Every declared file, those without code too: a build waits for all of them.
  fileprivate func files(_ texts: [String: String], _ project: Project) -> [GeneratedFile] {
    Set(outputs.values).union([shared]).sorted().map { name in
      GeneratedFile(path: name, text: texts[name] ?? SwiftCodeGenerator.header + "\n\n// There are no queries.\n")
    }
  }

  fileprivate func otherTarget(_ project: Project, _ blocks: [BlockAnalysis]) -> Diagnostic {
    let outs = blocks.map(\.block.settings.out)
    let start = SourceRange(path: project.configuration ?? "", range: ByteRange(at: 0))
    return DriverDiagnostic.otherTarget(folder: relativePath(target, from: project.base), outs: outs.map(\.value))
      .at(outs.first?.source ?? start)
  }
}

/// A file of a folder that this tool has written.
private func committedFile(in folder: String, on fileSystem: any FileSystem) -> String? {
  let header = Array(SwiftCodeGenerator.header.utf8)
  return ((try? fileSystem.names(in: folder)) ?? []).lazy.filter { $0.hasSuffix(".swift") }.map { join(folder, $0) }
    .first { (try? fileSystem.read($0).starts(with: header)) ?? false }
}
