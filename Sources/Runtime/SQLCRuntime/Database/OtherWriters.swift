// Commits by other processes, and by other databases on the same file.

import SQLCRuntimeKit
import SQLCSQLiteHandle

extension Database {
  /// Asks every `interval` whether another connection than the writer has committed, until the database is closed.
  ///
  /// SQLite, pragma.html, `data_version`: the number changes with the commits of every connection but the one that asks.
  func watchOthers(every interval: Duration) async {
    let changes = changes
    // Before anybody observes: a commit between the first result and a first look would be missed.
    let first = await dataVersion()
    Task.detached { [weak self] in
      var last = first
      while !changes.isFinished {
        try? await Task.sleep(for: interval)
        guard let version = await self?.dataVersion() else { continue }
        if last != version { changes.publish(.anything) }
        last = version
      }
    }
  }

  private func dataVersion() async -> String? {
    try? await onWriter { core in try core.database.texts("PRAGMA data_version").first?[0] }
  }
}
