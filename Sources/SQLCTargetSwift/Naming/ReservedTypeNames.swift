// Type names that a generated struct does not take by itself, because a module that declares them can hardly be
// written in: `Task { … }` would mean the row of table `tasks`.

/// Types of the standard library, its concurrency and Foundation that Swift files use every day.
/// A table or query of that name gets a suffix and a warning; `rename` may still choose the name.
let everydayTypeNames: Set<String> = [
  "Actor", "AnyObject", "Array", "Bool", "Bundle", "CaseIterable", "Character", "Codable", "CodingKey", "Collection",
  "Comparable", "Data", "Date", "Decimal", "Decodable", "Decoder", "Dictionary", "Double", "Duration", "Encodable",
  "Encoder", "Equatable", "Error", "FileManager", "Float", "Hashable", "Identifiable", "Int", "Int16", "Int32",
  "Int64", "Int8", "Iterator", "Locale", "MainActor", "Never", "Notification", "Optional", "Process", "Protocol",
  "Range", "RawRepresentable", "Regex", "Result", "Self", "Sendable", "Sequence", "Set", "Slice", "StaticString",
  "String", "Substring", "Task", "TaskGroup", "Thread", "TimeInterval", "TimeZone", "Type", "UInt", "UInt16",
  "UInt32", "UInt64", "UInt8", "URL", "URLRequest", "UUID", "Void", "View",
]

/// What generated code itself says without a module's name; not even `rename` may take these.
let namesGeneratedCodeUses: Set<String> = [
  "Any", "AtMostOneQuery", "Bool", "CaseIterable", "Codable", "CodingKey", "CodingKeys", "CollationOrder", "Connection",
  "Data", "Database", "DatabaseError", "Date", "Double", "ExactlyOneQuery", "ExecLastIDQuery", "ExecQuery",
  "ExecResult", "ExecResultQuery", "ExecRowsQuery", "Float", "Foundation", "FoundationEssentials", "FunctionLibrary",
  "Hashable", "Identifiable", "Int", "Int32", "Int64", "JSONCodec", "JulianDayCodec", "ManyQuery", "Protocol", "Query",
  "QueryRecorder", "QueryStub", "ResultRow", "Row", "RowDecodable", "SQLAggregate", "SQLCRuntime", "SQLCoded",
  "SQLCollation",
  "SQLFunction", "SQLiteDay", "SQLiteDecimal", "SQLiteJSON", "SQLiteNumber", "SQLiteRawRepresentable", "SQLiteValue",
  "Self", "Sendable", "Statement", "StatementDefinition", "String", "Swift", "TransactionScope", "Type", "UInt8",
  "UUID", "UUIDBlobCodec", "UnixMillisecondsCodec", "UnixSecondsCodec",
]
