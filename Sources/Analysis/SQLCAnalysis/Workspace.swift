// A project that is edited: files go in, snapshots come out.

import Foundation
public import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import Synchronization

/// A project whose files change.
///
///     let workspace = Workspace(at: location, files: disk, engines: engines)
///     let before = try workspace.snapshot()
///     workspace.setText("-- name: …", of: file)
///     let after = try workspace.snapshot()
///
/// A snapshot costs what has changed since the one before: an edit inside one query's statement analyses that query; one
/// that only moves queries, or changes their documentation, analyses none; one in the schema, all of its block. Edits never
/// wait for a snapshot that is being made.
public final class Workspace: Sendable {
  /// Told how many queries of a block are done.
  public typealias Progress = (_ done: Int, _ total: Int) -> Void

  private let location: ProjectLocation
  private let engines: EngineSet
  private let answers: KeptAnswers
  private let state: Mutex<FileState>
  private let memo = Memo()

  /// - Parameters:
  ///   - engines: from the composition root.
  ///   - answers: what becomes of those that a server gave and that were kept.
  public init(
    at location: ProjectLocation, files: any ReadableFiles, engines: EngineSet, answers: KeptAnswers = .checked
  ) {
    self.location = location
    self.engines = engines
    self.answers = answers
    state = Mutex(FileState(files: OverlaidFiles(over: files)))
  }

  // MARK: Edits

  /// Lays a text over a file, which need not be there otherwise; nil takes it away again.
  public func setText(_ text: String?, of file: FileID) {
    state.withLock { state in
      let wasThere = state.files.kind(of: file.path) == .file
      state.files.set(text, of: file)
      state.note(file, wasThere == (state.files.kind(of: file.path) == .file) ? .text : .existence)
    }
  }

  /// The files under the overlay have changed; nil: any of them may have.
  public func filesChanged(_ files: [FileID]? = nil) {
    state.withLock { state in
      guard let files else {
        state.project = nil
        return
      }
      for file in files where state.files.texts[file.path] == nil { state.note(file, .existence) }
    }
  }

  // MARK: Snapshots

  /// The project as it is now. Waits for a snapshot that is being made on another thread.
  ///
  /// - Throws: `CancellationError` when the cancellation is made before it is ready; and what an engine throws, whose library
  ///   or server cannot be used.
  public func snapshot(cancellation: Cancellation = Cancellation(), progress: Progress = { _, _ in }) throws -> Snapshot
  {
    try onDeepStack {
      try withoutActuallyEscaping(progress) { progress in
        let context = AnalysisContext(
          engines: engines, answers: answers, cancellation: cancellation, progress: progress)
        return try memo.snapshot(context) { state.withLock { $0.read(at: location, engines: engines) } }
      }
    }
  }

  /// As `snapshot(cancellation:progress:)`, on a thread of its own; given up when the task is cancelled.
  public func snapshot() async throws -> Snapshot {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await onOwnThread { try self.snapshot(cancellation: cancellation) }
    } onCancel: {
      cancellation.cancel()
    }
  }
}

/// Files, and the project that was read from them last.
private struct FileState {
  enum Change { case text, existence }

  var files: OverlaidFiles
  var project: Diagnosed<Project>?
  var timesRead = 0

  init(files: OverlaidFiles) { self.files = files }

  /// A file of the project with another text is put in its place; anything else can change which files there are.
  mutating func note(_ file: FileID, _ change: Change) {
    guard change == .text, let known = project else {
      project = nil
      return
    }
    let path = relativePath(file.path, from: known.value.base)
    guard known.value.sources[path] != nil else { return }
    guard path != known.value.configuration, let text = try? sourceText(of: files.read(file.path)),
      // A file that could not be read has been diagnosed.
      !known.diagnostics.contains(where: { $0.primary.source.path == path })
    else {
      project = nil
      return
    }
    project?.value.replace(SourceFile(path: path, text: text))
  }

  mutating func read(
    at location: ProjectLocation, engines: EngineSet
  ) -> (project: Diagnosed<Project>, timesRead: Int) {
    if let project { return (project, timesRead) }
    timesRead += 1
    let found = readProject(at: location, from: files, engines: engines)
    project = found
    return (found, timesRead)
  }
}

/// What making a snapshot needs beside files and memory.
struct AnalysisContext {
  var engines: EngineSet
  var answers: KeptAnswers
  var cancellation: Cancellation
  var progress: Workspace.Progress
}

/// What one snapshot leaves for the next.
///
/// `@unchecked Sendable`: `blocks`, `schemas` and `work` are touched by `snapshot` alone, which holds `lock` from its first line to its
/// last. A loaded schema, which is no `Sendable`, so has one thread at a time, and leaves this object only as its inspector,
/// which is one.
private final class Memo: @unchecked Sendable {
  private let lock = NSLock()
  private var blocks: [BlockMemo] = []
  private var schemas = SharedSchemas()
  private var work = WorkCounters()

  /// - Parameter read: called once it is this snapshot's turn, so that it has the newest state.
  func snapshot(
    _ context: AnalysisContext, of read: () -> (project: Diagnosed<Project>, timesRead: Int)
  ) throws -> Snapshot {
    try lock.withLock {
      try context.cancellation.check()
      let (project, timesRead) = read()
      work.projectsRead = timesRead
      let count = project.value.blocks.count
      if blocks.count > count { blocks.removeSubrange(count...) }
      while blocks.count < count { blocks.append(BlockMemo()) }
      var snapshots: [BlockSnapshot] = []
      for (index, block) in project.value.blocks.enumerated() {
        try context.cancellation.check()
        snapshots.append(try blocks[index].update(to: block, context, &schemas, &work))
      }
      schemas.forgetUnused()
      return Snapshot(
        project: project.value, blocks: snapshots, projectDiagnostics: project.diagnostics, work: work)
    }
  }
}
