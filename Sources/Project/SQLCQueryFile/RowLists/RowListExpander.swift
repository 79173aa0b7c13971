// A query with lists of rows, as the statement that is analysed: two rows of the same parameters in place of each list.

package import SQLCDiagnostics
package import SQLCEngine
import SQLCModel

package struct RowListExpander {
  let rules: LexicalRules
  package private(set) var diagnostics: [Diagnostic] = []

  package init(_ rules: LexicalRules) { self.rules = rules }

  /// Whether tokens of a statement may have one: most have not, and are not read twice.
  static func mayStand(in tokens: FragmentTokens) -> Bool {
    tokens.indices.contains { tokens.macro(at: $0) == "slice" }
  }

  /// - Parameter expansion: with its fragments in their places, where it uses some.
  /// - Returns: nothing where the query has no list of rows, or after a mistake.
  package mutating func expand(_ written: WrittenQuery, _ expansion: Expansion?) -> Expansion? {
    let query = expansion?.query ?? written.annotated
    let own =
      expansion == nil
      ? written.tokensOfLists : lexicalTokens(of: query.source, rules: rules).filter { !$0.isComment }
    let tokens = FragmentTokens(
      source: query.source,
      tokens: own.filter {
        query.statementRange.lower <= $0.range.lower && $0.range.upper <= query.statementRange.upper
      }, rules: rules)
    var reader = RowListReader(tokens)
    reader.read()
    if reader.diagnostics.isEmpty, query.command == .copyfrom, let list = reader.found.first {
      reader.report(.unfitCommand(list: list.name), list.values.first?.range ?? list.range)
    }
    diagnostics += reader.diagnostics.map { expansion?($0) ?? $0 }
    guard reader.diagnostics.isEmpty, !reader.found.isEmpty else { return nil }
    var writer = RowListWriter(query: query, tokens: tokens, rules: rules)
    return writer.write(reader.found, over: expansion)
  }
}

private struct RowListWriter {
  let query: AnnotatedQuery
  let tokens: FragmentTokens
  let rules: LexicalRules
  private var bytes: [UInt8] = []
  private var text: ExpandedText
  /// What became longer: where it ended, and by how much.
  private var growth: [(end: Int, by: Int)] = []

  init(query: AnnotatedQuery, tokens: FragmentTokens, rules: LexicalRules) {
    self.query = query
    self.tokens = tokens
    self.rules = rules
    text = ExpandedText(path: query.source.path, uses: [])
  }

  mutating func write(_ found: [RowListReader.FoundRowList], over under: Expansion?) -> Expansion {
    let names = parameterNames(found)
    made("-- name: ", at: ByteRange(at: query.nameRange.lower))
    let name = verbatim(query.nameRange)
    made(" ", at: ByteRange(at: query.commandRange.lower))
    let command = verbatim(query.commandRange)
    made("\n", at: ByteRange(at: query.statementRange.lower))
    let start = bytes.count
    var lists: [RowList] = []
    var offset = query.statementRange.lower
    for list in found.sorted(by: { $0.range.lower < $1.range.lower }) {
      _ = verbatim(ByteRange(offset, list.range.lower))
      let before = bytes.count
      lists.append(write(list, names))
      offset = list.range.upper
      growth.append((end: list.range.upper, by: bytes.count - before - list.range.count))
    }
    _ = verbatim(ByteRange(offset, query.statementRange.upper))
    let statement = ByteRange(start, bytes.count)
    var expanded = query
    expanded.source = SourceFile(
      path: "<rows of \(query.name) of \(query.source.path)>", text: String(decoding: bytes, as: UTF8.self))
    expanded.nameRange = name
    expanded.commandRange = command
    expanded.bodyRange = statement
    expanded.statementRange = statement
    expanded.rowLists = lists
    let base = start - query.statementRange.lower
    func moved(_ range: ByteRange) -> ByteRange { ByteRange(move(range.lower) + base, move(range.upper) + base) }
    expanded.assertions = query.assertions.map {
      AssertedResult($0.claim, range: moved($0.range), expression: moved($0.expression))
    }
    return Expansion(query: expanded, text: text, under: under)
  }

  private func move(_ offset: Int) -> Int {
    growth.reduce(offset) { $1.end <= offset ? $0 + $1.by : $0 }
  }

  private mutating func write(_ list: RowListReader.FoundRowList, _ names: [String: [RowList.Field]]) -> RowList {
    let fields = names[list.name.lowercased()] ?? []
    func parameter(_ field: String) -> String {
      let name = fields.first { $0.name.lowercased() == field.lowercased() }?.parameter ?? field
      // Not '@': in SQLite that cannot stand before '?1'.
      return "sqlc.arg(\(name))"
    }
    let start = bytes.count
    switch (list.role, rules.parameters) {
    // PostgreSQL finds the types of parameters in a list of rows, and takes those in VALUES for text.
    case (.members, .dollarNumbers): break
    case (.members, _), (.values, _): made("VALUES ", at: ByteRange(at: list.range.lower))
    }
    let row = bytes.count
    func writeRow(_ writer: inout Self) {
      guard let written = list.row else {
        let place = list.values.first?.range ?? list.range
        for (index, value) in list.values.enumerated() {
          writer.made(index == 0 ? "(" : ", ", at: ByteRange(at: place.lower))
          writer.made(parameter(value.field), at: place)
        }
        writer.made(")", at: ByteRange(at: place.upper))
        return
      }
      var offset = written.lower
      for value in list.values {
        _ = writer.verbatim(ByteRange(offset, value.range.lower))
        writer.made(parameter(value.field), at: value.range)
        offset = value.range.upper
      }
      _ = writer.verbatim(ByteRange(offset, written.upper))
    }
    writeRow(&self)
    let end = bytes.count
    made(", ", at: ByteRange(at: list.range.upper))
    writeRow(&self)
    return RowList(
      name: list.name, role: list.role, fields: fields, columns: list.columns, range: ByteRange(start, bytes.count),
      row: ByteRange(row, end), written: String(query.source.slice(list.range)))
  }

  /// By the lists' names in small letters: a name for the parameter of each field that no word of the statement has.
  private func parameterNames(_ found: [RowListReader.FoundRowList]) -> [String: [RowList.Field]] {
    var taken = Set(tokens.indices.map { tokens.text($0).lowercased() })
    var names: [String: [RowList.Field]] = [:]
    for list in found where names[list.name.lowercased()] == nil {
      names[list.name.lowercased()] = list.fields.map { field in
        var name = ""
        for scalar in "\(list.name)_\(field)".unicodeScalars {
          name.unicodeScalars.append(
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? scalar : "_")
        }
        if let first = name.unicodeScalars.first, ("0"..."9").contains(first) { name = "_" + name }
        while !taken.insert(name.lowercased()).inserted { name += "_" }
        return RowList.Field(name: field, parameter: name)
      }
    }
    return names
  }

  // MARK: Text

  private mutating func verbatim(_ range: ByteRange) -> ByteRange {
    let start = bytes.count
    bytes += query.source.slice(range).utf8
    let made = ByteRange(start, bytes.count)
    if !range.isEmpty { text.pieces.append(.init(range: made, written: range, content: .verbatim)) }
    return made
  }

  private mutating func made(_ string: String, at written: ByteRange) {
    let start = bytes.count
    bytes += string.utf8
    text.pieces.append(.init(range: ByteRange(start, bytes.count), written: written, content: .made))
  }
}
