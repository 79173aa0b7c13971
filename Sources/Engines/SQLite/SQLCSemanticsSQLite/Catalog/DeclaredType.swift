// What a declared type says: affinity, logical type and the facts of a column that has nothing else.

import SQLCModel
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
  switch DeclaredMeaning(declaredType: declaredType) {
  case .boolean?: .boolean
  case .dateTime?: .dateTime
  case .date?: .date
  case .time?: .time
  case .json?: .json
  case .uuid?: .uuid
  case .decimal?: .decimal
  case .vector(let dimensions)?: .vector(dimensions: dimensions)
  case nil: nil
  }
}

/// Storage classes and meaning of a column by its declared type alone (generated-api: the table of types).
///
/// A declared type is a promise outside STRICT tables (datatype3.html §3): the decoder checks it when reading. What an affinity
/// makes of values that users write is no broken promise: a TIME of '0700' is stored as 700.
func declaredFacts(_ declaredType: String?, affinity: Affinity, nullability: Nullability) -> TypeFacts {
  guard let declaredType, !declaredType.isEmpty else { return TypeFacts(.any, nullability) }
  if let logical = logicalType(ofDeclared: declaredType) {
    switch logical {
    case .boolean: return TypeFacts(.integer, logical: logical, nullability)
    case .dateTime, .date, .json, .uuid: return TypeFacts(.text, logical: logical, nullability)
    case .time: return TypeFacts([.text, .integer, .real], logical: logical, nullability)
    case .decimal: return TypeFacts(.numeric, logical: logical, nullability)
    case .vector: return TypeFacts(.blob, logical: logical, nullability)
    case .enumeration: return TypeFacts(.text, logical: logical, nullability)
    }
  }
  if declaredType.asciiLowercased == "any" { return TypeFacts(.any, nullability) }
  switch affinity {
  case .integer:
    if hasWord(declaredType, isIntegerWord) { return TypeFacts(.integer, nullability) }
    // FLOATING POINT, whose INT is an accident: whole numbers are stored as integers, which a decoder of REAL reads.
    return TypeFacts(hasWord(declaredType, isRealWord) ? .real : .any, nullability)
  case .text: return TypeFacts(.text, nullability)
  case .real: return TypeFacts(hasWord(declaredType, isRealWord) ? .real : .any, nullability)
  case .blob: return TypeFacts(.blob, nullability)
  // A name SQLite knows nothing of (`STRING`, `MONEY`): whatever was stored, numbers where the text looks like one.
  case .numeric: return TypeFacts(.any, nullability)
  }
}

/// Does the declared type promise text, by its name, where SQLite stores numbers for text that looks like one? STRING, ENUM; and
/// names in which INT is an accident: INTERVAL, CHARINT.
func isTextInName(_ declaredType: String, _ affinity: Affinity) -> Bool {
  switch affinity {
  case .numeric: hasWord(declaredType) { textWords.contains($0) }
  case .integer: !hasWord(declaredType) { isIntegerWord($0) || isRealWord($0) }
  case .text, .blob, .real: false
  }
}

private let textWords: Set<String> = [
  "string", "str", "enum", "set", "email", "phone", "url", "uri", "slug", "xml", "html", "markdown", "inet", "cidr",
  "macaddr",
]

/// Words of the type's name: no arguments, ASCII letters in lower case.
private func hasWord(_ declaredType: String, _ isWanted: (String) -> Bool) -> Bool {
  declaredType.asciiLowercased.prefix { $0 != "(" }.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    .contains { isWanted(String($0)) }
}

/// `INT`, `BIGINT`, `UINT64`; not `POINT`, `INTERVAL`.
private func isIntegerWord(_ word: String) -> Bool {
  var stem = word[...]
  while let last = stem.last, last.isNumber { stem.removeLast() }
  guard let ending = ["integer", "int"].first(where: stem.hasSuffix) else { return false }
  stem.removeLast(ending.count)
  if stem.hasPrefix("u") { stem.removeFirst() }
  return ["", "s", "tiny", "small", "medium", "middle", "big", "huge", "long", "short", "var", "nsigned", "signed"]
    .contains(stem)
}

/// `REAL`, `DOUBLE`, `FLOAT8`; not `REALM`.
private func isRealWord(_ word: String) -> Bool {
  var stem = word[...]
  while let last = stem.last, last.isNumber { stem.removeLast() }
  return ["real", "double", "float", "floating", "smallfloat", "binary_float", "binary_double"].contains(stem)
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
