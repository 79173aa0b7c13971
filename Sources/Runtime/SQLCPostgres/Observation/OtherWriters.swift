// Commits by other processes.

import SQLCRuntimeKit

extension Listener {
  /// Tells the observations what triggers tell: the table that changed. Whenever listening begins anew all of them read again,
  /// since nobody knows what changed meanwhile.
  func publish(_ channel: String, to changes: ChangeHub) {
    let subscription = subscribe(channel)
    Task.detached {
      while let event = try? await subscription.next() {
        switch event {
        case .resumed: changes.publish(.anything)
        case .notification(let message): changes.publish(.tables([message.payload]))
        }
      }
    }
  }
}

/// Which tables the statements of a transaction change, until it commits.
struct PendingChanges: Sendable {
  private var tables: Set<String> = []
  private var isAnything = false

  mutating func add(_ definition: StatementDefinition) {
    if !definition.writes.isEmpty { tables.formUnion(definition.writes) }
  }

  mutating func addAnything() { isAnything = true }

  func publish(to changes: ChangeHub) {
    if isAnything { changes.publish(.anything) } else if !tables.isEmpty { changes.publish(.tables(tables)) }
  }
}

extension ChangeHub {
  /// A statement that was a transaction of its own has ended. `error` is nil or says how; only what the server said it undid, and
  /// what never went there, changed nothing.
  func publish(_ definition: StatementDefinition, _ error: DatabaseError? = nil) {
    guard !definition.writes.isEmpty else { return }
    switch error?.kind {
    case .server, .encoding, .nothingToSet, .cursorMismatch, .misuse, .closed: return
    default: publish(.tables(Set(definition.writes)))
    }
  }
}
