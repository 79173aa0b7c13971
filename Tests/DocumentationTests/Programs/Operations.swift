// Around the samples of Operations.md.

import Foundation
import SQLCRuntime

@main struct Program {
  static func main() async throws {
    let database = try await Database.open("station.db")
    try await database.execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    try FileManager.default.createDirectory(atPath: "backups", withIntermediateDirectories: true)
    try await copies(database)
    let copy = try await Database.open("backups/station.db")
    let report = try await copy.checkIntegrity()
    precondition(report.isClean)
    await copy.close()
    try await log(database)
    await database.close()
    try await encryption(secret: "s3cr3t")
  }

  private static func copies(_ database: Database) async throws {
    // sample: Operations/Copies/1
  }

  private static func log(_ database: Database) async throws {
    // sample: Operations/The write-ahead log/1
    precondition(result.isComplete)
  }

  /// An ordinary SQLite cannot encrypt, and says so; the file of another test is encrypted only by one that can.
  private static func encryption(secret: String) async throws {
    do {
      // sample: Operations/Encryption/1
      await database.close()
    } catch {
      precondition(error.message.contains("does not encrypt"), "\(error)")
      precondition(!error.description.contains(secret))
    }
  }
}
