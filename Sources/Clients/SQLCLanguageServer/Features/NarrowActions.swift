// "Narrow": a query that says more of its rows than it does.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCLanguageProtocol
import SQLCModel

extension DocumentContext {
  /// What could be narrowed at a place.
  ///
  /// | at | change |
  /// |---|---|
  /// | the annotation of a `:many` of which at most one row comes | `:one` |
  /// | a result column that may be NULL and is a column of a source | the rows with NULL are left out by WHERE |
  func narrowings(at offset: Int) -> [(title: String, edits: [FixIt.Edit])] {
    guard let (_, block, query) = query(at: offset), query.annotated.source.path == path else { return [] }
    var found: [(title: String, edits: [FixIt.Edit])] = []
    let annotated = query.annotated
    if annotated.command == .many, annotated.nameRange.lower <= offset, offset <= annotated.commandRange.upper,
      let model = query.model, model.rowCount != .many
    {
      found.append(
        ("narrow to ':one': \(model.rowCountReason)", [edit(annotated.commandRange, ":one")]))
    }
    if let narrowing = narrowing(ofColumnAt: offset, query, block) { found.append(narrowing) }
    return found
  }

  private func edit(_ range: ByteRange, _ text: String) -> FixIt.Edit {
    FixIt.Edit(SourceRange(path: path, range: range), replacement: text)
  }

  private func narrowing(
    ofColumnAt offset: Int, _ query: QuerySnapshot, _ block: BlockSnapshot
  ) -> (title: String, edits: [FixIt.Edit])? {
    let inspection = query.inspection
    let columns = narrowable(query)
    // Of `*` and `sqlc.embed` all columns have one place.
    let here = columns.filter {
      $0.source.path == path && $0.source.range.lower <= offset && offset <= $0.source.range.upper
    }
    guard here.count == 1, let column = here.first, column.nullability.isOptional,
      let name = inspection.occurrences.first(where: { occurrence in
        guard case .column(let reference) = occurrence.symbol else { return false }
        return reference == column.origin && occurrence.source.path == path
          && column.source.range.contains(occurrence.source.range)
      })
    else { return nil }
    let text = SQLText(source, block.block.lexicalRules)
    guard let (last, _) = text.token(at: name.source.range.lower) else { return nil }
    var first = last
    while first >= 2, text.tokens[first - 1].kind == .symbol(UInt8(ascii: ".")) { first -= 2 }
    let written = ByteRange(text.tokens[first].range.lower, text.tokens[last].range.upper)
    // An expression of it may be NULL for another reason.
    guard column.source.range.lower == written.lower,
      let edits = condition("\(source.slice(written)) IS NOT NULL", in: text, at: offset)
    else { return nil }
    return ("narrow: leave out rows in which '\(source.slice(written))' is NULL", edits)
  }

  /// What is proven of a sound statement; of another what its text tells.
  private func narrowable(
    _ query: QuerySnapshot
  ) -> [(source: SourceRange, origin: ColumnReference?, nullability: ModelNullability)] {
    if let model = query.model {
      return model.results.flatMap { result in
        switch result {
        case .column(let column): [(column.source, column.origin, column.nullability)]
        case .embed(let embed): embed.columns.map { ($0.source, $0.origin, $0.nullability) }
        }
      }
    }
    return query.inspection.columns.compactMap { column in
      column.facts.map { (column.source, column.origin, $0.nullability) }
    }
  }

  /// The edits that add a condition to the WHERE of a statement that is one SELECT; nothing where it is not, or the place is in
  /// parentheses.
  private func condition(_ condition: String, in text: SQLText, at offset: Int) -> [FixIt.Edit]? {
    let scope = StatementScope(text, text.statement(at: offset), tables: [:])
    guard scope.groups(around: offset).count == 1 else { return nil }
    let items = scope.root.items
    let words = items.map { scope.keyword($0) }
    let others: Set<String> = ["UNION", "EXCEPT", "INTERSECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES"]
    guard words.count(where: { $0 == "SELECT" }) == 1, words.contains("FROM"), !words.contains(where: others.contains)
    else { return nil }
    let ends: Set<String> = ["GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"]
    let from = words.firstIndex(of: "FROM") ?? 0
    let start = words.firstIndex(of: "WHERE") ?? from
    let end =
      items.indices.first { $0 > start && (ends.contains(words[$0]) || scope.isSymbol(items[$0], ";")) }
      ?? items.endIndex
    guard end > start + 1, let upper = upperBound(of: items[end - 1], text) else { return nil }
    guard words[start] == "WHERE" else { return [edit(ByteRange(at: upper), " WHERE \(condition)")] }
    guard words[(start + 1)..<end].contains("OR"), let lower = lowerBound(of: items[start + 1], text) else {
      return [edit(ByteRange(at: upper), " AND \(condition)")]
    }
    return [edit(ByteRange(at: lower), "("), edit(ByteRange(at: upper), ") AND \(condition)")]
  }

  private func lowerBound(of item: StatementScope.Group.Item, _ text: SQLText) -> Int? {
    switch item {
    case .token(let index): text.tokens[index].range.lower
    case .group(let group): group.open.map { text.tokens[$0].range.lower }
    }
  }

  private func upperBound(of item: StatementScope.Group.Item, _ text: SQLText) -> Int? {
    switch item {
    case .token(let index): text.tokens[index].range.upper
    case .group(let group): group.close.map { text.tokens[$0].range.upper }
    }
  }
}
