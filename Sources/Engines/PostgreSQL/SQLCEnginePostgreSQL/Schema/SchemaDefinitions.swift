// Where the schema's files define tables and columns, and what their comments say.
//
// The server knows what there is; where it is written only the text does. What is not found here has no place and no comment,
// and nothing else depends on it.

import SQLCDiagnostics
import SQLCQueryFile

/// A definition in a file.
struct Definition: Sendable {
  var place: SourceRange
  var documentation: [String]
}

/// Definitions by name; a table's with or without its schema, as it is written.
struct DefinitionPlaces: Sendable {
  fileprivate(set) var objects: [String: Definition] = [:]
  fileprivate var columns: [String: [String: Definition]] = [:]
  /// Foreign keys by table, whose NO ACTION is written: the catalogs have the same where nothing is.
  fileprivate var statedKeys: [String: [StatedKey]] = [:]

  struct StatedKey: Sendable {
    var columns: [String]
    var events: Set<Event>
  }

  enum Event: String, Sendable {
    case update = "UPDATE"
    case delete = "DELETE"
  }

  /// Is it written that nothing happens to the rows of a foreign key?
  func statesNoAction(on event: Event, schema: String, table: String, columns: [String]) -> Bool {
    (statedKeys[schema + "." + table] ?? statedKeys[table] ?? []).contains {
      $0.columns == columns && $0.events.contains(event)
    }
  }

  func object(schema: String, name: String) -> Definition? { objects[schema + "." + name] ?? objects[name] }

  func column(_ column: String, schema: String, table: String) -> Definition? {
    (columns[schema + "." + table] ?? columns[table])?[column]
  }
}

struct SchemaDefinitions {
  let statements: [SchemaStatement]
  init(of statements: [SchemaStatement]) { self.statements = statements }

  func places() -> DefinitionPlaces {
    var places = DefinitionPlaces()
    for statement in statements where statement.purpose == .definition {
      var reader = DefinitionReader(statement)
      reader.read(into: &places)
    }
    return places
  }
}

/// Reads one CREATE or ALTER.
private struct DefinitionReader {
  let statement: SchemaStatement
  let tokens: [LexicalToken]
  let all: [LexicalToken]
  var index = 0

  init(_ statement: SchemaStatement) {
    self.statement = statement
    all = Array(statement.tokens)
    tokens = all.filter { !$0.isComment }
  }

  mutating func read(into places: inout DefinitionPlaces) {
    if skip("CREATE") {
      if skip("OR") { _ = skip("REPLACE") }
      while skip("GLOBAL") || skip("LOCAL") || skip("TEMP") || skip("TEMPORARY") || skip("UNLOGGED") || skip("FOREIGN")
        || skip("RECURSIVE") || skip("MATERIALIZED")
      {}
      guard let kind = ["TABLE", "VIEW", "TYPE", "DOMAIN"].first(where: { skip($0) }) else { return }
      if skip("IF") { _ = skip("NOT") && skip("EXISTS") }
      guard let name = qualifiedName() else { return }
      places.objects[name.text] = Definition(
        place: place(name.range), documentation: documentation(of: statement.comments, in: statement.source))
      let isComposite = kind == "TYPE" && word("AS") && isOpen(index + 1)
      if isComposite { index += 1 }
      if kind == "TABLE" || isComposite, isOpen(index) { readColumns(of: name.text, into: &places) }
    } else if skip("ALTER") {
      _ = skip("FOREIGN")
      guard skip("TABLE") else { return }
      if skip("IF") { _ = skip("EXISTS") }
      _ = skip("ONLY")
      guard let name = qualifiedName() else { return }
      readChanges(of: name.text, into: &places)
    }
  }

  private mutating func readColumns(of table: String, into places: inout DefinitionPlaces) {
    let constraints: Set<String> = [
      "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE", "PARTITION",
    ]
    index += 1
    while index < tokens.count {
      let start = index
      let end = endOfItem(from: index)
      if tokens[start].kind == .quoted || tokens[start].kind == .word,
        tokens[start].kind == .quoted || !constraints.contains(text(start).uppercased())
      {
        places.columns[table, default: [:]][plainName(text(start))] = Definition(
          place: place(tokens[start].range), documentation: comments(aboveOrBehind: start, end: end))
        noteActions(start..<end, column: plainName(text(start)), of: table, into: &places)
      } else {
        noteActions(start..<end, column: nil, of: table, into: &places)
      }
      guard end < tokens.count, tokens[end].kind == .other else { return }
      index = end + 1
    }
  }

  private mutating func readChanges(of table: String, into places: inout DefinitionPlaces) {
    while index < tokens.count {
      let end = endOfItem(from: index)
      if skip("ADD") {
        _ = skip("COLUMN")
        if skip("IF") { _ = skip("NOT") && skip("EXISTS") }
        let constraints: Set<String> = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE"]
        if index < end, !constraints.contains(text(index).uppercased()) {
          places.columns[table, default: [:]][plainName(text(index))] = Definition(
            place: place(tokens[index].range),
            documentation: documentation(of: statement.comments, in: statement.source)
              + comments(aboveOrBehind: index, end: end))
          noteActions(index..<end, column: plainName(text(index)), of: table, into: &places)
        } else {
          noteActions(index..<end, column: nil, of: table, into: &places)
        }
      } else if skip("RENAME") {
        if skip("TO"), index < end {
          let name = String(table.split(separator: ".").dropLast().map { $0 + "." }.joined()) + plainName(text(index))
          places.columns[name] = places.columns[table]
          places.objects[name] = places.objects[table]
          places.statedKeys[name] = places.statedKeys[table]
        } else if !word("CONSTRAINT") {
          _ = skip("COLUMN")
          if index + 2 < tokens.count, text(index + 1).uppercased() == "TO" {
            let old = places.columns[table]?.removeValue(forKey: plainName(text(index)))
            let (before, after) = (plainName(text(index)), plainName(text(index + 2)))
            places.columns[table, default: [:]][after] = Definition(
              place: place(tokens[index + 2].range), documentation: old?.documentation ?? [])
            for place in places.statedKeys[table]?.indices ?? 0..<0 {
              places.statedKeys[table]?[place].columns.replace([before], with: [after])
            }
          }
        }
      }
      index = end + 1
    }
  }

  /// `REFERENCES … ON DELETE NO ACTION` of a column, or behind `FOREIGN KEY (a, b)`.
  private func noteActions(
    _ item: Range<Int>, column: String?, of table: String, into places: inout DefinitionPlaces
  ) {
    func isWord(_ place: Int, _ word: String) -> Bool {
      item.contains(place) && tokens[place].kind == .word && text(place).uppercased() == word
    }
    var columns = column.map { [$0] } ?? []
    var events: Set<DefinitionPlaces.Event> = []
    for place in item {
      if columns.isEmpty, isWord(place, "FOREIGN"), isWord(place + 1, "KEY"), isOpen(place + 2) {
        columns = item.dropFirst(place + 3 - item.lowerBound).prefix { tokens[$0].kind != .closeParenthesis }
          .filter { tokens[$0].kind == .word || tokens[$0].kind == .quoted }.map { plainName(text($0)) }
      }
      guard isWord(place, "ON"), isWord(place + 2, "NO"), isWord(place + 3, "ACTION"),
        let event = DefinitionPlaces.Event(rawValue: text(place + 1).uppercased())
      else { continue }
      events.insert(event)
    }
    if !columns.isEmpty, !events.isEmpty {
      places.statedKeys[table, default: []].append(DefinitionPlaces.StatedKey(columns: columns, events: events))
    }
  }

  /// The comma after the item, or the parenthesis that closes the list.
  private func endOfItem(from start: Int) -> Int {
    var depth = 0
    var at = start
    while at < tokens.count {
      switch tokens[at].kind {
      case .openParenthesis: depth += 1
      case .closeParenthesis:
        if depth == 0 { return at }
        depth -= 1
      case .other: if depth == 0, text(at) == "," { return at }
      default: break
      }
      at += 1
    }
    return at
  }

  /// Comments on lines of their own above the item, and behind it on the line where it ends.
  private func comments(aboveOrBehind start: Int, end: Int) -> [String] {
    let first = all.partitioningIndex { $0.range.lower >= tokens[start].range.lower }
    var found = commentsAbove(first, all, in: statement.source)
    let last = tokens[min(end, tokens.count - 1)]
    let past = all.partitioningIndex { $0.range.lower > last.range.lower }
    // With a comma the comment stands behind it; without, between the item and what closes the list.
    let candidates = [past, past - 2].filter { all.indices.contains($0) && all[$0].isComment }
    for candidate in candidates where candidate >= first {
      let before = ByteRange(all[candidate - 1].range.upper, all[candidate].range.lower)
      if !all[candidate].startsLine, lineBreaks(in: before, of: statement.source) == 0 {
        found.append(all[candidate])
        break
      }
    }
    return documentation(of: found, in: statement.source)
  }

  private mutating func qualifiedName() -> (text: String, range: ByteRange)? {
    guard index < tokens.count, tokens[index].kind == .word || tokens[index].kind == .quoted else { return nil }
    var name = plainName(text(index))
    var range = tokens[index].range
    index += 1
    if index + 1 < tokens.count, tokens[index].kind == .other, text(index) == "." {
      name += "." + plainName(text(index + 1))
      range = tokens[index + 1].range
      index += 2
    }
    return (name, range)
  }

  private func text(_ index: Int) -> String { String(statement.source.slice(tokens[index].range)) }
  private func place(_ range: ByteRange) -> SourceRange { SourceRange(path: statement.source.path, range: range) }
  private func isOpen(_ index: Int) -> Bool { index < tokens.count && tokens[index].kind == .openParenthesis }

  private func word(_ word: String) -> Bool {
    index < tokens.count && tokens[index].kind == .word && text(index).uppercased() == word
  }

  private mutating func skip(_ word: String) -> Bool {
    guard self.word(word) else { return false }
    index += 1
    return true
  }
}
