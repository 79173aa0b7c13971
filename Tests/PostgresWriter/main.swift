// A process that writes to a ledger of two tables, to be killed.
//
//     postgres-writer CONNECTION-STRING FIRST-ENTRY
//
// Writes the entries FIRST-ENTRY, FIRST-ENTRY + 1, … each in one transaction into both tables, by two tasks, and prints the number
// of each once it is acknowledged, until it is killed.

import SQLCPostgres
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct Enter: ExecRowsQuery {
  var table: Int
  var number: Int64
  static let statement = definition("ledger_a")
  static let second = definition("ledger_b")
  private static func definition(_ table: String) -> StatementDefinition {
    StatementDefinition(
      name: "Enter", sql: "INSERT INTO \(table) VALUES ($1)", parameterTypes: [20], isReadOnly: false, writes: [table])
  }
  var chosenStatement: StatementDefinition { table == 0 ? Self.statement : Self.second }
  func bind(to statement: borrowing Statement) throws(DatabaseError) { try statement.bind(number, at: 1) }
}

let arguments = CommandLine.arguments
guard arguments.count == 3, let first = Int64(arguments[2]) else {
  print("usage: postgres-writer CONNECTION-STRING FIRST-ENTRY")
  exit(2)
}
let next = Atomic<Int64>(first)
let database = try await Database.open(ConnectionOptions(arguments[1]))
try await withThrowingTaskGroup(of: Void.self) { group in
  for _ in 0..<2 {
    group.addTask {
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if number.isMultiple(of: 2) {
          _ = try await database.run(together: Enter(table: 0, number: number), Enter(table: 1, number: number))
        } else {
          try await database.transaction { tx in
            _ = try await tx.run(Enter(table: 0, number: number))
            _ = try await tx.run(Enter(table: 1, number: number))
          }
        }
        // One system call, so that a line is there or not.
        let line = Array("\(number)\n".utf8)
        _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      }
    }
  }
  try await group.waitForAll()
}
