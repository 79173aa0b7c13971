import SQLCTreePostgreSQL

/// Proves what can be proven of statements, from the server's trees and the catalogue. It asks no server.
///
/// It keeps what it has read of the catalogue (views, predicates, rules of functions): one for many statements, one thread.
public final class StatementAnalyzer {
  public let catalog: PostgreSQLCatalog

  private var rules: [ObjectID: FunctionRule?] = [:]
  private var definitions: [ObjectID: Query?] = [:]
  private var views: [ViewUse: QueryScope] = [:]
  private var bodies: [ObjectID: [Query]] = [:]
  private var texts: [NodeText: [Expression]] = [:]
  private var descendantLists: [ObjectID: [ObjectID]] = [:]
  private var columnCauses: [ColumnOrigin: NullCause?] = [:]
  /// Functions and columns that are being looked into.
  var active: Set<ObjectID> = []
  lazy var foreignKeysTo: [ObjectID: [(from: ObjectID, key: CatalogForeignKey)]] = referencingKeys()

  public init(catalog: PostgreSQLCatalog) { self.catalog = catalog }

  /// The statements of a tree; one, unless rules of utilities made more.
  func queries(of tree: NodeTree) throws(NodeTextError) -> [Query] {
    try tree.queries(serverVersion: catalog.serverVersion)
  }

  /// The query of a view; nil where it has none that can be read.
  func definition(of relation: ObjectID) -> Query? {
    if let known = definitions[relation] { return known }
    let text = catalog.relations[relation]?.definition
    let query = text.flatMap { try? NodeTree(text: $0.bytes).queries(serverVersion: catalog.serverVersion).first }
    definitions[relation] = .some(query)
    return query
  }

  /// A view's rows that are locked are read again, unlike those that they refer to: of them as little is known as of those of
  /// functions.
  enum RowsOfView { case plain, locked }

  private struct ViewUse: Hashable {
    var relation: ObjectID
    var rows: RowsOfView
  }

  func scope(ofView relation: ObjectID, _ rows: RowsOfView) -> QueryScope? {
    let use = ViewUse(relation: relation, rows: rows)
    if let known = views[use] { return known }
    guard let query = definition(of: relation) else { return nil }
    let scope =
      switch rows {
      case .plain: QueryScope(query, in: self)
      case .locked: QueryScope(query, in: self, parameters: .ofFunction(count: 0, nullable: []))
      }
    views[use] = scope
    return scope
  }

  /// The queries of a SQL function's body.
  func body(of function: ObjectID) -> [Query] {
    if let known = bodies[function] { return known }
    let text = catalog.functions[function]?.body
    let queries = text.flatMap { try? NodeTree(text: $0.bytes).queries(serverVersion: catalog.serverVersion) } ?? []
    bodies[function] = queries
    return queries
  }

  /// The statements of a rule; nothing where they cannot be read.
  func actions(of rule: CatalogRule) -> [Query] {
    rule.action.flatMap { try? NodeTree(text: $0.bytes).queries(serverVersion: catalog.serverVersion) } ?? []
  }

  /// The expressions of an index, a default or a predicate; nil where they cannot be read.
  func expressions(of text: NodeText) -> [Expression]? {
    if let known = texts[text] { return known }
    let result = try? NodeTree(text: text.bytes).expressions(serverVersion: catalog.serverVersion)
    if let result { texts[text] = result }
    return result
  }

  /// Nil where nothing is known of it: it may be NULL.
  func rule(of function: ObjectID) -> FunctionRule? {
    if let known = rules[function] { return known }
    var rule: FunctionRule?
    if let description = catalog.functions[function] {
      let types = description.argumentTypes.map { catalog.types[$0]?.name ?? "?" }
      if description.schema == "pg_catalog" {
        rule = builtinFunctions.rule(name: description.name, types: types)
      } else if let name = description.extension {
        rule = extensionFunctions[name]?.rule(name: description.name, types: types)
      }
    }
    rules[function] = .some(rule)
    return rule
  }

  /// The function behind a call; older trees leave it out for operators.
  func function(of call: Call) -> ObjectID {
    if call.function != .none { return call.function }
    return call.operator.flatMap { catalog.operators[$0]?.function } ?? .none
  }
  func function(_ function: ObjectID, of operation: ObjectID) -> ObjectID {
    function != .none ? function : catalog.operators[operation]?.function ?? .none
  }
  func isStrict(_ function: ObjectID) -> Bool { catalog.functions[function]?.nullInput == .returnsNull }
  func name(of function: ObjectID) -> String { catalog.functions[function]?.name ?? "a function" }
  func name(of call: Call) -> String {
    call.operator.flatMap { catalog.operators[$0]?.name } ?? name(of: function(of: call))
  }

  /// Children, their children, and so on.
  func descendants(of relation: ObjectID) -> [ObjectID] {
    if let known = descendantLists[relation] { return known }
    var result: [ObjectID] = []
    var seen: Set<ObjectID> = [relation]
    var waiting = catalog.relations[relation]?.children ?? []
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      result.append(next)
      waiting += catalog.relations[next]?.children ?? []
    }
    descendantLists[relation] = result
    return result
  }

  func remember(_ cause: NullCause?, of column: ColumnOrigin) { columnCauses[column] = .some(cause) }
  func remembered(_ column: ColumnOrigin) -> NullCause?? { columnCauses[column] }

  private func referencingKeys() -> [ObjectID: [(from: ObjectID, key: CatalogForeignKey)]] {
    var result: [ObjectID: [(from: ObjectID, key: CatalogForeignKey)]] = [:]
    for (object, relation) in catalog.relations.sorted(by: { $0.key < $1.key }) {
      for key in relation.foreignKeys { result[key.referenced, default: []].append((object, key)) }
    }
    return result
  }
}
