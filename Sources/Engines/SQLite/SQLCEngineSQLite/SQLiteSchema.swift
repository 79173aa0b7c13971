// What the engine keeps of a loaded schema.

public import SQLCEngine
public import SQLCModel
package import SQLCOracleSQLite
package import SQLCSemanticsSQLite

/// A schema as both sides know it: our catalog, and a database in memory that has run every statement.
///
/// Identity matters (it owns a connection), so it is a class; it is confined to the analysis that made it.
public final class SQLiteSchema: LoadedSchema {
  package let catalog: Catalog
  package let scratch: ScratchDatabase
  /// The schema has errors: queries are then only checked for syntax, since names may be missing for that reason.
  package let isBroken: Bool
  let comments: SchemaComments
  let engine: SQLiteEngine

  init(catalog: Catalog, scratch: ScratchDatabase, isBroken: Bool, comments: SchemaComments, engine: SQLiteEngine) {
    self.catalog = catalog
    self.scratch = scratch
    self.isBroken = isBroken
    self.comments = comments
    self.engine = engine
  }

  public var inspector: (any SchemaInspector)? {
    SQLiteInspector(catalog: catalog, options: engine.options, scripts: comments.syntax, isBroken: isBroken)
  }

  public private(set) lazy var model: SchemaModel = {
    var model = lowerTables(of: catalog, comments: comments, options: engine.options)
    model.functions = engine.functions
    model.collations = engine.extensions.collations
    return model
  }()

  /// The same schema with a connection of its own, for another thread; nil when the schema has temporary objects, which a
  /// connection does not share.
  ///
  /// - Throws: `OracleError` when the SQLite library cannot open a database in memory.
  func copy() throws -> SQLiteSchema? {
    guard !isBroken, catalog.canBeCopied else { return nil }
    return SQLiteSchema(
      catalog: catalog, scratch: try scratch.copy(), isBroken: false, comments: comments, engine: engine)
  }
}

extension Catalog {
  /// A connection's temporary objects are its own.
  var canBeCopied: Bool { shadowed.isEmpty && !relations.values.contains(where: \.isTemporary) }
}
