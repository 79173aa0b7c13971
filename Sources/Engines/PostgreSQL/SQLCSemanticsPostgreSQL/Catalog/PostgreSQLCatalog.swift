public import SQLCTreePostgreSQL

/// What a database's catalogs say, as a value: everything the analysis of a statement asks besides the statement itself.
///
/// Expressions (defaults, index predicates, views) are node text, as `pg_node_tree::text` gives it; they are read when a
/// statement needs them.
public struct PostgreSQLCatalog: Sendable {
  /// `server_version_num`, `150018` for 15.18.
  public var serverVersion: Int
  /// The schemas in which a name without schema is looked for, in order; `pg_catalog` first where it is not named.
  public var searchPath: [String]
  /// Of `pg_class`: tables, partitioned tables, views, materialised views, foreign tables, composite types and sequences;
  /// those of `pg_catalog` and `information_schema` too.
  public var relations: [ObjectID: CatalogRelation]
  public var types: [ObjectID: CatalogType]
  public var functions: [ObjectID: CatalogFunction]
  public var operators: [ObjectID: CatalogOperator]
  /// The equality operators (`amopstrategy` 3) of each B-tree operator family.
  public var equalityOperators: [ObjectID: Set<ObjectID>]
  public var collations: [ObjectID: CatalogCollation]

  public init(
    serverVersion: Int, searchPath: [String], relations: [ObjectID: CatalogRelation] = [:],
    types: [ObjectID: CatalogType] = [:], functions: [ObjectID: CatalogFunction] = [:],
    operators: [ObjectID: CatalogOperator] = [:], equalityOperators: [ObjectID: Set<ObjectID>] = [:],
    collations: [ObjectID: CatalogCollation] = [:]
  ) {
    self.serverVersion = serverVersion
    self.searchPath = searchPath
    self.relations = relations
    self.types = types
    self.functions = functions
    self.operators = operators
    self.equalityOperators = equalityOperators
    self.collations = collations
  }

  /// 15 for 15.18.
  public var majorVersion: Int { serverVersion / 10000 }
}

/// An expression or query in PostgreSQL's node text, as a catalog column of type `pg_node_tree` gives it.
public struct NodeText: Sendable, Hashable, ExpressibleByStringLiteral {
  public var bytes: [UInt8]
  public init(bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }
  public init(stringLiteral value: String) { self.init(value) }
}

public struct CatalogOperator: Sendable, Hashable {
  public var schema: String
  public var name: String
  public var function: ObjectID
  public init(schema: String, name: String, function: ObjectID) {
    self.schema = schema
    self.name = name
    self.function = function
  }
}

public struct CatalogCollation: Sendable, Hashable {
  public var schema: String
  public var name: String
  /// Equal only when the bytes are; a collation that ignores case is not.
  public var isDeterministic: Bool
  public init(schema: String, name: String, isDeterministic: Bool) {
    self.schema = schema
    self.name = name
    self.isDeterministic = isDeterministic
  }
}
