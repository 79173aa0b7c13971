// Where a schema's text names its tables, views and columns.

import SQLCDiagnostics
public import SQLCModel
public import SQLCSyntaxSQLite

/// The names in the statements of a schema, in the order of the scripts: where each table, view and column that the catalog
/// has is defined, and where the definitions name others (foreign keys, indexes, views, triggers, changes).
///
/// Names that mean nothing any more, because what they name was renamed or dropped since, are left out.
public func definitionOccurrences(
  of catalog: Catalog, in scripts: [ScriptSyntax], options: SemanticsOptions
) -> [SymbolOccurrence] {
  var finder = DefinitionFinder(catalog: catalog, options: options)
  finder.findDefinitions()
  for script in scripts {
    finder.source = script.source
    for item in script.items { finder.find(in: item.statement) }
  }
  finder.findUses()
  return inOrder(finder.occurrences)
}

private struct DefinitionFinder {
  let catalog: Catalog
  let options: SemanticsOptions
  var source = SourceFile(path: "", text: "")
  var occurrences: [SymbolOccurrence] = []

  private mutating func add(_ symbol: SQLSymbol, _ role: SymbolOccurrence.Role, at place: SourceRange?) {
    guard let place, !place.range.isEmpty else { return }
    occurrences.append(SymbolOccurrence(symbol, role, at: place))
  }

  private func here(_ name: NameSyntax) -> SourceRange { SourceRange(path: source.path, range: name.range) }

  // MARK: Tables, views and their columns

  mutating func findDefinitions() {
    for key in catalog.order {
      switch catalog.relations[key] {
      case .table(let table)?:
        add(.table(QualifiedName(table.name)), .definition, at: table.definition)
        for column in table.columns where column.definition != table.definition {
          add(column.symbol(in: table.name), .definition, at: column.definition)
        }
      case .view(let view)?: add(.table(QualifiedName(view.name)), .definition, at: view.definition)
      case nil: break
      }
    }
  }

  // MARK: Statements that name others

  mutating func find(in statement: StatementSyntax) {
    switch statement {
    case .createTable(let syntax):
      guard case .columns(let columns, let constraints, _) = syntax.body else { return }
      for column in columns {
        for constraint in column.constraints {
          if case .references(let clause) = constraint.kind { find(in: clause) }
        }
      }
      for constraint in constraints { find(in: constraint, of: syntax.name.name) }
    case .createIndex(let syntax):
      reference(table: syntax.table)
      reference(syntax.columns, of: syntax.table)
    case .createTrigger(let syntax): reference(table: syntax.table.name)
    case .alterTable(let syntax):
      reference(table: syntax.table.name)
      if case .addColumn(let column) = syntax.action {
        for constraint in column.constraints {
          if case .references(let clause) = constraint.kind { find(in: clause) }
        }
      }
    default: break
    }
  }

  private mutating func find(in constraint: TableConstraintSyntax, of table: NameSyntax) {
    switch constraint.kind {
    case .primaryKey(let columns, _, _), .unique(let columns, _): reference(columns, of: table)
    case .foreignKey(let columns, let clause):
      for column in columns { reference(column: column, of: table) }
      find(in: clause)
    case .check, .nothing: break
    }
  }

  private mutating func find(in clause: ForeignKeyClauseSyntax) {
    reference(table: clause.table)
    for column in clause.columns ?? [] { reference(column: column, of: clause.table) }
  }

  private mutating func reference(table name: NameSyntax) {
    guard let relation = catalog.relations[name.key] else { return }
    add(.table(QualifiedName(relation.name)), .reference, at: here(name))
  }

  private mutating func reference(_ columns: [IndexedColumnSyntax], of table: NameSyntax) {
    for column in columns {
      guard case .column(let node) = column.expression.withoutCollation else { continue }
      reference(column: node.column, of: table)
    }
  }

  private mutating func reference(column name: NameSyntax, of table: NameSyntax) {
    guard case .table(let found)? = catalog.relations[table.key],
      let column = found.columns.first(where: { sameName($0.name, name.text) })
    else { return }
    add(column.symbol(in: found.name), .reference, at: here(name))
  }

  // MARK: Views and triggers

  mutating func findUses() {
    for key in catalog.order {
      guard case .view(let view)? = catalog.relations[key], let file = view.source else { continue }
      var binder = Binder(catalog: catalog, source: file, options: options)
      binder.mode = .definition
      binder.renames = view.renames
      binder.openViews = [key]
      binder.recorder = OccurrenceRecorder()
      let query = binder.bindQuery(view.query, parent: nil)
      let found = binder.recorder?.occurrences ?? []
      occurrences += found
      defineColumns(of: view, query, found)
    }
    for key in catalog.triggerOrder {
      guard let trigger = catalog.triggers[key], let file = trigger.source else { continue }
      var binder = Binder(catalog: catalog, source: file, options: options)
      binder.recorder = OccurrenceRecorder()
      _ = binder.bindTrigger(trigger)
      occurrences += binder.recorder?.occurrences ?? []
    }
  }

  /// A view's column is called after the list behind its name, an alias, or the column that it is.
  private mutating func defineColumns(of view: View, _ query: BoundQuery, _ found: [SymbolOccurrence]) {
    if let names = view.columnNames {
      for name in names {
        let place = SourceRange(path: view.definition.path, range: name.range)
        add(.column(name.text, of: view.name), .definition, at: place)
      }
      return
    }
    var body = query.body
    while case .compound(_, let left, _, _) = body { body = left }
    guard case .select(let select) = body else { return }
    for output in select.outputs {
      // The last name in its text is the one it is called after; a star has none.
      let own = found.last { occurrence in
        occurrence.source.path == view.definition.path && output.range.contains(occurrence.source.range)
          && occurrence.source.range.upper == output.range.upper
      }
      add(.column(output.name, of: view.name), .definition, at: own?.source)
    }
  }
}

extension Column {
  fileprivate func symbol(in table: String) -> SQLSymbol { .column(name, of: table) }
}
