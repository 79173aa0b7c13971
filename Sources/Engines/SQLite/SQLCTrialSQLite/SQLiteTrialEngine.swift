// SQLite as the trials see it.

public import SQLCEngine
public import SQLCEngineSQLite
public import SQLCOracleSQLite
import SQLCSQLiteHandle

/// Makes databases in memory that know what the application registers.
public struct SQLiteTrialEngine: TrialEngine {
  public let name = "SQLite"
  /// What the application registers, and how much SQL may take.
  public var extensions: ScratchExtensions
  public var storage: ValueStorage
  public var keyNulls: KeyNulls

  public init(
    extensions: ScratchExtensions = ScratchExtensions(), storage: ValueStorage = ValueStorage(),
    keyNulls: KeyNulls = .none
  ) {
    self.extensions = extensions
    self.storage = storage
    self.keyNulls = keyNulls
  }

  public var types: any TrialTypes { SQLiteTrialTypes(storage: storage) }

  public func open(until deadline: TrialDeadline = .none) throws(TrialFailure) -> SQLiteTrialDatabase {
    try SQLiteTrialDatabase(self, at: nil, until: deadline, SharedSchemaReader())
  }

  /// A database in a file, which keeps what is put into it.
  public func open(file path: String) throws(TrialFailure) -> SQLiteTrialDatabase {
    try SQLiteTrialDatabase(self, at: path, until: .none, SharedSchemaReader())
  }
}

/// Do primary keys get NULLs where SQLite lets them be (quirks.html#primary_keys_can_sometimes_contain_nulls)?
public enum KeyNulls: Sendable, Hashable { case none, wherePermitted }
