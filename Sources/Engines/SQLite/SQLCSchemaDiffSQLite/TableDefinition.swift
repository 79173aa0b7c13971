// What a table's definition says that no pragma tells, read from its text.

import SQLCDiagnostics
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// `CREATE TABLE`, read from the text that SQLite keeps.
struct TableDefinition {
  /// What is said of rows and of no column's type, and is a difference all the same.
  struct Clause: Hashable {
    enum Kind: Hashable {
      case conflict(ConflictResolution)
      case deferred
      /// The expression of a generated column; a schema's facts do not say whose it is.
      case generated(SchemaTokens)
    }
    enum Place: Hashable { case primaryKey, notNull, unique, check, foreignKey, column }
    var kind: Kind
    var place: Place
    /// In lower case.
    var columns: [String]
  }

  private let source: SourceFile
  private let syntax: CreateTableSyntax?
  let columns: [ColumnDefinitionSyntax]
  let clauses: Set<Clause>
  /// The conditions of CHECKs as they are written.
  let checks: [(words: SchemaTokens, text: String)]
  /// Of comments `-- sqlc:backfill column = expression`, by column in lower case.
  let backfills: [String: String]

  init(_ sql: String) {
    source = SourceFile(path: "", text: sql)
    guard case .createTable(let syntax)? = parseScript(source).value.items.first?.statement,
      case .columns(let columns, let constraints, _) = syntax.body
    else {
      (self.syntax, self.columns, clauses, checks, backfills) = (nil, [], [], [], [:])
      return
    }
    self.syntax = syntax
    self.columns = columns
    var clauses: Set<Clause> = []
    for column in columns { clauses.formUnion(Self.clauses(of: column, source)) }
    for constraint in constraints { clauses.formUnion(Self.clauses(of: constraint, source)) }
    self.clauses = clauses
    let conditions =
      columns.flatMap(\.constraints).compactMap { if case .check(let condition) = $0.kind { condition } else { nil } }
      + constraints.compactMap { if case .check(let condition, _) = $0.kind { condition } else { nil } }
    checks = conditions.map { [source] condition in
      let text = String(source.slice(condition.range))
      return (SchemaTokens(text), text)
    }
    backfills = Self.backfills(in: source)
  }

  /// What its definition says of rows that break the key over these columns, or NOT NULL of the one.
  func conflict(_ places: Set<Clause.Place>, of columns: Set<String>) -> ConflictResolution? {
    for clause in clauses where places.contains(clause.place) {
      guard case .conflict(let resolution) = clause.kind else { continue }
      // A key's column may be written in quotes, and with a collation.
      let named = Set(clause.columns.map { SchemaTokens($0).words.first?.text ?? $0 })
      if named == columns { return resolution }
    }
    return nil
  }

  /// The text of a column's definition.
  func text(ofColumn key: String) -> String? {
    columns.first { $0.name.key == key }.map { String(source.slice($0.range)) }
  }

  /// Does an expression name its own table, as in `CHECK (t.a > 0)`?
  var namesItself: Bool { !ownNames.isEmpty }

  /// The definition under another name, in its own expressions too.
  func named(_ name: String) -> String? {
    guard let syntax else { return nil }
    var text = ""
    var end = 0
    for range in [syntax.name.range] + ownNames {
      text += source.slice(ByteRange(end, range.lower)) + sqlName(name)
      end = range.upper
    }
    return text + source.slice(ByteRange(end, source.text.utf8.count))
  }

  /// Where an expression says the table's own name before a dot.
  private var ownNames: [ByteRange] {
    guard let syntax else { return [] }
    let tokens = tokenize(source)
    return zip(tokens, tokens.dropFirst()).compactMap { token, next in
      guard next.kind == .dot, token.range.lower >= syntax.name.range.upper else { return nil }
      return SchemaTokens(String(source.slice(token.range))).names == [syntax.name.name.key] ? token.range : nil
    }
  }

  // MARK: Clauses

  private static func clauses(of column: ColumnDefinitionSyntax, _ source: SourceFile) -> [Clause] {
    let key = [column.name.key]
    return column.constraints.compactMap { constraint in
      switch constraint.kind {
      case .primaryKey(_, let conflict, _):
        conflict.map { Clause(kind: .conflict($0), place: .primaryKey, columns: key) }
      case .notNull(let conflict): conflict.map { Clause(kind: .conflict($0), place: .notNull, columns: key) }
      case .unique(let conflict): conflict.map { Clause(kind: .conflict($0), place: .unique, columns: key) }
      case .references(let clause):
        clause.isDeferred ? Clause(kind: .deferred, place: .foreignKey, columns: key) : nil
      case .deferral(let isDeferrable, let initially):
        isDeferrable && initially == .deferred ? Clause(kind: .deferred, place: .foreignKey, columns: key) : nil
      case .generated(let expression, _):
        Clause(
          kind: .generated(SchemaTokens(String(source.slice(expression.range)))), place: .column, columns: key)
      case .null, .check, .defaultValue, .collate, .nothing: nil
      }
    }
  }

  private static func clauses(of constraint: TableConstraintSyntax, _ source: SourceFile) -> [Clause] {
    func keys(_ columns: [IndexedColumnSyntax]) -> [String] {
      columns.map { String(source.slice($0.expression.range)).asciiLowercased }
    }
    func conflict(_ resolution: ConflictResolution?, _ place: Clause.Place, _ columns: [String]) -> [Clause] {
      resolution.map { [Clause(kind: .conflict($0), place: place, columns: columns)] } ?? []
    }
    switch constraint.kind {
    case .primaryKey(let columns, let resolution, _): return conflict(resolution, .primaryKey, keys(columns))
    case .unique(let columns, let resolution): return conflict(resolution, .unique, keys(columns))
    // SQLite reads a CHECK's conflict clause and ignores it (lang_conflict.html).
    case .check, .nothing: return []
    case .foreignKey(let columns, let clause):
      return clause.isDeferred ? [Clause(kind: .deferred, place: .foreignKey, columns: columns.map(\.key))] : []
    }
  }

  // MARK: Comments

  private static func backfills(in source: SourceFile) -> [String: String] {
    var found: [String: String] = [:]
    var end = 0
    for token in tokenize(source) {
      for line in source.slice(ByteRange(end, token.range.lower)).split(separator: "\n") {
        guard let start = line.firstRange(of: "sqlc:backfill"), line.contains("--") else { continue }
        let rest = line[start.upperBound...]
        guard let equal = rest.firstIndex(of: "=") else { continue }
        let names = SchemaTokens(String(rest[..<equal])).names
        let value = rest[rest.index(after: equal)...].drop(while: \.isWhitespace)
        if let name = names.first, names.count == 1, !value.isEmpty { found[name] = String(value) }
      }
      end = token.range.upper
    }
    return found
  }
}

extension ForeignKeyClauseSyntax {
  fileprivate var isDeferred: Bool { isDeferrable == true && initially == .deferred }
}
