// A process that writes to a ledger, to be killed, or to compete with another for the file.
//
//     durability-writer DATABASE FIRST-ENTRY STEP SEED [COUNT]
//     durability-writer DATABASE backup COPY
//     durability-writer DATABASE migrate VERSION
//
// Writes the entries FIRST-ENTRY, FIRST-ENTRY + STEP, … and prints the number of each once it is acknowledged. Without a
// COUNT it goes on until it is killed, opening the database anew every now and then.

import DurabilityLedger
import SQLCRuntime

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let arguments = CommandLine.arguments
if arguments.count == 4, arguments[2] == "backup" {
  // As slow as it gets, and told of when it has begun.
  var options = BackupOptions()
  options.pagesPerStep = 1
  options.pause = .seconds(1)
  let database = try await Database.open(arguments[1])
  try await database.backup(to: arguments[3], options: options) { progress in
    print(progress.copiedPages)
    fflush(nil)
  }
  exit(0)
}
if arguments.count == 4, arguments[2] == "migrate" {
  var options = MigrationOptions()
  options.progress = { step in
    if case .applying(let version, _) = step { print(version) }
    fflush(nil)
  }
  let database = try await Database.open(arguments[1])
  try await database.migrate(accountMigrations, to: .version(arguments[3]), options: options)
  await database.close()
  exit(0)
}
guard arguments.count >= 5, let first = Int64(arguments[2]), let step = Int64(arguments[3]),
  let seed = UInt64(arguments[4])
else {
  print("usage: durability-writer DATABASE FIRST-ENTRY STEP SEED [COUNT]")
  exit(2)
}
let count = arguments.count > 5 ? Int(arguments[5]) : nil
setEntries(from: first, by: step, count: count ?? .max)
var round = seed
repeat {
  var configuration = Configuration()
  configuration.busyTimeout = .seconds(30)
  // Few pages in memory: transactions reach the file before they commit.
  if round % 2 == 0 { configuration.connectionSetup = "PRAGMA cache_size = 4" }
  let database = try await Database.open(arguments[1], configuration: configuration)
  if round == seed { try await database.execute(ledgerSchema) }
  try await work(on: database, count: count ?? 20, seed: round)
  if round % 5 == 4 { try await database.execute("VACUUM") }
  await database.close()
  round += 1
} while count == nil
