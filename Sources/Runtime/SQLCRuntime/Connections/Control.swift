// The statements that transactions are made of, cached like any other.

/// BEGIN, COMMIT, ROLLBACK and savepoints.
enum Control {
  /// Takes the write lock at once, so that a transaction that reads first cannot fail when it comes to write
  /// (SQLite, lang_transaction.html §2.2).
  static let beginImmediate = StatementDefinition(name: "BEGIN", sql: "BEGIN IMMEDIATE", isReadOnly: true)
  static let beginDeferred = StatementDefinition(name: "BEGIN", sql: "BEGIN", isReadOnly: true)
  static let commit = StatementDefinition(name: "COMMIT", sql: "COMMIT", isReadOnly: true)
  static let savepoint = StatementDefinition(
    name: "SAVEPOINT", sql: "SAVEPOINT sqlc_savepoint", isReadOnly: true)
  /// Is it one of these?
  static func isControl(_ definition: StatementDefinition) -> Bool {
    [beginImmediate, beginDeferred, commit, savepoint, release].contains { $0 === definition }
  }

  static let release = StatementDefinition(name: "RELEASE", sql: "RELEASE sqlc_savepoint", isReadOnly: true)
}

extension ConnectionCore {
  /// Runs one of them. They end at once, unless they wait for a lock, which can be cancelled; and stopped after the fact, a
  /// BEGIN would leave open the transaction that it reports as not begun.
  func run(_ control: StatementDefinition) throws(DatabaseError) {
    let prepared = try prepare(control)
    supervisor.forbidStopping()
    defer {
      finish(prepared)
      supervisor.allowStopping()
    }
    try Statement(prepared).finish()
  }
}
