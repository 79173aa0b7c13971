// Work beside the caller's.

import Foundation
import Synchronization

/// Work on a thread of its own with a deep stack, while whoever started it goes on.
///
/// ```swift
/// let task = DeepTask { parse(file) }
/// // something else
/// let tree = task.wait()
/// ```
public final class DeepTask<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let done = DispatchSemaphore(value: 0)

  public init(_ work: @escaping @Sendable () -> Value) {
    startDeepThread { [self] in
      let value = work()
      result.withLock { $0 = value }
      done.signal()
    }
  }

  public var isDone: Bool { result.withLock { $0 != nil } }

  public func wait() -> Value {
    while true {
      if let value = result.withLock({ $0 }) { return value }
      done.wait()
      // For whoever else waits.
      done.signal()
    }
  }
}
