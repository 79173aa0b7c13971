// Where a statement has lists of rows, and what the fields of each are.
//
// | written | a row | its fields |
// |---|---|---|
// | `(a, t.b) IN (sqlc.slice(pairs))` | as many values | `a`, `b`: the columns on the left |
// | `INSERT INTO t (a, b) VALUES (sqlc.slice(rows))` | as many values | `a`, `b`: the columns of the INSERT |
// | `VALUES (@tenant, sqlc.slice(rows, a), lower(sqlc.slice(rows, b)))` | as it is written | `a`, `b` |

import SQLCDiagnostics
import SQLCEngine
import SQLCModel

struct RowListReader {
  let tokens: FragmentTokens
  private(set) var found: [FoundRowList] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ tokens: FragmentTokens) { self.tokens = tokens }

  /// One list where it stands.
  struct FoundRowList {
    struct Value {
      /// `sqlc.slice(…)`
      var range: ByteRange
      var field: String
    }
    var name: String
    var role: RowList.Role
    /// What gives way: all of the rows.
    var range: ByteRange
    /// A row as it is written; nothing where it is made of `fields`.
    var row: ByteRange?
    /// In the order of the row, each as often as it stands there.
    var values: [Value]
    var columns: Int

    var fields: [String] {
      var seen: Set<String> = []
      return values.map(\.field).filter { seen.insert($0.lowercased()).inserted }
    }
  }

  /// A `sqlc.slice`.
  private struct Slice {
    var list: String
    var field: String?
    var tokens: Range<Int>
  }

  mutating func read() {
    var index = 0
    var rows: Set<Int> = []
    while index < tokens.indices.upperBound {
      defer { index += 1 }
      guard tokens.macro(at: index) == "slice" else { continue }
      guard let slice = slice(at: index) else {
        if let close = tokens.closing(index + 3), (index + 4..<close).contains(where: { tokens.isSymbol(",", $0) }) {
          report(.malformedField, tokens.range(index..<close + 1))
        }
        continue
      }
      if let open = rowOfValues(around: slice) {
        if rows.insert(open).inserted { readRow(open, slice) }
      } else if let field = slice.field {
        report(.misplacedField(list: slice.list, field: field), tokens.range(slice.tokens))
      } else if tokens.word(index - 1) == "values" {
        report(.bareList(list: slice.list), tokens.range(slice.tokens))
      } else {
        readMembers(slice)
      }
    }
    checkEquality()
  }

  // MARK: One macro

  private func slice(at index: Int) -> Slice? {
    guard tokens.macro(at: index) == "slice", let close = tokens.closing(index + 3) else { return nil }
    let inner = (index + 4)..<close
    guard let list = name(at: inner.lowerBound) else { return nil }
    if inner.count == 1 { return Slice(list: list, field: nil, tokens: index..<close + 1) }
    guard inner.count == 3, tokens.isSymbol(",", inner.lowerBound + 1), let field = name(at: inner.lowerBound + 2)
    else { return nil }
    return Slice(list: list, field: field, tokens: index..<close + 1)
  }

  /// A word, or what is between quotes.
  private func name(at index: Int) -> String? {
    switch tokens.kind(index) {
    case .word:
      let text = tokens.text(index)
      return text.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true ? nil : text
    case .quoted:
      let name = String(tokens.text(index).dropFirst().dropLast())
      return name.isEmpty ? nil : name
    default: return nil
    }
  }

  // MARK: VALUES

  /// The parenthesis of the row of VALUES that the macro stands in: directly, for a whole row; anywhere, for a field.
  private func rowOfValues(around slice: Slice) -> Int? {
    var depth = 0
    var index = slice.tokens.lowerBound - 1
    while index >= 0 {
      depth -= tokens.step(index)
      if depth < 0 {
        depth = 0
        if tokens.kind(index) == .openParenthesis, isRow(index) {
          guard slice.field == nil else { return index }
          return index == slice.tokens.lowerBound - 1 && tokens.closing(index) == slice.tokens.upperBound ? index : nil
        }
        // A SELECT inside of the row is a part of it: its own lists are those of IN.
        if slice.field == nil { return nil }
      }
      index -= 1
    }
    return nil
  }

  /// `VALUES (`, or another row behind one.
  private func isRow(_ open: Int) -> Bool {
    if tokens.word(open - 1) == "values" { return true }
    guard tokens.isSymbol(",", open - 1), tokens.kind(open - 2) == .closeParenthesis, let before = opening(open - 2)
    else { return false }
    return isRow(before)
  }

  private func opening(_ close: Int) -> Int? {
    var depth = 0
    var index = close
    while index >= 0 {
      depth += tokens.step(index)
      if depth == 0 { return index }
      index -= 1
    }
    return nil
  }

  private mutating func readRow(_ open: Int, _ slice: Slice) {
    guard let close = tokens.closing(open) else { return }
    guard tokens.word(open - 1) == "values", !tokens.isSymbol(",", close + 1) else {
      return report(.severalRows(list: slice.list), tokens.range(slice.tokens))
    }
    let range = ByteRange(tokens.tokens[open - 1].range.lower, tokens.tokens[close].range.upper)
    guard slice.field != nil else {
      guard let columns = insertedColumns(before: open - 1) else {
        return report(.missingColumns(list: slice.list), tokens.range(slice.tokens))
      }
      return add(slice, .values, range, columns)
    }
    readTemplate(open, close, slice, range)
  }

  /// A row with values of each element, and others that are the same in all rows.
  private mutating func readTemplate(_ open: Int, _ close: Int, _ slice: Slice, _ range: ByteRange) {
    var list = FoundRowList(
      name: slice.list, role: isMembership(open - 1, close) ? .members : .values, range: range,
      row: tokens.range(open..<close + 1), values: [], columns: 1)
    var depth = 0
    var index = open + 1
    while index < close {
      if let other = self.slice(at: index) {
        guard let field = other.field else {
          return report(.unfitExpression(text(of: other.tokens)), tokens.range(other.tokens))
        }
        guard other.list.lowercased() == slice.list.lowercased() else {
          return report(.mixedLists(slice.list, other.list), tokens.range(other.tokens))
        }
        list.values.append(FoundRowList.Value(range: tokens.range(other.tokens), field: field))
        index = other.tokens.upperBound
        continue
      }
      if let macro = tokens.macro(at: index), !["arg", "narg"].contains(macro) {
        return report(.unfitExpression("sqlc.\(macro)"), tokens.range(index..<index + 3))
      }
      if depth == 0 && tokens.word(index) == "default" || tokens.word(index) == "values" {
        return report(.unfitExpression(tokens.text(index)), tokens.range(index..<index + 1))
      }
      depth += tokens.step(index)
      if depth == 0, tokens.isSymbol(",", index) { list.columns += 1 }
      index += 1
    }
    found.append(list)
  }

  /// `IN (VALUES (…))`
  private func isMembership(_ values: Int, _ close: Int) -> Bool {
    tokens.kind(values - 1) == .openParenthesis && tokens.word(values - 2) == "in"
      && tokens.kind(close + 1) == .closeParenthesis
  }

  /// Those between the parentheses in front of `VALUES`: `INSERT INTO t (a, b) VALUES`.
  private func insertedColumns(before values: Int) -> [Column]? {
    var close = values - 1
    // `OVERRIDING SYSTEM VALUE`
    if tokens.word(close) == "value", tokens.word(close - 2) == "overriding" { close -= 3 }
    guard tokens.kind(close) == .closeParenthesis, let open = opening(close) else { return nil }
    // `INTO s.t AS x (`
    var index = open - 1
    while index >= 0, tokens.kind(index) == .word || tokens.kind(index) == .quoted || tokens.isSymbol(".", index) {
      if tokens.word(index) == "into" { return columns(in: (open + 1)..<close) }
      index -= 1
    }
    return nil
  }

  // MARK: IN

  private mutating func readMembers(_ slice: Slice) {
    let before = slice.tokens.lowerBound - 1
    let isBare = tokens.word(before) == "in"
    guard
      isBare
        || tokens.kind(before) == .openParenthesis && tokens.kind(slice.tokens.upperBound) == .closeParenthesis
          && tokens.word(before - 1) == "in"
    else { return }
    let operatorWord = isBare ? before : before - 1
    let left = tokens.word(operatorWord - 1) == "not" ? operatorWord - 2 : operatorWord - 1
    guard tokens.kind(left) == .closeParenthesis, let first = opening(left), isRowValue(first) else { return }
    guard let columns = columns(in: (first + 1)..<left), columns.count > 1 else { return }
    if isBare { return report(.bareList(list: slice.list), tokens.range(slice.tokens)) }
    add(slice, .members, tokens.range(slice.tokens), columns)
  }

  /// `coalesce(a, b)` is no row.
  private func isRowValue(_ open: Int) -> Bool {
    guard tokens.kind(open - 1) == .word || tokens.kind(open - 1) == .quoted else { return true }
    return Self.wordsBeforeOperands.contains(tokens.word(open - 1))
  }

  private static let wordsBeforeOperands: Set<String> = [
    "and", "between", "by", "case", "distinct", "else", "filter", "from", "having", "is", "not", "on", "or",
    "returning",
    "row", "select", "set", "then", "when", "where",
  ]

  private struct Column {
    /// Nothing where it is no column.
    var name: String?
    var range: ByteRange
  }

  private func columns(in range: Range<Int>) -> [Column]? {
    var columns: [Column] = []
    var start = range.lowerBound
    var depth = 0
    func add(_ part: Range<Int>) -> Bool {
      guard !part.isEmpty else { return false }
      let isName =
        tokens.isPath(part) && name(at: part.upperBound - 1) != nil && !tokens.text(part.upperBound - 1).hasPrefix("'")
      columns.append(Column(name: isName ? name(at: part.upperBound - 1) : nil, range: tokens.range(part)))
      return true
    }
    for index in range {
      depth += tokens.step(index)
      if depth == 0, tokens.isSymbol(",", index) {
        guard add(start..<index) else { return nil }
        start = index + 1
      }
    }
    return add(start..<range.upperBound) ? columns : nil
  }

  private mutating func add(_ slice: Slice, _ role: RowList.Role, _ range: ByteRange, _ columns: [Column]) {
    var values: [FoundRowList.Value] = []
    for column in columns {
      guard let name = column.name else { return report(.unnamedField(list: slice.list), column.range) }
      guard !values.contains(where: { $0.field.lowercased() == name.lowercased() }) else {
        return report(.repeatedField(name), column.range)
      }
      values.append(FoundRowList.Value(range: tokens.range(slice.tokens), field: name))
    }
    found.append(
      FoundRowList(name: slice.list, role: role, range: range, row: nil, values: values, columns: columns.count))
  }

  // MARK: All of them

  private mutating func checkEquality() {
    var first: [String: Set<String>] = [:]
    for list in found {
      let fields = Set(list.fields.map { $0.lowercased() })
      if let known = first[list.name.lowercased()], known != fields {
        report(.unequalLists(list.name), list.values.first?.range ?? list.range)
      }
      first[list.name.lowercased()] = fields
    }
    guard !found.isEmpty else { return }
    for index in tokens.indices {
      let place: Int?
      if let macro = tokens.macro(at: index), ["arg", "narg"].contains(macro) {
        place = index + 4
      } else if let slice = slice(at: index),
        !found.contains(where: { list in
          list.range.lower <= tokens.tokens[index].range.lower && tokens.tokens[index].range.lower < list.range.upper
        })
      {
        place = slice.tokens.lowerBound + 4
      } else if let parameter = tokens.parameter(at: index) {
        place = parameter
      } else if tokens.rules.parameters != .dollarNumbers, tokens.isSymbol(":", index), tokens.isGlued(index) {
        place = index + 1
      } else {
        place = nil
      }
      if let place, let name = name(at: place), first[name.lowercased()] != nil {
        report(.sharedName(name), tokens.tokens[place].range)
      }
    }
  }

  private func text(of range: Range<Int>) -> String { String(tokens.source.slice(tokens.range(range))) }

  mutating func report(_ diagnostic: RowListDiagnostic, _ range: ByteRange) {
    diagnostics.append(diagnostic.at(range, in: tokens.source))
  }
}
