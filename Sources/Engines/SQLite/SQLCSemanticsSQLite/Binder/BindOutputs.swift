// Result columns: names as SQLite gives them, stars and `sqlc.embed` spelled out.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindOutputs(_ columns: [ResultColumnSyntax], in scope: Scope, isTopLevel: Bool) -> [BoundOutput] {
    var outputs: [BoundOutput] = []
    for column in columns {
      // SQLite, limits.html#max_column; and a chain of joins with `*` doubles them with each link.
      guard outputs.count <= Self.mostColumns else { break }
      switch column.value {
      case .star:
        if scope.sources.isEmpty {
          report(.starWithoutFrom, at: column.range)
        } else {
          outputs += expandStar(of: nil, in: scope, at: column.range, isTopLevel: isTopLevel)
        }
      case .tableStar(let name):
        outputs += expandStar(of: name, in: scope, at: column.range, isTopLevel: isTopLevel)
      case .expression(let expression, let alias):
        if case .macro(let macro) = expression.unparenthesized, macro.name == .embed || macro.name == .nest {
          if let alias { report(.aliasedEmbed(macro.name.rawValue), at: alias.range) }
          if macro.name == .nest, !isTopLevel { report(.misplacedEmbed("nest"), at: macro.range) }
          outputs += expandEmbed(macro, in: scope)
        } else {
          outputs.append(
            bindOutput(
              expression, alias: alias, column.range, ordinal: outputs.count + 1, in: scope, isTopLevel: isTopLevel))
        }
      }
    }
    guard outputs.count <= Self.mostColumns else {
      report(.tooManyColumns(limit: Self.mostColumns), at: columns[0].range)
      return []
    }
    return outputs
  }

  private static var mostColumns: Int { 2000 }

  private mutating func bindOutput(
    _ expression: ExpressionSyntax, alias: NameSyntax?, _ range: ByteRange, ordinal: Int, in scope: Scope,
    isTopLevel: Bool
  ) -> BoundOutput {
    let aggregates = scope.aggregateCount
    let windows = scope.windowCount
    let bound = bindScalar(expression, in: scope)
    if let alias {
      scope.aliases.append(
        ScopeAlias(
          key: alias.text, expression: bound, hasAggregate: scope.aggregateCount > aggregates,
          hasWindow: scope.windowCount > windows, symbol: local(.resultColumn, alias)))
      recordAlias(alias, of: range)
      return BoundOutput(expression: bound, name: alias.text, isNameGuaranteed: true, range: range)
    }
    if isTopLevel {
      if case .column(let column) = bound.kind {
        return BoundOutput(expression: bound, name: column.name, isNameGuaranteed: true, range: range)
      }
      if case .mergedColumn(let columns) = bound.kind, let first = columns.first {
        return BoundOutput(expression: bound, name: first.name, isNameGuaranteed: true, range: range)
      }
      if case .tableColumn = bound.kind, case .column(let node) = expression.unparenthesized {
        return BoundOutput(expression: bound, name: node.column.text, isNameGuaranteed: true, range: range)
      }
    } else if case .column(let node) = expression.withoutCollation {
      // Inside a query SQLite names a column as it is written, before it knows what it is. A column that ALTER TABLE
      // renamed since is written the new way.
      var name = node.column.text
      if case .column(let column) = bound.kind, !isRowIDName(name),
        !sameName(name, column.name) || scope.isRenamed(name, to: column)
      {
        name = column.name
      }
      // "true" and "false" name no column: SQLite counts instead.
      if case .boolean = bound.kind { name = "column\(ordinal)" }
      return BoundOutput(expression: bound, name: name, isNameGuaranteed: true, range: range)
    }
    return BoundOutput(
      expression: bound, name: String(source.slice(expression.range)), isNameGuaranteed: false, range: range)
  }

  /// `*`, or `t.*` (SQLite, lang_select.html#resultset): hidden columns are left out; of columns that USING or NATURAL
  /// merged, `*` has the first only.
  private mutating func expandStar(
    of table: NameSyntax?, in scope: Scope, at range: ByteRange, isTopLevel: Bool
  ) -> [BoundOutput] {
    var outputs: [BoundOutput] = []
    var written: [String]? = isTopLevel ? [] : nil
    var isKnown = false
    let hasTwins = hasRepeatedSource(in: scope)
    for (position, source) in scope.sources.enumerated() where !source.needsQualifier {
      if let table, !source.isCalled(table.text) { continue }
      if let table, !isKnown { recordQualifier(table, of: source.id) }
      isKnown = true
      for (index, column) in source.columns.enumerated() where !column.isHidden {
        if table == nil, position > 0, source.merge(of: column.name) != nil { continue }
        if hasTwins, !source.name.isEmpty,
          case .ambiguous = scope.find(column.name, of: source.name, schema: nil)
        {
          report(
            .ambiguousColumn("\(source.name).\(column.name)"), at: range,
            notes: ["'\(source.name)' is there twice: give one of them an alias"])
          return []
        }
        let plain = BoundColumn(source: source.id, index: index, name: column.name)
        var kind = BoundExpression.Kind.column(plain)
        if table == nil, scope.sources.count > 1 {
          switch scope.find(column.name, of: nil, schema: nil) {
          case .merged(let columns) where columns.contains(plain): kind = .mergedColumn(columns)
          case .found(let other, source: _) where isMergedAcross(column.name, position, in: scope):
            kind = .column(other)
          default: break
          }
        }
        let expression = BoundExpression(kind, range: range)
        outputs.append(BoundOutput(expression: expression, name: column.name, isNameGuaranteed: true, range: range))
        if let text = spelling(of: expression, position, column.name, isQualified: table != nil, in: scope) {
          written?.append(text)
        } else {
          written = nil
        }
      }
    }
    if let table, !isKnown {
      reportUnknownSource(table, among: scope.sources)
    }
    if let written, !written.isEmpty, !isMuted { expansions.append(StarExpansion(range: range, columns: written)) }
    return outputs
  }

  /// Two sources have one name, so that SQLite finds no meaning for `*` unless USING merges what both have.
  private func hasRepeatedSource(in scope: Scope) -> Bool {
    guard scope.sources.count > 1 else { return false }
    for (position, source) in scope.sources.enumerated() where !source.name.isEmpty && !source.needsQualifier {
      if scope.sources[..<position].contains(where: { sameName($0.name, source.name) && !$0.needsQualifier }) {
        return true
      }
    }
    return false
  }

  /// A later RIGHT JOIN … USING takes the column from its own side.
  private func isMergedAcross(_ column: String, _ position: Int, in scope: Scope) -> Bool {
    scope.sources[(position + 1)...].contains { source in
      switch source.merge(of: column) {
      case .right, .full: true
      case .inner, .cross, .comma, .left, nil: false
      }
    }
  }

  /// How to write the column so that it means the same; absent when there is no way, as with two subqueries without alias.
  private func spelling(
    of expression: BoundExpression, _ position: Int, _ column: String, isQualified: Bool, in scope: Scope
  ) -> String? {
    let bare = quotedIfNeeded(column)
    let source = scope.sources[position]
    if !isQualified, !isNumberedByChance(column) {
      if scope.sources.count == 1 { return bare }
      if means(scope.find(column, of: nil, schema: nil), expression) { return bare }
    }
    guard !isNumberedByChance(column) else { return nil }
    guard !source.name.isEmpty, means(scope.find(column, of: source.name, schema: nil), expression) else { return nil }
    return "\(quotedIfNeeded(source.name)).\(bare)"
  }

  private func means(_ lookup: Lookup, _ expression: BoundExpression) -> Bool {
    switch (lookup, expression.kind) {
    case (.found(let found, source: _), .column(let column)): found == column
    case (.merged(let found), .mergedColumn(let columns)): found == columns
    default: false
    }
  }

  /// `sqlc.embed(t)` and `sqlc.nest(t)`: every visible column of `t`, as one value.
  private mutating func expandEmbed(_ macro: MacroSyntax, in scope: Scope) -> [BoundOutput] {
    let name = macro.argument
    guard let position = scope.sources.firstIndex(where: { $0.isCalled(name.text) && !$0.needsQualifier }) else {
      reportUnknownSource(name, among: scope.sources)
      return []
    }
    let source = scope.sources[position]
    let embed = BoundEmbed(
      ordinal: embeds, source: source.id, name: source.name, relation: source.relation,
      role: macro.name == .nest ? .list(within: macro.outer?.text) : .row)
    embeds += 1
    note(scope)
    recordQualifier(name, of: source.id)
    var outputs: [BoundOutput] = []
    var written: [String] = []
    for (index, column) in source.columns.enumerated() where !column.isHidden {
      let bound = BoundColumn(source: source.id, index: index, name: column.name)
      outputs.append(
        BoundOutput(
          expression: BoundExpression(.column(bound), range: macro.range), name: column.name, isNameGuaranteed: true,
          embed: embed, range: macro.range))
      written.append("\(quotedIfNeeded(source.name)).\(quotedIfNeeded(column.name))")
    }
    if !isMuted { expansions.append(StarExpansion(range: macro.range, columns: written)) }
    return outputs
  }
}
