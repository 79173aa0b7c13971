// CREATE VIEW and CREATE TRIGGER. SQLite accepts bodies that name what is missing and fails on use; they are checked when
// the schema is complete.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func createView(_ syntax: CreateViewSyntax) {
    guard let isTemporary = isTemporary(syntax.isTemporary, syntax.name),
      mayCreate(syntax.name.name, isTemporary: isTemporary, ifNotExists: syntax.ifNotExists)
    else { return }
    if let parameter = firstParameter(in: .select(syntax.query)) {
      report(.parameterInDefinition("view"), at: parameter)
      return
    }
    insert(
      .view(
        View(
          name: syntax.name.name.text, isTemporary: isTemporary, columnNames: syntax.columns, query: syntax.query,
          definition: here(syntax.name.name.range), source: source)))
  }

  mutating func createTrigger(_ syntax: CreateTriggerSyntax) {
    let name = syntax.name.name
    // Temp triggers have names of their own.
    let isTemporary = syntax.isTemporary || syntax.name.schema?.key == "temp"
    let key = isTemporary ? "temp." + name.key : name.key
    if let existing = catalog.triggers[key] {
      guard !syntax.ifNotExists else { return }
      report(
        .duplicateObject(kind: "trigger", name: name.text), at: name.range,
        secondary: firstDefinition(existing.definition))
      return
    }
    let table = syntax.table.name
    guard let relation = catalog.relation(named: table.key, in: syntax.table.schema?.key) else {
      report(.unknownTable(table.text), at: table.range, near: nearestTable(to: table.text))
      return
    }
    switch (relation, syntax.time) {
    case (.table, .insteadOf):
      report(
        .wrongKind(name: table.text, is: "table", wanted: "view"), at: table.range,
        notes: ["INSTEAD OF triggers are for views"])
      return
    case (.view, .before), (.view, .after), (.view, nil):
      report(
        .wrongKind(name: table.text, is: "view", wanted: "table"), at: table.range,
        notes: ["a trigger on a view is an INSTEAD OF trigger"])
      return
    case (.table(let found), _) where found.isVirtual:
      report(.wrongKind(name: table.text, is: "virtual table", wanted: "table"), at: table.range)
      return
    default: break
    }
    catalog.triggers[key] = Trigger(syntax: syntax, definition: here(name.range), source: source)
    catalog.triggerOrder.append(key)
  }

  private func firstParameter(in statement: StatementSyntax) -> ByteRange? {
    var found: ByteRange?
    var walk = SyntaxWalk(onExpression: { expression in
      switch expression {
      case .parameter(let node): found = found ?? node.range
      case .macro(let node): found = found ?? node.range
      default: break
      }
    })
    walk.walk(statement)
    return found
  }

  mutating func checkViews(of scope: CheckScope) {
    var expansion = Expansion(limit: options.mostQueries)
    // Each is bound once, whichever uses it first.
    var bound: [SourceRange: BoundView] = [:]
    for key in catalog.order where scope.contains(key) {
      guard case .view(let view)? = catalog.relations[key], let file = view.source else { continue }
      var binder = Binder(catalog: catalog, source: file, options: options)
      binder.mode = .definition
      binder.renames = view.renames
      binder.openViews = [key]
      binder.boundViews = bound
      let query = binder.bindQuery(view.query, parent: nil)
      bound = binder.boundViews
      diagnostics += onlyWarnings(binder.diagnostics, "view", view.name)
      // SQLite takes such a view, and whatever uses it, a list of all tables too, may take for ever.
      let count = expansion.count(view, query)
      if !binder.diagnostics.hasErrors, count > options.mostQueries {
        binder.diagnostics = []
        binder.report(
          .oversizedQuery(count: count, limit: options.mostQueries), at: view.definition.range,
          notes: Expansion.notes)
        diagnostics += binder.diagnostics
      }
      guard let columns = view.columnNames, !binder.diagnostics.hasErrors, columns.count != query.columnNames.count
      else { continue }
      source = file
      report(
        .viewColumnCount(view.name, wanted: columns.count, got: query.columnNames.count), at: view.definition.range)
    }
    catalog.viewUses = expansion.uses
  }

  mutating func checkTriggers(of scope: CheckScope) {
    for key in catalog.triggerOrder where scope.contains(key) {
      guard let trigger = catalog.triggers[key], let file = trigger.source else { continue }
      var binder = Binder(catalog: catalog, source: file, options: options)
      _ = binder.bindTrigger(trigger)
      diagnostics += onlyWarnings(binder.diagnostics, "trigger", trigger.syntax.name.name.text)
    }
  }

  /// SQLite takes the definition and fails on use: a query that uses it is in error, the schema is not.
  private func onlyWarnings(_ found: [Diagnostic], _ kind: String, _ name: String) -> [Diagnostic] {
    found.map { diagnostic in
      // What we refuse SQLite would not.
      guard diagnostic.severity == .error, diagnostic.id != BinderRule.refusedFunction.id else {
        return diagnostic
      }
      var warning = diagnostic
      warning.severity = .warning
      warning.notes.append("SQLite accepts the \(kind) '\(name)' and fails when it is used")
      return warning
    }
  }
}
