// Which words are keywords, and how a word is recognised without making a string of it.

/// Every keyword of SQLite 3.40 and later, lang_keywords.html, with the token it is. TEMPORARY is TEMP to the grammar.
let keywordSpellings: [(spelling: String, kind: TokenKind)] = [
  ("ABORT", .abort), ("ACTION", .action), ("ADD", .add), ("AFTER", .after), ("ALL", .all), ("ALTER", .alter),
  ("ALWAYS", .always), ("ANALYZE", .analyze), ("AND", .and), ("AS", .as), ("ASC", .asc), ("ATTACH", .attach),
  ("AUTOINCREMENT", .autoincrement), ("BEFORE", .before), ("BEGIN", .begin), ("BETWEEN", .between), ("BY", .by),
  ("CASCADE", .cascade), ("CASE", .case), ("CAST", .cast), ("CHECK", .check), ("COLLATE", .collate),
  ("COLUMN", .column), ("COMMIT", .commit), ("CONFLICT", .conflict), ("CONSTRAINT", .constraint),
  ("CREATE", .create), ("CROSS", .cross), ("CURRENT", .current), ("CURRENT_DATE", .currentDate),
  ("CURRENT_TIME", .currentTime), ("CURRENT_TIMESTAMP", .currentTimestamp), ("DATABASE", .database),
  ("DEFAULT", .default), ("DEFERRABLE", .deferrable), ("DEFERRED", .deferred), ("DELETE", .delete),
  ("DESC", .desc), ("DETACH", .detach), ("DISTINCT", .distinct), ("DO", .do), ("DROP", .drop), ("EACH", .each),
  ("ELSE", .else), ("END", .end), ("ESCAPE", .escape), ("EXCEPT", .except), ("EXCLUDE", .exclude),
  ("EXCLUSIVE", .exclusive), ("EXISTS", .exists), ("EXPLAIN", .explain), ("FAIL", .fail), ("FILTER", .filter),
  ("FIRST", .first), ("FOLLOWING", .following), ("FOR", .for), ("FOREIGN", .foreign), ("FROM", .from),
  ("FULL", .full), ("GENERATED", .generated), ("GLOB", .glob), ("GROUP", .group), ("GROUPS", .groups),
  ("HAVING", .having), ("IF", .if), ("IGNORE", .ignore), ("IMMEDIATE", .immediate), ("IN", .in), ("INDEX", .index),
  ("INDEXED", .indexed), ("INITIALLY", .initially), ("INNER", .inner), ("INSERT", .insert), ("INSTEAD", .instead),
  ("INTERSECT", .intersect), ("INTO", .into), ("IS", .is), ("ISNULL", .isNull), ("JOIN", .join), ("KEY", .key),
  ("LAST", .last), ("LEFT", .left), ("LIKE", .like), ("LIMIT", .limit), ("MATCH", .match),
  ("MATERIALIZED", .materialized), ("NATURAL", .natural), ("NO", .no), ("NOT", .not), ("NOTHING", .nothing),
  ("NOTNULL", .notNull), ("NULL", .null), ("NULLS", .nulls), ("OF", .of), ("OFFSET", .offset), ("ON", .on),
  ("OR", .or), ("ORDER", .order), ("OTHERS", .others), ("OUTER", .outer), ("OVER", .over),
  ("PARTITION", .partition), ("PLAN", .plan), ("PRAGMA", .pragma), ("PRECEDING", .preceding),
  ("PRIMARY", .primary), ("QUERY", .query), ("RAISE", .raise), ("RANGE", .range), ("RECURSIVE", .recursive),
  ("REFERENCES", .references), ("REGEXP", .regexp), ("REINDEX", .reindex), ("RELEASE", .release),
  ("RENAME", .rename), ("REPLACE", .replace), ("RESTRICT", .restrict), ("RETURNING", .returning),
  ("RIGHT", .right), ("ROLLBACK", .rollback), ("ROW", .row), ("ROWS", .rows), ("SAVEPOINT", .savepoint),
  ("SELECT", .select), ("SET", .set), ("TABLE", .table), ("TEMP", .temp), ("TEMPORARY", .temp), ("THEN", .then),
  ("TIES", .ties), ("TO", .to), ("TRANSACTION", .transaction), ("TRIGGER", .trigger), ("UNBOUNDED", .unbounded),
  ("UNION", .union), ("UNIQUE", .unique), ("UPDATE", .update), ("USING", .using), ("VACUUM", .vacuum),
  ("VALUES", .values), ("VIEW", .view), ("VIRTUAL", .virtual), ("WHEN", .when), ("WHERE", .where),
  ("WINDOW", .window), ("WITH", .with), ("WITHOUT", .without),
]

/// A word packed for comparison: up to 17 bytes (CURRENT_TIMESTAMP is the longest keyword), letters folded.
///
/// Folding sets bit 5. Among the bytes of an identifier that is one to one but for the case of ASCII letters and for
/// bytes above 127, which no keyword has.
struct PackedWord: Equatable {
  static let maximumLength = 17

  private var head: UInt64 = 0
  private var middle: UInt64 = 0
  private var tail: UInt8 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, from lower: Int, to upper: Int) {
    let headEnd = min(upper, lower + 8)
    for offset in lower..<headEnd { head = head << 8 | UInt64(bytes[offset] | 0x20) }
    guard upper > headEnd else { return }
    let middleEnd = min(upper, lower + 16)
    for offset in headEnd..<middleEnd { middle = middle << 8 | UInt64(bytes[offset] | 0x20) }
    if upper > middleEnd { tail = bytes[middleEnd] | 0x20 }
  }

  var hash: Int {
    let mixed = (head ^ (middle &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 55)
  }
}

/// An open-addressed table of the keywords: one multiplication and, as a rule, one comparison per word.
struct KeywordTable: Sendable {
  private static let slotCount = 512
  private var slots: [(word: PackedWord, kind: TokenKind)?]

  static let shared = KeywordTable()

  private init() {
    slots = Array(repeating: nil, count: Self.slotCount)
    for (spelling, kind) in keywordSpellings {
      let word = Array(spelling.utf8).withUnsafeBufferPointer { PackedWord($0, from: 0, to: $0.count) }
      var slot = word.hash
      while slots[slot] != nil { slot = (slot + 1) % Self.slotCount }
      slots[slot] = (word, kind)
    }
  }

  /// The keyword those bytes spell, in whatever case; nil for any other word.
  func kind(of bytes: UnsafeBufferPointer<UInt8>, from lower: Int, to upper: Int) -> TokenKind? {
    guard upper - lower >= 2, upper - lower <= PackedWord.maximumLength else { return nil }
    let word = PackedWord(bytes, from: lower, to: upper)
    var slot = word.hash
    while let entry = slots[slot] {
      if entry.word == word { return entry.kind }
      slot = (slot + 1) % Self.slotCount
    }
    return nil
  }
}

extension TokenKind {
  /// How a keyword is written, in capitals; how a sign is written; nil for names, values and what is not SQL.
  public var spelling: String? {
    switch self {
    case .semicolon: ";"
    case .leftParen: "("
    case .rightParen: ")"
    case .comma: ","
    case .dot: "."
    case .star: "*"
    case .plus: "+"
    case .minus: "-"
    case .slash: "/"
    case .percent: "%"
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .ampersand: "&"
    case .pipe: "|"
    case .concat: "||"
    case .tilde: "~"
    case .arrow: "->"
    case .doubleArrow: "->>"
    default: keywordSpellings.first { $0.kind == self }?.spelling
    }
  }
}
