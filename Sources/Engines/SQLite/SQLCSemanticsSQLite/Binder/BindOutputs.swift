// Result columns: names as SQLite gives them, stars and `sqlc.embed` spelled out.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindOutputs(_ columns: [ResultColumnSyntax], in scope: Scope, named naming: ResultNaming)
    -> [BoundOutput]
  {
    var outputs: [BoundOutput] = []
    for column in columns {
      // SQLite, limits.html#max_column; and a chain of joins with `*` doubles them with each link.
      guard outputs.count <= options.limits.columns else { break }
      switch column.value {
      case .star:
        if scope.sources.isEmpty, !scope.isPoisoned {
          report(.starWithoutFrom, at: column.range)
        } else {
          outputs += expandStar(of: nil, in: scope, at: column.range, named: naming)
        }
      case .tableStar(let name):
        outputs += expandStar(of: renames.current(name), in: scope, at: column.range, named: naming)
      case .expression(let expression, let alias):
        if case .macro(let macro) = expression.unparenthesized, macro.name == .embed || macro.name == .nest {
          if let alias { report(.aliasedEmbed(macro.name.rawValue), at: alias.range) }
          if macro.name == .nest, naming != .result { report(.misplacedEmbed("nest"), at: macro.range) }
          outputs += expandEmbed(macro, in: scope)
        } else {
          outputs.append(
            bindOutput(
              expression, alias: alias, column.range, ordinal: outputs.count + 1, in: scope, named: naming))
        }
      }
    }
    guard outputs.count <= options.limits.columns else {
      report(.tooManyColumns(limit: options.limits.columns), at: columns[0].range)
      return []
    }
    return outputs
  }

  private mutating func bindOutput(
    _ expression: ExpressionSyntax, alias: NameSyntax?, _ range: ByteRange, ordinal: Int, in scope: Scope,
    named naming: ResultNaming
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
      return BoundOutput(
        expression: bound, name: naming.given(alias.text, ordinal), isNameGuaranteed: true, range: range)
    }
    let name = self.name(of: expression, bound, ordinal, in: scope, named: naming)
    return BoundOutput(
      expression: bound, name: name ?? renames.text(of: expression.range, in: source), isNameGuaranteed: name != nil,
      range: range)
  }

  /// `*`, or `t.*` (SQLite, lang_select.html#resultset): hidden columns are left out; of columns that USING or NATURAL
  /// merged, `*` has the first only.
  private mutating func expandStar(
    of table: NameSyntax?, in scope: Scope, at range: ByteRange, named naming: ResultNaming
  ) -> [BoundOutput] {
    var outputs: [BoundOutput] = []
    var written: [String]? = naming == .result ? [] : nil
    var isKnown = false
    let hasTwins = hasRepeatedSource(in: scope)
    let items = scope.listed
    for (ordinal, item) in items.enumerated() {
      for column in scope.columns(of: item) {
        let source = scope.sources[column.position]
        guard !source.needsQualifier else { continue }
        if let table {
          guard let owner = column.owner, sameName(owner, table.text) else { continue }
          if !isKnown {
            recordQualifier(table, of: source.id)
            meet(qualifier: table, of: source)
          }
        } else if column.isLeftOut || (ordinal > 0 && item.merges(column.name)) {
          continue
        }
        isKnown = true
        if hasTwins, !source.name.isEmpty, column.owner != nil,
          case .ambiguous = scope.find(column.written, of: source.name, schema: nil)
        {
          report(
            .ambiguousColumn("\(source.name).\(column.written)"), at: range,
            notes: ["'\(source.name)' is there twice: give one of them an alias"])
          return []
        }
        let later = items[(ordinal + 1)...]
        let kind = table == nil ? starValue(of: column, before: later, in: scope) : column.value
        let expression = BoundExpression(kind, range: range)
        let name = naming == .result ? column.written : column.name
        outputs.append(BoundOutput(expression: expression, name: name, isNameGuaranteed: true, range: range))
        if let text = spelling(of: expression, column, isQualified: table != nil, in: scope) {
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

  /// What `*` reads for a column: a FULL JOIN … USING that follows merges it, a RIGHT JOIN … USING takes its own.
  private func starValue(of column: NestedColumn, before later: ArraySlice<FromItem>, in scope: Scope)
    -> BoundExpression.Kind
  {
    guard scope.sources.count > 1 else { return column.value }
    switch (scope.find(column.name, of: nil, schema: nil), column.value) {
    case (.merged(let columns), .column(let plain)) where columns.contains(plain): return .mergedColumn(columns)
    case (.merged(let columns), .mergedColumn(let parts)) where parts.allSatisfy(columns.contains):
      return .mergedColumn(columns)
    case (.found(let other, source: _), _) where isMergedAcross(column.name, later, in: scope): return .column(other)
    default: return column.value
    }
  }

  /// A later RIGHT JOIN … USING takes the column from its own side.
  private func isMergedAcross(_ column: String, _ later: ArraySlice<FromItem>, in scope: Scope) -> Bool {
    later.contains { item in
      guard item.merges(column) else { return false }
      let position =
        switch item.content {
        case .source(let position): position
        case .nested(let nested): nested.sources.lowerBound
        }
      switch scope.sources[position].merge(of: column) {
      case .right, .full: return true
      case .inner, .cross, .comma, .left, nil: return false
      }
    }
  }

  /// How to write the column so that it means the same; absent when there is no way, as with two subqueries without alias.
  private func spelling(
    of expression: BoundExpression, _ column: NestedColumn, isQualified: Bool, in scope: Scope
  ) -> String? {
    guard !isNumberedByChance(column.written) else { return nil }
    let bare = spelledName(column.written, quoting: .everyKeyword)
    let source = scope.sources[column.position]
    if !isQualified {
      if scope.sources.count == 1 { return bare }
      if means(scope.find(column.written, of: nil, schema: nil), expression) { return bare }
    }
    guard !source.name.isEmpty, means(scope.find(column.written, of: source.name, schema: nil), expression) else {
      return nil
    }
    return "\(spelledName(source.name, quoting: .everyKeyword)).\(bare)"
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
      written.append(
        "\(spelledName(source.name, quoting: .everyKeyword)).\(spelledName(column.name, quoting: .everyKeyword))")
    }
    if !isMuted { expansions.append(StarExpansion(range: macro.range, columns: written)) }
    return outputs
  }
}
