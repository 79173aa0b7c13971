// ALTER TABLE (SQLite, lang_altertable.html). Views and triggers keep their text; their `renames` say what SQLite's has in its place.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func alterTable(_ syntax: AlterTableSyntax) {
    let name = syntax.table.name
    guard let relation = catalog.relation(named: name.key, in: syntax.table.schema?.key) else {
      report(.unknownTable(name.text), at: name.range, near: nearestTable(to: name.text))
      return
    }
    guard case .table(let table) = relation else {
      report(.wrongKind(name: name.text, is: "view", wanted: "table"), at: name.range)
      return
    }
    if name.key.hasPrefix("sqlite_") {
      report(.readOnlyTable(name.text), at: name.range)
      return
    }
    switch syntax.action {
    case .renameTable(let new): rename(table, to: new)
    case .renameColumn(let old, let new): renameColumn(old, to: new, in: table)
    case .addColumn(let column): addColumn(column, to: table)
    case .dropColumn(let column): dropColumn(column, of: table)
    case .setNotNull(let name, _): changeNullability(of: name, to: .never, in: table)
    case .dropNotNull(let name):
      let nullable = Nullability.maybe(NullReason(.nullableColumn(table.name, name.text), at: nil))
      changeNullability(of: name, to: nullable, in: table)
    // What a CHECK proved before is kept only as facts; SQLite 3.53 judges rows by the constraints as they are then.
    case .addConstraint, .dropConstraint: break
    }
  }

  private mutating func rename(_ old: Table, to name: NameSyntax) {
    let oldKey = old.name.asciiLowercased
    if name.key != oldKey || catalog.relations[name.key] == nil {
      guard mayCreate(name, isTemporary: old.isTemporary, ifNotExists: false) else { return }
    }
    respell(Renaming(table: oldKey, subject: .table), from: old.name, as: name)
    catalog.departures.append(Departure(table: oldKey, fate: .renamed(to: name.text), place: here(name.range)))
    var table = old
    table.name = name.text
    for index in table.columns.indices {
      if table.columns[index].enumeration != nil, table.columns[index].facts.logical != nil {
        table.columns[index].facts.logical = .enumeration(
          EnumerationID(table: name.text, column: table.columns[index].name))
      }
    }
    if table.isVirtual { renameParts(of: old, in: &table) }
    let position = catalog.order.firstIndex(of: oldKey)
    removeRelation(oldKey)
    catalog.relations[name.key] = .table(table)
    if !catalog.order.contains(name.key) {
      catalog.order.insert(name.key, at: min(position ?? catalog.order.count, catalog.order.count))
    }
    for key in catalog.indexes.keys where catalog.indexes[key]?.table.asciiLowercased == oldKey {
      catalog.indexes[key]?.table = name.text
    }
    for key in catalog.order {
      switch catalog.relations[key] {
      case .table(var child):
        guard child.foreignKeys.contains(where: { sameName($0.parentTable, old.name) }) else { continue }
        for index in child.foreignKeys.indices where sameName(child.foreignKeys[index].parentTable, old.name) {
          child.foreignKeys[index].parentTable = name.text
        }
        catalog.relations[key] = .table(child)
      case .view, nil: break
      }
    }
    for key in catalog.triggerOrder {
      if catalog.triggers[key]?.table == oldKey { catalog.triggers[key]?.table = name.key }
    }
  }

  /// The tables that a virtual table keeps for itself take its new name, and so does the hidden column of a full-text table that
  /// is called like it (SQLite, vtab.html#the_xrename_method).
  private mutating func renameParts(of old: Table, in table: inout Table) {
    for index in table.columns.indices
    where table.columns[index].visibility == .hidden && sameName(table.columns[index].name, old.name) {
      table.columns[index].name = table.name
    }
    let prefix = old.name.asciiLowercased + "_"
    for (place, key) in catalog.order.enumerated() where key.hasPrefix(prefix) {
      guard case .table(var part)? = catalog.relations[key], part.isShadow, part.definition == old.definition else {
        continue
      }
      part.name = table.name + part.name.dropFirst(old.name.count)
      catalog.relations[key] = nil
      catalog.order[place] = part.name.asciiLowercased
      catalog.relations[part.name.asciiLowercased] = .table(part)
    }
  }

  private mutating func renameColumn(_ old: NameSyntax, to new: NameSyntax, in source: Table) {
    var table = source
    guard let index = existingColumn(old, of: table) else { return }
    if let taken = table.columnIndex(named: new.text), taken != index {
      report(.duplicateColumn(new.text), at: new.range, secondary: firstDefinition(table.columns[taken].definition))
      return
    }
    respell(
      Renaming(table: table.name.asciiLowercased, subject: .column(index)), from: table.columns[index].name, as: new)
    catalog.departures.append(
      Departure(
        table: table.name.asciiLowercased, column: old.key, fate: .renamed(to: new.text), place: here(new.range)))
    table.columns[index].name = new.text
    if table.columns[index].enumeration != nil {
      table.columns[index].facts.logical = .enumeration(EnumerationID(table: table.name, column: new.text))
    }
    let tableKey = table.name.asciiLowercased
    catalog.relations[tableKey] = .table(table)
    for key in catalog.order {
      switch catalog.relations[key] {
      case .table(var child):
        for position in child.foreignKeys.indices where sameName(child.foreignKeys[position].parentTable, table.name) {
          child.foreignKeys[position].parentColumns = child.foreignKeys[position].parentColumns.map {
            sameName($0, old.text) ? new.text : $0
          }
        }
        catalog.relations[key] = .table(child)
      case .view, nil: break
      }
    }
  }

  /// SQLite, lang_altertable.html §5: no PRIMARY KEY, no UNIQUE. The other restrictions hold for tables with rows alone (NOT
  /// NULL without a default, a default that is computed, STORED): SQLite says so where the schema has inserted some, and
  /// `migrate check` tries it.
  private mutating func addColumn(_ syntax: ColumnDefinitionSyntax, to old: Table) {
    if let taken = old.columnIndex(named: syntax.name.text) {
      report(
        .duplicateColumn(syntax.name.text), at: syntax.name.range,
        secondary: firstDefinition(old.columns[taken].definition))
      return
    }
    for constraint in syntax.constraints {
      switch constraint.kind {
      case .primaryKey:
        report(.unaddableColumn(syntax.name.text, why: "it is a PRIMARY KEY"), at: constraint.range)
        return
      case .unique:
        report(.unaddableColumn(syntax.name.text, why: "it is UNIQUE"), at: constraint.range)
        return
      default: break
      }
    }
    let name = NameSyntax(text: old.name, range: syntax.name.range)
    var definition = TableDefinition(name: name, isTemporary: old.isTemporary, source: source, options: [])
    let isNew = old.columns.count
    definition.table = old
    definition.read([syntax], [], options: lenient)
    diagnostics += definition.diagnostics
    var table = definition.table
    table.uniqueKeys = old.uniqueKeys
    table.indexKeys = old.indexKeys
    table.replacingKeys = old.replacingKeys
    table.rowidAlias = old.rowidAlias
    table.columns.replaceSubrange(0..<isNew, with: old.columns)
    guard table.columns.count > isNew else { return }
    catalog.relations[table.name.asciiLowercased] = .table(table)
    resolveGeneratedColumns([syntax], of: table.name.asciiLowercased)
    resolveDefaults([syntax], of: table.name.asciiLowercased)
  }

  /// The key of the table was judged when it was created.
  private var lenient: SemanticsOptions {
    var options = options
    options.strictPrimaryKeys = true
    return options
  }

  private mutating func dropColumn(_ name: NameSyntax, of old: Table) {
    var table = old
    guard let index = existingColumn(name, of: table) else { return }
    func refuse(_ why: String) -> CatalogDiagnostic { .immutableColumn(name.text, why: why) }
    if table.primaryKey.contains(index) { return report(refuse("it is part of the PRIMARY KEY"), at: name.range) }
    if let used = catalog.indexes.values.filter({
      sameName($0.table, table.name) && $0.columns.contains(index)
    }).min(by: { $0.name < $1.name }) {
      return report(refuse("index '\(used.name)' uses it"), at: name.range, secondary: firstDefinition(used.definition))
    }
    if table.uniqueKeys.contains(where: { $0.columns.contains(index) }) {
      return report(refuse("it is UNIQUE"), at: name.range)
    }
    if table.columns.count == 1 { return report(.lastColumn(name.text), at: name.range) }
    catalog.departures.append(
      Departure(table: table.name.asciiLowercased, column: name.key, fate: .dropped, place: here(name.range)))
    table.columns.remove(at: index)
    func moved(_ column: Int) -> Int { column > index ? column - 1 : column }
    table.rowidAlias = table.rowidAlias.map(moved)
    table.primaryKey = table.primaryKey.map(moved)
    table.uniqueKeys = table.uniqueKeys.map { UniqueKey(columns: $0.columns.map(moved)) }
    table.indexKeys = table.indexKeys.map { $0.moved(moved) }
    table.replacingKeys = table.replacingKeys.map { $0.map(moved) }
    table.foreignKeys = table.foreignKeys.filter { !$0.columns.contains(index) }
    for key in table.foreignKeys.indices { table.foreignKeys[key].columns = table.foreignKeys[key].columns.map(moved) }
    for (key, used) in catalog.indexes where sameName(used.table, table.name) {
      catalog.indexes[key]?.columns = used.columns.map { $0.map(moved) }
    }
    catalog.relations[table.name.asciiLowercased] = .table(table)
  }

  private mutating func changeNullability(of name: NameSyntax, to nullability: Nullability, in old: Table) {
    var table = old
    guard let index = existingColumn(name, of: table) else { return }
    table.columns[index].isNotNull = !nullability.canBeNull
    table.columns[index].facts.nullability = nullability
    catalog.relations[table.name.asciiLowercased] = .table(table)
  }

  private mutating func existingColumn(_ name: NameSyntax, of table: Table) -> Int? {
    if let index = table.columnIndex(named: name.text) { return index }
    report(
      .unknownColumn(name.text, table: table.name), at: name.range,
      near: nearest(to: name.text, in: table.columns.map(\.name)), notes: [columnsNote(of: table)])
    return nil
  }
}
