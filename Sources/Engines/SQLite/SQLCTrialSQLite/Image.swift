// A filled database as the file that it would be.

public import SQLCEngine
import SQLCSQLiteHandle

extension SQLiteTrialDatabase {
  /// The bytes of a file with the same schema and rows.
  public func image() throws(TrialFailure) -> [UInt8] {
    do throws(SQLiteFailure) {
      return try handle.serialized()
    } catch {
      throw TrialFailure(.statement, error.message)
    }
  }
}
