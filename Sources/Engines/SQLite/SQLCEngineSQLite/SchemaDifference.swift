// What an edit of a schema can change for queries.
//
// A schema is its statements, in their order. Two of them are compared from both ends; what is left in the middle has changed.
// What follows from that is told by names alone: an object depends on another when its statement mentions the other's name,
// wherever. That is more than can be true, and never less.

import SQLCDiagnostics
public import SQLCEngine
import SQLCModel
import SQLCSyntaxSQLite

extension SQLiteSchema {
  public func change(since earlier: any LoadedSchema) -> (any SchemaChange)? {
    guard let earlier = earlier as? SQLiteSchema, !isBroken, !earlier.isBroken,
      scratch.strings == earlier.scratch.strings
    else { return nil }
    return SchemaDifference(
      from: schemaStatements(of: earlier.comments.syntax), to: schemaStatements(of: comments.syntax))
  }
}

/// The tables and views that are not what they were.
struct SchemaDifference: SchemaChange {
  /// Other ones for whoever names them, in lower case.
  let objects: Set<String>
  /// Other ones for who writes to them: what their triggers and foreign keys do.
  let written: Set<String>
  /// Those that may be virtual tables.
  private let owners: Set<String>
  private let known: KnownNames
  private let places: StatementPlaces
  private let isEmpty: Bool

  /// Nothing when a statement has changed on which anything may depend.
  init?(from old: [SchemaStatement], to new: [SchemaStatement]) {
    let start = zip(old, new).prefix { $0.isSame(as: $1) }.count
    let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0.isSame(as: $1) }.count
    let changed = old[start..<(old.count - end)] + new[start..<(new.count - end)]
    places = StatementPlaces(
      same: Array(zip(old[..<start], new[..<start])) + Array(zip(old.suffix(end), new.suffix(end))),
      changed: Array(old[start..<(old.count - end)]))
    isEmpty = changed.isEmpty
    guard !changed.isEmpty else {
      objects = []
      written = []
      owners = []
      known = KnownNames([])
      return
    }
    var search = DependentSearch(old + new)
    for statement in changed where !search.begin(at: statement) { return nil }
    search.finish()
    objects = search.objects
    written = search.written
    let hasVirtualTables = (old + new).contains {
      if case .createVirtualTable = $0.item.statement { true } else { false }
    }
    owners = hasVirtualTables ? search.objects : []
    known = KnownNames(search.objects.union(search.written))
  }

  func affects(_ query: AnnotatedQuery, _ model: QueryModel) -> Bool {
    guard !isEmpty else { return false }
    let tokens = tokenize(query.source, in: query.statementRange)
    switch tokens.first?.kind {
    case .select, .values, .with, .insert, .replace, .update, .delete: break
    // Of a statement that defines something, or asks about the schema, no more is known.
    default: return true
    }
    return tokens.contains { token in
      if let name = known.mentioned(by: token, in: query.source) {
        return objects.contains(name) || !model.isReadOnly
      }
      return asksAboutSchema(token, in: query.source) || isOwned(token, in: query.source)
    }
  }

  /// A table or function of SQLite's own may tell of any object.
  private func asksAboutSchema(_ token: Token, in source: SourceFile) -> Bool {
    guard let first = source.slice(token.range).utf8.first, "sSpP\"'[`".utf8.contains(first),
      let name = mentionedName(token, in: source)
    else { return false }
    return name.hasPrefix("sqlite_") || name.hasPrefix("pragma_")
  }

  /// The tables that a virtual table keeps for itself are called after it.
  private func isOwned(_ token: Token, in source: SourceFile) -> Bool {
    guard !owners.isEmpty, let name = mentionedName(token, in: source) else { return false }
    return prefixes(of: name).contains { owners.contains($0) }
  }

  func place(of source: SourceRange) -> SourceRange? { places.place(of: source) }

  /// What stands before each `_` of a name.
  private func prefixes(of name: String) -> [String] {
    name.indices.filter { name[$0] == "_" }.map { String(name[..<$0]) }
  }
}

/// Goes from what has changed to what depends on it.
private struct DependentSearch {
  private(set) var objects: Set<String> = []
  private(set) var written: Set<String> = []
  private var open: [(name: String, how: Change)] = []
  private let known: KnownNames
  private let mentioning: [String: [Int]]
  private let statements: [SchemaStatement]
  private let mentions: [Set<String>]

  private enum Change { case object, written }

  init(_ statements: [SchemaStatement]) {
    self.statements = statements
    let known = KnownNames(Set(statements.flatMap(\.definedNames)))
    self.known = known
    mentions = statements.map { $0.mentions(among: known) }
    var mentioning: [String: [Int]] = [:]
    for (index, names) in mentions.enumerated() { for name in names { mentioning[name, default: []].append(index) } }
    self.mentioning = mentioning
  }

  /// What a statement that has changed makes another. False when that cannot be told.
  mutating func begin(at statement: SchemaStatement) -> Bool {
    switch statement.item.statement {
    case .createTable, .createView, .createVirtualTable: add(statement.definedNames, .object)
    case .createIndex(let node): add(statement.definedNames + [node.table.text.asciiLowercased], .object)
    case .createTrigger(let node):
      add(statement.definedNames, .object)
      add([node.table.name.text.asciiLowercased], .written)
    case .alterTable, .drop, .insert, .update, .delete: add(statement.mentions(among: known), .object)
    case .select, .pragma, .attach, .detach, .transaction, .analyze, .reindex, .vacuum, .explain, .invalid:
      return false
    }
    return true
  }

  mutating func finish() {
    while let (name, how) = open.popLast() {
      for index in mentioning[name] ?? [] { follow(index, from: name, how) }
    }
  }

  /// | statement | an object that it mentions is another | it is another one to write to |
  /// |---|---|---|
  /// | view, virtual table, `CREATE TABLE … AS` | so is this one | – |
  /// | table | foreign keys: this one is another to write to; of its own, those that it mentions are | those that it mentions are, for its own |
  /// | index | of the index: so is its table | – |
  /// | trigger | its table is another to write to | so is its table |
  /// | `ALTER TABLE` | so are all that it mentions | so are all that it mentions |
  private mutating func follow(_ index: Int, from name: String, _ how: Change) {
    let statement = statements[index]
    switch (statement.item.statement, how) {
    case (.createTable(let node), _):
      if case .select = node.body {
        if how == .object { add(statement.definedNames, .object) }
      } else if node.name.name.text.asciiLowercased == name {
        add(mentions[index], .written)
      } else if how == .object {
        add(statement.definedNames, .written)
      }
    case (.createView, .object), (.createVirtualTable, .object): add(statement.definedNames, .object)
    case (.createIndex(let node), .object) where node.name.name.text.asciiLowercased == name:
      add([node.table.text.asciiLowercased], .object)
    case (.createTrigger(let node), _): add([node.table.name.text.asciiLowercased], .written)
    case (.alterTable, _): add(mentions[index], how)
    case (.createView, .written), (.createVirtualTable, .written), (.createIndex, _): break
    case (.drop, _), (.insert, _), (.update, _), (.delete, _), (.select, _), (.pragma, _), (.attach, _), (.detach, _),
      (.transaction, _), (.analyze, _), (.reindex, _), (.vacuum, _), (.explain, _), (.invalid, _):
      break
    }
  }

  private mutating func add(_ names: some Sequence<String>, _ how: Change) {
    for name in names {
      let isNew =
        switch how {
        case .object: objects.insert(name).inserted
        case .written: written.insert(name).inserted
        }
      if isNew { open.append((name, how)) }
    }
  }
}
