// What the engine keeps of a loaded schema.

import Foundation
import SQLCConcurrency
import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
import SQLCModel
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsPostgreSQL
import SQLCTreePostgreSQL

/// Whether a catalog has the queries of PostgreSQL's own views.
enum SystemViews { case unknown, known }

/// Whether a text may name a table or view of PostgreSQL's own, or a function.
func mentionsSystemCatalogs(_ text: some StringProtocol) -> Bool {
  text.utf8.withContiguousStorageIfAvailable(namesSystemCatalogs)
    ?? Array(text.utf8).withUnsafeBufferPointer(namesSystemCatalogs)
}

/// `pg_` or `information_schema`, in any case.
private func namesSystemCatalogs(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  func begins(_ word: StaticString, at start: Int) -> Bool {
    guard start + word.utf8CodeUnitCount <= text.count else { return false }
    return word.withUTF8Buffer { word in word.indices.allSatisfy { text[start + $0] | 0x20 == word[$0] | 0x20 } }
  }
  return text.indices.contains { at in
    switch text[at] | 0x20 {
    case UInt8(ascii: "p"): begins("pg_", at: at)
    case UInt8(ascii: "i"): begins("information_schema", at: at)
    default: false
    }
  }
}

/// A schema in a database of its own, with a connection to it and its catalogs as a value.
final class PostgreSQLSchema: LoadedSchema {
  let server: ScratchServer
  let connection: PostgreSQLConnection
  private(set) var catalog: PostgreSQLCatalog
  let model: SchemaModel
  let definitions: DefinitionPlaces
  private let facts: SchemaFacts
  private let relations: RelationStore
  let limit: Duration
  /// What makes another session like the first.
  let session: String
  /// Connections that queries are asked over, each kept for the next time: on a new one the server would read its catalogs anew.
  private var sessions: [QuerySession] = []
  /// The catalog has the queries of PostgreSQL's own views.
  private var hasSystemViews = false

  init(
    server: ScratchServer, connection: PostgreSQLConnection, catalog: PostgreSQLCatalog, model: SchemaModel,
    definitions: DefinitionPlaces, facts: SchemaFacts, limit: Duration, session: String, systemViews: SystemViews
  ) {
    self.server = server
    self.connection = connection
    self.catalog = catalog
    self.model = model
    self.definitions = definitions
    self.facts = facts
    self.limit = limit
    self.session = session
    relations = RelationStore(catalog)
    hasSystemViews = systemViews == .known
  }

  var inspector: (any SchemaInspector)? {
    PostgreSQLInspector(facts: facts, relations: relations, catalog: catalog, model: model)
  }

  func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] {
    try readSystemViews(for: queries)
    let workers = try makeWorkers(for: queries)
    // Where something goes wrong, the others are made anew.
    let kept = sessions
    sessions = []
    let answers = concurrentMap(workers, chunks: workers.count) { worker in
      Result { try worker.batch.analyze(worker.queries) }
    }
    progress(queries.count)
    let found = try answers.flatMap { try $0.get() }
    sessions = kept
    return found
  }

  /// One thread's share: its queries, and the connection that only it uses.
  ///
  /// `@unchecked Sendable`: a connection belongs to one thread at a time. A worker is made before any thread starts and handed
  /// to exactly one iteration, which is the only one to touch it; all else in it are values.
  private struct Worker: @unchecked Sendable {
    var batch: QueryBatch
    var queries: [AnnotatedQuery]
  }

  /// Where a query, or a view of the schema, may read one.
  private func readSystemViews(for queries: [AnnotatedQuery]) throws(ServerProblem) {
    guard !hasSystemViews else { return }
    // Each query's own text: a file may hold thousands.
    guard queries.contains(where: { mentionsSystemCatalogs($0.source.slice($0.bodyRange)) }) else { return }
    try CatalogReader(connection: connection, limit: limit).readSystemViews(into: &catalog)
    hasSystemViews = true
    let types = TypeLowering(catalog)
    sessions = sessions.map { QuerySession($0.connection, types: types, limit: limit) }
  }

  private func makeWorkers(for queries: [AnnotatedQuery]) throws(ServerProblem) -> [Worker] {
    // Temporary tables are those of the session that made them.
    let isShareable = !catalog.relations.values.contains { $0.schema.hasPrefix("pg_temp_") }
    let cores = isShareable ? min(4, ProcessInfo.processInfo.activeProcessorCount) : 1
    let count = worthwhileChunks(of: queries.count, minimum: 60, cores: cores)
    var workers: [Worker] = []
    for index in 0..<count {
      if index == sessions.count {
        let types = sessions.first?.types ?? TypeLowering(catalog)
        sessions.append(
          QuerySession(index == 0 ? connection : try anotherConnection(), types: types, limit: limit))
      }
      let part = queries[(queries.count * index / count)..<(queries.count * (index + 1) / count)]
      workers.append(
        Worker(
          batch: QueryBatch(session: sessions[index], definitions: definitions, relations: relations),
          queries: Array(part)))
    }
    return workers
  }

  private func anotherConnection() throws(ServerProblem) -> PostgreSQLConnection {
    let another = try server.connect()
    do {
      try another.execute(session, deadline: .now + limit)
    } catch {
      throw ServerProblem(error, doing: "prepare a session")
    }
    return another
  }
}
