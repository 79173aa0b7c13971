// A task that wakes every millisecond and notes how long it had to wait beyond: what everybody else in the process feels of
// queries.

import Foundation

struct Heartbeat {
  var gaps: [Double] = []

  var longest: Double { gaps.max() ?? 0 }
  /// Of a hundred gaps one is longer.
  var common: Double { gaps.isEmpty ? 0 : gaps.sorted()[min(gaps.count - 1, gaps.count * 99 / 100)] }

  /// The gaps, in milliseconds, while `body` goes on.
  static func during(_ body: () async throws -> Void) async rethrows -> Heartbeat {
    let heart = Task.detached { await beat() }
    try await body()
    heart.cancel()
    return Heartbeat(gaps: await heart.value)
  }

  /// The same on the main actor.
  @MainActor
  static func ofMainActor(during body: @MainActor () async throws -> Void) async rethrows -> Heartbeat {
    let heart = Task { @MainActor in await beat() }
    try await body()
    heart.cancel()
    return Heartbeat(gaps: await heart.value)
  }

  private nonisolated(nonsending) static func beat() async -> [Double] {
    var gaps: [Double] = []
    var last = ContinuousClock.now
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(1))
      let now = ContinuousClock.now
      gaps.append(milliseconds(now - last))
      last = now
    }
    return gaps
  }
}

func milliseconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
}
