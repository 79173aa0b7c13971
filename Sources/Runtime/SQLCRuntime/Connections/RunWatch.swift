// Stopping from outside what a connection runs: what is one step of SQLite's machine, such as a `count(*)` or a search in a
// full-text index, asks nobody whether it shall go on.

import CSQLite
import SQLCSQLiteHandle
import Synchronization

/// Which run a connection is at, for those who want one to end. A run is interrupted or not; the one after it never is:
///
/// - `stop` interrupts while it holds the lock, and only the run that it names; a run ends under the same lock.
/// - SQLite forgets an interrupt when a statement begins and no other is under way (c3ref/interrupt.html), so one that came
///   in the last moment is gone with the run, for which no statement of another's may be under way: where a cursor is open
///   on the connection no run is watched.
final class RunWatch: Sendable {
  private struct State {
    var run: UInt64?
    /// Not the handle: what is interrupted lives on its connection's thread. Valid while a run is watched.
    var database: UInt
    var interrupts = 0
  }

  private let state = Mutex(State(run: nil, database: 0))

  func begin(_ run: UInt64, on database: DatabaseHandle) {
    state.withLock { state in
      state.run = run
      state.database = UInt(bitPattern: database.pointer)
    }
  }

  /// How many runs it has interrupted.
  var interrupts: Int { state.withLock { $0.interrupts } }

  /// From now on nothing is interrupted.
  func end() { state.withLock { $0.run = nil } }

  /// Interrupts `run` if it is the one that runs. (SQLite, c3ref/interrupt.html: "It is safe to call this routine from a
  /// thread different from the thread that is currently running the database operation".)
  @discardableResult
  func stop(_ run: UInt64) -> Bool {
    state.withLock { state in
      guard state.run == run, let database = OpaquePointer(bitPattern: state.database) else { return false }
      sqlite3_interrupt(database)
      state.interrupts += 1
      return true
    }
  }
}
