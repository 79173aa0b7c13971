// PostgreSQL behind the `Engine` seam: the server's own analysis, and what we prove from it.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCMigrations
import SQLCModel
package import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile

/// Analyses schemas and queries for PostgreSQL.
///
/// What is valid, and of which types, is the server's word. Nullability, row counts and effects are proven from its analysed
/// trees. Schemas are run in a database of their own; queries are never run.
public struct PostgreSQLEngine: Engine {
  package var settings: ServerSettings
  /// Extensions that the configuration names.
  package var extensions: [String]
  /// Where to say that there is no server: the block's engine.
  package var place: SourceRange

  package init(settings: ServerSettings, extensions: [String], place: SourceRange) {
    self.settings = settings
    self.extensions = extensions
    self.place = place
  }

  public var name: EngineName { .postgresql }
  public var lexicalRules: LexicalRules { .postgresql }
  public func spelled(_ name: String) -> String { sqlName(name) }
  public var placeholders: PlaceholderStyle { .dollar }
  public var runtime: (any RuntimeVocabulary)? { PostgreSQLVocabulary() }
  public var key: EngineKey { EngineKey(Key(settings: settings, extensions: extensions)) }
  public var missingServer: DiagnosticID? { PostgreSQLRule.noServer.id }

  private struct Key: Hashable {
    var settings: ServerSettings
    var extensions: [String]
  }

  public var changeAnnouncer: (any ChangeAnnouncer)? { NotifyTriggers() }

  public func load(_ schema: [SourceFile]) throws -> Diagnosed<any LoadedSchema> {
    // That there is none has been said, and nobody need be asked about nothing.
    guard !schema.isEmpty else { return Diagnosed(BrokenSchema()) }
    do throws(ServerProblem) {
      let server = try ScratchServer(settings)
      let connection = try server.connect()
      let loader = SchemaLoader(
        server: server, connection: connection, limit: settings.limit, extensions: extensions)
      let loaded = try loader.load(schema)
      guard !loaded.diagnostics.hasErrors else {
        return Diagnosed(BrokenSchema(), loaded.diagnostics)
      }
      let session = try prepareForQueries(connection)
      let reader = CatalogReader(connection: connection, limit: settings.limit)
      var catalog = try reader.read()
      // A view over one of them is what they are.
      let hasViewsOfSystem =
        catalog.relations.values.contains { relation in
          relation.definition != nil && relation.extension == nil
        } && schema.contains { mentionsSystemCatalogs($0.text) }
      if hasViewsOfSystem { try reader.readSystemViews(into: &catalog) }
      let lowering = SchemaLowering(catalog: catalog, definitions: SchemaDefinitions(of: loaded.value))
      let model = try lowering.lower(reader)
      let facts = CatalogFacts(catalog, model.schema, model.definitions, try reader.readTexts())
        .facts(of: lowering.tables)
      return Diagnosed(
        PostgreSQLSchema(
          server: server, connection: connection, catalog: catalog, model: model.schema, definitions: model.definitions,
          facts: facts, limit: settings.limit, session: session,
          systemViews: hasViewsOfSystem ? .known : .unknown), loaded.diagnostics)
    } catch {
      return Diagnosed(BrokenSchema(), [diagnostic(of: error)])
    }
  }

  /// What a session of the application's has: not what the last file of the schema set, but for a search path.
  private func prepareForQueries(_ connection: PostgreSQLConnection) throws(ServerProblem) -> String {
    do {
      var statements = try sessionSettings(connection, limit: settings.limit)
      statements += "SET client_min_messages = log; SET debug_print_parse = on; SET debug_pretty_print = off"
      try connection.execute(statements, deadline: .now + settings.limit)
      return statements
    } catch {
      throw ServerProblem(error, doing: "prepare a session")
    }
  }

  private func diagnostic(of problem: ServerProblem) -> Diagnostic {
    Diagnostic(
      PostgreSQLRule.noServer.rule, problem.message, at: DiagnosticLabel(place), notes: problem.advice)
  }

  /// None: the server has run every version, one after the other, when the schema loads without an error.
  public func historyProblems(of schema: [SourceFile]) throws -> [Diagnostic] { [] }

  public func statements(of source: SourceFile, in range: ByteRange) -> Diagnosed<[ScriptStatement]> {
    Diagnosed(
      SchemaText(source).statements(in: range).map { statement in
        let use: ScriptStatement.TransactionUse =
          switch statement.purpose {
          case .transaction: .control
          case .definition: statement.has("CONCURRENTLY") ? .outside : .either
          default: .either
          }
        return ScriptStatement(
          sql: statement.text, source: SourceRange(path: source.path, range: statement.range), transactionUse: use)
      })
  }
}

/// A schema that could not be loaded: of its queries nothing is said, since what they name may be missing for that reason.
final class BrokenSchema: LoadedSchema {
  let model = SchemaModel()
  func analyze(
    _ queries: [AnnotatedQuery], progress: (_ done: Int) -> Void
  ) throws -> [Diagnosed<QueryModel?>] { queries.map { _ in Diagnosed(nil) } }
}
