// What tells a row that an outer join left out from one that is there and has nothing but NULLs: a column that is never NULL
// in a row that is there, or else one that is added to the statement.
//
//     SELECT p.id, sqlc.embed(n) FROM p LEFT JOIN n ON …     SELECT p.id, n.a, n.rowid FROM p LEFT JOIN n ON …
//     SELECT p.id, sqlc.embed(v) FROM p LEFT JOIN v ON …     SELECT p.id, v.a, v.sqlc_present FROM p LEFT JOIN
//                                                              (SELECT *, 1 AS sqlc_present FROM v) AS v ON …
//
// Added columns stand behind the statement's own, so that ORDER BY counts as before. DISTINCT would count rows anew: there
// the two stay one, and a warning says so. In groups a bare column is of the row that all bare columns are of
// (SQLite, lang_select.html#bareagg), and so is the one that is added.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// Which embeds are to have a column that tells whether their row is there.
public enum PresenceMarking: Sendable, Hashable {
  /// Those without one of their own, and these, counted as in ``TypedStatement/embeds``, as far as they can have one.
  case whereNeeded(also: Set<Int>)
  /// None: where one is needed, a warning says so.
  case never
}

/// A column added to a statement, and the text that makes it.
public struct PresenceMarker: Sendable, Hashable {
  public struct Insertion: Sendable, Hashable {
    public var offset: Int
    public var text: String
    public init(offset: Int, text: String) {
      self.offset = offset
      self.text = text
    }
  }
  /// In the order of the text.
  public var insertions: [Insertion]
  public init(insertions: [Insertion]) { self.insertions = insertions }
}

extension Inference {
  /// Gives the embeds that need it a column of their own. Their sources are in scope.
  func markPresence(of select: BoundSelect, in result: inout StatementFacts) {
    guard let from = select.from, let last = select.outputs.last else { return }
    var markers: [SourceID: Int] = [:]
    var seen: Set<Int> = []
    for embed in select.outputs.compactMap(\.embed).sorted(by: { $0.ordinal < $1.ordinal })
    where seen.insert(embed.ordinal).inserted {
      let own = select.outputs.filter { $0.embed?.ordinal == embed.ordinal }
      let isNeeded = absence(of: embed.source) != nil && !isPresenceCertain(of: embed, own)
      guard isNeeded || isAsked(embed.ordinal) else { continue }
      if let known = markers[embed.source] {
        result.embeds[embed.ordinal].marker = known
      } else if !select.isDistinct, marking != .never,
        let source = from.allSources.first(where: { $0.id == embed.source }),
        let marker = marker(of: source, number: result.markers.count, behind: last.range.upper, in: from)
      {
        let place = result.columns.count + result.markers.count
        markers[embed.source] = place
        result.markers.append(marker)
        result.embeds[embed.ordinal].marker = place
      } else if isNeeded, let first = own.first {
        diagnose(.ambiguousAbsence(embed.name), at: first.range)
      }
    }
  }

  private func isAsked(_ ordinal: Int) -> Bool {
    switch marking {
    case .never: false
    case .whereNeeded(let others): others.contains(ordinal)
    }
  }

  /// One of the columns is never NULL in a row that is there: declared so, or needed by the ON that it fulfilled and not made
  /// anew for the result. (A row that a FULL JOIN keeps need not have fulfilled any.)
  private func isPresenceCertain(of embed: BoundEmbed, _ own: [BoundOutput]) -> Bool {
    var needed: Set<ColumnKey> = []
    for id in states[embed.source]?.nullifiers ?? [] where nullifiers[id].partner == nil {
      if let condition = nullifiers[id].condition { needed.formUnion(nonNullWhenTrue(condition).columns) }
    }
    return own.contains { output in
      guard case .column(let column) = output.expression.kind else { return false }
      return needed.contains(ColumnKey(column)) && isStable(column)
        || !presentFacts(of: column, value(of: column).facts).nullability.canBeNull
    }
  }

  private func marker(of source: BoundSource, number: Int, behind end: Int, in from: BoundFrom) -> PresenceMarker? {
    let name = spelledName(source.name, quoting: .everyKeyword)
    switch source.kind {
    case .table(let table), .tableFunction(let table, _):
      guard let rowid = rowidName(of: table) else { return nil }
      return PresenceMarker(insertions: [.init(offset: end, text: ", \(name).\(rowid)")])
    case .view, .commonTable, .subquery:
      guard let column = markerName(number, from), let place = source.wrappedRange else { return nil }
      // Without an alias a subquery is called nothing.
      let hasAlias = source.nameRange.map { $0.upper < source.range.upper } ?? true
      let opening = "SELECT *, 1 AS \(column) FROM "
      return PresenceMarker(insertions: [
        .init(offset: end, text: ", \(name).\(column)"),
        .init(offset: place.lower, text: source.nameRange == nil ? opening + "(" : "(" + opening),
        .init(offset: place.upper, text: hasAlias ? ")" : ") AS \(name)"),
      ])
    case .excluded, .triggerRow: return nil
    }
  }

  /// SQLite, lang_createtable.html#rowid: a column of such a name hides it. Of the modules that others bring nobody knows
  /// whether their tables have one.
  private func rowidName(of table: Table) -> String? {
    guard table.hasRowID else { return nil }
    switch table.kind {
    case .ordinary: break
    case .virtual(let module) where ["fts3", "fts4", "fts5", "rtree", "rtree_i32", "geopoly"].contains(module): break
    case .eponymous(let module) where module.hasPrefix("json") || module.hasPrefix("pragma"): break
    case .virtual, .eponymous: return nil
    }
    return ["rowid", "_rowid_", "oid"].first { name in
      !table.columns.contains { $0.name.asciiLowercased == name }
    }
  }

  /// A name that the statement does not have, nor any table that NATURAL could join by it.
  private func markerName(_ number: Int, _ from: BoundFrom) -> String? {
    let text = source.slice(statement.range).lowercased()
    let columns = Set(from.allSources.flatMap { $0.columns.map(\.name.asciiLowercased) })
    return (number..<number + 100).lazy.map { $0 == 0 ? "sqlc_present" : "sqlc_present_\($0 + 1)" }
      .first { !text.contains($0) && !columns.contains($0) }
  }
}

extension BoundSource {
  /// What a subquery can stand for: the name of a view or common table, or a subquery without its parentheses.
  fileprivate var wrappedRange: ByteRange? {
    switch kind {
    case .view, .commonTable: nameRange
    case .subquery(let query): query.range
    case .table, .tableFunction, .excluded, .triggerRow: nil
    }
  }
}
