// Many rows by one INSERT: one transaction, and statements of several rows where that means the same. A statement of 64
// rows is 1.4 to 2 times as fast as 64 statements, most of it what SQLite does to begin and end one, as long as SQLite
// keeps no journal of the statement, to undo the rows before one that fails: with rows that go all over an index that makes
// it half as fast instead. The transaction is undone as a whole here, so the statement of several rows may be INSERT OR
// FAIL, which has no journal (lang_conflict.html).

import CSQLite

/// An INSERT with one row of VALUES, which can be written several times.
public final class BulkInsertion: Sendable {
  /// A piece of the row: text, or the place of a parameter.
  public enum Piece: Sendable, Hashable, ExpressibleByStringLiteral {
    case text(String)
    case value(Int)

    public init(stringLiteral value: String) { self = .text(value) }
  }

  /// One row.
  public let single: StatementDefinition
  /// `rows` rows.
  @usableFromInline let several: StatementDefinition
  @usableFromInline let rows: Int
  /// How many parameters a row has.
  @usableFromInline let stride: Int32

  /// - Parameters:
  ///   - verb: `INSERT`, where several rows are to be inserted OR FAIL; `before` is what follows.
  ///   - parameters: of one row.
  public init(
    name: String, verb: String = "", before: String, row: [Piece], after: String = "", parameters: Int,
    reads: [String] = [],
    writes: [String] = []
  ) {
    func definition(_ rows: Int) -> StatementDefinition {
      var sql = verb + (verb.isEmpty || rows == 1 ? "" : " OR FAIL") + before
      for number in 0..<rows {
        if number > 0 { sql += ", " }
        for piece in row {
          switch piece {
          case .text(let text): sql += text
          case .value(let index): sql += "?\(index + number * parameters)"
          }
        }
      }
      return StatementDefinition(
        name: name, sql: sql + after, parameters: rows * parameters, isReadOnly: false, reads: reads, writes: writes)
    }
    // SQLite, limits.html#max_variable_number: 999 before 3.32, and as few as whoever builds it likes.
    rows = max(1, min(64, 999 / max(1, parameters)))
    stride = Int32(clamping: parameters)
    single = definition(1)
    several = definition(rows)
  }
}

/// An INSERT of one row of values, of which many can be inserted at once (`:copyfrom`).
public protocol BulkQuery: ExecRowsQuery {
  static var insertion: BulkInsertion { get }
}

extension BulkQuery {
  public static var statement: StatementDefinition { insertion.single }
}

extension ConnectionCore {
  /// Inserts all rows; a transaction is open.
  @inlinable
  func insert<Q: BulkQuery>(contentsOf rows: some Sequence<Q>) throws(DatabaseError) -> Int {
    let insertion = Q.insertion
    var count = 0
    var waiting: [Q] = []
    waiting.reserveCapacity(insertion.rows)
    for row in rows {
      waiting.append(row)
      guard waiting.count == insertion.rows else { continue }
      count += try insertTogether(waiting, insertion)
      waiting.removeAll(keepingCapacity: true)
    }
    for row in waiting { count += try run(row) }
    return count
  }

  @inlinable
  func insertTogether<Q: BulkQuery>(_ rows: [Q], _ insertion: BulkInsertion) throws(DatabaseError) -> Int {
    let prepared = try prepare(insertion.several)
    defer { finish(prepared) }
    var offset: Int32 = 0
    for row in rows {
      try row.bind(to: Statement(prepared, offset: offset))
      offset += insertion.stride
    }
    let statement = Statement(prepared)
    try statement.finish()
    return statement.rowsAffected
  }
}
