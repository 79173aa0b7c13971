// Work on several cores whose outcome does not show that there were several.

import Dispatch
import Foundation
import Synchronization

/// Transforms every element, in as many chunks as `chunks` says, on as many threads as there are cores; the results are in
/// the order of the elements.
public func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], chunks: Int, _ transform: @Sendable (Element) -> Result
) -> [Result] {
  let count = min(chunks, elements.count)
  guard count > 1 else { return elements.map(transform) }
  let results = Mutex<[[Result]]>(Array(repeating: [], count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let part = elements[(elements.count * index / count)..<(elements.count * (index + 1) / count)]
    let chunk = onDeepStack { part.map(transform) }
    results.withLock { $0[index] = chunk }
  }
  return results.withLock { $0.flatMap { $0 } }
}

/// How many chunks are worth it: one for each core, and none with fewer elements than `minimum`.
public func worthwhileChunks(of count: Int, minimum: Int, cores: Int) -> Int { max(1, min(cores, count / minimum)) }

/// How many threads can run at a time on this machine.
public var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }
