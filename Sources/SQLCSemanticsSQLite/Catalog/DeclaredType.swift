// What a declared type says: affinity, logical type and the facts of a column that has nothing else.

import SQLCSyntaxSQLite

extension Affinity {
  /// The five rules, first match wins (SQLite, datatype3.html §3.1).
  ///
  /// | contains             | affinity |
  /// |----------------------|----------|
  /// | INT                  | INTEGER  |
  /// | CHAR, CLOB, TEXT     | TEXT     |
  /// | BLOB, or no type     | BLOB     |
  /// | REAL, FLOA, DOUB     | REAL     |
  /// | anything else        | NUMERIC  |
  public init(declaredType: String?) {
    guard let declaredType, !declaredType.isEmpty else {
      self = .blob
      return
    }
    let name = declaredType.asciiLowercased
    func has(_ part: String) -> Bool { containsBytes(name, part) }
    if has("int") {
      self = .integer
    } else if has("char") || has("clob") || has("text") {
      self = .text
    } else if has("blob") {
      self = .blob
    } else if has("real") || has("floa") || has("doub") {
      self = .real
    } else {
      self = .numeric
    }
  }
}

/// What the words of a declared type mean to the application. SQLite itself has no such types.
///
/// `VARCHAR(3)` and the like are plain; so is `ANY`.
public func logicalType(ofDeclared declaredType: String) -> LogicalType? {
  var name = declaredType.asciiLowercased
  var argument: String?
  if let open = name.firstIndex(of: "(") {
    argument = String(name[name.index(after: open)...].prefix { $0 != ")" && $0 != "," })
    name = String(name[..<open])
  }
  name = name.split(separator: " ").joined(separator: " ")
  switch name {
  case "boolean", "bool": return .boolean
  case "datetime", "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone":
    return .dateTime
  case "date": return .date
  case "time": return .time
  case "json", "jsonb": return .json
  case "uuid", "guid": return .uuid
  case "decimal", "numeric": return .decimal
  case "vector":
    return .vector(dimensions: argument.flatMap { Int($0.filter { $0 != " " }) })
  default: return nil
  }
}

/// Storage classes and meaning of a column by its declared type alone (generated-api: the table of types).
///
/// A declared type is a promise outside STRICT tables (datatype3.html §3): the decoder checks it when reading.
func declaredFacts(_ declaredType: String?, affinity: Affinity, nullability: Nullability) -> TypeFacts {
  guard let declaredType, !declaredType.isEmpty else { return TypeFacts(.any, nullability) }
  if let logical = logicalType(ofDeclared: declaredType) {
    switch logical {
    case .boolean: return TypeFacts(.integer, logical: logical, nullability)
    case .dateTime, .date, .time, .json, .uuid: return TypeFacts(.text, logical: logical, nullability)
    case .decimal: return TypeFacts(.numeric, logical: logical, nullability)
    case .vector: return TypeFacts(.blob, logical: logical, nullability)
    case .enumeration: return TypeFacts(.text, logical: logical, nullability)
    }
  }
  if declaredType.asciiLowercased == "any" { return TypeFacts(.any, nullability) }
  switch affinity {
  case .integer: return TypeFacts(.integer, nullability)
  case .text: return TypeFacts(.text, nullability)
  case .real: return TypeFacts(.real, nullability)
  case .blob: return TypeFacts(.blob, nullability)
  // A name SQLite knows nothing of (`STRING`, `MONEY`): whatever was stored, numbers where the text looks like one.
  case .numeric: return TypeFacts(.any, nullability)
  }
}

/// Substring search over bytes: names are short and no Foundation is needed.
func containsBytes(_ text: String, _ part: String) -> Bool {
  let haystack = Array(text.utf8)
  let needle = Array(part.utf8)
  guard !needle.isEmpty, haystack.count >= needle.count else { return needle.isEmpty }
  for start in 0...(haystack.count - needle.count) where haystack[start..<(start + needle.count)].elementsEqual(needle)
  {
    return true
  }
  return false
}
