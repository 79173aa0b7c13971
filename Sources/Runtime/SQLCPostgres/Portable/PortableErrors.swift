// The runtime's errors in words of no engine.

public import SQLCPortable

extension PortableError {
  public init(_ error: DatabaseError) {
    let kind: Kind =
      switch error.kind {
      case .server: .refused
      case .connection: .connection
      case .outcomeUnknown: .outcomeUnknown
      case .decoding: .decoding
      case .encoding: .encoding
      case .missingRow: .missingRow
      case .cancelled: .cancelled
      case .timedOut: .timedOut
      case .rolledBack: .rolledBack
      case .stale: .stale
      case .closed: .closed
      case .nothingToSet: .nothingToSet
      case .cursorMismatch: .cursorMismatch
      case .misuse: .misuse
      }
    self.init(
      kind: kind, message: error.message, query: error.query, column: error.column,
      constraint: error.constraint.map(Constraint.init), isRetryable: error.isRetryable, engineError: error)
  }
}

extension PortableError.Constraint {
  init(_ constraint: Constraint) {
    let kind: Kind =
      switch constraint.kind {
      case .check: .check
      case .foreignKey: .foreignKey
      case .notNull: .notNull
      case .unique: .unique
      case .exclusion: .other
      }
    self.init(
      kind: kind, table: constraint.table, columnNames: constraint.columnNames, name: constraint.name)
  }
}
