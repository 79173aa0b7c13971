// The server's answers, as they come.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Connection {
  /// The next row of what has come. False when more must be waited for, and at the end of the statement's answers.
  func nextBuffered() -> Bool {
    while isReading {
      if let result {
        library.clear(result)
        self.result = nil
      }
      rowCount = 0
      row = 0
      // Of a connection that is no more nothing is waited for.
      guard library.isBusy(handle) == 0 || library.status(handle) == ConnectionStatus.bad else { return false }
      guard let next = library.getResult(handle) else {
        endUnit()
        continue
      }
      result = next
      let status = library.resultStatus(next)
      switch status {
      case ResultStatus.singleTuple, ResultStatus.tuplesChunk, ResultStatus.tuplesOK:
        rowCount = library.rowCount(next)
        if rowCount > 0 {
          rowsGiven += Int(rowCount)
          if !isDescribed {
            describe(next)
            isDescribed = true
          }
          // The tag that follows an unfinished portion is that portion's, not the empty result's at the end (libpq from 17 on).
          if status == ResultStatus.tuplesChunk { noteCommand(next) }
          fillFirst()
          return true
        }
        noteCommand(next)
      case ResultStatus.commandOK:
        if stage == .preparing { notePrepared() } else { noteCommand(next) }
      case ResultStatus.emptyQuery, ResultStatus.pipelineAborted: continue
      case ResultStatus.pipelineSync:
        _ = library.exitPipelineMode(handle)
        stage = .ended
      case ResultStatus.copyIn where copying == .expected:
        copying = .running
        return false
      case ResultStatus.copyIn:
        _ = "COPY from the client is not what this is for".withCString { library.putCopyEnd(handle, $0) }
      case ResultStatus.copyOut, ResultStatus.copyBoth:
        failure = failure ?? lost("COPY to the client is not what this is for")
        stage = .ended
      default: note(ServerError(next, library))
      }
    }
    return false
  }

  /// Are there answers of the present statement?
  var isReading: Bool {
    switch stage {
    case .idle, .ended, .waiting: false
    case .preparing, .rows, .sync: true
    }
  }

  /// nil ends one statement's answers.
  private func endUnit() {
    switch stage {
    case .preparing:
      stage = .rows
      setRowMode()
    case .rows: stage = isPipelining ? .waiting : hasSync ? .sync : .ended
    case .sync:
      // Only a connection that is no more has no answer to Sync.
      if library.status(handle) == ConnectionStatus.bad {
        failure = failure ?? lost()
        stage = .ended
      }
    case .idle, .ended, .waiting: break
    }
  }

  /// Rows are to come one by one, or in portions where libpq can.
  func setRowMode() {
    if let portions = library.setChunkedRowsMode {
      _ = portions(handle, 256)
    } else {
      _ = library.setSingleRowMode(handle)
    }
  }

  private func noteCommand(_ result: LibPQ.Result) {
    if let count = library.commandCount(result), count.pointee != 0 { rowsAffected = Int(atol(count)) }
    if keepsTag { commandTag = library.commandStatus(result).map { String(cString: $0) } ?? "" }
  }

  private func notePrepared() {
    if let preparing { slots[preparing.slot].prepared = preparing.types }
    preparing = nil
  }

  func note(_ error: ServerError) {
    guard !error.sqlState.isEmpty else {
      // libpq's own: the connection broke.
      if failure == nil || failure?.kind == .server { failure = lost() }
      isLost = true
      return
    }
    if error.isFatal { isLost = true }
    if failure == nil {
      failure = DatabaseError(error, kind: error.isFatal ? .connection : .server, query: queryName, sql: sql)
    }
  }

  /// Waits for more of the answers. False at their end.
  @usableFromInline
  nonisolated(nonsending) func fetch() async throws(DatabaseError) -> Bool {
    guard isReading else {
      if let failure { throw failure }
      return false
    }
    try await receive()
    // `stepBuffered` counts up first.
    row = -1
    rowCount = 0
    return true
  }

  /// Waits until something has come, and takes it.
  ///
  /// Of an encrypted connection OpenSSL may hold bytes that have come while the socket is empty: a record can be larger than
  /// what libpq takes at once. Where the socket has nothing, libpq is asked once more; and since a record may arrive between
  /// the two looks, the poller wakes who waits for an encrypted socket ten times a second.
  nonisolated(nonsending) func receive() async throws(DatabaseError) {
    try await wait(for: .reading)
    guard library.consumeInput(handle) == 1 else {
      // What came before the end may be the reason for it: `PQgetResult` tells.
      isLost = true
      return
    }
    guard isEncrypted else { return }
    var looks = 0
    while looks < 4, library.isBusy(handle) == 1 {
      var descriptor = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 0) == 0 else { return }
      guard library.consumeInput(handle) == 1 else {
        isLost = true
        return
      }
      looks += 1
    }
  }

  /// Sends what libpq holds back, and reads meanwhile, so that neither side waits for the other.
  nonisolated(nonsending) func flush() async throws(DatabaseError) {
    while true {
      switch library.flush(handle) {
      case 0: return
      case 1:
        try await wait(for: .readingAndWriting)
        if library.consumeInput(handle) != 1 {
          isLost = true
          return
        }
      default:
        // The reason may have been sent before the connection broke: reading tells.
        isLost = true
        return
      }
    }
  }

  /// Reads what is left of the answers, and throws what the server said.
  nonisolated(nonsending) func drain() async throws(DatabaseError) {
    repeat {
      while stepBuffered() {}
    } while try await fetch()
  }
}
