// The schema, statement by statement, into a database of the server's.

import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCQueryFile

/// Runs the files of a schema as the plain role. The first refusal ends it: what follows stands on what that statement should
/// have made.
struct SchemaLoader {
  let server: ScratchServer
  let connection: PostgreSQLConnection
  let limit: Duration
  /// Extensions that the configuration names.
  let extensions: [String]
  /// Where the connection leads to; absent: the scratch database.
  var database: String?

  private var deadline: PostgreSQLConnection.Deadline { .now + limit }

  /// - Throws: `ServerProblem` when the server is no more.
  func load(_ files: [SourceFile]) throws(ServerProblem) -> Diagnosed<[SchemaStatement]> {
    let sections = schemaSections(of: files, rules: .postgresql)
    let diagnostics = sections.diagnostics
    let run: [SchemaStatement] = []
    guard !diagnostics.hasErrors else { return Diagnosed(run, diagnostics) }
    for name in extensions {
      if let problem = try makeExtension(
        name, schema: nil, at: SourceRange(path: files.first?.path ?? "", range: ByteRange(at: 0)))
      {
        return Diagnosed(run, diagnostics + [problem])
      }
    }
    let loaded = try load(sections.value)
    return Diagnosed(loaded.value, diagnostics + loaded.diagnostics)
  }

  /// Runs the statements of these parts of files.
  func load(_ sections: [SchemaSection]) throws(ServerProblem) -> Diagnosed<[SchemaStatement]> {
    var diagnostics: [Diagnostic] = []
    var run: [SchemaStatement] = []
    for section in sections {
      let text = SchemaText(section.source)
      var skipped = text.commands.filter { command in section.ranges.contains { $0.contains(command) } }
      defer { if let note = note(ofSkipped: skipped, in: section.source) { diagnostics.append(note) } }
      for range in section.ranges {
        if try runAll(text.statements(in: range), &run, &skipped, &diagnostics) { return Diagnosed(run, diagnostics) }
      }
    }
    return Diagnosed(run, diagnostics)
  }

  /// Whether one of them failed.
  private func runAll(
    _ statements: [SchemaStatement], _ run: inout [SchemaStatement], _ skipped: inout [ByteRange],
    _ diagnostics: inout [Diagnostic]
  ) throws(ServerProblem) -> Bool {
    // What lives in a transaction only needs one around it; everything else runs by itself, as psql has it.
    let isInOne = statements.contains(where: livesInTransaction) && !statements.contains { $0.purpose == .transaction }
    if isInOne { try execute("BEGIN") }
    for statement in statements {
      switch statement.purpose {
      case .rights, .server, .otherExtension: skipped.append(statement.first)
      case .copyFromFile:
        diagnostics.append(
          Diagnostic(
            PostgreSQLRule.refusedStatement.rule, "COPY … FROM stdin has its rows in the file",
            at: DiagnosticLabel(statement.place, "leave it out, or write INSERT"),
            notes: ["code needs the schema alone: 'pg_dump --schema-only'"]))
        return true
      case .createExtension(let name, let schema):
        if let problem = try makeExtension(name, schema: schema, at: statement.place) {
          diagnostics.append(problem)
          return true
        }
      case .definition, .transaction:
        if let problem = try self.run(statement, isInOne: isInOne, &skipped) {
          diagnostics.append(problem)
          return true
        }
        run.append(statement)
      }
    }
    if connection.isInTransaction { try execute("COMMIT") }
    return false
  }

  private func execute(_ sql: String) throws(ServerProblem) {
    do {
      try connection.execute(sql, deadline: deadline)
    } catch {
      throw ServerProblem(error, doing: "run '\(sql)'")
    }
  }

  /// Temporary tables that go with it, settings and locks that hold for it.
  private func livesInTransaction(_ statement: SchemaStatement) -> Bool {
    let words = statement.tokens.prefix(2).map { statement.source.slice($0.range).uppercased() }
    if words == ["SET", "LOCAL"] || words == ["SET", "CONSTRAINTS"] || words.first == "LOCK" || words.first == "DECLARE"
    {
      return true
    }
    return words.first == "CREATE" && ["TEMP", "TEMPORARY"].contains(words.last ?? "") && statement.has("COMMIT")
  }

  /// Runs one statement, in the transaction around all of them if there is one: a refusal does not end that.
  private func attempt(_ text: String, isInOne: Bool) throws(PostgreSQLFailure) {
    guard isInOne else {
      try connection.execute(text, deadline: deadline)
      return
    }
    try connection.execute("SAVEPOINT sqlc_statement", deadline: deadline)
    do {
      try connection.execute(text, deadline: deadline)
    } catch {
      guard case .server(let refusal) = error else { throw error }
      try connection.execute("ROLLBACK TO sqlc_statement", deadline: deadline)
      // What cannot run in a transaction, or only after it.
      guard ["25001", "55P04"].contains(refusal.sqlState) else { throw error }
      try connection.execute("COMMIT", deadline: deadline)
      try connection.execute(text, deadline: deadline)
      try connection.execute("BEGIN", deadline: deadline)
    }
  }

  /// What is wrong with a statement; nil when it ran, or is left out.
  private func run(
    _ statement: SchemaStatement, isInOne: Bool, _ skipped: inout [ByteRange]
  ) throws(ServerProblem) -> Diagnostic? {
    var roles: Set<String> = []
    while true {
      do throws(PostgreSQLFailure) {
        try attempt(statement.text, isInOne: isInOne)
        return nil
      } catch {
        switch error {
        case .timedOut: return timeout(at: statement.place)
        case .server(let refusal):
          // Whoever begins a transaction in the file has it ended by an error.
          if isInOne || !connection.isInTransaction {
            // A role that policies and owners name, of a cluster that is ours.
            if let role = missingRole(of: refusal), roles.insert(role).inserted, server.createRole(role) {
              // A transaction remembers that there was none.
              if isInOne { try execute("COMMIT; BEGIN") }
              continue
            }
            if isAboutRoles(refusal, statement) {
              skipped.append(statement.first)
              return nil
            }
          }
          return rejection(refusal, of: statement)
        default: throw ServerProblem(error, doing: "run the schema")
        }
      }
    }
  }

  /// `role "x" does not exist`
  func missingRole(of error: ServerError) -> String? {
    guard error.sqlState == "42704", error.message.hasPrefix("role \""), error.message.hasSuffix("\" does not exist")
    else { return nil }
    return String(error.message.dropFirst("role \"".count).dropLast("\" does not exist".count))
  }

  /// A policy for a role that is not there; a block that makes roles; a setting of another version of the server.
  func isAboutRoles(_ error: ServerError, _ statement: SchemaStatement) -> Bool {
    let first = statement.source.slice(statement.first).uppercased()
    if error.sqlState == "42704", missingRole(of: error) != nil { return statement.has("POLICY") }
    if error.sqlState == "42704", first == "SET" { return true }
    guard error.sqlState == "42501", first == "DO" else { return false }
    let made = error.context?.uppercased() ?? ""
    return ["ROLE", "USER ", "GRANT", "DATABASE"].contains { made.contains($0) }
  }

  private func rejection(_ error: ServerError, of statement: SchemaStatement) -> Diagnostic {
    var place = statement.first
    if let position = error.position {
      let offset = statement.range.lower + byteOffset(ofCharacter: position, in: statement.text)
      place = statement.tokens.first { $0.range.upper > offset }?.range ?? place
    }
    var notes = error.notes
    let words = statement.tokens.lazy.filter { $0.kind == .word }.map { statement.source.slice($0.range).uppercased() }
    if let advice = adviceFromOtherDialects(error, at: String(statement.source.slice(place)), statement: Array(words)) {
      notes.append(advice)
    }
    if let index = statement.tokens.firstIndex(where: { $0.range == place }), error.sqlState == "42601",
      statement.tokens[index].kind == .closeParenthesis,
      let before = statement.tokens[..<index].last(where: { !$0.isComment }),
      statement.source.slice(before.range) == ","
    {
      notes.append("the comma before it is one too many")
    }
    if error.sqlState == "42501" {
      notes.append("schemas run as a role without rights beyond their database; what needs more is not run")
    }
    return Diagnostic(
      PostgreSQLRule.rejectedStatement.rule, "PostgreSQL rejects this: \(error.message)",
      at: DiagnosticLabel(SourceRange(path: statement.source.path, range: place)), notes: notes)
  }

  private func timeout(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      PostgreSQLRule.endlessStatement.rule, "this statement was stopped after \(limit.components.seconds) seconds",
      at: DiagnosticLabel(place), notes: ["the limit is 'limits: {seconds: …}' in the configuration"])
  }

  func makeExtension(_ name: String, schema: String?, at place: SourceRange) throws(ServerProblem)
    -> Diagnostic?
  {
    guard AllowedExtensions.names.contains(name) else {
      return Diagnostic(
        PostgreSQLRule.missingExtension.rule, "the extension '\(name)' is not made",
        at: DiagnosticLabel(place),
        notes: [
          "it is not on the list of extensions that only give types and functions; name a server that has what it needs in 'database: {uri: …}', or leave it out of the schema"
        ])
    }
    do throws(ServerProblem) {
      try server.createExtension(name, schema: schema, in: database)
      return nil
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      return Diagnostic(
        PostgreSQLRule.missingExtension.rule, "PostgreSQL has no extension '\(name)' here: \(refusal.message)",
        at: DiagnosticLabel(place), notes: refusal.notes + [packageHint(for: name)])
    }
  }

  private func packageHint(for name: String) -> String {
    switch name {
    case "vector": "install it: 'apt-get install postgresql-\(server.major)-pgvector', 'brew install pgvector'"
    case "postgis": "install it: 'apt-get install postgresql-\(server.major)-postgis-3', 'brew install postgis'"
    default: "'apt-get install postgresql-contrib' has most extensions on Debian and Ubuntu"
    }
  }

  private func note(ofSkipped skipped: [ByteRange], in source: SourceFile) -> Diagnostic? {
    guard let first = skipped.min(by: { $0.lower < $1.lower }) else { return nil }
    let statements = skipped.count == 1 ? "this statement is" : "\(skipped.count) statements of this file are"
    return Diagnostic(
      PostgreSQLRule.skippedStatement.rule,
      "\(statements) not run: no type depends on roles, rights, the server's settings or psql's commands",
      at: DiagnosticLabel(SourceRange(path: source.path, range: first)))
  }
}
