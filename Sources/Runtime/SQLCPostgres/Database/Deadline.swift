// Until when the work of a task is wanted.

import SQLCRuntimeKit

extension Database {
  /// Runs `operation`, in which no query, transaction or stream goes on for longer than `duration` in all: what is running
  /// then is cancelled, what waits for a connection or a lock stops waiting, and a transaction is rolled back. The error is
  /// of kind ``DatabaseError/Kind/timedOut``.
  ///
  /// ```swift
  /// let agents = try await Database.withTimeout(.seconds(2)) { try await queries.listAgents() }
  /// ```
  ///
  /// A server that does not answer the request to cancel either is given up after 2 s more. Of two that are nested the earlier
  /// end counts. Tasks that `operation` starts inherit it, detached ones do not.
  public static nonisolated(nonsending) func withTimeout<T, Failure: Error>(
    _ duration: Duration, _ operation: nonisolated(nonsending) () async throws(Failure) -> T
  ) async throws(Failure) -> T {
    let earlier = min(Deadline.current, Moment.now.advanced(by: duration))
    // `withValue` does not pass a typed error on.
    let outcome = await Deadline.$current.withValue(earlier) { () async -> Result<T, Failure> in
      do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
