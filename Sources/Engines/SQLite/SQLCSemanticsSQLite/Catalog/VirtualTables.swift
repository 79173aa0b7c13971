// CREATE VIRTUAL TABLE: what columns the modules that come with SQLite give a table, by their arguments.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// What a module makes of its arguments: the table, and the shadow tables it keeps its data in, which can be read.
struct VirtualTable {
  var columns: [Column]
  var shadows: [Table] = []
}

/// The columns of a virtual table; absent when nobody knows the module.
func virtualTable(
  _ syntax: CreateVirtualTableSyntax, in catalog: Catalog, options: SemanticsOptions
) -> VirtualTable? {
  let name = syntax.name.name.text
  let arguments = syntax.arguments.filter { !$0.text.isEmpty }
  switch syntax.module.key {
  case "fts5": return fts5Table(name, arguments)
  case "fts3": return fts3Table(name, arguments)
  case "fts4":
    return fts4Table(name, arguments) { content in
      guard case .table(let table)? = catalog.relation(named: content.asciiLowercased) else { return [] }
      return table.columns.filter { $0.visibility == .visible }.map(\.name)
    }
  case "fts5vocab": return fts5VocabularyTable(name, arguments)
  case "fts4aux":
    return VirtualTable(columns: [
      builtinColumn("term", .text, of: name), builtinColumn("col", [.integer, .text], of: name),
      builtinColumn("documents", .integer, of: name), builtinColumn("occurrences", .integer, of: name),
      builtinColumn("languageid", .integer, hidden: true, of: name),
    ])
  case "fts3tokenize":
    return VirtualTable(columns: [
      builtinColumn("input", .text, nullable: true, of: name), builtinColumn("token", .text, of: name),
      builtinColumn("start", .integer, of: name), builtinColumn("end", .integer, of: name),
      builtinColumn("position", .integer, of: name),
    ])
  case "dbstat": return builtinTable(named: "dbstat").map { VirtualTable(columns: $0.columns) }
  case "rtree": return spatialTable(name, arguments, coordinates: .real)
  case "rtree_i32": return spatialTable(name, arguments, coordinates: .integer)
  case let module:
    for (known, columns) in options.modules where sameName(known, module) { return VirtualTable(columns: columns) }
    return nil
  }
}

private typealias Argument = CreateVirtualTableSyntax.Argument

/// SQLite, rtree.html §3.1: an integer key, then pairs of coordinates, then `+` auxiliary columns of any type.
private func spatialTable(_ name: String, _ arguments: [Argument], coordinates: StorageClasses) -> VirtualTable {
  var columns: [Column] = []
  for (index, argument) in arguments.enumerated() {
    let isAuxiliary = argument.text.hasPrefix("+")
    guard let column = firstName(in: isAuxiliary ? String(argument.text.dropFirst()) : argument.text) else { continue }
    if index == 0 {
      columns.append(builtinColumn(column, .integer, of: name, declared: "INT"))
    } else if isAuxiliary {
      columns.append(builtinColumn(column, .any, nullable: true, of: name))
    } else {
      columns.append(
        builtinColumn(column, coordinates, of: name, declared: coordinates == .real ? "REAL" : "INT"))
    }
  }
  let count = arguments.dropFirst().count { $0.text.hasPrefix("+") }
  let auxiliaries = (0..<count).map { ("a\($0)", StorageClasses.any, false) }
  var table = VirtualTable(columns: columns)
  table.shadows = [
    // Values of auxiliary columns are kept beside the row's number.
    shadow(name, "rowid", [("rowid", .integer, true), ("nodeno", .any, false)] + auxiliaries),
    shadow(name, "node", [("nodeno", .integer, true), ("data", .any, false)]),
    shadow(name, "parent", [("nodeno", .integer, true), ("parentnode", .any, false)]),
  ]
  return table
}

/// A shadow table of `name`; a key column is its rowid.
func shadow(_ name: String, _ suffix: String, _ columns: [(String, StorageClasses, Bool)]) -> Table {
  let table = "\(name)_\(suffix)"
  return Table(
    name: table,
    columns: columns.map { column in
      builtinColumn(
        column.0, column.1, nullable: !column.2, of: table, declared: column.2 ? "INTEGER" : nil)
    }, rowidAlias: columns.firstIndex { $0.2 },
    uniqueKeys: columns.firstIndex { $0.2 }.map { [UniqueKey(columns: [$0])] } ?? [])
}

/// The first identifier of a module's argument, without its quotes.
func firstName(in text: String) -> String? {
  let trimmed = text.drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
  guard let first = trimmed.first else { return nil }
  let closing: Character
  switch first {
  case "\"", "'", "`": closing = first
  case "[": closing = "]"
  default:
    let word = trimmed.prefix { !" \t\n\r(,=".contains($0) }
    return word.isEmpty ? nil : String(word)
  }
  var name = ""
  var rest = trimmed.dropFirst()
  while let next = rest.popFirst() {
    if next == closing {
      guard rest.first == closing, closing != "]" else { break }
      rest = rest.dropFirst()
    }
    name.append(next)
  }
  return name
}
