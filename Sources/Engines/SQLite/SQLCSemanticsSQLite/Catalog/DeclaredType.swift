// What a declared type says: affinity, logical type and the facts of a column that has nothing else.

import SQLCDiagnostics
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
    var found = Affinity.numeric
    // The last four letters, as SQLite reads them (build.c, sqlite3AffinityType).
    var letters: UInt32 = 0
    for byte in declaredType.utf8 {
      letters = letters << 8 | UInt32(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      if letters & 0xFF_FFFF == TypeLetters.int {
        self = .integer
        return
      }
      switch letters {
      case TypeLetters.char, TypeLetters.clob, TypeLetters.text: found = .text
      case TypeLetters.blob where found != .text: found = .blob
      case TypeLetters.real, TypeLetters.floa, TypeLetters.doub: if found == .numeric { found = .real }
      default: break
      }
    }
    self = found
  }
}

/// Letters of type names, each word as one number, its last letter lowest.
private enum TypeLetters {
  static let int: UInt32 = 0x69_6E74
  static let char: UInt32 = 0x6368_6172
  static let clob: UInt32 = 0x636C_6F62
  static let text: UInt32 = 0x7465_7874
  static let blob: UInt32 = 0x626C_6F62
  static let real: UInt32 = 0x7265_616C
  static let floa: UInt32 = 0x666C_6F61
  static let doub: UInt32 = 0x646F_7562
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
    // A date that is written as one looks like no number, nor does a UUID.
    case .dateTime, .date, .uuid: return TypeFacts(.text, logical: logical, nullability)
    // A document can be a bare number; JSONB may hold what `jsonb()` makes.
    case .json:
      let isBinary = declaredType.asciiLowercased.hasPrefix("jsonb")
      return TypeFacts(isBinary ? .any : [.text, .integer, .real], logical: logical, nullability)
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
  case .numeric: hasWord(declaredType) { textWords.contains(String($0)) }
  case .integer: !hasWord(declaredType) { isIntegerWord($0) || isRealWord($0) }
  case .text, .blob, .real: false
  }
}

/// The type that a name may be misspelt for, when it means nothing by itself: not to SQLite, whose rules leave it NUMERIC, and not
/// to applications.
func nearestType(to declaredType: String, _ affinity: Affinity) -> String? {
  guard affinity == .numeric, logicalType(ofDeclared: declaredType) == nil, !isTextInName(declaredType, affinity) else {
    return nil
  }
  let name = String(declaredType.prefix { $0 != "(" }).trimmingBlanks.asciiLowercased
  guard !wordsOfOthers.contains(name), name.utf8.count >= 3 else { return nil }
  return nearestNames(to: name, among: meaningfulTypes.map(\.asciiLowercased), limit: 1).first?.uppercased()
}

private let meaningfulTypes = [
  "INTEGER", "BIGINT", "REAL", "DOUBLE", "FLOAT", "TEXT", "VARCHAR", "BLOB", "BOOLEAN", "DATETIME", "TIMESTAMP", "DATE",
  "TIME", "JSON", "JSONB", "UUID", "DECIMAL", "NUMERIC", "VECTOR",
]

/// Names that other databases have, near to one of those by chance.
private let wordsOfOthers: Set<String> = [
  "any", "number", "money", "smallmoney", "bit", "dec", "fixed", "year", "geometry", "inet", "oid", "timetz", "bson",
  "bytea", "date2", "datetime2", "raw", "long", "row", "map", "list", "array", "serial", "smallserial", "bigserial",
  "ulid", "xid", "ksuid", "cuid", "rate", "bytes", "binary", "varbinary", "image",
]

extension String {
  fileprivate var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    return String(self.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

private let textWords: Set<String> = [
  "string", "str", "enum", "set", "email", "phone", "url", "uri", "slug", "xml", "html", "markdown", "inet", "cidr",
  "macaddr",
]

/// Words of the type's name: no arguments, ASCII letters in lower case.
private func hasWord(_ declaredType: String, _ isWanted: (Substring) -> Bool) -> Bool {
  let name = declaredType.asciiLowercased.utf8.prefix { $0 != UInt8(ascii: "(") }
  return name.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }.contains { isWanted(Substring($0)) }
}

/// `INT`, `BIGINT`, `UINT64`; not `POINT`, `INTERVAL`.
private func isIntegerWord(_ word: Substring) -> Bool {
  var stem = withoutDigits(word)
  guard let ending = ["integer", "int"].first(where: { stem.utf8.reversed().starts(with: $0.utf8.reversed()) }) else {
    return false
  }
  stem.removeLast(ending.utf8.count)
  if stem.utf8.first == UInt8(ascii: "u") { stem.removeFirst() }
  return stem.isEmpty || integerSizes.contains(String(stem))
}

private let integerSizes: Set<String> = [
  "s", "tiny", "small", "medium", "middle", "big", "huge", "long", "short", "var", "nsigned", "signed",
]

/// `REAL`, `DOUBLE`, `FLOAT8`; not `REALM`.
private func isRealWord(_ word: Substring) -> Bool { realWords.contains(String(withoutDigits(word))) }

private let realWords: Set<String> = [
  "real", "double", "float", "floating", "smallfloat", "binary_float", "binary_double",
]

/// Without the digits at its end.
private func withoutDigits(_ word: Substring) -> Substring {
  var bytes = word.utf8
  while let last = bytes.last, last >= 0x30, last <= 0x39 { bytes.removeLast() }
  return Substring(bytes)
}
