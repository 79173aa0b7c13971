// Ways of writing that PostgreSQL reads otherwise or not at all: in names, in operators and in the text between.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension TreeWalk {
  mutating func noteColumn(_ node: ColumnReferenceSyntax) {
    if let schema = node.schema { note(.schemaName, schema.text, schema.range) }
    noteName(node.column)
    if node.table == nil, node.column.quoting == .none, sessionNames.contains(node.column.key) {
      note(.sessionName, node.column.text, node.range)
    }
    if let value = types.values[node.range]?.column {
      noteCase(node.column, defined: value.column)
    }
  }

  mutating func noteTable(_ name: QualifiedNameSyntax) {
    if let schema = name.schema { note(.schemaName, schema.text, schema.range) }
    noteName(name.name)
    switch catalog.relations[name.name.key] {
    case .table(let table)?: noteCase(name.name, defined: table.name)
    case .view(let view)?: noteCase(name.name, defined: view.name)
    case nil: break
    }
  }

  /// Names longer than 63 bytes are cut (sql-syntax-lexical.html), and what stands in brackets is none.
  mutating func noteName(_ name: NameSyntax) {
    switch name.quoting {
    case .brackets, .backticks: note(.bracketedName, text(name.range), name.range)
    case .none, .doubleQuotes, .singleQuotes: break
    }
    if name.text.utf8.count > 63 { note(.longName, name.text, name.range) }
  }

  /// PostgreSQL folds what stands without quotes, and nothing else.
  private mutating func noteCase(_ name: NameSyntax, defined: String) {
    let meant = name.quoting == .none ? name.text.asciiLowercased : name.text
    let there = quotedNames.contains(defined) ? defined : defined.asciiLowercased
    if meant != there { note(.nameCase, name.text, name.range) }
  }

  /// `a = b = c`: comparisons do not associate in PostgreSQL (sql-syntax-lexical.html, operator precedence).
  mutating func noteChain(_ node: BinarySyntax) {
    for side in [node.left, node.right] {
      guard case .binary(let inner) = side else { continue }
      let isChain =
        node.op.isComparison && inner.op.isComparison
        || node.op.isIdentity && inner.op.isIdentity && (isDistinction(node) || isDistinction(inner))
      if isChain { note(.chain, text(node.range), node.range) }
    }
  }

  /// `IS DISTINCT FROM`, which takes no IS beside it.
  private func isDistinction(_ node: BinarySyntax) -> Bool {
    text(ByteRange(node.left.range.upper, node.right.range.lower)).lowercased().contains("distinct")
  }

  /// `||`, `->` and `->>` bind tighter than `+` and `*` here and looser there.
  mutating func notePrecedence(_ node: BinarySyntax) {
    for side in [node.left, node.right] {
      guard case .binary(let inner) = side else { continue }
      if node.op.isArithmetic && inner.op.bindsLooselyElsewhere
        || node.op.bindsLooselyElsewhere && inner.op.isArithmetic
      {
        note(.precedence, text(node.range), node.range)
      }
    }
  }

  mutating func noteSpelling(_ node: BinarySyntax) {
    if node.op == .equal, text(node.opRange) == "==" { note(.doubleEquals, text(node.range), node.opRange) }
  }

  /// `x NOT NULL`; PostgreSQL has `x NOTNULL`, as one word.
  mutating func notePostfix(_ node: NullTestSyntax) {
    let words = text(ByteRange(node.operand.range.upper, node.range.upper)).lowercased().split(
      whereSeparator: \.isWhitespace)
    if words.suffix(2) == ["not", "null"] { note(.postfixNotNull, text(node.range), node.range) }
  }

  /// What tokens and the blanks between them say.
  mutating func walk(_ tokens: [Token]) {
    var end: Int?
    var numbers: [Int] = []
    for token in tokens {
      if let end, end < token.range.lower { noteComments(in: ByteRange(end, token.range.lower)) }
      end = token.range.upper
      switch token.kind {
      case .integer where text(token.range).lowercased().hasPrefix("0x"):
        note(.hexadecimal, text(token.range), token.range)
      case .parameter:
        guard text(token.range).hasPrefix("$"), let number = Int(text(token.range).dropFirst()) else { continue }
        // SQLite takes `$1` for a name, and gives it the next number (lang_expr.html#varparam).
        if !numbers.contains(number) {
          numbers.append(number)
          if number != numbers.count { note(.numberedParameters, text(token.range), token.range) }
        }
      default: continue
      }
    }
  }

  /// Comments nest in PostgreSQL.
  private mutating func noteComments(in range: ByteRange) {
    let between = Array(text(range).utf8)
    var place = 0
    var opened: Int?
    while place < between.count {
      let pair = place + 1 < between.count ? (between[place], between[place + 1]) : (between[place], 0)
      switch (opened, pair) {
      case (nil, (UInt8(ascii: "-"), UInt8(ascii: "-"))):
        while place < between.count, between[place] != UInt8(ascii: "\n") { place += 1 }
      case (nil, (UInt8(ascii: "/"), UInt8(ascii: "*"))):
        opened = place
        place += 1
      case (.some, (UInt8(ascii: "/"), UInt8(ascii: "*"))):
        note(.nestedComment, "", ByteRange(range.lower + place, range.lower + place + 2))
        place += 1
      case (.some, (UInt8(ascii: "*"), UInt8(ascii: "/"))):
        opened = nil
        place += 1
      default: break
      }
      place += 1
    }
  }
}

/// Words that PostgreSQL reads as functions of the session (functions-info.html).
private let sessionNames: Set<String> = [
  "user", "current_user", "session_user", "current_role", "current_catalog", "current_schema", "localtime",
  "localtimestamp",
]

extension BinarySyntax.Operator {
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  var isIdentity: Bool { self == .is || self == .isNot }

  var isArithmetic: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .modulo: true
    default: false
    }
  }

  var isBitwise: Bool { self == .bitAnd || self == .bitOr || self == .shiftLeft || self == .shiftRight }

  var bindsLooselyElsewhere: Bool { self == .concat || self == .jsonArrow || self == .jsonArrowText }
}
