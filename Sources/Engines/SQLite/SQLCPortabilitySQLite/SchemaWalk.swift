// The definitions of a schema: what PostgreSQL would read otherwise or not at all.

import SQLCDiagnostics
public import SQLCFacts
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

extension PortabilityReader {
  /// Definitions that are still there after the last of them.
  public func schemaFacts() -> [SchemaSyntaxFacts] {
    var found: [SchemaSyntaxFacts] = []
    var defined: Set<String> = []
    for script in scripts {
      for item in script.items {
        switch item.statement {
        case .createTable(let node):
          found += facts(of: node, in: script.source, after: defined)
          defined.insert(node.name.name.key)
        case .createIndex(let node): found += facts(of: node, in: script.source)
        case .createView(let node): found += facts(of: node, in: script.source, tokens: script.tokens(in: item.range))
        case .createTrigger(let node):
          found.append(
            alone(
              .trigger, SpellingFact(.trigger, node.name.name.text, range: node.name.range), node.table, script.source))
        case .createVirtualTable(let node):
          found.append(
            alone(
              .table, SpellingFact(.virtualTable, node.module.text, range: node.name.range), node.name, script.source))
        default: continue
        }
      }
    }
    return found
  }

  private func alone(
    _ part: SchemaSyntaxFacts.Part, _ spelling: SpellingFact, _ table: QualifiedNameSyntax, _ source: SourceFile
  ) -> SchemaSyntaxFacts {
    var facts = SyntaxFacts()
    facts.spellings = [spelling]
    return SchemaSyntaxFacts(part: part, table: table.name.text, path: source.path, facts: facts)
  }

  private func facts(of node: CreateTableSyntax, in source: SourceFile, after defined: Set<String>)
    -> [SchemaSyntaxFacts]
  {
    let name = node.name.name
    // Dropped and renamed tables are no more.
    guard case .table(let table)? = catalog.relations[name.key], table.definition?.range == name.range,
      table.definition?.path == source.path, case .columns(let columns, let constraints, let options) = node.body
    else { return [] }
    var result: [SchemaSyntaxFacts] = []
    var own = SyntaxFacts()
    func add(_ part: SchemaSyntaxFacts.Part, _ expression: ExpressionSyntax, _ role: ExpressionFact.Role) {
      guard let facts = facts(of: expression, role: role, over: part == .fallback ? nil : name, in: source) else {
        return
      }
      result.append(SchemaSyntaxFacts(part: part, table: table.name, path: source.path, facts: facts))
    }
    for option in options {
      own.spellings.append(SpellingFact(.tableOption, option.option.rawValue, range: option.range))
    }
    own.note(name)
    for column in columns {
      own.note(column.name)
      own.expressions.append(definition(of: column, table))
      for constraint in column.constraints {
        switch constraint.kind {
        case .primaryKey(_, let policy, let autoincrement):
          if autoincrement {
            own.spellings.append(SpellingFact(.autoincrement, column.name.text, range: constraint.range))
          }
          own.note(policy, constraint.range)
        case .notNull(let policy), .unique(let policy), .null(let policy): own.note(policy, constraint.range)
        case .check(let condition): add(.check, condition, .condition)
        case .defaultValue(let value): add(.fallback, value, .value)
        case .generated(let value, _): add(.generated, value, .value)
        case .references(let clause): note(clause, [column.name], table, after: defined, &own)
        case .collate, .deferral, .nothing: continue
        }
      }
    }
    for constraint in constraints {
      switch constraint.kind {
      case .primaryKey(_, let policy, _), .unique(_, let policy): own.note(policy, constraint.range)
      case .check(let condition, let policy):
        own.note(policy, constraint.range)
        add(.check, condition, .condition)
      case .foreignKey(let names, let clause): note(clause, names, table, after: defined, &own)
      case .nothing: continue
      }
    }
    return [SchemaSyntaxFacts(part: .table, table: table.name, path: source.path, facts: own)] + result
  }

  private func definition(of column: ColumnDefinitionSyntax, _ table: Table) -> ExpressionFact {
    var fact = ExpressionFact(
      parent: nil, role: .definition, ordinal: 0, kind: .column, name: (column.type?.text ?? "").asciiLowercased,
      range: column.type?.range ?? column.name.range)
    guard let found = table.columns.first(where: { $0.name.asciiLowercased == column.name.key }) else { return fact }
    fact.column = ColumnReference(table: QualifiedName(table.name), column: found.name)
    fact.type = type(of: found, table)
    fact.affinity = "\(found.affinity)"
    return fact
  }

  /// PostgreSQL wants the parent first, a key of it, and one type on both sides (ddl-constraints.html).
  private func note(
    _ clause: ForeignKeyClauseSyntax, _ columns: [NameSyntax], _ table: Table, after defined: Set<String>,
    _ facts: inout SyntaxFacts
  ) {
    let key = clause.table.key
    if key != table.name.asciiLowercased, !defined.contains(key) {
      facts.spellings.append(SpellingFact(.forwardReference, clause.table.text, range: clause.range))
    }
    guard case .table(let parent)? = catalog.relations[key] else { return }
    let names = clause.columns?.map(\.key) ?? parent.primaryKey.map { parent.columns[$0].name.asciiLowercased }
    let places = names.compactMap { name in parent.columns.firstIndex { $0.name.asciiLowercased == name } }
    let keys = parent.uniqueKeys.map { Set($0.columns) } + [Set(parent.primaryKey)]
    if !places.isEmpty, !keys.contains(Set(places)) {
      facts.spellings.append(SpellingFact(.looseReference, clause.table.text, range: clause.range))
    }
    for (name, place) in zip(columns, places) {
      guard let child = table.columns.first(where: { $0.name.asciiLowercased == name.key }),
        let one = type(of: child, table), let other = type(of: parent.columns[place], parent), one != other,
        one.wider(other) == nil
      else { continue }
      facts.spellings.append(
        SpellingFact(.mixedReference, "\(one.rawValue) and \(other.rawValue)", range: clause.range))
    }
  }

  private func type(of column: Column, _ table: Table) -> PortableType? {
    elsewhere[table.name, column.name] ?? column.declaredType.flatMap(PortableType.init(declared:))
  }

  private func facts(of node: CreateIndexSyntax, in source: SourceFile) -> [SchemaSyntaxFacts] {
    guard catalog.indexes[node.name.name.key]?.definition.range == node.name.name.range else { return [] }
    let terms = node.columns.map { ($0.expression, ExpressionFact.Role.operand) }
    return (terms + (node.whereClause.map { [($0, .condition)] } ?? [])).compactMap { expression, role in
      facts(of: expression, role: role, over: node.table, in: source).map {
        SchemaSyntaxFacts(part: .index, table: node.table.text, path: source.path, facts: $0)
      }
    }
  }

  private func facts(of node: CreateViewSyntax, in source: SourceFile, tokens: [Token]) -> [SchemaSyntaxFacts] {
    guard case .view(let view)? = catalog.relations[node.name.name.key], view.definition.path == source.path,
      view.query.range == node.query.range, let facts = facts(of: .select(node.query), in: source, tokens: tokens)
    else { return [] }
    return [SchemaSyntaxFacts(part: .view, table: view.name, path: source.path, facts: facts)]
  }
}

extension ScriptSyntax {
  fileprivate func tokens(in range: ByteRange) -> [Token] { tokens.filter { range.contains($0.range) } }
}

extension SyntaxFacts {
  /// Names that PostgreSQL has as words of its own (sql-keywords-appendix.html), or that it cuts or cannot read.
  fileprivate mutating func note(_ name: NameSyntax) {
    switch name.quoting {
    case .brackets, .backticks, .singleQuotes:
      spellings.append(SpellingFact(.bracketedName, name.text, range: name.range))
    case .none:
      if reservedNames.contains(name.key) {
        spellings.append(SpellingFact(.reservedName, name.text, range: name.range))
      }
    case .doubleQuotes: break
    }
    if name.text.utf8.count > 63 { spellings.append(SpellingFact(.longName, name.text, range: name.range)) }
  }

  fileprivate mutating func note(_ policy: ConflictResolution?, _ range: ByteRange) {
    if let policy { spellings.append(SpellingFact(.keyConflict, policy.rawValue, range: range)) }
  }
}

/// Reserved in PostgreSQL and not in SQLite.
private let reservedNames: Set<String> = [
  "analyse", "analyze", "any", "array", "asc", "asymmetric", "authorization", "binary", "both", "cast", "collation",
  "column", "concurrently", "cross", "current_catalog", "current_role", "current_schema", "current_user", "desc", "do",
  "end", "false", "fetch", "freeze", "full", "grant", "ilike", "initially", "inner", "lateral", "leading", "left",
  "like",
  "localtime", "localtimestamp", "natural", "offset", "only", "outer", "placing", "right", "session_user", "similar",
  "some", "symmetric", "system_user", "tablesample", "trailing", "true", "user", "variadic", "verbose", "window",
  "with",
]
