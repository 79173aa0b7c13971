// A name that there is, in the place of one that there is not: fixes for what the server refuses.

import SQLCDiagnostics
import SQLCModel
import SQLCPostgreSQLHandle
import SQLCQueryFile

extension QueryBatch {
  /// | the server says | names that are tried |
  /// |---|---|
  /// | no such column, with its own hint | those of the hint |
  /// | no such table | tables and views that are found without a schema |
  /// | no such function | functions that are found without a schema |
  ///
  /// The names are likely meant, not certainly.
  func nearbyNames(_ error: ServerError, at place: ByteRange, _ text: QueryText) -> [FixIt] {
    guard let first = text.tokens.firstIndex(where: { $0.range == place }) else { return [] }
    var last = first
    while last + 2 < text.tokens.count, text.source.slice(text.tokens[last + 1].range) == "." { last += 2 }
    let written = text.tokens[last].range
    let wrong = plainName(String(text.source.slice(written)))
    func fix(_ names: [String], at range: ByteRange) -> [FixIt] {
      names.map { name in
        FixIt(
          "write \(name)", .unsafe,
          edits: [FixIt.Edit(SourceRange(path: text.source.path, range: range), replacement: name)])
      }
    }
    switch error.sqlState {
    case "42703":
      let hinted = hintedColumns(error)
      // Of several the source must be said, too; of one it need not.
      guard hinted.count == 1, let only = hinted.first else {
        return fix(hinted.map { "\(sqlName($0.source)).\(sqlName($0.column))" }, at: place.union(written))
      }
      return fix([sqlName(only.column)], at: written)
    case "42P01" where last == first:
      let visible = catalog.relations.values.filter { relation in
        switch relation.kind {
        case .table, .partitionedTable, .view, .materializedView, .foreignTable:
          catalog.searchPath.contains(relation.schema) && relation.schema != "pg_catalog"
        case .compositeType, .sequence, .toastTable: false
        }
      }
      return fix(nearestNames(to: wrong, among: visible.map(\.name).sorted(), limit: 1).map(sqlName), at: written)
    case "42883" where last == first && catalog.functions.values.allSatisfy({ $0.name != wrong }):
      let names = catalog.shownFunctions().map(\.name)
      return fix(nearestNames(to: wrong, among: names, limit: 1).map(sqlName), at: written)
    default: return []
    }
  }

  /// `Perhaps you meant to reference the column "a.name" or the column "b.name".`
  private func hintedColumns(_ error: ServerError) -> [(source: String, column: String)] {
    (error.hint ?? "").split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }
      .compactMap { part in
        let names = part.element.split(separator: ".", maxSplits: 1).map(String.init)
        return names.count == 2 ? (names[0], names[1]) : nil
      }
  }
}
