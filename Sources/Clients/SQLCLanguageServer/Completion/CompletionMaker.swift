// What a place in unfinished SQL asks for, by the words around it.

import SQLCDiagnostics
import SQLCEngine
import SQLCModel
import SQLCQueryFile

struct CompletionMaker {
  let text: SQLText
  let offset: Int
  let knowledge: SchemaKnowledge
  /// Of the block.
  let fragments: [Fragment]
  let hasSnippets: Bool
  /// A name as it must be written.
  let written: (String) -> String
  let scope: StatementScope
  /// What is written of the word already.
  let prefix: ByteRange
  /// Tokens of the statement before the word.
  let before: [SQLText.Token]

  init(
    text: SQLText, offset: Int, knowledge: SchemaKnowledge, fragments: [Fragment], hasSnippets: Bool,
    spelling: @escaping (String) -> String
  ) {
    self.fragments = fragments
    written = spelling
    self.text = text
    self.offset = offset
    self.knowledge = knowledge
    self.hasSnippets = hasSnippets
    let statement = text.statement(at: offset)
    scope = StatementScope(text, statement, tables: knowledge.tables)
    var tokens = text.tokens[statement].filter { $0.range.lower < offset }
    prefix =
      if let last = tokens.last, last.range.upper >= offset, last.kind == .word || last.kind == .parameter {
        // All of the word is replaced, also what is behind the cursor.
        last.kind == .word ? last.range : ByteRange(last.range.lower + 1, last.range.upper)
      } else {
        ByteRange(at: offset)
      }
    if let last = tokens.last, last.kind == .word, last.range.upper >= offset { tokens.removeLast() }
    before = Array(tokens)
  }

  var prefixText: String { String(text.source.slice(ByteRange(prefix.lower, max(prefix.lower, offset)))) }

  func items() -> [CompletionItem] {
    if let comment = text.comment(at: offset) { return annotationItems(comment) }
    guard let last = before.last else { return startItems }
    if last.range.upper >= offset, last.kind == .string || last.kind == .quotedName { return [] }
    if last.kind == .parameter, last.range.upper >= offset { return parameterItems }
    if last.kind == .symbol(UInt8(ascii: ".")) { return qualifiedItems }
    if let columns = listedColumns { return columns }
    if let arguments = macroArguments { return arguments }
    switch text.keyword(last) {
    case "FROM", "JOIN", "INTO", "REFERENCES", "TABLE", "UPDATE":
      let isUpsert = before.count > 1 && text.keyword(before[before.count - 2]) == "DO"
      return isUpsert ? keywordItems(["SET"]) : tableItems
    case "ON" where isJoin: return joinItems + expressionItems
    case "AS": return []
    case "SET": return targetColumns
    default: break
    }
    if last.kind == .symbol(UInt8(ascii: ",")) {
      switch clause {
      case "FROM": return tableItems
      case "SET": return targetColumns
      default: break
      }
    }
    if isBehindSource { return keywordItems(Self.behindSource) }
    return expressionItems
  }

  // MARK: Where

  /// The last word at this depth that begins a clause.
  private var clause: String {
    let words: Set<String> = [
      "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "SET", "VALUES", "RETURNING", "LIMIT", "ON", "WITH",
    ]
    guard let group = scope.groups(around: offset).first else { return "" }
    var last = ""
    for item in group.items {
      guard case .token(let index) = item, text.tokens[index].range.lower < prefix.lower else { continue }
      let word = text.keyword(text.tokens[index])
      if words.contains(word) { last = word }
      // A condition of JOIN ends at the comma that brings another source: rare, and told by nothing else.
    }
    return last
  }

  private var isJoin: Bool {
    before.reversed().lazy.map { text.keyword($0) }.first { ["JOIN", "FROM", "INDEX", "TRIGGER"].contains($0) }
      == "JOIN"
  }

  /// Behind the name of a table in FROM, where no expression can begin.
  private var isBehindSource: Bool {
    guard let last = before.last, text.isName(last), clause == "FROM" else { return false }
    return !["FROM", "JOIN", "ON", "AND", "OR", "NOT", "LEFT", "INNER", "CROSS", "NATURAL", "OUTER"].contains(
      text.keyword(last))
  }

  /// Between the parentheses behind a table's name: INSERT INTO t (…), REFERENCES t (…), CREATE INDEX i ON t (…).
  private var listedColumns: [CompletionItem]? {
    guard let open = scope.groups(around: offset).first?.open, open - 2 >= scope.tokens.lowerBound else { return nil }
    let name = text.tokens[open - 1]
    guard text.isName(name), let table = knowledge.tables[text.name(of: name).lowercased()] else { return nil }
    let word = text.keyword(text.tokens[open - 2])
    guard word == "INTO" || word == "REFERENCES" || (word == "ON" && !isJoin) else { return nil }
    let written = Set(
      before.filter { $0.range.lower > text.tokens[open].range.lower }.map { text.name(of: $0).lowercased() })
    return scope.columns(of: table).filter { !written.contains($0.name.lowercased()) }.enumerated()
      .map { item($0.element, of: table.name.description, rank: 1) }
  }

  // MARK: What

  private var startItems: [CompletionItem] {
    keywordItems([
      "SELECT", "INSERT INTO", "UPDATE", "DELETE FROM", "WITH", "CREATE TABLE", "CREATE INDEX", "CREATE VIEW",
      "CREATE TRIGGER", "ALTER TABLE",
    ])
  }

  private static let behindSource = [
    "AS", "JOIN", "LEFT JOIN", "INNER JOIN", "CROSS JOIN", "ON", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT",
    "UNION", "UNION ALL", "EXCEPT", "INTERSECT", "SET", "VALUES", "DEFAULT VALUES", "RETURNING",
  ]

  private func keywordItems(_ words: [String]) -> [CompletionItem] {
    words.map { CompletionItem(label: $0, kind: .keyword, rank: 8) }
  }

  private var tableItems: [CompletionItem] {
    let common = scope.commonTables(at: offset).map { name, columns in
      CompletionItem(label: name, kind: .variable, detail: "WITH", text: written(name), rank: 1)
    }
    let tables = Set(knowledge.tables.values.map(\.name)).sorted().compactMap { name -> CompletionItem? in
      guard let table = knowledge.tables[name.description.lowercased()] else { return nil }
      return CompletionItem(
        label: name.description, kind: table.kind == .view ? .interface : .structure, detail: "\(table.kind)",
        documentation: table.documentation,
        text: name.schema.map { written($0) + "." + written(name.name) } ?? written(name.name),
        rank: 2)
    }
    return common + tables
  }

  private func item(_ column: ScopeColumn, of source: String, rank: Int) -> CompletionItem {
    var documentation = column.nullability.map { [Markdown.presence($0)] } ?? []
    documentation += Markdown.documentation(column.documentation)
    return CompletionItem(
      label: column.name, kind: .field, detail: [column.type, source].compactMap { $0 }.joined(separator: " — "),
      documentation: documentation, text: written(column.name), rank: rank)
  }

  var targetColumns: [CompletionItem] {
    let target = scope.sources(at: offset).last { !$0.isEmpty }?.first
    return target.map { source in source.columns.map { item($0, of: source.name, rank: 1) } } ?? expressionItems
  }

  private var qualifiedItems: [CompletionItem] {
    guard before.count > 1 else { return [] }
    let name = text.name(of: before[before.count - 2]).lowercased()
    if name == "sqlc" { return macroItems }
    for sources in scope.sources(at: offset) {
      if let source = sources.first(where: { $0.name.lowercased() == name }) {
        return source.columns.map { item($0, of: source.name, rank: 1) }
      }
    }
    if let table = knowledge.tables[name] { return scope.columns(of: table).map { item($0, of: name, rank: 1) } }
    // The tables of a schema of that name.
    return knowledge.tables.values.filter { $0.name.schema?.lowercased() == name }.map(\.name.name).sorted()
      .map { CompletionItem(label: $0, kind: .structure, text: written($0)) }
  }

  private var expressionItems: [CompletionItem] {
    let sources = scope.sources(at: offset)
    var items: [CompletionItem] = []
    var seen: Set<String> = []
    for (depth, level) in sources.enumerated() {
      for source in level {
        items.append(
          CompletionItem(
            label: source.name, kind: .variable, detail: source.table.map { "\($0.name)" }, text: written(source.name),
            rank: 3))
        for column in source.columns where seen.insert(column.name.lowercased()).inserted {
          let isAmbiguous =
            level.count { other in other.columns.contains { $0.name.lowercased() == column.name.lowercased() } } > 1
          var item = item(column, of: source.name, rank: depth == 0 ? 1 : 2)
          if isAmbiguous {
            // Each under the name of its source.
            for other in level where other.columns.contains(where: { $0.name.lowercased() == column.name.lowercased() })
            {
              item.label = "\(other.name).\(column.name)"
              item.text = "\(written(other.name)).\(written(column.name))"
              items.append(item)
            }
          } else {
            items.append(item)
          }
        }
      }
    }
    return items + functionItems + keywordItems(Self.inExpressions)
  }

  private static let inExpressions = [
    "AND", "OR", "NOT", "IS NULL", "IS NOT NULL", "IN", "LIKE", "BETWEEN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE",
    "END", "CAST", "AS", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "ASC", "DESC", "LIMIT", "OFFSET",
    "RETURNING", "VALUES", "DISTINCT", "NULL", "sqlc",
  ]

  private var functionItems: [CompletionItem] {
    let isCalled =
      text.tokens.first { $0.range.lower >= prefix.upper }
      .map { $0.kind == .symbol(UInt8(ascii: "(")) && $0.range.lower == prefix.upper } ?? false
    var seen: Set<String> = []
    return knowledge.functions.filter { seen.insert($0.name).inserted }.map { function in
      let call = function.parameters.isEmpty ? "\(function.name)()" : "\(function.name)($0)"
      return CompletionItem(
        label: function.name, kind: .function, detail: function.text,
        text: isCalled || !hasSnippets ? function.name : call, isSnippet: hasSnippets && !isCalled, rank: 6)
    }
  }

  /// What joins the source that stands last with those before it: its foreign keys and theirs.
  private var joinItems: [CompletionItem] {
    guard let sources = scope.sources(at: offset).first(where: { !$0.isEmpty })?.filter({ $0.offset < offset }),
      let last = sources.last
    else { return [] }
    var conditions: [String] = []
    for other in sources.dropLast() {
      conditions += self.conditions(from: last, to: other) + self.conditions(from: other, to: last)
    }
    return conditions.map { CompletionItem(label: $0, kind: .snippet, detail: "foreign key", rank: 0) }
  }

  private func conditions(from child: ScopeSource, to parent: ScopeSource) -> [String] {
    guard let table = child.table, let target = parent.table else { return [] }
    let facts = knowledge.facts.tables.first { $0.name.lowercased() == table.name.name.lowercased() }
    return (facts?.foreignKeys ?? []).filter { $0.parent.lowercased() == target.name.name.lowercased() }.compactMap {
      key in
      guard let facts, key.columns.count == key.parentColumns.count,
        key.columns.allSatisfy(facts.columns.indices.contains)
      else { return nil }
      return zip(key.columns, key.parentColumns).map { column, other in
        "\(written(child.name)).\(written(facts.columns[column].name)) = \(written(parent.name)).\(written(other))"
      }.joined(separator: " AND ")
    }
  }

  private func annotationItems(_ comment: ByteRange) -> [CompletionItem] {
    let written = text.source.slice(ByteRange(comment.lower, offset))
    guard written.hasPrefix("--") else { return [] }
    let words = written.dropFirst(2).split(separator: " ", omittingEmptySubsequences: true)
    if words.first == "name:" {
      guard words.count > 2 || (words.count == 2 && written.hasSuffix(" ")) else { return [] }
      return QueryCommand.allCases.map {
        CompletionItem(
          label: ":\($0.rawValue)", kind: .enumerationMember, text: written.hasSuffix(":") ? $0.rawValue : nil, rank: 1)
      }
    }
    if words.first == "row:" { return words.count == 1 && written.hasSuffix(" ") ? rowItems(except: comment) : [] }
    guard words.count <= 1 else { return [] }
    return ["name: ", "fragment: ", "row: ", "row: own", "sqlc:ignore "].map {
      CompletionItem(label: $0, kind: .keyword, rank: 1)
    }
  }

  /// What other queries of the file ask their rows to be.
  private func rowItems(except comment: ByteRange) -> [CompletionItem] {
    let names = text.comments.filter { $0 != comment }.compactMap { comment -> String? in
      let words = text.source.slice(comment).drop { $0 == "-" }.split(whereSeparator: \.isWhitespace)
      guard words.count > 1, words[0] == "row:", words[1].first?.isUppercase == true else { return nil }
      return String(words[1])
    }
    return (["own"] + Set(names).sorted()).map { CompletionItem(label: $0, kind: .keyword, rank: 1) }
  }
}
