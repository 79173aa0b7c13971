// Type names that a generated type does not take by itself. Where the module of generated code and another of the user's
// both say `Transaction`, neither can be written in a file that imports both; and in the module itself `Task { … }` would
// mean the row of table `tasks`.

import SQLCEngine

/// Types of the standard library and its concurrency.
/// The symbol graphs of `Swift`, `_Concurrency` and `_StringProcessing` in Swift 6.3, without what is deprecated.
let standardTypeNames: Set<String> = [
  "AdditiveArithmetic", "AnyBidirectionalCollection", "AnyClass", "AnyCollection", "AnyHashable", "AnyIndex",
  "AnyIterator", "AnyKeyPath", "AnyObject", "AnyRandomAccessCollection", "AnySequence", "Array", "ArraySlice",
  "BidirectionalCollection", "BinaryFloatingPoint", "BinaryInteger", "BitwiseCopyable", "Bool",
  "BooleanLiteralType", "CBool", "CChar", "CChar16", "CChar32", "CChar8", "CDouble", "CFloat", "CFloat16", "CInt",
  "CLong", "CLongDouble", "CLongLong", "CShort", "CSignedChar", "CUnsignedChar", "CUnsignedInt", "CUnsignedLong",
  "CUnsignedLongLong", "CUnsignedShort", "CVaListPointer", "CVarArg", "CWideChar", "CaseIterable", "Character",
  "ClosedRange", "Codable", "CodingKey", "CodingKeyRepresentable", "CodingUserInfoKey", "Collection",
  "CollectionDifference", "CollectionOfOne", "CommandLine", "Comparable", "ContiguousArray", "Copyable",
  "CountableClosedRange", "CountablePartialRangeFrom", "CountableRange", "CustomDebugStringConvertible",
  "CustomLeafReflectable", "CustomReflectable", "CustomStringConvertible", "Decodable", "Decoder", "DecodingError",
  "DefaultIndices", "DefaultStringInterpolation", "Dictionary", "DictionaryIndex", "DictionaryIterator",
  "DiscontiguousSlice", "Double", "DropFirstSequence", "DropWhileSequence", "Duration", "DurationProtocol",
  "EmptyCollection", "Encodable", "Encoder", "EncodingError", "EnumeratedSequence", "Equatable", "Error",
  "Escapable", "ExpressibleByArrayLiteral", "ExpressibleByBooleanLiteral", "ExpressibleByDictionaryLiteral",
  "ExpressibleByExtendedGraphemeClusterLiteral", "ExpressibleByFloatLiteral", "ExpressibleByIntegerLiteral",
  "ExpressibleByNilLiteral", "ExpressibleByStringInterpolation", "ExpressibleByStringLiteral",
  "ExpressibleByUnicodeScalarLiteral", "ExtendedGraphemeClusterType", "FixedWidthInteger", "FlattenCollection",
  "FlattenSequence", "Float", "Float16", "Float32", "Float64", "Float80", "FloatLiteralType", "FloatingPoint",
  "FloatingPointClassification", "FloatingPointRoundingRule", "FloatingPointSign", "Hashable", "Hasher",
  "Identifiable", "IndexingIterator", "InlineArray", "InstantProtocol", "Int", "Int128", "Int16", "Int32", "Int64",
  "Int8", "IntegerLiteralType", "IteratorProtocol", "IteratorSequence", "JoinedSequence", "KeyPath",
  "KeyValuePairs", "KeyedDecodingContainer", "KeyedDecodingContainerProtocol", "KeyedEncodingContainer",
  "KeyedEncodingContainerProtocol", "LazyCollection", "LazyCollectionProtocol", "LazyDropWhileCollection",
  "LazyDropWhileSequence", "LazyFilterCollection", "LazyFilterSequence", "LazyMapCollection", "LazyMapSequence",
  "LazyPrefixWhileCollection", "LazyPrefixWhileSequence", "LazySequence", "LazySequenceProtocol",
  "LosslessStringConvertible", "ManagedBuffer", "ManagedBufferPointer", "MemoryLayout", "Mirror", "MirrorPath",
  "MutableCollection", "MutableRawSpan", "MutableSpan", "Never", "Numeric", "ObjectIdentifier", "OpaquePointer",
  "OptionSet", "Optional", "OutputRawSpan", "OutputSpan", "PartialKeyPath", "PartialRangeFrom",
  "PartialRangeThrough", "PartialRangeUpTo", "PrefixSequence", "RandomAccessCollection", "RandomNumberGenerator",
  "Range", "RangeExpression", "RangeReplaceableCollection", "RangeSet", "RawRepresentable", "RawSpan",
  "ReferenceWritableKeyPath", "Repeated", "Result", "ReversedCollection", "SIMD", "SIMD16", "SIMD2", "SIMD3",
  "SIMD32", "SIMD4", "SIMD64", "SIMD8", "SIMDMask", "SIMDScalar", "SIMDStorage", "Sendable", "SendableMetatype",
  "Sequence", "Set", "SetAlgebra", "SetIndex", "SetIterator", "SignedInteger", "SignedNumeric",
  "SingleValueDecodingContainer", "SingleValueEncodingContainer", "Slice", "Span", "StaticBigInt", "StaticString",
  "StrideThrough", "StrideThroughIterator", "StrideTo", "StrideToIterator", "Strideable", "String",
  "StringInterpolationProtocol", "StringLiteralType", "StringProtocol", "Substring", "SystemRandomNumberGenerator",
  "TextOutputStream", "TextOutputStreamable", "UInt", "UInt128", "UInt16", "UInt32", "UInt64", "UInt8", "UTF16",
  "UTF32", "UTF8", "UTF8Span", "UnboundedRange", "UnfoldFirstSequence", "UnfoldSequence", "Unicode", "UnicodeCodec",
  "UnicodeDecodingResult", "UnicodeScalar", "UnicodeScalarType", "UnkeyedDecodingContainer",
  "UnkeyedEncodingContainer", "Unmanaged", "UnsafeBufferPointer", "UnsafeMutableBufferPointer",
  "UnsafeMutablePointer", "UnsafeMutableRawBufferPointer", "UnsafeMutableRawPointer", "UnsafePointer",
  "UnsafeRawBufferPointer", "UnsafeRawPointer", "UnsignedInteger", "Void", "WritableKeyPath", "Zip2Sequence",
  "Actor", "AnyActor", "AsyncIteratorProtocol", "AsyncSequence", "AsyncStream", "AsyncThrowingStream",
  "CancellationError", "CheckedContinuation", "Clock", "ContinuousClock", "DiscardingTaskGroup", "Executor",
  "GlobalActor", "MainActor", "Regex", "RegexComponent", "SerialExecutor", "SuspendingClock", "Task",
  "TaskExecutor", "TaskGroup", "TaskLocal", "TaskPriority", "ThrowingDiscardingTaskGroup", "ThrowingTaskGroup",
  "UnownedJob", "UnsafeContinuation",
  "Iterator", "Protocol", "Self", "Type",
]

/// Types that Swift files use every day, of Foundation and SwiftUI.
let everydayTypeNames: Set<String> = [
  "Bundle", "Calendar", "CharacterSet", "Data", "Date", "DateComponents", "DateFormatter", "DateInterval",
  "Decimal", "FileManager", "IndexPath", "IndexSet", "JSONDecoder", "JSONEncoder", "Locale", "LocalizedError",
  "Notification", "NotificationCenter", "Predicate", "Process", "ProcessInfo", "Thread", "TimeInterval", "TimeZone",
  "Timer", "URL", "URLComponents", "URLRequest", "URLSession", "UserDefaults", "UUID", "View",
]

/// What generated code itself says without a module's name; not even `rename` may take these.
let namesGeneratedCodeUses: Set<String> = [
  "Any", "AtMostOneQuery", "Bool", "BulkInsertion", "BulkQuery", "CaseIterable", "Codable", "CodingKey",
  "CodingKeys", "CollationOrder", "Connection", "Data", "Database", "DatabaseError", "DatabaseSchema", "Date",
  "Double", "ExactlyOneQuery", "ExecLastIDQuery", "ExecOptionalLastIDQuery", "ExecQuery", "ExecResult",
  "ExecResultQuery", "ExecResultWithoutIDQuery", "ExecRowsQuery",
  "Float", "Foundation", "FoundationEssentials", "FunctionLibrary", "Hashable", "Identifiable", "Int", "Int32",
  "Int64", "ManyQuery", "Migration", "NestedManyQuery", "NestedOneQuery", "Nesting",
  "NestingRow", "PatchValue", "Protocol", "Query", "QueryRecorder", "QueryStub", "ResultRow", "Row", "RowDecodable",
  "SQLAggregate", "SQLCoded", "SQLCollation", "SQLFunction",
  "Self", "Sendable", "Sequence",
  "SortDirection", "Statement", "StatementDefinition", "StatementVariants", "String", "Swift", "TransactionScope",
  "Type", "UInt64", "UInt8", "UUID", "VariantQuery",
  "Void",
]

/// The type names that are taken where generated code runs on one runtime.
struct ReservedNames: Sendable {
  /// Not even `rename` may take these.
  let used: Set<String>
  let runtime: Set<String>

  init(_ vocabulary: any RuntimeVocabulary) {
    used = namesGeneratedCodeUses.union(vocabulary.mentionedNames)
    runtime = vocabulary.publicTypes
  }

  /// Does a table, query or enumeration get another name than this one unless the user chose it?
  func isTaken(_ name: String) -> Bool {
    used.contains(name) || runtime.contains(name) || standardTypeNames.contains(name)
      || everydayTypeNames.contains(name)
  }
}
