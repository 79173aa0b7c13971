import SQLCTreePostgreSQL

extension QueryScope {
  func commonTableCause(
    _ name: String, _ levels: Int, _ isSelfReference: Bool, _ range: Int, _ attribute: Int
  ) -> NullCause? {
    guard let (scope, _) = above(levels), let table = scope.parts.commonTables.first(where: { $0.name == name }) else {
      return NullCause(.notUnderstood("a common table"))
    }
    let width = (table.query.parts.command == .select ? table.query.parts.targets : table.query.parts.returning)
      .count { !$0.isHidden }
    // SEARCH and CYCLE add columns that are never NULL.
    guard attribute <= width else { return table.addsColumns ? nil : NullCause(.notUnderstood("a generated column")) }
    if isSelfReference { return scope.recursiveColumns[name]?.at(attribute - 1) ?? nil }
    if table.isRecursive { return scope.recursiveCause(table, width, attribute) }
    let inner = scope.scope(of: table)
    guard let plain = inner.columnCause(attribute) else { return nil }
    guard isSettled else { return plain }
    var known: Set<Int> = []
    for case .notNull(.variable(let variable)) in facts
    where variable.range == range && variable.levelsUp == 0 && variable.attribute > 0 && variable.attribute <= width {
      known.insert(variable.attribute)
    }
    return inner.columnCause(attribute, where: known) ? nil : plain
  }

  /// The query of a table of this query's WITH.
  func scope(of table: CommonTable) -> QueryScope {
    if let known = tableScopes[table.name] { return known }
    let scope = QueryScope(table.query, in: analyzer, outer: self, outerContext: .input)
    if isSettled, !table.isRecursive { tableScopes[table.name] = scope }
    return scope
  }

  /// No column is assumed to be NULL at first; what turns out to be is assumed the next time, until nothing changes.
  private func recursiveCause(_ table: CommonTable, _ width: Int, _ attribute: Int) -> NullCause? {
    if let known = tableScopes[table.name] { return known.columnCause(attribute) }
    var assumed = [NullCause?](repeating: nil, count: width)
    while true {
      recursiveColumns[table.name] = assumed
      let scope = QueryScope(table.query, in: analyzer, outer: self, outerContext: .input)
      let found = (1...max(width, 1)).map { scope.columnCause($0) }
      var changed = false
      for column in assumed.indices where assumed[column] == nil && found[column] != nil {
        assumed[column] = found[column]
        changed = true
      }
      if !changed {
        if isSettled { tableScopes[table.name] = scope }
        return found.at(attribute - 1) ?? NullCause(.notUnderstood("a column"))
      }
    }
  }
}
