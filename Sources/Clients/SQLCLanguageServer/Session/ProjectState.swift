// One project of a session: its workspace, and the snapshot that is there or being made.

import Foundation
import SQLCAnalysis
import SQLCConcurrency
import SQLCDiagnostics
import SQLCLanguageProtocol
import Synchronization

/// Belongs to the session's thread; snapshots are made on threads of their own.
final class ProjectState {
  /// A snapshot that is being made, or diagnostics that are.
  private final class Run<Value: Sendable>: Sendable {
    let generation: Int
    let cancellation = Cancellation()
    let result = Mutex<Result<Value, any Error>?>(nil)

    init(generation: Int) { self.generation = generation }
  }

  let folder: String
  let workspace: Workspace
  /// How many edits there were.
  private(set) var generation = 0
  /// The newest snapshot, and after which edit it was made.
  private(set) var latest: (generation: Int, snapshot: Snapshot)?
  /// Why there is none of the files as they were after that edit.
  private(set) var failure: (generation: Int, reason: String)?
  private var run: Run<Snapshot>?
  private var deep: Run<[Diagnostic]>?
  private(set) var deepDiagnostics: (generation: Int, diagnostics: [Diagnostic])?
  private var analysisDiagnostics: (generation: Int, diagnostics: [Diagnostic])?
  /// The generation whose diagnostics were told, and how deep they were.
  var told: (generation: Int, depth: DiagnosticDepth)?
  /// How many schemas had been loaded when the client was last asked to refresh what it shows.
  var refreshed: Int?
  /// What was told of each file.
  var published: [String: JSON] = [:]
  let positions = PositionCache()
  let memo = SnapshotMemo()

  init(folder: String, environment: ServerEnvironment) {
    self.folder = folder
    workspace = Workspace(
      at: ProjectLocation(workingDirectory: folder), files: environment.files, engines: environment.engines)
  }

  func setText(_ text: String?, of file: FileID) {
    workspace.setText(text, of: file)
    edited()
  }

  func filesChanged(_ files: [FileID]) {
    workspace.filesChanged(files)
    edited()
  }

  private func edited() {
    generation += 1
    deep?.cancellation.cancel()
    // The first is let go on: what it finds of the schema is what the next one builds on.
    if latest != nil { run?.cancellation.cancel() }
  }

  /// The snapshot of the files as they are, when it is there.
  var current: Snapshot? { latest.flatMap { $0.generation == generation ? $0.snapshot : nil } }

  /// Starts making the snapshot of the files as they are, unless it is there or being made.
  func start(_ inbox: Inbox) {
    collect()
    guard current == nil, failure?.generation != generation else { return }
    if let run, run.generation == generation || latest == nil { return }
    let run = Run<Snapshot>(generation: generation)
    self.run = run
    let workspace = workspace
    _ = DeepTask {
      let result = Result { try workspace.snapshot(cancellation: run.cancellation) }
      run.result.withLock { $0 = result }
      inbox.tell()
    }
  }

  /// Takes what other threads have made.
  func collect() {
    if let run, let result = run.result.withLock({ $0 }) {
      switch result {
      case .success(let snapshot):
        if run.generation >= latest?.generation ?? 0 { latest = (run.generation, snapshot) }
        self.run = nil
      case .failure(is CancellationError): self.run = nil
      case .failure(let error):
        failure = (run.generation, "\(error)")
        self.run = nil
      }
    }
    if let deep, let result = deep.result.withLock({ $0 }) {
      if case .success(let found) = result { deepDiagnostics = (deep.generation, found) }
      self.deep = nil
    }
  }

  /// Is the snapshot that is being made ready?
  var isReady: Bool { run?.result.withLock { $0 != nil } ?? true }

  /// Is there still to look for what only generating code shows?
  var wantsDeep: Bool { deep == nil && current != nil && deepDiagnostics?.generation != generation }

  /// Starts to look for it; one look at a time, since the one before it may still go on.
  func startDeep(_ environment: ServerEnvironment, _ inbox: Inbox) {
    guard wantsDeep, let snapshot = current else { return }
    let run = Run<[Diagnostic]>(generation: generation)
    deep = run
    _ = DeepTask {
      let found = environment.diagnostics(snapshot, .generation)
      run.result.withLock { $0 = .success(found) }
      inbox.tell()
    }
  }

  /// The diagnostics of the newest snapshot, as deep as they are known.
  func diagnostics(_ environment: ServerEnvironment) -> [Diagnostic] {
    guard let (generation, snapshot) = latest else { return [] }
    if let known = deepDiagnostics, known.generation == generation { return known.diagnostics }
    if let known = analysisDiagnostics, known.generation == generation { return known.diagnostics }
    let found = environment.diagnostics(snapshot, .analysis)
    analysisDiagnostics = (generation, found)
    return found
  }

  func cancel() {
    run?.cancellation.cancel()
    deep?.cancellation.cancel()
  }
}

/// Positions of texts, which are made once for each text.
final class PositionCache {
  private var known: [String: (text: String, positions: EditorPositions)] = [:]

  func positions(of source: SourceFile, _ encoding: EditorEncoding) -> EditorPositions {
    if let found = known[source.path], found.text == source.text { return found.positions }
    let made = EditorPositions(source, encoding: encoding)
    known[source.path] = (source.text, made)
    return made
  }
}
