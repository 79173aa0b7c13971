// Is the disk of a database slow? Then nothing runs on its callers' threads: a page that is not in memory would keep one for
// as long as the disk takes, and nobody can tell beforehand which statement needs one.

import Synchronization

/// What is known of a database's disk, by all of its connections.
final class Slowness: Sendable {
  private let suspect = Atomic<Bool>(false)
  private let judgement = Mutex(SlownessJudgement())

  /// Is everything to run on the queue for now?
  var isSuspected: Bool { suspect.load(ordering: .relaxed) }

  /// An inline run took long, and its thread neither computed nor made room for others meanwhile.
  func noteWaitInline() { update { $0.noteWaitInline() } }

  /// A run on the queue ended while the disk was suspected.
  func noteQueueRun(nanoseconds: UInt64, missed: Bool) {
    update { $0.noteQueueRun(nanoseconds: nanoseconds, missed: missed) }
  }

  private func update(_ change: (inout SlownessJudgement) -> Void) {
    judgement.withLock { judgement in
      change(&judgement)
      suspect.store(judgement.isSuspected, ordering: .relaxed)
    }
  }
}

/// One long wait makes the disk suspect. It may have been something else that kept the thread, so a few quick looks at the
/// disk acquit it; each slow one doubles how many are asked for.
struct SlownessJudgement {
  private(set) var isSuspected = false
  /// Quick runs in a row that had to look at the disk, or any that had not to.
  private var quick = 0
  private var quiet = 0
  private var wanted = fewest

  private static let fewest = 2
  private static let most = 256
  private static let mostQuiet = 2000
  private static let slow: UInt64 = 1_000_000

  mutating func noteWaitInline() {
    if !isSuspected { wanted = Self.fewest }
    isSuspected = true
    quick = 0
    quiet = 0
  }

  /// - Parameter missed: did it need a page that was not in SQLite's cache?
  mutating func noteQueueRun(nanoseconds: UInt64, missed: Bool) {
    guard isSuspected else { return }
    if !missed {
      quiet += 1
    } else if nanoseconds < Self.slow {
      quick += 1
    } else {
      quick = 0
      quiet = 0
      wanted = min(2 * wanted, Self.most)
    }
    if quick >= wanted || quiet >= Self.mostQuiet { isSuspected = false }
  }
}
