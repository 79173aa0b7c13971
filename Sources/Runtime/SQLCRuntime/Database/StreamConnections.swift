// The connections of streams. A stream keeps its snapshot for as long as somebody reads it, perhaps between awaits of other
// queries: were it one of the readers that queries share, four open streams would stop every other query for ever.

import Dispatch
import SQLCRuntimeKit
import Synchronization

/// Opens a connection for each stream, and keeps some for the next ones. All together they use no more threads than there
/// are lanes.
final class StreamConnections: Sendable {
  private let recipe: ConnectionRecipe
  private let changes: ChangeHub
  private let lanes: [DispatchQueue]
  private let kept: Int
  private let state = Mutex(State())

  private struct State {
    var idle: [PooledConnection] = []
    var lent: [ObjectIdentifier: PooledConnection] = [:]
    var opened = 0
    var isClosed = false
  }

  init(_ recipe: ConnectionRecipe, _ changes: ChangeHub, kept: Int) {
    self.recipe = recipe
    self.changes = changes
    self.kept = kept
    lanes = (0..<max(1, min(kept, 4))).map { DispatchQueue(label: "sqlc.stream.\($0)", qos: .userInitiated) }
  }

  func take() throws(DatabaseError) -> PooledConnection {
    let connection = state.withLock { state -> PooledConnection? in
      if state.isClosed { return nil }
      state.opened += 1
      let connection =
        state.idle.popLast()
        ?? PooledConnection(
          recipe, changes,
          queue: PooledConnection.queue("sqlc.stream", lane: lanes[state.opened % lanes.count]))
      state.lent[ObjectIdentifier(connection)] = connection
      return connection
    }
    guard let connection else { throw .closed(nil) }
    return connection
  }

  /// - Parameter condition: one that has met a broken file is not lent again.
  func giveBack(_ connection: PooledConnection, _ condition: PooledConnection.Condition) {
    state.withLock { state in
      state.lent[ObjectIdentifier(connection)] = nil
      if condition == .sound, !state.isClosed, state.idle.count < kept { state.idle.append(connection) }
    }
  }

  /// Streams that are under way fail with their next portion.
  func close() async {
    let connections = state.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return state.idle + Array(state.lent.values)
    }
    for connection in connections { await connection.onQueue { $0.close() } }
  }
}
