// The one place where a command, which is synchronous, waits for work that is not.

import Dispatch
import Synchronization

/// Runs `work` on the pool and blocks this thread until it has ended. Only for a command's main thread, which nothing else
/// waits for.
func wait<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> T {
  let done = DispatchSemaphore(value: 0)
  let box = Box<T>()
  Task.detached {
    let value = await work()
    box.value.withLock { $0 = value }
    done.signal()
  }
  while true {
    done.wait()
    if let value = box.value.withLock({ $0 }) { return value }
  }
}

private final class Box<T: Sendable>: Sendable {
  let value = Mutex<T?>(nil)
}
