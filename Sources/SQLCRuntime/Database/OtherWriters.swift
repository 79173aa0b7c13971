// Commits by other processes, and by other databases on the same file.

import SQLCSQLiteHandle

extension Database {
  /// Asks every `interval` whether another connection than the writer has committed, until the database is closed.
  ///
  /// SQLite, pragma.html, `data_version`: the number changes with the commits of every connection but the one that asks.
  func watchOthers(every interval: Duration) {
    let changes = changes
    Task.detached { [weak self] in
      var last: String?
      while !changes.isFinished {
        if let database = self {
          let version = try? await database.onWriter { core in
            try core.database.texts("PRAGMA data_version").first?[0]
          }
          if let last, let version, last != version { changes.publish(.anything) }
          last = version ?? last
        }
        try? await Task.sleep(for: interval)
      }
    }
  }
}
