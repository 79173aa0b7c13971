// What a connection is when it comes back to the pool.

import SQLCPostgreSQLHandle
import SQLCRuntimeKit

extension Connection {
  /// Can it be lent as it is?
  var isClean: Bool {
    !isLost && !isDoomed && library.transactionStatus(handle) == TransactionStatus.idle
      && !ending.withLock { $0.isCancelling }
  }

  /// Is it still one? A connection that the server has closed says so without a round trip.
  func isFit(trust: Duration) -> Bool {
    if isLost { return false }
    if Moment.now < idleSince.advanced(by: trust) { return true }
    // Of a server that ended it in order the first look finds its last words, and only the second one the end.
    return library.consumeInput(handle) == 1 && library.consumeInput(handle) == 1
      && library.status(handle) == ConnectionStatus.ok
  }

  /// Ends what is open on it.
  func clean() async {
    guard await settle(), !isDoomed else {
      isLost = true
      return
    }
    let status = library.transactionStatus(handle)
    guard status == TransactionStatus.inTransaction || status == TransactionStatus.inError else {
      if status != TransactionStatus.idle { isLost = true }
      return
    }
    do throws(DatabaseError) {
      try await rollback()
    } catch {
      isLost = true
    }
  }

  /// ROLLBACK, for which nobody waits longer than the grace time.
  nonisolated(nonsending) func rollback() async throws(DatabaseError) {
    // `begin` gives the run its number.
    let run = runID + 1
    let alarm = Alarm.set(at: Moment.now.advanced(by: Self.grace)) { [self] in giveUp(run) }
    defer { alarm?.cancel() }
    try await texts("ROLLBACK", name: "ROLLBACK", .byWaiting)
  }
}
