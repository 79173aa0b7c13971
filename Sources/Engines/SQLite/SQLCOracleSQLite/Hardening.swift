// The one way in which the tool opens a database for a project's SQL (SQLite, security.html §1.1, "Untrusted SQL Inputs").
//
// | what                          | how                                                                          |
// |-------------------------------|------------------------------------------------------------------------------|
// | pointers as SQL values        | ENABLE_FTS3_TOKENIZER off; the function is replaced by one that fails, since |
// |                               | a DEFAULT is run without asking the authorizer                               |
// | libraries                     | ENABLE_LOAD_EXTENSION off; the function likewise                             |
// | other files                   | ATTACH refused, no database can be attached (VACUUM INTO attaches one),      |
// |                               | temporary tables and sorters in memory, pragmas that name directories refused|
// | the bytes of the database     | DEFENSIVE on; writable_schema and writing to sqlite_dbpage refused           |
// | time and memory               | the budget; LENGTH and LIKE_PATTERN_LENGTH lowered                           |
//
// TRUSTED_SCHEMA stays on, as a plain build of SQLite has it: off, it refuses views over modules that the schema may well use,
// and what it keeps out (functions with side effects, in views and triggers) is on no connection here.
// Double-quoted strings are what they are to the application's SQLite in a schema, and names only in queries.

import CSQLite
import SQLCSQLiteHandle

enum Hardening {
  static let longestPattern = 1000

  static func open(_ filename: String, _ extensions: ScratchExtensions) throws(SQLiteFailure) -> DatabaseHandle {
    let database = try DatabaseHandle(
      filename: filename, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
    try database.configure(SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: 1)
    try database.configure(SQLITE_DBCONFIG_WRITABLE_SCHEMA, isOn: 0)
    try database.configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, isOn: 1)
    try database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: 1)
    try database.configure(SQLITE_DBCONFIG_DQS_DML, isOn: 0)
    database.limit(SQLITE_LIMIT_ATTACHED, to: 0)
    database.limit(SQLITE_LIMIT_LENGTH, to: Int32(clamping: extensions.budget.largestValue))
    database.limit(SQLITE_LIMIT_LIKE_PATTERN_LENGTH, to: Int32(longestPattern))
    database.limit(SQLITE_LIMIT_WORKER_THREADS, to: 0)
    try database.execute("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0")
    for index in refusedNames.indices { try refuse(index, on: database) }
    try database.register(extensions)
    return database
  }

  private static let refusedNames = refusedFunctions.keys.sorted()
  /// What a refused function says to SQLite, before its name: told apart from SQLite's own words.
  private static let mark = "sqlc-swift refuses the function "

  private static func refuse(_ index: Int, on database: DatabaseHandle) throws(SQLiteFailure) {
    for count: Int32 in [1, 2] {
      try database.check(
        sqlite3_create_function_v2(
          database.pointer, refusedNames[index], count, SQLITE_UTF8, UnsafeMutableRawPointer(bitPattern: index + 1),
          { context, _, _ in
            let index = Int(bitPattern: sqlite3_user_data(context)) - 1
            sqlite3_result_error(context, Hardening.mark + Hardening.refusedNames[index], -1)
          }, nil, nil, nil))
    }
  }

  /// Of a function that was run without asking the authorizer.
  static func refusal(for failure: SQLiteFailure) -> Refusal? {
    refusedNames.first { failure.message == mark + $0 }.map { .function($0) }
  }
}

extension Refusal {
  static func function(_ name: String) -> Refusal {
    .refused(
      "the function \(name)", refusedFunctions[name] ?? "it reaches outside the database",
      advice: "an application registers what it needs when it opens its database")
  }
}
