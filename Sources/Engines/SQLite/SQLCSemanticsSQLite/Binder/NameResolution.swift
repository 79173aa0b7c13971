// Column names, as SQLite's resolve.c looks them up: sources of the scope, rowid, aliases, then the scope around.

import SQLCDiagnostics
import SQLCSyntaxSQLite

/// What a name means in one scope.
enum Lookup {
  case none
  case found(BoundColumn, source: Int)
  /// Merged by a FULL JOIN … USING.
  case merged([BoundColumn])
  case ambiguous([Int])
  case poisoned
}

extension Scope {
  /// The column in this scope alone, rowid names not considered.
  func find(_ column: String, of table: String?, schema: String?) -> Lookup {
    guard let table else { return find(bare: column) }
    let seen = window ?? sources.indices
    if schema == nil, let nested = nested(called: table), !sources[seen].contains(where: { $0.isCalled(table) }) {
      return nested.find(column)
    }
    var matches: [(source: Int, index: Int)] = []
    var merged: [BoundColumn] = []
    var poisoned = false
    for position in seen {
      let source = sources[position]
      guard source.isCalled(table) else { continue }
      if let schema { guard let own = source.schema, sameName(own, schema) else { continue } }
      if source.isPoisoned {
        poisoned = true
        continue
      }
      guard let index = source.index(of: column) else { continue }
      if let previous = matches.last {
        switch source.merge(of: column) {
        case nil:
          merged = []
          matches.append((position, index))
          continue
        case .inner, .cross, .comma, .left: continue
        case .right:
          matches = []
          merged = []
        case .full:
          if merged.isEmpty { merged.append(bound(previous)) }
          merged.append(bound((position, index)))
          continue
        }
      }
      matches.append((position, index))
    }
    if matches.count > 1 { return .ambiguous(matches.map(\.source)) }
    if !merged.isEmpty { return .merged(merged) }
    if let match = matches.first { return .found(bound(match), source: match.source) }
    return poisoned || isPoisoned ? .poisoned : .none
  }

  func bound(_ match: (source: Int, index: Int)) -> BoundColumn {
    let source = sources[match.source]
    return BoundColumn(source: source.id, index: match.index, name: source.columns[match.index].name)
  }

  /// The rowid: only when a single source could be meant.
  func findRowID(_ name: String, of table: String?) -> Lookup {
    var matches: [Int] = []
    for position in window ?? sources.indices where sources[position].rowid != nil {
      let source = sources[position]
      if let table {
        guard source.isCalled(table) else { continue }
      } else if source.needsQualifier {
        continue
      }
      matches.append(position)
    }
    guard let match = matches.first else { return .none }
    guard matches.count == 1, let rowid = sources[match].rowid else { return .ambiguous(matches) }
    if rowid >= 0 { return .found(bound((match, rowid)), source: match) }
    return .found(BoundColumn(source: sources[match].id, index: BoundColumn.rowid, name: "rowid"), source: match)
  }
}

extension Binder {
  mutating func bindColumn(_ node: ColumnReferenceSyntax, in scope: Scope) -> BoundExpression {
    let column = renames.current(node.column).text
    let table = node.table.map { renames.current($0).text }
    var level: Scope? = scope
    while let current = level {
      var result = current.find(column, of: table, schema: node.schema?.text)
      if case .none = result, isRowIDName(column) { result = current.findRowID(column, of: table) }
      switch result {
      case .found(let bound, let position):
        note(current)
        meet(node, bound, of: current.sources[position])
        if current.sources[position].tableColumn == bound.index {
          recordQualifier(node.column, of: bound.source)
          return BoundExpression(.tableColumn(bound.source), range: node.range)
        }
        recordReference(node, [bound])
        return BoundExpression(.column(bound), range: node.range)
      case .merged(let columns):
        note(current)
        recordReference(node, columns)
        return BoundExpression(.mergedColumn(columns), range: node.range)
      case .ambiguous(let positions):
        reportAmbiguous(node, positions.map { current.sources[$0] })
        return BoundExpression(.invalid, range: node.range)
      case .poisoned:
        return BoundExpression(.invalid, range: node.range)
      case .none: break
      }
      if table == nil, current.seesAliases, let alias = current.aliases.first(where: { sameName($0.key, column) }) {
        return bindAlias(alias, node, in: current)
      }
      level = current.parent
    }
    return unresolved(node, in: scope)
  }

  /// An alias of a result column used in WHERE, GROUP BY, HAVING or ORDER BY: it stands for its expression.
  mutating func bindAlias(_ alias: ScopeAlias, _ node: ColumnReferenceSyntax, in scope: Scope) -> BoundExpression {
    note(scope)
    record(alias.symbol, .reference, at: node.column)
    if alias.hasAggregate {
      switch scope.clause {
      case .having, .orderBy, .outputs, .windowArgument: break
      case .whereClause, .groupBy, .aggregateArgument, .value:
        report(.misusedAggregate(node.column.text, place: place(of: scope)), at: node.range)
        return BoundExpression(.invalid, range: node.range)
      }
    }
    if alias.hasWindow, scope.clause != .orderBy {
      report(.misusedWindow(node.column.text, place: place(of: scope)), at: node.range)
      return BoundExpression(.invalid, range: node.range)
    }
    var expression = alias.expression
    expression.range = node.range
    return expression
  }

  /// A name that is no column: TRUE and FALSE, a double-quoted string where SQLite reads one, or an error.
  private mutating func unresolved(_ node: ColumnReferenceSyntax, in scope: Scope) -> BoundExpression {
    let name = node.column
    if node.table == nil {
      if name.quoting == .doubleQuotes {
        let near = nearest(to: name.text, in: visibleColumns(from: scope))
        let quoted =
          "'" + name.text.replacingScalars("'", with: "''") + "'"
        let edit = FixIt.Edit(here(node.range), replacement: quoted)
        if mode == .definition {
          report(
            .doubleQuotedText(name.text), at: node.range, near: near, notes: doubleQuotedNotes,
            fixIts: [FixIt("write \(quoted)", .safe, edits: [edit])])
          return BoundExpression(.literal(.string(name.text)), range: node.range)
        }
        report(
          .doubleQuotedString(name.text), at: node.range, near: near,
          // With a column of nearly that name, a column may be meant.
          fixIts: [FixIt("write \(quoted)", near == nil ? .safe : .unsafe, edits: [edit])])
        return BoundExpression(.invalid, range: node.range)
      }
      // SQLite, lang_expr.html#booleanexpr.
      if name.quoting == .none {
        if name.key == "true" { return BoundExpression(.boolean(true), range: node.range) }
        if name.key == "false" { return BoundExpression(.boolean(false), range: node.range) }
      }
    }
    reportUnknown(node, in: scope)
    return BoundExpression(.invalid, range: node.range)
  }

  private mutating func reportUnknown(_ node: ColumnReferenceSyntax, in scope: Scope) {
    let name = node.column.text
    if node.table == nil, node.column.quoting == .none, let plain = plainQuotes(name) {
      report(
        .typographicQuotes(name), at: node.column.range, label: "a string is written in straight single quotes",
        fixIts: [FixIt("write \(plain)", .unsafe, edits: [FixIt.Edit(here(node.column.range), replacement: plain)])])
      return
    }
    let all = visibleSources(from: scope)
    guard let table = node.table else {
      if isRowIDName(name), let only = all.first, all.count == 1 {
        report(.rowIDOfQuery(name, of: only.name), at: node.range)
        return
      }
      let owners = all.filter { !$0.needsQualifier }
      let notes = owners.prefix(4).map { columnsNote(of: $0.name.isEmpty ? "subquery" : $0.name, visible($0)) }
      let near = nearest(to: name, in: visibleColumns(from: scope))
      if owners.count == 1, !owners[0].name.isEmpty {
        report(
          .unknownColumnOf(name, table: owners[0].name), at: node.column.range, near: near,
          secondary: catalog.departure(ofColumn: name, in: owners[0].relation), notes: Array(notes))
      } else {
        report(
          .unknownColumn(name), at: node.column.range, near: near,
          secondary: owners.flatMap { catalog.departure(ofColumn: name, in: $0.relation) }, notes: Array(notes))
      }
      return
    }
    if let source = all.first(where: { $0.isCalled(table.text) }) {
      if isRowIDName(name), source.rowid == nil {
        report(.rowIDOfQuery(name, of: source.name), at: node.column.range)
        return
      }
      report(
        .unknownColumnOf(name, table: source.name), at: node.column.range,
        near: nearest(to: name, in: visible(source)),
        secondary: catalog.departure(ofColumn: name, in: source.relation),
        notes: [columnsNote(of: source.name, visible(source))])
      return
    }
    reportUnknownSource(table, among: all)
  }

  mutating func reportUnknownSource(_ table: NameSyntax, among sources: [ScopeSource]) {
    let names = sources.map(\.name).filter { !$0.isEmpty }
    var notes = names.isEmpty ? [] : ["tables here: \(names.joined(separator: ", "))"]
    let isLost = sources.contains { $0.lostAlias.map { sameName($0, table.text) } ?? false }
    if isLost {
      notes.insert(
        "SQLite forgets the alias of a table that stands alone in parentheses on the right of a join: leave them out",
        at: 0)
    }
    report(
      .unknownSource(table.text), at: table.range,
      near: isLost ? nil : nearest(to: table.text, in: names), notes: notes)
  }

  private mutating func reportAmbiguous(_ node: ColumnReferenceSyntax, _ owners: [ScopeSource]) {
    let candidates = owners.map { "\(spelledName($0.name)).\(spelledName(node.column.text))" }
    report(
      .ambiguousColumn(node.column.text), at: node.column.range, label: candidates.joined(separator: " or "),
      secondary: owners.map { DiagnosticLabel(here($0.range), "has one") },
      fixIts: candidates.map { candidate in
        FixIt("write \(candidate)", .unsafe, edits: [FixIt.Edit(here(node.column.range), replacement: candidate)])
      })
  }

  func visibleSources(from scope: Scope) -> [ScopeSource] {
    var all: [ScopeSource] = []
    var level: Scope? = scope
    while let current = level {
      all += current.sources
      level = current.parent
    }
    return all
  }

  private func visible(_ source: ScopeSource) -> [String] { source.columns.filter { !$0.isHidden }.map(\.name) }

  private func visibleColumns(from scope: Scope) -> [String] {
    visibleSources(from: scope).flatMap { visible($0) } + scope.aliases.map(\.key)
  }

  /// Records that an expression depends on a scope, for the aggregates around it.
  mutating func note(_ scope: Scope) {
    guard !references.isEmpty else { return }
    references[references.count - 1].insert(ObjectIdentifier(scope))
  }

  func place(of scope: Scope) -> String {
    switch scope.clause {
    case .outputs: "here"
    case .whereClause: "in WHERE or ON"
    case .groupBy: "in GROUP BY"
    case .having: "in HAVING"
    case .orderBy: "in ORDER BY"
    case .aggregateArgument: "inside another aggregate"
    case .windowArgument: "inside a window function"
    case .value: "here"
    }
  }
}

/// Why a string in double quotes is no good in a schema, though SQLite reads it there.
package let doubleQuotedNotes = [
  "SQLite reads a name that is no column as a string; SQLCRuntime's connections do not, unless 'acceptsDoubleQuotedStrings' is set"
]

/// `'x'` for a word in typographic quotes, which SQLite reads as a name with odd letters; nothing for other names.
private func plainQuotes(_ name: String) -> String? {
  let quotes = "\u{2018}\u{2019}\u{201A}\u{201C}\u{201D}\u{201E}\u{00AB}\u{00BB}\u{00B4}"
  guard let first = name.first, quotes.contains(first) else { return nil }
  return "'" + name.filter { !quotes.contains($0) }.replacingScalars("'", with: "''") + "'"
}
