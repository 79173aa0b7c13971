// CREATE TABLE: columns, keys and the facts that follow from them (SQLite, lang_createtable.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func createTable(_ syntax: CreateTableSyntax) {
    guard let isTemporary = isTemporary(syntax.isTemporary, syntax.name) else { return }
    let name = syntax.name.name
    guard mayCreate(name, isTemporary: isTemporary, ifNotExists: syntax.ifNotExists) else { return }
    switch syntax.body {
    case .columns(let columns, let constraints, let tableOptions):
      var definition = TableDefinition(
        name: name, isTemporary: isTemporary, source: source, options: tableOptions)
      definition.read(columns, constraints, options: options)
      diagnostics += definition.diagnostics
      insert(.table(definition.table))
      if definition.table.isAutoincrement { catalog.hasSequenceTable = true }
      resolveGeneratedColumns(columns, of: name.key)
      resolveDefaults(columns, of: name.key)
      if !definition.diagnostics.hasErrors { _ = check(checks(columns, constraints), over: name) }
    case .select(let query):
      createTable(name, isTemporary: isTemporary, from: query)
    }
  }

  /// Adds a relation, or puts it before the main one of that name.
  mutating func insert(_ relation: Relation) {
    let key = relation.name.asciiLowercased
    if let old = catalog.relations[key] {
      if relation.isTemporary, !old.isTemporary {
        catalog.shadowed[key] = old
      } else if old.isTemporary, !relation.isTemporary {
        catalog.shadowed[key] = relation
        return
      }
    } else {
      catalog.order.append(key)
    }
    catalog.relations[key] = relation
  }

  /// Where the object goes; nothing when the named database does not exist, which is said.
  mutating func isTemporary(_ isTemporary: Bool, _ name: QualifiedNameSyntax) -> Bool? {
    guard let schema = name.schema else { return isTemporary }
    switch schema.key {
    case "main" where !isTemporary: return false
    case "temp": return true
    default:
      report(.unknownDatabase(schema.text), at: schema.range, notes: ["databases: main, temp"])
      return nil
    }
  }

  /// Whether the name is free. SQLite, lang_createtable.html: "It is usually an error to attempt to create a new table in a
  /// database that already contains a table, index or view of the same name."
  mutating func mayCreate(_ name: NameSyntax, isTemporary: Bool, ifNotExists: Bool) -> Bool {
    if name.key.hasPrefix("sqlite_") {
      report(.reservedName(name.text), at: name.range)
      return false
    }
    var existing = catalog.relations[name.key]
    if let found = existing, found.isTemporary != isTemporary {
      existing = isTemporary ? nil : catalog.shadowed[name.key]
    }
    if let existing {
      if !ifNotExists {
        let kind = if case .view = existing { "view" } else { "table" }
        report(
          .duplicateObject(kind: kind, name: name.text), at: name.range,
          secondary: firstDefinition(existing.definition))
      }
      return false
    }
    if let index = catalog.indexes[name.key] {
      report(
        .duplicateObject(kind: "index", name: name.text), at: name.range, secondary: firstDefinition(index.definition))
      return false
    }
    return true
  }
}

/// A table while its definition is read.
struct TableDefinition {
  var table: Table
  var diagnostics: [Diagnostic] = []
  let source: SourceFile
  /// Indexes of the columns read so far by the keys of their names, unless the table had some before.
  private var places: [String: Int] = [:]
  /// Where the primary key is declared: the name of the constraint's first column.
  var primaryKeyRange: ByteRange?
  /// `INTEGER PRIMARY KEY DESC` as a column constraint makes no rowid alias.
  var isDescendingColumnKey = false
  var autoincrementRange: ByteRange?
  /// No term of the primary key has a COLLATE of its own.
  var keyComparesAsColumns = true

  /// Declared types that the project gives a meaning, in lower case.
  private var knownTypes: Set<String> = []

  init(name: NameSyntax, isTemporary: Bool, source: SourceFile, options: [TableOptionSyntax]) {
    self.source = source
    table = Table(
      name: name.text, isTemporary: isTemporary, columns: [],
      isWithoutRowID: options.contains { $0.option == .withoutRowID },
      isStrict: options.contains { $0.option == .strict },
      definition: SourceRange(path: source.path, range: name.range))
  }

  mutating func read(
    _ columns: [ColumnDefinitionSyntax], _ constraints: [TableConstraintSyntax], options: SemanticsOptions
  ) {
    knownTypes = options.knownTypes
    for column in columns { add(column) }
    for column in columns { readCollation(of: column) }
    for column in columns { readConstraints(of: column) }
    for constraint in constraints { read(constraint) }
    table.ignoresConflicts = ignoresConflicts(columns, constraints)
    finishKeys(columns, options: options)
  }

  func columnIndex(named name: String) -> Int? {
    places.count == table.columns.count ? places[name.asciiLowercased] : table.columnIndex(named: name)
  }

  mutating func add(_ syntax: ColumnDefinitionSyntax) {
    if let first = columnIndex(named: syntax.name.text) {
      report(
        .duplicateColumn(syntax.name.text), at: syntax.name.range,
        secondary: table.columns[first].definition.map { [DiagnosticLabel($0, "first defined here")] } ?? [])
      return
    }
    let declared = syntax.type.map(declaredText)
    checkStrictType(of: syntax)
    let affinity: Affinity =
      table.isStrict && declared?.asciiLowercased == "any" ? .blob : Affinity(declaredType: declared)
    if let type = syntax.type, let declared, !table.isStrict, isTextInName(declared, affinity) {
      report(
        .misleadingType(declared, affinity), at: type.range,
        notes: ["what looks like no number is kept; the column is typed as any value"],
        fixIts: [
          FixIt(
            "declare it TEXT", .unsafe,
            edits: [FixIt.Edit(SourceRange(path: source.path, range: type.range), replacement: "TEXT")])
        ])
    }
    if places.count == table.columns.count { places[syntax.name.key] = places.count }
    if let type = syntax.type, let declared, !table.isStrict, !knownTypes.contains(declared.asciiLowercased),
      let near = nearestType(to: declared, affinity)
    {
      report(
        .misspeltType(declared, near: near), at: type.range,
        notes: ["SQLite stores any value under it, numbers where text looks like one, and so the column is typed"])
    }
    let nullable = Nullability.maybe(NullReason(.nullableColumn(table.name, syntax.name.text), at: nil))
    table.columns.append(
      Column(
        name: syntax.name.text, declaredType: declared, affinity: affinity,
        facts: declaredFacts(declared, affinity: affinity, nullability: nullable),
        definition: SourceRange(path: source.path, range: syntax.name.range)))
  }

  /// SQLite, stricttables.html §2: "Every column definition must specify a datatype" and which there are.
  private mutating func checkStrictType(of syntax: ColumnDefinitionSyntax) {
    guard table.isStrict else { return }
    guard let type = syntax.type else {
      report(.missingDatatype(column: syntax.name.text, table: table.name), at: syntax.name.range)
      return
    }
    let known = ["int", "integer", "real", "text", "blob", "any"]
    guard !known.contains(type.text.asciiLowercased) else { return }
    report(
      .unknownDatatype(type.text, column: syntax.name.text, table: table.name), at: type.range,
      notes: ["datatypes of a STRICT table: INT, INTEGER, REAL, TEXT, BLOB, ANY"])
  }

  /// Whether a row that breaks some constraint is skipped.
  private func ignoresConflicts(
    _ columns: [ColumnDefinitionSyntax], _ constraints: [TableConstraintSyntax]
  ) -> Bool {
    columns.contains { column in
      column.constraints.contains { constraint in
        switch constraint.kind {
        case .primaryKey(_, let resolution, _), .notNull(let resolution), .unique(let resolution):
          return resolution == .ignore
        case .null, .check, .defaultValue, .collate, .references, .generated, .deferral, .nothing: return false
        }
      }
    }
      || constraints.contains { constraint in
        switch constraint.kind {
        case .primaryKey(_, let resolution, _), .unique(_, let resolution), .check(_, let resolution):
          return resolution == .ignore
        case .foreignKey, .nothing: return false
        }
      }
  }

  private mutating func readConstraints(of syntax: ColumnDefinitionSyntax) {
    guard let index = columnIndex(named: syntax.name.text) else { return }
    for constraint in syntax.constraints {
      switch constraint.kind {
      case .primaryKey(let direction, let resolution, let autoincrement):
        setPrimaryKey([index], at: constraint.range, autoincrement: autoincrement)
        if resolution == .replace { table.replacingKeys.append([index]) }
        isDescendingColumnKey = direction == .descending
      case .notNull: table.columns[index].isNotNull = true
      case .unique(let resolution):
        table.uniqueKeys.append(UniqueKey(columns: [index]))
        if resolution == .replace { table.replacingKeys.append([index]) }
      case .check(let expression): apply(checkFacts(of: expression))
      case .defaultValue(let value): table.columns[index].hasDefault = !isNullLiteral(value)
      case .references(let clause): addForeignKey([index], clause, at: clause.range)
      case .generated(_, let storage): table.columns[index].generation = storage == .stored ? .stored : .virtual
      case .null, .collate, .deferral, .nothing: break
      }
    }
  }

  private mutating func readCollation(of syntax: ColumnDefinitionSyntax) {
    guard let index = columnIndex(named: syntax.name.text) else { return }
    for case .collate(let name) in syntax.constraints.map(\.kind) {
      table.columns[index].collation = name.key == "binary" ? nil : name.key
    }
  }

  private mutating func read(_ constraint: TableConstraintSyntax) {
    switch constraint.kind {
    case .primaryKey(let columns, let resolution, let autoincrement):
      guard let indexes = columnIndexes(columns) else { return }
      if resolution == .replace { table.replacingKeys.append(indexes) }
      keyComparesAsColumns = comparesAsColumns(columns, of: table)
      setPrimaryKey(indexes, at: constraint.range, autoincrement: autoincrement)
    case .unique(let columns, let resolution):
      guard let indexes = columnIndexes(columns) else { return }
      if resolution == .replace { table.replacingKeys.append(indexes) }
      guard comparesAsColumns(columns, of: table) else { return }
      table.uniqueKeys.append(UniqueKey(columns: indexes))
    case .check(let expression, _): apply(checkFacts(of: expression))
    case .foreignKey(let names, let clause):
      var indexes: [Int] = []
      for name in names {
        guard let index = resolve(name) else { return }
        indexes.append(index)
      }
      addForeignKey(indexes, clause, at: constraint.range)
    case .nothing: break
    }
  }

  private mutating func setPrimaryKey(_ columns: [Int], at range: ByteRange, autoincrement: Bool) {
    if primaryKeyRange != nil {
      report(
        .secondPrimaryKey(table: table.name), at: range,
        secondary: primaryKeyRange.map {
          [DiagnosticLabel(SourceRange(path: source.path, range: $0), "first declared here")]
        } ?? [])
      return
    }
    primaryKeyRange = range
    // SQLite keeps a column that is named twice in a key once.
    var distinct: [Int] = []
    for column in columns where !distinct.contains(column) { distinct.append(column) }
    table.primaryKey = distinct
    if autoincrement { autoincrementRange = range }
  }

  private mutating func addForeignKey(_ columns: [Int], _ clause: ForeignKeyClauseSyntax, at range: ByteRange) {
    if let parents = clause.columns, parents.count != columns.count {
      report(.foreignKeyArity(local: columns.count, parent: parents.count), at: clause.range)
    }
    table.foreignKeys.append(
      ForeignKey(
        columns: columns, parentTable: clause.table.text, parentColumns: clause.columns?.map(\.text) ?? [],
        onDelete: clause.actions[.delete], onUpdate: clause.actions[.update],
        isDeferred: clause.isDeferrable == true && clause.initially == .deferred,
        definition: SourceRange(path: source.path, range: clause.range)))
  }

  /// Indexes of plain columns (COLLATE allowed); nothing when one is unknown or an expression, which is said.
  private mutating func columnIndexes(_ columns: [IndexedColumnSyntax]) -> [Int]? {
    var indexes: [Int] = []
    for column in columns {
      guard let name = plainColumn(column.expression), let index = resolve(name) else { return nil }
      indexes.append(index)
    }
    return indexes
  }

  private mutating func resolve(_ name: NameSyntax) -> Int? {
    if let index = columnIndex(named: name.text) { return index }
    report(
      .unknownColumn(name.text, table: table.name), at: name.range,
      near: nearest(to: name.text, in: table.columns.map(\.name)), notes: [columnsNote(of: table)])
    return nil
  }

  mutating func report(
    _ problem: CatalogDiagnostic, at range: ByteRange, label: String = "", near: String? = nil,
    secondary: [DiagnosticLabel] = [], notes: [String] = [], fixIts: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(
        problem.rule, problem.message,
        at: DiagnosticLabel(here(range), near.map(suggestion) ?? label), secondary: secondary, notes: notes,
        fixIts: fixIts + respelling(here(range), near)))
  }

  private func here(_ range: ByteRange) -> SourceRange { SourceRange(path: source.path, range: range) }
}

/// Whether every term compares as the column it names: a key over other equalities proves nothing about `=`.
func comparesAsColumns(_ terms: [IndexedColumnSyntax], of table: Table) -> Bool {
  terms.allSatisfy { term in
    guard case .collate(let node) = term.expression.unparenthesized, let name = plainColumn(node.operand),
      let index = table.columnIndex(named: name.text)
    else { return true }
    return (node.collation.key == "binary" ? nil : node.collation.key) == table.columns[index].collation
  }
}

/// A declared type as SQLite keeps it: quotes around a lone word are gone.
func declaredText(_ type: TypeNameSyntax) -> String {
  guard type.words.count == 1, let word = type.words.first, word.quoting != .none else { return type.text }
  return word.text + (type.arguments.isEmpty ? "" : "(\(type.arguments.joined(separator: ",")))")
}

/// The column that an indexed term is, without COLLATE; absent for an expression.
func plainColumn(_ expression: ExpressionSyntax) -> NameSyntax? {
  switch expression.unparenthesized {
  case .column(let reference) where reference.table == nil: reference.column
  case .collate(let node): plainColumn(node.operand)
  // SQLite, lang_createindex.html: a string is a column's name here for compatibility.
  case .literal(let node):
    if case .string(let text) = node.value {
      NameSyntax(text: text, range: node.range, quoting: .singleQuotes)
    } else {
      nil
    }
  default: nil
  }
}

func isNullLiteral(_ expression: ExpressionSyntax) -> Bool {
  if case .literal(let node) = expression.unparenthesized, node.value == .null { return true }
  return false
}

/// "columns of 't': a, b, c, …"
func columnsNote(of table: Table) -> String {
  columnsNote(of: table.name, table.columns.filter { $0.visibility == .visible }.map(\.name))
}

func columnsNote(of name: String, _ columns: [String]) -> String {
  let shown = columns.prefix(12).joined(separator: ", ")
  return "columns of '\(name)': \(shown)\(columns.count > 12 ? ", …" : "")"
}
