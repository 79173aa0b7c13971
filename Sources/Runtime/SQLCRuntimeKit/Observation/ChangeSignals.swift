// When an observation reads.

/// When an observation reads: at once, and then whenever its tables have changed.
package struct ChangeSignals {
  private let hub: ChangeHub
  private let tables: [String]
  private let interval: Duration
  private var changes: AsyncStream<Void>.Iterator?

  package init(_ hub: ChangeHub, _ tables: [String], _ interval: Duration) {
    self.hub = hub
    self.tables = tables
    self.interval = interval
  }

  /// False when the observation ends.
  package mutating func next(isolation actor: isolated (any Actor)?) async -> Bool {
    guard changes != nil else {
      // Listening starts before the first read, so that nothing falls between the two.
      changes = hub.changes(of: tables).makeAsyncIterator()
      return !Task.isCancelled
    }
    if interval > .zero {
      // What changes while it waits is in the result that is read then.
      try? await Task.sleep(for: interval)
    }
    guard await changes?.next(isolation: actor) != nil else { return false }
    return !Task.isCancelled
  }
}
