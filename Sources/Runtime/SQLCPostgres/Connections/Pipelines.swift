// Many statements in one flight, one Sync at its end: all or none.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Connection {
  /// How many statements are sent before answers are read.
  private static var portion: Int { 256 }

  /// Runs every query in one pipeline. Without a transaction around them they are one by themselves
  /// (protocol-flow.html, "Pipelining").
  nonisolated(nonsending) func run<Q: Query>(each queries: [Q]) async throws(DatabaseError) -> [Q.Output] {
    guard let first = queries.first else { return [] }
    let definition = first.chosenStatement
    try await prepareTypes(of: definition)
    for query in queries where query.chosenStatement !== definition {
      try await prepareTypes(of: query.chosenStatement)
    }
    try await begin(definition.name, sql: definition.sql, types: definition.parameterTypes)
    do throws(DatabaseError) {
      startPipeline()
      var outputs: [Q.Output] = []
      outputs.reserveCapacity(queries.count)
      var sent = 0
      while outputs.count < queries.count {
        while sent < queries.count, sent - outputs.count < Self.portion {
          try queue(queries[sent], isLast: sent == queries.count - 1)
          sent += 1
        }
        // Without it the server keeps its answers until the Sync.
        if sent < queries.count { _ = library.sendFlushRequest(handle) }
        try await flush()
        // Half a portion is read before more is sent: both sides always have something to do.
        let enough = sent == queries.count ? sent : outputs.count + Self.portion / 2
        while outputs.count < enough { outputs.append(try await readNext(queries[outputs.count])) }
      }
      try await endPipeline()
      if let error = end(nil) { throw error }
      return outputs
    } catch {
      throw await finish(after: abortPipeline(error))
    }
  }

  /// Runs different queries in one pipeline. There must be one at least: with the last one goes the Sync.
  nonisolated(nonsending) func run<each Q: Query>(
    together queries: repeat each Q
  ) async throws(DatabaseError) -> (repeat (each Q).Output) {
    for query in repeat each queries { try await prepareTypes(of: query.chosenStatement) }
    var count = 0
    var name: String?
    for query in repeat each queries {
      count += 1
      name = name ?? query.chosenStatement.name
    }
    try await begin(name, sql: nil)
    do throws(DatabaseError) {
      startPipeline()
      var index = 0
      for query in repeat each queries {
        index += 1
        try queue(query, isLast: index == count)
      }
      try await flush()
      let outputs = (repeat try await readNext(each queries))
      try await endPipeline()
      if let error = end(nil) { throw error }
      return outputs
    } catch {
      throw await finish(after: abortPipeline(error))
    }
  }

  private func startPipeline() {
    _ = library.enterPipelineMode(handle)
    isPipelining = true
    hasSync = true
    isSyncSent = false
    unitsInFlight.removeAll(keepingCapacity: true)
    nextUnit = 0
    stage = .waiting
  }

  /// Sends one statement; with the last one goes the Sync.
  private func queue<Q: Query>(_ query: Q, isLast: Bool) throws(DatabaseError) {
    let definition = query.chosenStatement
    try bind(query, definition)
    wasSent = true
    unitsInFlight.append(Unit(definition: definition, preparing: try sendQueued(definition)))
    if isLast {
      isSyncSent = true
      if library.pipelineSync(handle) == 0 { throw lost() }
    }
  }

  /// Reads the answers to the next statement of the pipeline.
  private nonisolated(nonsending) func readNext<Q: Query>(_ query: Q) async throws(DatabaseError) -> Q.Output {
    let unit = unitsInFlight[nextUnit]
    nextUnit += 1
    queryName = unit.definition.name
    sql = unit.definition.sql
    rowsAffected = 0
    isDescribed = false
    context.count = 0
    row = -1
    rowCount = 0
    preparing = unit.preparing
    if unit.preparing == nil {
      stage = .rows
      setRowMode()
    } else {
      stage = .preparing
    }
    let output = try await query.output(of: ResultRows(self))
    // What is left of this statement's answers, not of the others'.
    try await drain()
    return output
  }

  private nonisolated(nonsending) func endPipeline() async throws(DatabaseError) {
    stage = .sync
    isPipelining = false
    try await drain()
  }

  /// After a failure nothing more is sent but the Sync, and what was sent before it is undone.
  private func abortPipeline(_ error: DatabaseError) -> DatabaseError {
    guard isPipelining else { return error }
    isPipelining = false
    // What the server has not got to is not prepared; of what it may have, nobody knows.
    let isServers = failure?.kind == .server
    for unit in unitsInFlight[(isServers ? nextUnit : max(0, nextUnit - 1))...] {
      guard let preparing = unit.preparing else { continue }
      slots[preparing.slot].prepared = nil
      if !isServers { isDoomed = true }
    }
    if let preparing { slots[preparing.slot].prepared = nil }
    preparing = nil
    guard !isLost else {
      stage = .ended
      return error
    }
    if !isSyncSent {
      // Of an error that the server knows nothing of it is told by a statement that fails.
      if !isServers { _ = "no such statement".withCString { library.sendDescribePrepared(handle, $0) } }
      isSyncSent = true
      _ = library.pipelineSync(handle)
    }
    failure = failure ?? error
    stage = .sync
    return error
  }
}
