// What the process does between opening its database and closing it.

import DurabilityLedger
import SQLCRuntime
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The entries that are still to be written.
private let entries = Mutex<(next: Int64, step: Int64, left: Int)>((0, 1, 0))

func setEntries(from first: Int64, by step: Int64, count: Int) { entries.withLock { $0 = (first, step, count) } }

private func takeEntry() -> Entry? {
  entries.withLock { state in
    guard state.left > 0 else { return nil }
    state.left -= 1
    defer { state.next += state.step }
    return Entry(state.next)
  }
}

/// One system call, so that a line is there or not.
private func acknowledge(_ entry: Entry) {
  let line = Array("\(entry.id)\n".utf8)
  _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}

/// Three tasks write `count` entries each, unless they run out, and a fourth is in their way.
func work(on database: Database, count: Int, seed: UInt64) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 0..<3 {
      group.addTask {
        for _ in 0..<count {
          guard let entry = takeEntry() else { return }
          try await database.append(entry)
          acknowledge(entry)
        }
      }
    }
    group.addTask {
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<2 {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...20, using: &generator)))
        // A checkpoint that finds the database in use gives up, which is no failure.
        switch Int.random(in: 0...3, using: &generator) {
        case 0: try await database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        case 1: try await database.execute("PRAGMA wal_checkpoint(RESTART)")
        case 2: for try await _ in database.stream(ListParts()) {}
        default: _ = try await database.checkSnapshot()
        }
      }
    }
    try await group.waitForAll()
  }
}
