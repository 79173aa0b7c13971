// The items of a FROM clause as SQLite lists them, and what a join in parentheses is there.
//
// SQLite, parse.y (seltablist): parentheses at the very beginning without an alias are read as if they were not there; around
// a single source they are the source, with the alias of the parentheses or none; else they are a subquery, `SELECT *` over what
// stands in them (select.c, SF_NestedFrom), whose columns get names of their own where two are equal.

import SQLCSyntaxSQLite

/// One item: a table, view or subquery, or a join in parentheses.
struct FromItem {
  enum Content {
    /// By its place in the scope.
    case source(Int)
    case nested(NestedFrom)
  }

  var content: Content
  /// Columns that USING or NATURAL merges with those before.
  var merging: [String] = []
  /// Of the join that brings the item in.
  var join = JoinSyntax.Kind.comma

  func merges(_ column: String) -> Bool { merging.contains { sameName($0, column) } }
}

/// A join in parentheses, read as a subquery.
struct NestedFrom {
  var alias: String?
  /// What stands in it: places in the scope.
  var sources: Range<Int>
  var items: [FromItem]
  var columns: [NestedColumn] = []
}

/// A column of an item, seen from outside.
struct NestedColumn {
  /// As SQLite names it: `x:1` for the second `x` of a join in parentheses.
  var name: String
  /// As the source that it comes from names it.
  var written: String
  /// The source's name; absent for a column that USING or NATURAL merged.
  var owner: String?
  /// The place of the source in the scope; of the first one for merged columns.
  var position: Int
  var value: BoundExpression.Kind
  /// It can be named, and `*` leaves it out: one of those that were merged.
  var isLeftOut = false
  /// What USING or NATURAL makes of several, in the join that merges them.
  var isMerged = false
}

extension Scope {
  /// Every source an item, where no FROM clause has listed them.
  var listed: [FromItem] { items.isEmpty ? sources.indices.map { FromItem(content: .source($0)) } : items }

  /// What a name can be of: the target of an UPDATE stands before its FROM clause.
  private var seen: [FromItem] {
    guard window == nil, let first = items.first else { return listed }
    return (0..<places(of: first).lowerBound).map { FromItem(content: .source($0)) } + items
  }

  func find(bare column: String) -> Lookup { find(bare: column, in: seen) }

  func columns(of item: FromItem) -> [NestedColumn] {
    switch item.content {
    case .nested(let nested): return nested.columns
    case .source(let position):
      let source = sources[position]
      return source.columns.indices.filter { !source.columns[$0].isHidden }.map { index in
        let column = bound((position, index))
        return NestedColumn(
          name: column.name, written: column.name, owner: source.name, position: position, value: .column(column))
      }
    }
  }

  /// The columns of a join in parentheses: before each join with USING what it merges, then what each item has. The parts of
  /// what is merged are there, and left out by `*`.
  func columns(of items: [FromItem], within sources: Range<Int>) -> [NestedColumn] {
    var columns: [NestedColumn] = []
    for (index, item) in items.enumerated() {
      let next = index + 1 < items.count ? items[index + 1] : nil
      for name in next?.merging ?? [] {
        guard let (position, value) = merged(name, in: items) else { continue }
        columns.append(
          NestedColumn(name: name, written: name, owner: nil, position: position, value: value, isMerged: true))
      }
      for var column in self.columns(of: item) {
        column.isMerged = false
        if item.merges(column.name) || next?.merges(column.name) ?? false { column.isLeftOut = true }
        columns.append(column)
      }
    }
    let names = uniqueNames(columns.map(\.name)) { index, other in
      // A name that it had to give way for: it is one of those that were merged.
      if columns[other].isMerged { columns[index].isLeftOut = true }
    }
    for index in columns.indices { columns[index].name = names[index] }
    return columns
  }

  private func merged(_ name: String, in items: [FromItem]) -> (Int, BoundExpression.Kind)? {
    switch find(bare: name, in: items) {
    case .found(let column, let position): return (position, .column(column))
    case .merged(let parts):
      guard let position = sources.firstIndex(where: { $0.id == parts.first?.source }) else { return nil }
      return (position, .mergedColumn(parts))
    case .none, .ambiguous, .poisoned: return nil
    }
  }

  /// A name without a table, in one FROM clause (SQLite, resolve.c, lookupName).
  ///
  /// Of columns that USING or NATURAL merged: the left one after INNER and LEFT, the right one after RIGHT, the first that is
  /// not NULL after FULL (lang_select.html §2.2).
  func find(bare column: String, in items: [FromItem]) -> Lookup {
    var found: Candidate?
    var positions: [Int] = []
    var isPoisoned = self.isPoisoned
    for item in items {
      isPoisoned = isPoisoned || places(of: item).contains { sources[$0].isPoisoned }
      let merges = item.merges(column)
      for candidate in candidates(column, in: item) {
        guard let before = found else {
          found = candidate
          positions = [candidate.position]
          if candidate.isMerged { break }
          continue
        }
        guard merges else {
          positions.append(candidate.position)
          continue
        }
        switch item.join {
        case .inner, .cross, .comma, .left: break
        case .right:
          found = candidate
          positions = [candidate.position]
        case .full: found?.parts = before.parts + candidate.parts
        }
        if candidate.isMerged { break }
      }
    }
    guard let found else { return isPoisoned ? .poisoned : .none }
    if positions.count > 1 { return .ambiguous(positions) }
    return found.parts.count > 1 ? .merged(found.parts) : .found(found.parts[0], source: found.position)
  }

  private struct Candidate {
    var parts: [BoundColumn]
    var position: Int
    /// What USING or NATURAL made of several in a join in parentheses: none behind it counts.
    var isMerged = false
  }

  private func places(of item: FromItem) -> Range<Int> {
    switch item.content {
    case .source(let position): position..<position + 1
    case .nested(let nested): nested.sources
    }
  }

  private func candidates(_ name: String, in item: FromItem) -> [Candidate] {
    switch item.content {
    case .source(let position):
      guard !sources[position].needsQualifier, !sources[position].isPoisoned,
        let index = sources[position].index(of: name)
      else { return [] }
      return [Candidate(parts: [bound((position, index))], position: position)]
    case .nested(let nested):
      return nested.columns.compactMap { column in
        guard sameName(column.written, name) else { return nil }
        return switch column.value {
        case .column(let bound): Candidate(parts: [bound], position: column.position, isMerged: column.isMerged)
        case .mergedColumn(let parts): Candidate(parts: parts, position: column.position, isMerged: column.isMerged)
        default: nil
        }
      }
    }
  }

  /// The columns behind the first of that name in an item; hidden ones can be named where a source is itself the item.
  func find(_ name: String, in item: FromItem) -> [BoundColumn]? {
    switch item.content {
    case .source(let position): return sources[position].index(of: name).map { [bound((position, $0))] }
    case .nested(let nested):
      switch nested.find(name) {
      case .found(let column, source: _): return [column]
      case .merged(let parts): return parts
      case .none, .ambiguous, .poisoned: return nil
      }
    }
  }

  /// The join in parentheses that has this alias, among what can be seen.
  func nested(called alias: String) -> NestedFrom? {
    for item in items {
      if case .nested(let nested) = item.content, let name = nested.alias, sameName(name, alias) { return nested }
    }
    return nil
  }

  /// Runs `body` where only what stands in the parentheses can be seen.
  func inside<Result>(_ nested: NestedFrom, _ body: (Scope) -> Result) -> Result {
    let (items, window) = (items, window)
    self.items = nested.items
    self.window = nested.sources
    defer { (self.items, self.window) = (items, window) }
    return body(self)
  }
}

extension NestedFrom {
  /// What `g.x` means, where `g` is the alias of the parentheses.
  func find(_ column: String) -> Lookup {
    guard let found = columns.first(where: { sameName($0.name, column) }) else { return .none }
    switch found.value {
    case .mergedColumn(let parts): return .merged(parts)
    case .column(let bound): return .found(bound, source: found.position)
    default: return .none
    }
  }
}

extension NestedFromSyntax {
  /// Parentheses as SQLite reads them where they are not left out: around a single source they are that source.
  var reduced: TableSourceSyntax {
    guard from.joins.isEmpty else { return .nested(self) }
    guard case .nested(var inner) = from.first else { return from.first.renamed(alias) }
    inner.alias = alias
    return inner.reduced
  }

  /// The alias of what stands alone in the parentheses, which theirs takes the place of, even if they have none.
  var lostAlias: NameSyntax? {
    guard from.joins.isEmpty, alias == nil else { return nil }
    switch from.first {
    case .table(let node): return node.alias
    case .subquery(let node): return node.alias
    case .nested(let node): return node.alias ?? node.lostAlias
    }
  }
}

extension TableSourceSyntax {
  /// With another alias, or without.
  fileprivate func renamed(_ alias: NameSyntax?) -> TableSourceSyntax {
    switch self {
    case .table(var node):
      node.alias = alias
      return .table(node)
    case .subquery(var node):
      node.alias = alias
      return .subquery(node)
    case .nested(var node):
      node.alias = alias
      return .nested(node)
    }
  }
}
