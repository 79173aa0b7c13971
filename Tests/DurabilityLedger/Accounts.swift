// A table that is migrated while it is read: three versions of one schema, and what is the same in all of them.

public import SQLCRuntime

/// 1: as it was first. 2: built anew, in one transaction; cents in place of whole units. 3: in pieces, since VACUUM runs in no
/// transaction; rows are changed before and after it.
public let accountMigrations = [
  Migration(
    version: "1", name: "001_accounts",
    up: [
      "CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, balance INTEGER NOT NULL)",
      "CREATE INDEX accounts_name ON accounts (name)",
      """
      INSERT INTO accounts WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      SELECT i, 'account ' || i, i % 97 FROM n
      """,
    ]),
  Migration(
    version: "2", name: "002_cents",
    up: [
      "CREATE TABLE sqlc_new_accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, cents INTEGER NOT NULL, note TEXT)",
      "INSERT INTO sqlc_new_accounts (id, name, cents) SELECT id, name, balance * 100 FROM accounts",
      "DROP TABLE accounts", "ALTER TABLE sqlc_new_accounts RENAME TO accounts",
      "CREATE INDEX accounts_name ON accounts (name)",
    ],
    down: [
      "CREATE TABLE sqlc_new_accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, balance INTEGER NOT NULL)",
      "INSERT INTO sqlc_new_accounts SELECT id, name, cents / 100 FROM accounts",
      "DROP TABLE accounts", "ALTER TABLE sqlc_new_accounts RENAME TO accounts",
      "CREATE INDEX accounts_name ON accounts (name)",
    ]),
  Migration(
    version: "3", name: "003_notes",
    up: [
      "UPDATE accounts SET note = 'first'", "VACUUM", "UPDATE accounts SET note = note || ' and second'",
      "CREATE INDEX accounts_note ON accounts (note)",
    ], isInTransaction: false),
]

/// What a reader sees of the accounts.
public struct AccountsSeen: Sendable, Hashable {
  /// Whole units, or cents.
  public var column: String
  public var count: Int64
  /// In cents, whichever they are kept in.
  public var cents: Int64

  /// As it is at every version.
  public var isWhole: Bool {
    count == 20000 && cents == 100 * (1...20000).reduce(into: Int64(0)) { sum, number in sum += number % 97 }
  }
}

extension Database {
  /// Twice in one transaction: both times it is the same, whatever is migrated meanwhile.
  public func seenAccounts() async throws -> (first: AccountsSeen, second: AccountsSeen) {
    try await read { transaction in (try look(at: transaction), try look(at: transaction)) }
  }

  /// Rows whose note was written in both pieces of version 3.
  public func accountNotes() async throws -> Int64 { try await run(CountNotes()) }
}

private func look(at transaction: borrowing Transaction) throws -> AccountsSeen {
  let column = try transaction.run(GetAmountColumn())
  let amounts = try column == "cents" ? transaction.run(SumCents()) : transaction.run(SumBalances())
  return AccountsSeen(
    column: column, count: amounts.count, cents: column == "cents" ? amounts.sum : amounts.sum * 100)
}

public struct Amounts: Sendable, Hashable, RowDecodable {
  public var count: Int64
  public var sum: Int64
  public init(from row: borrowing ResultRow, at first: Int32) throws(DatabaseError) {
    count = try row.decode(first)
    sum = try row.decode(first + 1)
  }
}

private struct GetAmountColumn: ExactlyOneQuery {
  typealias Row = String
  static let statement = StatementDefinition(
    name: "GetAmountColumn", sql: "SELECT name FROM pragma_table_info('accounts') WHERE name IN ('balance', 'cents')",
    isReadOnly: true, reads: [])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> String { try row.decode(0) }
}

private struct SumBalances: ExactlyOneQuery {
  typealias Row = Amounts
  static let statement = StatementDefinition(
    name: "SumBalances", sql: "SELECT count(*), coalesce(sum(balance), 0) FROM accounts", isReadOnly: true,
    reads: ["accounts"])
}

private struct SumCents: ExactlyOneQuery {
  typealias Row = Amounts
  static let statement = StatementDefinition(
    name: "SumCents", sql: "SELECT count(*), coalesce(sum(cents), 0) FROM accounts", isReadOnly: true,
    reads: ["accounts"])
}

private struct CountNotes: ExactlyOneQuery {
  typealias Row = Int64
  static let statement = StatementDefinition(
    name: "CountNotes", sql: "SELECT count(*) FROM accounts WHERE note = 'first and second'", isReadOnly: true,
    reads: ["accounts"])
  static func decode(_ row: borrowing ResultRow) throws(DatabaseError) -> Int64 { try row.decode(0) }
}
