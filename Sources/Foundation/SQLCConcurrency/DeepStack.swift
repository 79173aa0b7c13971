// Work that recurses as deep as its input nests: SQLite lets an expression be 1,000 levels deep (limits.html#max_expr_depth),
// more than the stack of a thread takes by default (512 KiB of a pool's, 8 MiB of the first one's).

import Foundation

/// Runs `work` on a thread with a stack of 512 MiB, of which the system provides what is used, and waits for it. On such a
/// thread already, it simply runs.
public func onDeepStack<Value, Failure: Error>(_ work: () throws(Failure) -> Value) throws(Failure) -> Value {
  if Thread.current.threadDictionary[deepStackKey] != nil { return try work() }
  return try withoutActuallyEscaping(work) { work throws(Failure) in
    let handed = HandedOver(work: work)
    startDeepThread { handed.run() }
    return try handed.wait()
  }
}

func startDeepThread(_ work: @escaping @Sendable () -> Void) {
  let thread = Thread {
    Thread.current.threadDictionary[deepStackKey] = true
    work()
  }
  thread.stackSize = 512 << 20
  thread.start()
}

/// Runs `work` on a thread of its own with a stack as deep as that of `onDeepStack`, while the task that waits holds no thread.
public func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    startDeepThread { continuation.resume(with: Result { try work() }) }
  }
}

private let deepStackKey = "sqlc-swift.deep-stack"

/// `@unchecked Sendable`: the thread that makes it waits until the other has run, and reads `result` only then; the semaphore
/// orders the two.
private final class HandedOver<Value, Failure: Error>: @unchecked Sendable {
  private var work: (() throws(Failure) -> Value)?
  private var result: Result<Value, Failure>?
  private let done = DispatchSemaphore(value: 0)

  init(work: @escaping () throws(Failure) -> Value) { self.work = work }

  func run() {
    if let work { result = Result { () throws(Failure) in try work() } }
    // The closure is its caller's, who goes on once this is signalled.
    work = nil
    done.signal()
  }

  func wait() throws(Failure) -> Value {
    while true {
      done.wait()
      if let result { return try result.get() }
    }
  }
}
