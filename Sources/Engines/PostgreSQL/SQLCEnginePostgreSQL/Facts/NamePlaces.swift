// Names of tables and columns in the text of statements: the server says which there are, the text where they stand.

import SQLCDiagnostics
import SQLCModel
import SQLCQueryFile
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// Finds the places of a statement's names.
///
/// | place | how it is known |
/// |---|---|
/// | a column in an expression | the server's tree has its byte, and the same name stands there |
/// | what it is qualified with | a table's own name, where the source has no alias |
/// | a table behind FROM, JOIN, UPDATE, INTO, USING or a comma of FROM | a table of that name is in the tree, no common table is |
/// | a column in `INTO t (a, b)`, `CONFLICT (a, b)` or `SET a =` | a column of the table that is written to |
/// | a column in GROUP BY or ORDER BY | it is written like one of the statement, and no result is named so |
struct NamePlaces {
  let source: SourceFile
  /// Of the statement, comments left out.
  let tokens: [LexicalToken]
  let names: StatementNames
  let catalog: PostgreSQLCatalog
  let tableName: (ObjectID) -> QualifiedName

  /// - Parameter place: the byte of the file that a byte of the statement stands for.
  func occurrences(place: (Int) -> Int) -> [SymbolOccurrence] {
    let columns = columns(place: place)
    var found = columns + tables() + repetitions(of: columns)
    var seen: Set<SourceRange> = []
    found = found.filter { seen.insert($0.source).inserted }
    return found.sorted { $0.source.range.lower < $1.source.range.lower }
  }

  // MARK: Columns in expressions

  private func columns(place: (Int) -> Int) -> [SymbolOccurrence] {
    var indexes: [Int: Int] = [:]
    for (index, token) in tokens.enumerated() { indexes[token.range.lower] = index }
    return names.columns.flatMap { column -> [SymbolOccurrence] in
      guard let first = indexes[place(column.offset)] else { return [] }
      var path = [first]
      while let last = path.last, isSymbol(".", last + 1), isName(last + 2) { path.append(last + 2) }
      // `(row).field` and the like go on behind the column.
      while path.count > 1, let last = path.last, plainName(text(last)) != column.name { path.removeLast() }
      guard let last = path.last, isName(last), plainName(text(last)) == column.name else { return [] }
      var found = [
        occurrence(.column(ColumnReference(table: tableName(column.relation), column: column.name)), last)
      ]
      if path.count > 1, let relation = catalog.relations[column.relation], column.rangeName == relation.name {
        let qualifier = path[path.count - 2]
        if plainName(text(qualifier)) == relation.name {
          found.append(occurrence(.table(tableName(column.relation)), qualifier))
        }
      }
      return found
    }
  }

  // MARK: Tables, and the columns that are written to

  private func tables() -> [SymbolOccurrence] {
    var found: [SymbolOccurrence] = []
    // The last word at each depth that begins a clause.
    var clauses = [""]
    var target: ObjectID?
    var index = 0
    while index < tokens.count {
      switch tokens[index].kind {
      case .openParenthesis: clauses.append("")
      case .closeParenthesis: if clauses.count > 1 { clauses.removeLast() }
      case .word:
        let word = self.word(index)
        if Self.clauses.contains(word), !isSymbol(".", index - 1) { clauses[clauses.count - 1] = word }
      default: break
      }
      if isName(index), let (relation, last) = relation(at: index, in: clauses.last ?? "") {
        found.append(occurrence(.table(tableName(relation)), last))
        if ["INTO", "UPDATE"].contains(word(index - 1)) || word(index - 1) == "ONLY" && word(index - 2) == "UPDATE" {
          target = relation
          if word(index - 1) == "INTO" { found += list(behind: last, of: relation) }
        }
        index = last + 1
        continue
      }
      if let target, word(index) == "CONFLICT" { found += list(behind: index, of: target) }
      if let target, clauses.last == "SET", word(index - 1) == "SET" || isSymbol(",", index - 1), isName(index),
        isSymbol("=", index + 1), let column = column(index, of: target)
      {
        found.append(column)
      }
      index += 1
    }
    return found
  }

  private static let clauses: Set<String> = [
    "SELECT", "FROM", "USING", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "SET",
    "VALUES", "RETURNING", "INTO", "WITH", "UPDATE", "WHEN",
  ]

  private func relation(at index: Int, in clause: String) -> (ObjectID, last: Int)? {
    let before = word(index - 1)
    let isSource =
      ["FROM", "JOIN", "INTO", "UPDATE", "USING", "ONLY", "LATERAL"].contains(before) && word(index - 2) != "DISTINCT"
      || isSymbol(",", index - 1) && (clause == "FROM" || clause == "USING")
    guard isSource, !Self.clauses.contains(word(index)) else { return nil }
    let isQualified = isSymbol(".", index + 1) && isName(index + 2)
    let last = isQualified ? index + 2 : index
    // A function.
    if tokens.indices.contains(last + 1), tokens[last + 1].kind == .openParenthesis, before != "INTO" { return nil }
    let name = plainName(text(last))
    if !isQualified, names.commonTables.contains(name.lowercased()) { return nil }
    let schema = isQualified ? plainName(text(index)) : nil
    let matching = names.relations.filter { id in
      catalog.relations[id].map { $0.name == name && (schema == nil || $0.schema == schema) } ?? false
    }
    guard matching.count == 1, let relation = matching.first else { return nil }
    return (relation, last)
  }

  /// `(a, b)` behind the table of an INSERT.
  private func list(behind table: Int, of relation: ObjectID) -> [SymbolOccurrence] {
    var index = table + 1
    if word(index) == "AS" { index += 2 }
    guard tokens.indices.contains(index), tokens[index].kind == .openParenthesis else { return [] }
    var found: [SymbolOccurrence] = []
    index += 1
    while isName(index), let column = column(index, of: relation) {
      found.append(column)
      guard isSymbol(",", index + 1) else { break }
      index += 2
    }
    return found
  }

  private func column(_ index: Int, of relation: ObjectID) -> SymbolOccurrence? {
    let name = plainName(text(index))
    guard catalog.relations[relation]?.columns.contains(where: { $0.name == name }) == true else { return nil }
    return occurrence(.column(ColumnReference(table: tableName(relation), column: name)), index)
  }

  // MARK: Repetitions

  /// The server takes what GROUP BY and ORDER BY repeat for the same thing, and keeps the first place only.
  private func repetitions(of columns: [SymbolOccurrence]) -> [SymbolOccurrence] {
    var known: [[String]: Set<SQLSymbol>] = [:]
    var taken: Set<Int> = []
    for column in columns {
      guard case .column = column.symbol, let last = tokens.firstIndex(where: { $0.range == column.source.range })
      else { continue }
      taken.insert(last)
      known[path(endingAt: last), default: []].insert(column.symbol)
    }
    let results = Set(tokens.indices.filter { word($0 - 1) == "AS" && isName($0) }.map { plainName(text($0)) })
    var found: [SymbolOccurrence] = []
    var clauses = [""]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .openParenthesis: clauses.append(clauses.last ?? "")
      case .closeParenthesis: if clauses.count > 1 { clauses.removeLast() }
      case .word: if Self.clauses.contains(word(index)) { clauses[clauses.count - 1] = word(index) }
      default: break
      }
      guard ["GROUP", "ORDER"].contains(clauses.last ?? ""), isName(index), !taken.contains(index),
        !isSymbol(".", index + 1)
      else { continue }
      let path = path(endingAt: index)
      // Of one name in two scopes it is not known which is meant.
      guard let symbols = known[path], symbols.count == 1, let symbol = symbols.first,
        path.count > 1 || !results.contains(path[0])
      else { continue }
      found.append(occurrence(symbol, index))
    }
    return found
  }

  private func path(endingAt last: Int) -> [String] {
    var path = [plainName(text(last))]
    var index = last
    while isSymbol(".", index - 1), isName(index - 2) {
      path.insert(plainName(text(index - 2)), at: 0)
      index -= 2
    }
    return path
  }

  // MARK: Tokens

  private func occurrence(_ symbol: SQLSymbol, _ index: Int) -> SymbolOccurrence {
    SymbolOccurrence(symbol, .reference, at: SourceRange(path: source.path, range: tokens[index].range))
  }

  private func text(_ index: Int) -> String { String(source.slice(tokens[index].range)) }

  private func word(_ index: Int) -> String {
    tokens.indices.contains(index) && tokens[index].kind == .word ? text(index).uppercased() : ""
  }

  private func isName(_ index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    return tokens[index].kind == .word || tokens[index].kind == .quoted && text(index).hasPrefix("\"")
  }

  private func isSymbol(_ symbol: String, _ index: Int) -> Bool {
    tokens.indices.contains(index) && tokens[index].kind == .other && text(index) == symbol
  }
}
