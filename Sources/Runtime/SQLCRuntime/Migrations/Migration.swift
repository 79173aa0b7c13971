// What migrations are, for whoever imports this runtime: the same types for all databases.

// Exported, since generated code and applications say `Migration` and `DatabaseSchema`, and import the runtime only.
@_exported public import SQLCRuntimeKit

/// Why the schema was not migrated.
public typealias MigrationError = MigrationFailure<DatabaseError>
