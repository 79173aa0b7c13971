// Which constraint refused a change, read from SQLite's code and message.

/// A constraint that a statement would have violated.
public struct Constraint: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case check, foreignKey, notNull, primaryKey, rowID, trigger, unique, dataType, other
  }
  public var kind: Kind
  /// "table.column" each, where SQLite names them: UNIQUE, PRIMARY KEY and NOT NULL.
  public var columns: [String]
  /// The name or expression of a CHECK, or the index of a UNIQUE one.
  public var name: String?

  /// SQLite says `UNIQUE constraint failed: t.a, t.b`, `CHECK constraint failed: positive`, `UNIQUE constraint failed:
  /// index
  /// 'i'`, `FOREIGN KEY constraint failed`, or what RAISE was given.
  init?(code: ResultCode, message: String) {
    guard code.primary == .constraint else { return nil }
    columns = []
    name = nil
    let parts = message.split(separator: ": ", maxSplits: 1)
    let detail = parts.count == 2 ? String(parts[1]) : nil
    switch code {
    case .constraintCheck:
      kind = .check
      name = detail
    case .constraintForeignKey: kind = .foreignKey
    case .constraintNotNull: kind = .notNull
    case .constraintPrimaryKey: kind = .primaryKey
    case .constraintRowID: kind = .rowID
    case .constraintTrigger: kind = .trigger
    case .constraintUnique: kind = .unique
    case .constraintDataType: kind = .dataType
    default: kind = .other
    }
    switch kind {
    case .notNull, .primaryKey, .rowID, .unique:
      guard let detail else { return }
      if detail.hasPrefix("index '"), detail.hasSuffix("'") {
        name = String(detail.dropFirst(7).dropLast())
      } else {
        columns = detail.split(separator: ", ").map(String.init)
      }
    case .check, .foreignKey, .trigger, .dataType, .other:
      break
    }
  }
}
