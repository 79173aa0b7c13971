// What the engine keeps of a loaded schema.

package import SQLCOracleSQLite
package import SQLCSemanticsSQLite

/// A schema as both sides know it: our catalog, and a database in memory that has run every statement.
///
/// Identity matters (it owns a connection), so it is a class; it is confined to the analysis that made it.
public final class SQLiteSchema {
  package let catalog: Catalog
  package let scratch: ScratchDatabase
  /// The schema has errors: queries are then only checked for syntax, since names may be missing for that reason.
  package let isBroken: Bool

  package init(catalog: Catalog, scratch: ScratchDatabase, isBroken: Bool) {
    self.catalog = catalog
    self.scratch = scratch
    self.isBroken = isBroken
  }
}
