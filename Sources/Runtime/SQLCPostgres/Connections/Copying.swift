// Many rows into a table: COPY, and what takes its place where it cannot.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Connection {
  /// What is around an insertion.
  enum Surroundings { case alone, inTransaction }

  private static var portion: Int { 64 << 10 }
  /// Rows that are encoded before it is looked whether the task is cancelled, or its time up.
  private static var rowsBetweenLooks: Int { 64 }
  /// For so many nanoseconds rows are encoded before others of the caller's actor come first: where the server takes them as fast
  /// as they come, nothing else suspends the task.
  private static var turn: UInt64 { 5_000_000 }
  /// Rows of one INSERT from arrays.
  private static var rowsTogether: Int { 1000 }

  /// Inserts all rows.
  nonisolated(nonsending) func insert<Q: BulkQuery>(
    _ rows: some Sequence<Q>, _ surroundings: Surroundings
  ) async throws(DatabaseError) -> Int {
    let insertion = Q.insertion
    if let sql = insertion.copySQL {
      if insertion.parameterTypes.contains(where: \.isSentAsText) {
        return try await run(each: Array(rows)).reduce(0, +)
      }
      do throws(DatabaseError) {
        return try await copy(rows, insertion, sql)
      } catch {
        // COPY refuses tables with row-level security (sql-copy.html); nothing has been sent yet then. A transaction has failed
        // by it, so that there it is asked for before.
        guard error.sqlState == .featureNotSupported, surroundings == .alone else { throw error }
      }
    }
    return try await insertArrays(rows, insertion, surroundings)
  }

  // MARK: COPY

  private nonisolated(nonsending) func copy<Q: BulkQuery>(
    _ rows: some Sequence<Q>, _ insertion: BulkInsertion, _ sql: String
  ) async throws(DatabaseError) -> Int {
    try await prepareTypes(of: insertion.single)
    let types = parameterTypes(of: insertion.single)
    try await begin(insertion.name, sql: sql)
    do throws(DatabaseError) {
      hasSync = false
      wasSent = true
      guard sql.withCString({ library.sendQuery(handle, $0) }) == 1 else { throw lost() }
      stage = .rows
      copying = .expected
      try await flush()
      try await awaitCopy()
      parameters.begin(insertion.name, types, .row)
      writeHeader()
      var count = 0
      var turnBegan = Moment.now
      for row in rows {
        // The server may have ended the COPY already, of which libpq tells nothing before the last row has been sent.
        if count % Self.rowsBetweenLooks == 0, let error = requestedEnd(insertion.name) { throw error }
        count += 1
        parameters.beginRow()
        try row.bind(to: Statement(parameters))
        guard parameters.isRowComplete else {
          throw DatabaseError(kind: .misuse, message: "the row has parameters without a value", query: insertion.name)
        }
        guard parameters.count >= Self.portion else { continue }
        try await sendCopyData()
        if Moment.now.since(turnBegan) >= Self.turn {
          await Task.yield()
          turnBegan = .now
        }
      }
      parameters.append(-1 as Int16)
      try await sendCopyData()
      try await endCopy(nil)
      try await drain()
      if let error = end(nil) { throw error }
      return rowsAffected
    } catch {
      if copying == .running {
        // The server undoes what it has got, and says so.
        failure = error
        do throws(DatabaseError) { try await endCopy("the client gave up") } catch { stage = .ended }
      }
      copying = .none
      throw await finish(after: error)
    }
  }

  /// Why the run is to end, if anybody wants it to.
  private func requestedEnd(_ name: String) -> DatabaseError? {
    switch ending.withLock({ $0.reason }) {
    case .cancelled?: .cancelled(name)
    case .timedOut?: .timedOut(name)
    case nil: Task.isCancelled ? .cancelled(name) : deadline != .never && Moment.now >= deadline ? .timedOut(name) : nil
    }
  }

  /// Until the server is ready for the rows.
  private nonisolated(nonsending) func awaitCopy() async throws(DatabaseError) {
    while copying == .expected {
      guard !stepBuffered() else { continue }
      if copying == .expected, try await !fetch() { throw lost("the server did not begin to copy") }
    }
  }

  /// copy.html, "Binary Format": signature, flags, length of an extension.
  private func writeHeader() {
    for byte in "PGCOPY\n".utf8 { parameters.append(byte) }
    for byte in [0xFF, 0x0D, 0x0A, 0x00] as [UInt8] { parameters.append(byte) }
    parameters.append(0 as Int32)
    parameters.append(0 as Int32)
  }

  /// No more than one portion waits in libpq: what is sent next waits until this has gone. A row that is larger goes in several,
  /// whose borders mean nothing (libpq-copy.html): libpq moves all that waits each time that some of it has gone, which for tens
  /// of megabytes takes seconds.
  private nonisolated(nonsending) func sendCopyData() async throws(DatabaseError) {
    var sent = 0
    while sent < parameters.count {
      let bytes = (parameters.bytes + sent).assumingMemoryBound(to: CChar.self)
      let count = min(Self.portion, parameters.count - sent)
      switch library.putCopyData(handle, bytes, CInt(count)) {
      case 1: sent += count
      case 0: break
      default: throw lost()
      }
      try await flush()
      if library.status(handle) == ConnectionStatus.bad { throw lost() }
    }
    parameters.removeBytes()
  }

  private nonisolated(nonsending) func endCopy(_ reason: String?) async throws(DatabaseError) {
    copying = .none
    while true {
      let code = reason.map { $0.withCString { library.putCopyEnd(handle, $0) } } ?? library.putCopyEnd(handle, nil)
      switch code {
      case 1: return try await flush()
      case 0: try await flush()
      default: throw lost()
      }
    }
  }

  // MARK: Arrays

  private nonisolated(nonsending) func insertArrays<Q: BulkQuery>(
    _ rows: some Sequence<Q>, _ insertion: BulkInsertion, _ surroundings: Surroundings
  ) async throws(DatabaseError) -> Int {
    let hasArrays = insertion.parameterTypes.contains { types.oid(of: $0).map { types.array(of: $0) } == .some(nil) }
    guard let several = insertion.several, !hasArrays else {
      return try await run(each: Array(rows)).reduce(0, +)
    }
    try await prepareTypes(of: several)
    // Several statements are one transaction.
    var count = 0
    var iterator = rows.makeIterator()
    var next = iterator.next()
    var isOpen = false
    do throws(DatabaseError) {
      while next != nil {
        var together: [Q] = []
        while let row = next, together.count < Self.rowsTogether {
          together.append(row)
          next = iterator.next()
        }
        if next != nil, !isOpen, surroundings == .alone {
          try await texts("BEGIN", name: "BEGIN")
          isOpen = true
        }
        count += try await insertTogether(together, several)
      }
    } catch {
      if isOpen, !isLost { try? await rollback() }
      throw error
    }
    if isOpen { try await commit() }
    return count
  }

  private nonisolated(nonsending) func insertTogether<Q: BulkQuery>(
    _ rows: [Q], _ definition: StatementDefinition
  ) async throws(DatabaseError) -> Int {
    try await begin(definition.name, sql: definition.sql)
    do throws(DatabaseError) {
      parameters.begin(definition.name, parameterTypes(of: definition), .columns)
      for row in rows { try row.bind(to: Statement(parameters)) }
      try parameters.makeArrays(ofRows: rows.count)
      try sendBound(definition)
      try await flush()
      try await drain()
      if let error = end(nil) { throw error }
      return rowsAffected
    } catch {
      throw await finish(after: error)
    }
  }
}
