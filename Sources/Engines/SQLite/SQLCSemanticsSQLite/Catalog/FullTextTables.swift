// FTS5, FTS3/4 and fts5vocab: their columns, hidden ones included (SQLite, fts5.html, fts3.html).

import SQLCSyntaxSQLite

/// SQLite, fts5.html §4: `column [UNINDEXED]` or `option = value`.
///
/// Hidden: a column named like the table (for MATCH and the auxiliary functions) and `rank`, which is NULL without MATCH.
func fts5Table(_ name: String, _ arguments: [CreateVirtualTableSyntax.Argument]) -> VirtualTable {
  var columns: [Column] = []
  var isContentless = false
  var isExternal = false
  var keepsSizes = true
  for argument in arguments {
    if let option = moduleOption(argument.text) {
      if sameName(option.name, "content") {
        isContentless = option.value.isEmpty
        isExternal = !option.value.isEmpty
      }
      if sameName(option.name, "columnsize") { keepsSizes = option.value != "0" }
      continue
    }
    guard let column = firstName(in: argument.text) else { continue }
    // Words are indexed as text; an UNINDEXED column is there to hold a key of another kind.
    let isIndexed = !argument.text.asciiLowercased.hasSuffix("unindexed")
    columns.append(builtinColumn(column, isIndexed ? .text : .any, nullable: true, of: name))
  }
  if isContentless {
    for index in columns.indices { columns[index].facts.storage = [] }
  }
  let visible = columns.count
  columns.append(builtinColumn(name, .text, hidden: true, of: name))
  columns.append(builtinColumn("rank", .real, hidden: true, of: name))

  var table = VirtualTable(columns: columns)
  table.shadows = [
    shadow(name, "data", [("id", .integer, true), ("block", .blob, false)]),
    Table(
      name: "\(name)_idx",
      columns: ["segid", "term", "pgno"].map { builtinColumn($0, .any, nullable: $0 == "pgno", of: "\(name)_idx") },
      isWithoutRowID: true, uniqueKeys: [UniqueKey(columns: [0, 1])], primaryKey: [0, 1]),
    Table(
      name: "\(name)_config",
      columns: ["k", "v"].map { builtinColumn($0, .any, nullable: $0 == "v", of: "\(name)_config") },
      isWithoutRowID: true, uniqueKeys: [UniqueKey(columns: [0])], primaryKey: [0]),
  ]
  if keepsSizes { table.shadows.append(shadow(name, "docsize", [("id", .integer, true), ("sz", .blob, false)])) }
  if !isContentless && !isExternal {
    table.shadows.append(
      shadow(name, "content", [("id", .integer, true)] + (0..<visible).map { ("c\($0)", .any, false) }))
  }
  return table
}

/// SQLite, fts3.html §1.2. FTS3 has no options but `tokenize`: `name = value` is a column called `name`.
func fts3Table(_ name: String, _ arguments: [CreateVirtualTableSyntax.Argument]) -> VirtualTable {
  let names = arguments.compactMap { firstName(in: $0.text) }.filter { !sameName($0, "tokenize") }
  return fullTextTable(name, names, FullTextOptions(hasSizes: false, hasStatistics: false))
}

/// SQLite, fts3.html §1.2 and §6. Types after a column's name mean nothing; with no columns there is one, `content`, or those
/// of the table that has the content (§6.2.2, `columns` gives them).
func fts4Table(
  _ name: String, _ arguments: [CreateVirtualTableSyntax.Argument], columnsOf columns: (String) -> [String]
) -> VirtualTable {
  var names: [String] = []
  var options = FullTextOptions()
  for argument in arguments {
    if let option = moduleOption(argument.text) {
      if sameName(option.name, "languageid") { options.language = option.value }
      if sameName(option.name, "content") { options.content = option.value }
      if sameName(option.name, "matchinfo") { options.hasSizes = !sameName(option.value, "fts3") }
      continue
    }
    guard let column = firstName(in: argument.text) else { continue }
    // `tokenize porter`: an option of FTS3, written without "=".
    if sameName(column, "tokenize") { continue }
    names.append(column)
  }
  if names.isEmpty, let content = options.content, !content.isEmpty { names = columns(content) }
  return fullTextTable(name, names, options)
}

private struct FullTextOptions {
  /// Absent: the table keeps its content itself; empty: nobody keeps it; else the table that does.
  var content: String?
  var language: String?
  var hasSizes = true
  var hasStatistics = true
}

private func fullTextTable(_ name: String, _ written: [String], _ options: FullTextOptions) -> VirtualTable {
  let names = written.isEmpty ? ["content"] : written
  var columns = names.map { builtinColumn($0, options.content == "" ? [] : .any, nullable: true, of: name) }
  columns.append(builtinColumn(name, .text, hidden: true, of: name))
  // The rowid by another name (SQLite, fts3.html §1.2).
  var docid = builtinColumn("docid", .integer, hidden: true, of: name)
  docid.facts.nullability = .never
  columns.append(docid)
  columns.append(builtinColumn(options.language ?? "__langid", .integer, hidden: true, of: name))
  var table = VirtualTable(columns: columns)
  let integers = ["level", "idx", "start_block", "leaves_end_block", "end_block"]
  let segments = "\(name)_segdir"
  table.shadows = [
    shadow(name, "segments", [("blockid", .integer, true), ("block", .blob, false)]),
    Table(
      name: segments,
      columns: integers.map { builtinColumn($0, .integer, nullable: true, of: segments, declared: "INTEGER") }
        + [builtinColumn("root", .blob, nullable: true, of: segments, declared: "BLOB")],
      uniqueKeys: [UniqueKey(columns: [0, 1])], primaryKey: [0, 1]),
  ]
  if options.hasSizes {
    table.shadows.append(shadow(name, "docsize", [("docid", .integer, true), ("size", .blob, false)]))
  }
  if options.hasStatistics {
    table.shadows.append(shadow(name, "stat", [("id", .integer, true), ("value", .blob, false)]))
  }
  if options.content == nil {
    var stored = names.enumerated().map { ("c\($0.offset)\($0.element)", StorageClasses.any, false) }
    if options.language != nil { stored.append(("langid", .any, false)) }
    table.shadows.append(shadow(name, "content", [("docid", .integer, true)] + stored))
  }
  return table
}

/// SQLite, fts5.html §6: `fts5vocab(table, type)` or `fts5vocab(schema, table, type)`.
func fts5VocabularyTable(_ name: String, _ arguments: [CreateVirtualTableSyntax.Argument]) -> VirtualTable {
  let type = arguments.last.flatMap { firstName(in: $0.text) } ?? "row"
  func column(_ column: String, _ storage: StorageClasses) -> Column { builtinColumn(column, storage, of: name) }
  if sameName(type, "col") {
    return VirtualTable(columns: [
      column("term", .text), column("col", .text), column("doc", .integer), column("cnt", .integer),
    ])
  }
  if sameName(type, "instance") {
    return VirtualTable(columns: [
      column("term", .text), column("doc", .integer), column("col", .text), column("offset", .integer),
    ])
  }
  return VirtualTable(columns: [column("term", .text), column("doc", .integer), column("cnt", .integer)])
}

/// `name = value`, the value without quotes.
func moduleOption(_ text: String) -> (name: String, value: String)? {
  guard let equals = text.firstIndex(of: "="), let name = firstName(in: String(text[..<equals])) else { return nil }
  let first = text.first
  guard first != "\"", first != "'", first != "[", first != "`" else { return nil }
  return (name, firstName(in: String(text[text.index(after: equals)...])) ?? "")
}
