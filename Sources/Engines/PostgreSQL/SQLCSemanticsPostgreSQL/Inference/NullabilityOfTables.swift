import SQLCTreePostgreSQL

extension StatementAnalyzer {
  /// Why a column of a stored table can hold NULL.
  ///
  /// NOT NULL must be declared, and validated; a foreign table only says that it is; a table that inherits can lack it
  /// (before 18). A NOT NULL domain proves nothing: a subquery without rows stores NULL. Otherwise a CHECK constraint or the
  /// expression of a generated column can prove it.
  func columnCause(of relation: ObjectID, _ attribute: Int, _ inheritance: RangeEntry.Inheritance) -> NullCause? {
    guard attribute > 0 else { return nil }
    guard let table = catalog.relations[relation], let column = table.column(attribute) else {
      return NullCause(.notUnderstood("a column of a table that is not in the catalogue"))
    }
    if table.kind == .foreignTable { return NullCause(.foreignTable(relation: table.name, column: column.name)) }
    let own: NullCause?
    let origin = ColumnOrigin(relation: relation, attribute: attribute)
    if let known = remembered(origin) {
      own = known
    } else {
      own = ownCause(relation, table, column)
      remember(own, of: origin)
    }
    if own != nil || inheritance == .only { return own }
    for child in descendants(of: relation) {
      guard let other = catalog.relations[child],
        let same = other.columns.first(where: { $0.name == column.name })
      else { return NullCause(.notUnderstood("a child without the column")) }
      if other.kind == .foreignTable { return NullCause(.foreignTable(relation: other.name, column: same.name)) }
      if columnCause(of: child, same.number, .only) != nil {
        return NullCause(.child(relation: other.name, column: same.name))
      }
    }
    return nil
  }

  private func ownCause(_ relation: ObjectID, _ table: CatalogRelation, _ column: CatalogColumn) -> NullCause? {
    let base: NullCause
    switch column.notNull {
    case .declared: return nil
    case .notValidated: base = NullCause(.notValidated(relation: table.name, column: column.name))
    case .absent: base = NullCause(.undeclared(relation: table.name, column: column.name))
    }
    guard table.kind == .table || table.kind == .partitionedTable else { return base }
    let scope = rowScope(relation)
    if let generation = column.generation {
      let text: NodeText
      switch generation {
      case .stored(let expression), .virtual(let expression): text = expression
      }
      // It may refer to no other generated column, so this ends.
      guard let expression = expressions(of: text)?.first else { return base }
      return scope.cause(expression, .input).map {
        NullCause(.generated(relation: table.name, column: column.name, $0.reason))
      }
    }
    for check in table.checks where check.isValidated {
      guard let expression = expressions(of: check.expression)?.first else { continue }
      let facts = scope.whenNotFalse(expression, .input)
      let holds = facts.contains { fact in
        guard case .notNull(.variable(let variable)) = fact else { return false }
        return variable.range == 1 && variable.attribute == column.number && variable.levelsUp == 0
      }
      if holds { return nil }
    }
    return base
  }

  /// A query over that table alone: expressions of the catalogue call it range 1.
  func rowScope(_ relation: ObjectID) -> QueryScope {
    QueryScope(Query.overTable(relation, name: catalog.relations[relation]?.name ?? ""), in: self)
  }
}
