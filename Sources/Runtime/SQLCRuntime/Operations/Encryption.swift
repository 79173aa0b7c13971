// What comes before everything else on a connection: the key of an encrypted database.

import CSQLite
import SQLCRuntimeKit
import SQLCSQLiteHandle

/// The key of an encrypted database. Its description does not tell it.
public struct EncryptionKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let literal: String

  private init(literal: String) { self.literal = literal }

  /// A passphrase, from which SQLCipher derives the key; slow on purpose.
  public static func passphrase(_ text: String) -> EncryptionKey {
    EncryptionKey(literal: "'\(text.replacingScalars("'", with: "''"))'")
  }

  /// The key itself: 32 bytes, or 48 with the salt.
  public static func raw(_ bytes: [UInt8]) -> EncryptionKey {
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return EncryptionKey(literal: "\"x'\(digits)'\"")
  }

  public var description: String { "EncryptionKey(…)" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// Gives the key to the connection, and makes sure that it was understood.
  func unlock(_ database: DatabaseHandle) throws(SQLiteFailure) {
    do throws(SQLiteFailure) {
      try database.execute("PRAGMA key = \(literal)")
    } catch {
      // A message may quote the text near an error.
      throw SQLiteFailure(extendedCode: error.extendedCode, message: "the key was refused")
    }
    // SQLite, pragma.html: "No error messages are generated if an unknown pragma is issued": an ordinary SQLite would
    // write everything in the clear.
    guard try database.texts("PRAGMA cipher_version").first?[0] != nil else {
      throw SQLiteFailure(
        extendedCode: SQLITE_MISUSE, message: "a key is configured, and this build of SQLite does not encrypt")
    }
  }
}

/// A connection that is being opened, for what must come first: a key, a VFS's settings, functions in C.
public struct RawConnection {
  /// The `sqlite3 *`. Valid during the call; do not close it.
  public let pointer: OpaquePointer
  private let database: DatabaseHandle

  init(_ database: DatabaseHandle) {
    self.database = database
    pointer = database.pointer
  }

  /// Runs every statement of `sql`.
  public func execute(_ sql: String) throws(DatabaseError) {
    do throws(SQLiteFailure) { try database.execute(sql) } catch { throw DatabaseError(error, query: nil) }
  }
}

extension ConnectionRecipe {
  /// The very first steps on a new connection.
  func prepare(_ database: DatabaseHandle) throws(SQLiteFailure) {
    if let key = configuration.encryptionKey { try key.unlock(database) }
    if let prepare = configuration.prepare {
      do {
        try prepare(RawConnection(database))
      } catch let error as DatabaseError {
        throw SQLiteFailure(extendedCode: error.code.rawValue, message: error.message)
      } catch {
        throw SQLiteFailure(extendedCode: SQLITE_ERROR, message: "\(error)")
      }
    }
  }
}
