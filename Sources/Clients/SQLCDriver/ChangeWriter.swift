// All or nothing: every new text is on the disk under another name before the first file is replaced.

import SQLCAnalysis
import SQLCDiagnostics

/// Makes the disk agree with a change set.
///
/// | step | when it fails |
/// |---|---|
/// | folders are created | nothing was changed |
/// | each new text is written to a temporary file beside its target | the temporary files are removed |
/// | each is renamed onto its target | what was replaced is put back |
/// | orphans are removed | reported; the new files stand |
func apply(_ changes: ChangeSet, on fileSystem: any FileSystem) throws(FileSystemError) {
  var staged: [(temporary: String, change: FileChange)] = []
  var cleaned: Set<String> = []
  do throws(FileSystemError) {
    for change in changes.changes {
      guard let text = newText(of: change) else { continue }
      try fileSystem.createDirectory(parent(of: change.path))
      if cleaned.insert(parent(of: change.path)).inserted {
        try removeLeftovers(in: parent(of: change.path), on: fileSystem)
      }
      let temporary = parent(of: change.path) + "/." + fileName(of: change.path) + temporarySuffix
      staged.append((temporary, change))
      try fileSystem.write(Array(text.utf8), to: temporary)
    }
  } catch {
    for item in staged where fileSystem.kind(of: item.temporary) != nil { try? fileSystem.remove(item.temporary) }
    throw error
  }

  var replaced: [FileChange] = []
  do throws(FileSystemError) {
    for item in staged {
      try fileSystem.rename(item.temporary, to: item.change.path)
      replaced.append(item.change)
    }
  } catch {
    for item in staged where fileSystem.kind(of: item.temporary) != nil { try? fileSystem.remove(item.temporary) }
    for change in replaced { restore(change, on: fileSystem) }
    throw error
  }
  for change in changes.changes {
    if case .deleteOrphan = change.kind { try fileSystem.remove(change.path) }
  }
}

/// Writes bytes that are no text, whole or not at all: a file of that name stays as it is until the new one stands beside it.
func replace(_ path: String, with bytes: [UInt8], on fileSystem: any FileSystem) throws(FileSystemError) {
  try removeLeftovers(in: parent(of: path), on: fileSystem)
  let temporary = parent(of: path) + "/." + fileName(of: path) + temporarySuffix
  do throws(FileSystemError) {
    try fileSystem.write(bytes, to: temporary)
    try fileSystem.rename(temporary, to: path)
  } catch {
    if fileSystem.kind(of: temporary) != nil { try? fileSystem.remove(temporary) }
    throw error
  }
}

private let temporarySuffix = ".sqlc-swift-new"

/// Temporary files of a run that was killed.
private func removeLeftovers(in folder: String, on fileSystem: any FileSystem) throws(FileSystemError) {
  for name in try fileSystem.names(in: folder) where name.hasPrefix(".") && name.hasSuffix(temporarySuffix) {
    try fileSystem.remove(folder + "/" + name)
  }
}

private func newText(of change: FileChange) -> String? {
  switch change.kind {
  case .create(let new): new
  case .modify(_, let new): new
  case .deleteOrphan, .unchanged, .otherLineEnds: nil
  }
}

private func restore(_ change: FileChange, on fileSystem: any FileSystem) {
  try? fileSystem.remove(change.path)
  if case .modify(let old, _) = change.kind { try? fileSystem.write(Array(old.utf8), to: change.path) }
}
