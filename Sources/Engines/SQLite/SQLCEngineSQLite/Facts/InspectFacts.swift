// The catalog and bound statements as facts for rules.

import Foundation
import SQLCDiagnostics
package import SQLCFacts
package import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension SQLiteInspector: FactInspector {
  package func schemaFacts() -> SchemaFacts { CatalogFacts(catalog, scripts, options).facts() }

  package func viewQueries() -> [ViewQuery] {
    guard !isBroken else { return [] }
    return catalog.order.compactMap { key in
      guard case .view(let view)? = catalog.relations[key] else { return nil }
      let name =
        "\"" + view.name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      let text = SourceFile(path: view.definition.path, text: "SELECT * FROM \(name)")
      guard let statement = parseScript(text).value.items.first?.statement else { return nil }
      let bound = bind(statement, in: catalog, source: text, options: options)
      guard !bound.diagnostics.hasErrors,
        case .query(let query) = relationalStatement(of: bound.value, in: text.path).body,
        case .select(let select) = query.body, case .source(let source)? = select.from,
        case .view(_, let written) = source.kind
      else { return nil }
      return ViewQuery(name: view.name, query: written, path: view.definition.path)
    }
  }

  package func statements(of query: AnnotatedQuery) -> [RelationalStatement] {
    guard !isBroken else { return [] }
    guard let variants = variants(of: query) else { return [statement(of: query, in: query.source)].compactMap(\.self) }
    let statements = ([variants.wholeText] + variants.leastTexts).map { statement(of: query, in: $0) }
    // What one of them does without the other is not known either.
    return statements.contains { $0 == nil } ? [] : statements.compactMap(\.self)
  }

  package func statement(of query: AnnotatedQuery, for choice: VariantChoice) -> RelationalStatement? {
    guard !isBroken, let variants = variants(of: query) else { return nil }
    return statement(of: query, in: variants.text(for: choice.bits))
  }

  private func statement(of query: AnnotatedQuery, in text: SourceFile) -> RelationalStatement? {
    let parsed = parseScript(text, in: query.bodyRange, options: ParserOptions(allowsMacros: true, limits: .ofLibrary))
    guard !parsed.diagnostics.hasErrors, let statement = parsed.value.items.first?.statement else { return nil }
    let bound = bind(statement, in: catalog, source: text, options: options)
    guard !bound.diagnostics.hasErrors else { return nil }
    return relationalStatement(of: bound.value, in: text.path)
  }
}

private struct CatalogFacts {
  let catalog: Catalog
  let syntax: DefinitionSyntax
  let viewColumns: [SourceRange: [TypedColumn]]

  init(_ catalog: Catalog, _ scripts: [ScriptSyntax], _ options: SemanticsOptions) {
    self.catalog = catalog
    syntax = DefinitionSyntax(scripts)
    viewColumns = catalog.viewColumns(options: options)
  }

  func facts() -> SchemaFacts {
    var facts = SchemaFacts()
    for key in catalog.order {
      switch catalog.relations[key] {
      case .table(let table)?:
        if case .eponymous = table.kind { continue }
        if table.isShadow || table.isTemporary { continue }
        facts.tables.append(fact(of: table))
      case .view(let view)?: facts.tables.append(fact(of: view))
      case nil: continue
      }
    }
    for (_, index) in catalog.indexes.sorted(by: { $0.key < $1.key }) { facts.indexes.append(fact(of: index)) }
    for key in catalog.triggerOrder {
      if let trigger = catalog.triggers[key] { facts.triggers.append(fact(of: trigger)) }
    }
    return facts
  }

  // MARK: Tables

  private func fact(of table: Table) -> SQLCFacts.TableFact {
    let written = syntax.constraints(
      ofTableAt: table.definition, columns: table.columns.compactMap(\.definition))
    let kind: SQLCFacts.TableFact.Kind =
      if case .virtual(let module) = table.kind { .module(module) } else { .table }
    return SQLCFacts.TableFact(
      name: table.name, kind: kind, typing: table.isStrict ? .strict : .flexible,
      rowKey: table.rowidAlias.map { .column($0) } ?? (table.isWithoutRowID ? .none : .hidden),
      columns: table.columns.map { fact(of: $0, in: table) }, keys: keys(of: table, written),
      foreignKeys: table.foreignKeys.map { fact(of: $0, written) },
      checks: written.compactMap { constraint in
        guard case .check(let condition) = constraint.kind else { return nil }
        return CheckFact(
          name: constraint.name, text: String(constraint.source.slice(condition.range)), source: constraint.place)
      }, content: content(of: table), source: table.definition)
  }

  private func fact(of view: View) -> SQLCFacts.TableFact {
    let columns = (viewColumns[view.definition] ?? []).map { column in
      ColumnFact(
        name: column.name, declaredType: nil, typeName: typeName(of: column.facts),
        isNullable: column.facts.nullability.canBeNull, isNotNull: false, defaultText: nil, isGenerated: false,
        presence: .visible, collation: nil, source: view.definition)
    }
    return SQLCFacts.TableFact(name: view.name, kind: .view, columns: columns, source: view.definition)
  }

  private func fact(of column: Column, in table: Table) -> ColumnFact {
    let entry = column.definition.flatMap { syntax.columns[$0] }
    let defaultText = entry?.node.constraints.lazy.compactMap { constraint -> String? in
      guard case .defaultValue(let value) = constraint.kind else { return nil }
      return entry.map { String($0.source.slice(value.range)) }
    }.first
    return ColumnFact(
      name: column.name, declaredType: column.declaredType, typeName: typeName(of: column.facts),
      isNullable: column.facts.nullability.canBeNull, isNotNull: column.isNotNull, defaultText: defaultText,
      isGenerated: column.generation != nil, presence: column.visibility == .hidden ? .hidden : .visible,
      collation: column.collation, allowedValues: column.enumeration ?? [],
      source: column.definition ?? table.definition)
  }

  private func keys(of table: Table, _ written: [WrittenConstraint]) -> [KeyFact] {
    var keys: [KeyFact] = []
    if !table.primaryKey.isEmpty {
      let constraint = written.first { if case .primaryKey = $0.kind { true } else { false } }
      keys.append(
        KeyFact(
          kind: .primary, name: constraint?.name, columns: table.primaryKey,
          source: constraint?.place ?? table.definition))
    }
    for key in table.uniqueKeys where Set(key.columns) != Set(table.primaryKey) {
      let names = key.columns.map { table.columns[$0].name.lowercased() }
      let constraint = written.first { constraint in
        if case .unique(let columns) = constraint.kind { columns.map { $0.lowercased() } == names } else { false }
      }
      if let constraint {
        keys.append(KeyFact(kind: .unique, name: constraint.name, columns: key.columns, source: constraint.place))
        continue
      }
      let index = catalog.indexes.values.filter {
        $0.isUnique && $0.table.lowercased() == table.name.lowercased() && $0.columns == key.columns.map { $0 }
      }.min { $0.name < $1.name }
      keys.append(
        KeyFact(
          kind: index == nil ? .unique : .index, name: index?.name, columns: key.columns,
          source: index?.definition ?? table.definition))
    }
    return keys
  }

  private func fact(of key: ForeignKey, _ written: [WrittenConstraint]) -> ForeignKeyFact {
    let constraint = written.first { constraint in
      guard case .foreignKey(let clause) = constraint.kind else { return false }
      return key.definition == SourceRange(path: constraint.source.path, range: clause.range)
    }
    var parentColumns = key.parentColumns
    var parentName = key.parentTable
    if case .table(let parent)? = catalog.relations[key.parentTable.lowercased()] {
      parentName = parent.name
      if parentColumns.isEmpty { parentColumns = parent.primaryKey.map { parent.columns[$0].name } }
    }
    return ForeignKeyFact(
      name: constraint?.name, columns: key.columns, parent: parentName, parentColumns: parentColumns,
      onDelete: key.onDelete?.rawValue, onUpdate: key.onUpdate?.rawValue, source: key.definition ?? constraint?.place)
  }

  /// SQLite, fts5.html §4.4 and fts3.html §6.2: `content='table', content_rowid='id'`.
  private func content(of table: Table) -> ContentFact? {
    guard let definition = table.definition, let module = syntax.modules[definition] else { return nil }
    var name: String?
    var key: String?
    for argument in module.node.arguments {
      let parts = argument.text.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2 else { continue }
      let value = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "'\"[]` "))
      switch parts[0].lowercased() {
      case "content": name = value
      case "content_rowid": key = value
      default: continue
      }
    }
    guard let name else { return nil }
    return name.isEmpty ? .own : .table(name, key: key)
  }

  // MARK: Indexes and triggers

  private func fact(of index: Index) -> IndexFact {
    let entry = syntax.indexes[index.definition]
    var table: Table?
    if case .table(let found)? = catalog.relations[index.table.lowercased()] { table = found }
    let terms = index.columns.enumerated().map { place, column -> IndexFact.Term in
      let name = column.flatMap { index in
        table?.columns.indices.contains(index) == true ? table?.columns[index].name : nil
      }
      let text = entry.flatMap { entry in
        entry.node.columns.indices.contains(place) ? String(entry.source.slice(entry.node.columns[place].range)) : nil
      }
      return IndexFact.Term(column: name, text: text ?? name ?? "")
    }
    let condition = entry.flatMap { entry in entry.node.whereClause.map { String(entry.source.slice($0.range)) } }
    return IndexFact(
      name: index.name, table: table?.name ?? index.table, isUnique: index.isUnique,
      reach: index.isPartial ? .rows(where: condition ?? "") : .allRows, terms: terms, source: index.definition)
  }

  private func fact(of trigger: Trigger) -> TriggerFact {
    let event: TriggerFact.Event =
      switch trigger.syntax.event {
      case .insert: .insert
      case .delete: .delete
      case .update: .update
      }
    var table = trigger.table
    if let relation = catalog.relations[trigger.table] { table = relation.name }
    return TriggerFact(
      name: trigger.syntax.name.name.text, table: table, timing: trigger.syntax.time?.rawValue ?? "BEFORE",
      event: event,
      text: trigger.source.map { String($0.slice(trigger.syntax.range)) } ?? "", source: trigger.definition)
  }
}
