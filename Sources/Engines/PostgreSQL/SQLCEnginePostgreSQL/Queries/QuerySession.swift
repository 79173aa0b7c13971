// A connection for queries, with what was learnt over it: nothing of it depends on which queries were asked about before.

import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL

/// A connection to a loaded schema that is used again and again. The server keeps beside it what it has read of the catalogs, and
/// this does so too. It belongs to one thread at a time.
final class QuerySession {
  let connection: PostgreSQLConnection
  let prover: Prover
  let types: TypeLowering
  let limit: Duration
  private var names: [ModifiedType: String] = [:]

  init(_ connection: PostgreSQLConnection, types: TypeLowering, limit: Duration) {
    self.connection = connection
    self.types = types
    self.limit = limit
    prover = Prover(types.catalog)
  }

  /// How the server spells types; those that it has not spelt yet are asked for together.
  func spelling(of wanted: Set<ModifiedType>) throws(ServerProblem) -> [ModifiedType: String] {
    let unknown = wanted.filter { names[$0] == nil }
    if !unknown.isEmpty {
      let found = try typeNames(unknown, CatalogReader(connection: connection, limit: limit))
      names.merge(found) { _, new in new }
    }
    return names
  }
}
