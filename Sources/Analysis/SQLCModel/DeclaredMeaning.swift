// The words of declared types that mean something to an application, in one place for all who ask. SQLite itself has no such
// types.

/// What the words of a declared type mean, beyond how values are stored.
///
/// Lengths do not count (`TIMESTAMP(3)`), nor does case. A name with more words than these is none of them: `UUID TEXT`.
public enum DeclaredMeaning: Sendable, Hashable {
  case boolean, dateTime, date, time, json, uuid, decimal
  case vector(dimensions: Int?)

  public init?(declaredType: String) {
    let lowercased = declaredType.lowercased()
    // Nearly all are one word.
    let isWord = lowercased.utf8.allSatisfy { $0 > 0x20 && $0 < 0x80 && $0 != UInt8(ascii: "(") }
    let name =
      isWord ? lowercased : lowercased.prefix { $0 != "(" }.split { $0.isWhitespace }.joined(separator: " ")
    switch name {
    case "boolean", "bool": self = .boolean
    case "datetime", "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone":
      self = .dateTime
    case "date": self = .date
    case "time": self = .time
    case "json", "jsonb": self = .json
    case "uuid", "guid": self = .uuid
    case "decimal", "numeric": self = .decimal
    case "vector":
      let argument = lowercased.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" && $0 != "," }
      self = .vector(dimensions: Int(argument.filter { !$0.isWhitespace }))
    default: return nil
    }
  }

  /// Is it what that type says of a value?
  public func isMeaning(of type: ValueType) -> Bool {
    switch (self, type) {
    case (.boolean, .boolean), (.dateTime, .timestamp), (.date, .date), (.time, .time), (.json, .json), (.uuid, .uuid),
      (.decimal, .decimal), (.vector, .vector):
      true
    default: false
    }
  }
}
