// Random schemas of every kind of object that `migrate diff` knows, as values that can be changed.

import SQLCEngine

/// Columns are told apart by a number, so that a rename is known as one.
struct RandomColumn {
  var id: Int
  var name: String
  var type: String
  var isNotNull = false
  var isUnique = false
  var defaultValue: String?
  var collation: String?
  /// Over the column's own name, which stands for `?`.
  var check: String?
  var generated: (source: Int, isStored: Bool)?
  /// The number of a table with a key of its own.
  var parent: (table: Int, action: String)?

  /// A value for rows that have none.
  fileprivate func filler(isKeptApart: Bool) -> String {
    if parent != nil { return "NULL" }
    switch type {
    case "TEXT": return isKeptApart ? "hex(randomblob(8))" : "'x'"
    case "BLOB": return isKeptApart ? "randomblob(8)" : "x'00'"
    default: return isKeptApart ? "abs(random() % 1000000000)" : "1"
    }
  }
}

struct RandomTable {
  enum Key: Equatable { case none, integer, autoincrement, text, composite }
  var id: Int
  var name: String
  var key: Key
  var columns: [RandomColumn]
  var isStrict = false
  var isWithoutRowID = false
  /// Of pairs of columns.
  var uniques: [[Int]] = []
  /// Between two columns of numbers: the first is at most the second, or one is NULL.
  var orderCheck: (Int, Int)?

  /// A value for rows that have none in the column.
  func filler(_ column: RandomColumn) -> String {
    if orderCheck?.0 == column.id { return "-9000000000000000000 - abs(random() % 1000000000)" }
    if orderCheck?.1 == column.id { return "9000000000000000000 + abs(random() % 1000000000)" }
    return column.filler(isKeptApart: column.isUnique || uniques.contains { $0.contains(column.id) })
  }

  func column(_ id: Int) -> RandomColumn? { columns.first { $0.id == id } }
  var plain: [RandomColumn] { columns.filter { $0.generated == nil } }
}

struct RandomIndex {
  var id: Int, table: Int, columns: [Int], isUnique = false, isDescending = false, isPartial = false,
    isExpression = false
}
struct RandomView { var id: Int, table: Int, columns: [Int], isGuarded = false, over: Int? }
struct RandomTrigger { var id: Int, table: Int, target: Int, event: String, word: Int }
struct RandomFullText { var id: Int, table: Int?, columns: [Int], ownColumns: [String], tokenizer: String? }

struct RandomSchema {
  var tables: [RandomTable] = []
  var indexes: [RandomIndex] = []
  var views: [RandomView] = []
  var triggers: [RandomTrigger] = []
  var fullTexts: [RandomFullText] = []
  var next = 1

  func table(_ id: Int) -> RandomTable? { tables.first { $0.id == id } }
  mutating func number() -> Int {
    next += 1
    return next
  }
}

// MARK: Text

extension RandomSchema {
  /// The definitions; what refers to something that is gone is left out.
  var definitions: [String] {
    tables.map(text) + indexes.compactMap(text) + views.compactMap(text) + fullTexts.flatMap(text)
      + triggers.compactMap(text) + views.compactMap(guardText)
  }

  private func name(_ name: String) -> String { name.contains(" ") || name == "order" ? "\"\(name)\"" : name }

  func text(_ table: RandomTable) -> String {
    var lines: [String] = []
    switch table.key {
    case .none: break
    case .integer: lines.append("id INTEGER PRIMARY KEY")
    case .autoincrement: lines.append("id INTEGER PRIMARY KEY AUTOINCREMENT")
    case .text: lines.append("id TEXT PRIMARY KEY NOT NULL")
    case .composite: lines += ["k1 INTEGER NOT NULL", "k2 TEXT NOT NULL"]
    }
    lines += table.columns.map { text($0, in: table) }
    if table.key == .composite { lines.append("PRIMARY KEY (k1, k2 DESC)") }
    for unique in table.uniques {
      let columns = unique.compactMap { table.column($0) }
      if columns.count == unique.count {
        lines.append("UNIQUE (\(columns.map { name($0.name) }.joined(separator: ", ")))")
      }
    }
    if let (a, b) = table.orderCheck, let a = table.column(a), let b = table.column(b) {
      lines.append(
        "CHECK (\(name(a.name)) IS NULL OR \(name(b.name)) IS NULL OR \(name(table.name)).\(name(a.name)) <= \(name(b.name)))"
      )
    }
    let options = (table.isStrict ? ["STRICT"] : []) + (table.isWithoutRowID ? ["WITHOUT ROWID"] : [])
    return "CREATE TABLE \(name(table.name)) (\n  \(lines.joined(separator: ",\n  "))\n)"
      + (options.isEmpty ? "" : " " + options.joined(separator: ", "))
  }

  private func text(_ column: RandomColumn, in table: RandomTable) -> String {
    let name = name(column.name)
    if let generated = column.generated {
      guard let source = table.column(generated.source) else { return "\(name) \(column.type)" }
      return "\(name) \(column.type) AS (\(self.name(source.name)) || '!') \(generated.isStored ? "STORED" : "VIRTUAL")"
    }
    var text = "\(name) \(column.type)"
    if column.isNotNull { text += " NOT NULL" }
    if column.isUnique { text += " UNIQUE" }
    if let value = column.defaultValue { text += " DEFAULT \(value)" }
    if let collation = column.collation { text += " COLLATE \(collation)" }
    if let check = column.check {
      let words = check.split(separator: "?", omittingEmptySubsequences: false).joined(separator: name)
      text += " CHECK (\(name) IS NULL OR \(words))"
    }
    if let parent = column.parent, let target = self.table(parent.table),
      target.key == .integer || target.key == .autoincrement
    {
      text += " REFERENCES \(self.name(target.name)) (id) ON DELETE \(parent.action)"
    }
    return text
  }

  private func text(_ index: RandomIndex) -> String? {
    guard let table = table(index.table) else { return nil }
    let columns = index.columns.compactMap { table.column($0) }
    guard let first = columns.first else { return nil }
    var terms = columns.map { name($0.name) + (index.isDescending ? " DESC" : "") }
    if index.isExpression { terms[0] = "length(\(name(first.name)))" }
    return
      "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX i\(index.id) ON \(name(table.name)) (\(terms.joined(separator: ", ")))"
      + (index.isPartial ? " WHERE \(name(first.name)) IS NOT NULL" : "")
  }

  private func text(_ view: RandomView) -> String? {
    if let over = view.over, let inner = views.first(where: { $0.id == over }), text(inner) != nil {
      return "CREATE VIEW v\(view.id) AS SELECT count(*) AS n FROM v\(over)"
    }
    guard view.over == nil, let table = table(view.table) else { return nil }
    let columns = view.columns.compactMap { table.column($0) }
    guard !columns.isEmpty else { return nil }
    let list = columns.enumerated().map { "t.\(name($1.name)) AS c\($0)" }
    return "CREATE VIEW v\(view.id) AS SELECT \(list.joined(separator: ", ")) FROM \(name(table.name)) AS t"
  }

  private func guardText(_ view: RandomView) -> String? {
    guard view.isGuarded, text(view) != nil, let table = table(view.table) else { return nil }
    return
      "CREATE TRIGGER vt\(view.id) INSTEAD OF DELETE ON v\(view.id) BEGIN DELETE FROM \(name(table.name)) WHERE 0; END"
  }

  private func text(_ trigger: RandomTrigger) -> String? {
    guard let table = table(trigger.table), let target = self.table(trigger.target), let column = target.plain.first
    else {
      return nil
    }
    return "CREATE TRIGGER t\(trigger.id) AFTER \(trigger.event) ON \(name(table.name)) BEGIN\n"
      + "  UPDATE \(name(target.name)) SET \(name(column.name)) = \(name(column.name)) WHERE \(trigger.word) = 0;\nEND"
  }

  private func text(_ full: RandomFullText) -> [String] {
    let options = full.tokenizer.map { ", tokenize='\($0)'" } ?? ""
    guard let id = full.table else {
      return ["CREATE VIRTUAL TABLE f\(full.id) USING fts5(\(full.ownColumns.joined(separator: ", "))\(options))"]
    }
    guard let table = table(id), table.key == .integer || table.key == .autoincrement || table.key == .none,
      !table.isWithoutRowID
    else { return [] }
    let columns = full.columns.compactMap { table.column($0) }.filter { $0.generated == nil }
    if columns.isEmpty { return [] }
    let rowID = table.key == .none ? "rowid" : "id"
    let names = columns.map { name($0.name) }
    let list = names.joined(separator: ", ")
    let new = names.map { "new.\($0)" }.joined(separator: ", ")
    let old = names.map { "old.\($0)" }.joined(separator: ", ")
    return [
      "CREATE VIRTUAL TABLE f\(full.id) USING fts5(\(list), content='\(table.name)', content_rowid='\(rowID)'\(options))",
      "CREATE TRIGGER f\(full.id)_i AFTER INSERT ON \(name(table.name)) BEGIN INSERT INTO f\(full.id)(rowid, \(list)) VALUES (new.\(rowID), \(new)); END",
      "CREATE TRIGGER f\(full.id)_d AFTER DELETE ON \(name(table.name)) BEGIN INSERT INTO f\(full.id)(f\(full.id), rowid, \(list)) VALUES ('delete', old.\(rowID), \(old)); END",
      "CREATE TRIGGER f\(full.id)_u AFTER UPDATE ON \(name(table.name)) BEGIN INSERT INTO f\(full.id)(f\(full.id), rowid, \(list)) VALUES ('delete', old.\(rowID), \(old)); INSERT INTO f\(full.id)(rowid, \(list)) VALUES (new.\(rowID), \(new)); END",
    ]
  }
}
