// Which constraint refused a change, read from SQLite's code and message.
//
// | message (SQLite, insert.c, vdbe.c) | what is read |
// |---|---|
// | `UNIQUE constraint failed: t.a, t.b` | table, columns; a partial index too |
// | `UNIQUE constraint failed: index 'i'` | the name of an index with expressions |
// | `NOT NULL constraint failed: t.a` | table, column |
// | `CHECK constraint failed: c` | the constraint's name, or its expression |
// | `FOREIGN KEY constraint failed` | nothing: SQLite does not say which |
// | `cannot store TEXT value in INTEGER column t.a` | table, column (STRICT tables) |
// | anything, from RAISE | the trigger's message |

/// A constraint that a statement would have violated.
public struct Constraint: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case check, foreignKey, notNull, primaryKey, rowID, trigger, unique, dataType, other
  }
  public var kind: Kind
  /// The table, where SQLite names it: UNIQUE, PRIMARY KEY, NOT NULL, and the types of STRICT tables.
  public var table: String?
  /// Its columns, without the table.
  public var columnNames: [String]
  /// The name or expression of a CHECK, the name of a UNIQUE index with expressions, the message of a trigger's RAISE.
  public var name: String?

  /// "table.column" each.
  public var columns: [String] { columnNames.map { name in table.map { "\($0).\(name)" } ?? name } }

  init?(code: ResultCode, message: String) {
    guard code.primary == .constraint else { return nil }
    columnNames = []
    switch code {
    case .constraintCheck: kind = .check
    case .constraintForeignKey: kind = .foreignKey
    case .constraintNotNull: kind = .notNull
    case .constraintPrimaryKey: kind = .primaryKey
    case .constraintRowID: kind = .rowID
    case .constraintTrigger: kind = .trigger
    case .constraintUnique: kind = .unique
    case .constraintDataType: kind = .dataType
    default: kind = .other
    }
    let detail = message.firstRange(of: " constraint failed: ").map { String(message[$0.upperBound...]) }
    switch kind {
    case .notNull, .primaryKey, .rowID, .unique:
      guard let detail else { return }
      if detail.hasPrefix("index '"), detail.hasSuffix("'") {
        name = String(detail.dropFirst(7).dropLast())
      } else {
        readColumns(detail)
      }
    case .check: name = detail
    case .dataType:
      if let place = message.firstRange(of: " column ") { readColumns(String(message[place.upperBound...])) }
    case .trigger: name = message
    case .foreignKey, .other: break
    }
  }

  /// `t.a, t.b`. Names are not quoted there: a comma separates only where the table's name follows once more.
  private mutating func readColumns(_ text: String) {
    guard let dot = text.firstIndex(of: ".") else { return }
    let prefix = text[...dot]
    table = String(prefix.dropLast())
    var rest = text[text.index(after: dot)...]
    while let next = rest.firstRange(of: ", \(prefix)") {
      columnNames.append(String(rest[..<next.lowerBound]))
      rest = rest[next.upperBound...]
    }
    columnNames.append(String(rest))
  }
}
