// From the questions that reading a project asked of the disk to the events whose files can answer otherwise.

import SQLCAnalysis
import SQLCFileEvents

/// Which paths matter.
struct Interest: Sendable, Hashable {
  /// Whose change matters: what was asked for, everything on the way to it, and where links on that way lead.
  private var paths: Set<String> = []
  /// Whose entries matter, but for hidden ones: no list of a project has these.
  private var listed: Set<String> = []

  /// As many links in a row as systems follow, too.
  private static let longestChain = 40

  init() {}

  /// - Parameter link: where a symbolic link leads, as it says; nothing for a path that is none.
  init(_ questions: RecordingFiles.Questions, link: (String) -> String?) {
    var known: [String: String?] = [:]
    func destination(_ path: String) -> String? {
      if let found = known[path] { return found }
      let found = link(path)
      known[path] = .some(found)
      return found
    }
    var waiting = questions.paths.map { (normalize($0), false, 0) } + questions.listed.map { (normalize($0), true, 0) }
    while let (path, isListed, depth) = waiting.popLast() {
      let isNew = paths.insert(path).inserted
      let isNewlyListed = isListed && listed.insert(path).inserted
      guard isNew || isNewlyListed, depth < Self.longestChain else { continue }
      // What lies behind a link has another place, where it changes.
      for part in chain(to: path) {
        paths.insert(part)
        guard let target = destination(part) else { continue }
        waiting.append((join(parent(of: part), target) + path.dropFirst(part.count), isListed, depth + 1))
        break
      }
    }
  }

  /// What the system is asked to watch.
  func watched(kind: (String) -> FileKind?) -> WatchedPaths {
    var result = WatchedPaths()
    for path in paths {
      switch kind(path) {
      case .directory: result.folders.insert(path)
      case .file: result.files.insert(path)
      case nil: break
      }
    }
    return result
  }

  func contains(_ event: FileEvent) -> Bool {
    switch event {
    case .overflow: true
    case .path(let path): paths.contains(path)
    case .entry(let path, _):
      paths.contains(path) || (listed.contains(parent(of: path)) && !fileName(of: path).hasPrefix("."))
    }
  }
}

/// `/`, `/a`, `/a/b` for `/a/b`.
private func chain(to path: String) -> [String] {
  var parts = [path]
  while let first = parts.last, first != "/" { parts.append(parent(of: first)) }
  return parts.reversed()
}
