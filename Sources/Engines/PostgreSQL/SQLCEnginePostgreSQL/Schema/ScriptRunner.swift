// Scripts and single statements in a database of a trial, run under the same rules as schemas.

package import SQLCDiagnostics
import SQLCMigrations
package import SQLCOraclePostgreSQL
package import SQLCPostgreSQLHandle

/// Runs parts of a schema in one database of a server: what is about roles and rights is left out, extensions are made for it.
package struct ScriptRunner {
  private let loader: SchemaLoader

  package init(server: ScratchServer, connection: PostgreSQLConnection, database: String, limit: Duration) {
    loader = SchemaLoader(
      server: server, connection: connection, limit: limit, extensions: [], database: database)
  }

  /// What became of one statement.
  package enum Outcome {
    case done
    /// It was refused, and is left out: it is about roles.
    case leftOut
    case refused(ServerError)
    /// In words of our own.
    case notRun(String)
    /// A role that it names is there only now. A transaction remembers that there was none.
    case madeRole
    case outOfTime
  }

  /// Runs a whole script.
  ///
  /// - Throws: `ServerProblem` when the server is no more.
  package func load(_ script: String) throws(ServerProblem) -> [Diagnostic] {
    let source = SourceFile(path: "schema", text: script)
    let section = SchemaSection(source: source, ranges: [ByteRange(0, script.utf8.count)])
    return try loader.load([section]).diagnostics
  }

  /// Runs one statement; one that fails ends the transaction that it is in.
  ///
  /// - Throws: `ServerProblem` when the server is no more.
  package func run(_ text: String, deadline: PostgreSQLConnection.Deadline) throws(ServerProblem) -> Outcome {
    let source = SourceFile(path: "migration", text: text)
    guard let statement = SchemaText(source).statements(in: ByteRange(0, text.utf8.count)).first else { return .done }
    switch statement.purpose {
    case .rights, .server, .otherExtension: return .done
    case .copyFromFile: return .notRun("COPY … FROM stdin has its rows in the file, and is not run")
    case .createExtension(let name, let schema):
      guard let problem = try loader.makeExtension(name, schema: schema, at: statement.place) else { return .done }
      return .notRun(problem.message)
    case .definition, .transaction: break
    }
    do throws(PostgreSQLFailure) {
      try loader.connection.execute(statement.text, deadline: deadline)
      return .done
    } catch {
      switch error {
      case .timedOut: return .outOfTime
      case .server(let refusal):
        if let role = loader.missingRole(of: refusal), loader.server.createRole(role) { return .madeRole }
        return loader.isAboutRoles(refusal, statement) ? .leftOut : .refused(refusal)
      default: throw ServerProblem(error, doing: "run a migration")
      }
    }
  }
}

/// The parts of files that make a schema, each a script.
package func schemaScripts(of files: [SourceFile]) -> [String] {
  schemaSections(of: files, rules: .postgresql).value.flatMap { section in
    section.ranges.map { String(section.source.slice($0)) }
  }
}
