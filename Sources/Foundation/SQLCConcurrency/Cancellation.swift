// Work that somebody no longer waits for.

import Synchronization

/// A request to stop, which work looks at now and then. Shared by who makes it and who does the work, on any threads.
public final class Cancellation: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// - Throws: `CancellationError` once it is cancelled.
  public func check() throws(CancellationError) {
    if isCancelled { throw CancellationError() }
  }
}
