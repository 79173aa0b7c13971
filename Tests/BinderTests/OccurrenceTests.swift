import SQLCDiagnostics
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite
import Testing

private let schema = """
  CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), title TEXT NOT NULL, "due on" TEXT
  );
  CREATE INDEX by_team ON tasks (team_id, title COLLATE NOCASE);
  CREATE VIEW late AS SELECT t.id, t.title AS what, upper(title) AS loud FROM tasks AS t WHERE "due on" < '2026';
  CREATE TRIGGER touched AFTER UPDATE OF title ON tasks BEGIN
    UPDATE teams SET name = new.title WHERE id = old.team_id;
  END;
  """

/// `tasks` stands for the table, `tasks.id` for the column, `alias t` and its like for what only the statement knows; the
/// place where it is defined has a `*`.
private func words(_ occurrences: [SymbolOccurrence], in source: SourceFile) -> [String] {
  occurrences.map { occurrence in
    let symbol =
      switch occurrence.symbol {
      case .table(let name): "\(name)"
      case .column(let column): "\(column.table).\(column.column)"
      case .query(let name): "query \(name)"
      case .fragment(let name): "fragment \(name)"
      case .local(let local):
        "\(local.kind) \(local.name)@\(line(of: local.definition.range.lower, in: source))"
      }
    return "\(source.slice(occurrence.source.range)): \(symbol)\(occurrence.role == .definition ? " *" : "")"
  }
}

private func line(of offset: Int, in source: SourceFile) -> Int { LineIndex(source.text).position(at: offset).line }

private func occurrences(_ sql: String) throws -> [String] {
  let script = parseScript(SourceFile(path: "schema.sql", text: schema)).value
  let catalog = buildCatalog(from: [script], options: SemanticsOptions())
  try #require(catalog.diagnostics.isEmpty)
  let source = SourceFile(path: "queries.sql", text: sql)
  let statement = try #require(
    parseScript(source, options: ParserOptions(allowsMacros: true)).value.items.first?.statement)
  let bound = bindPartially(statement, in: catalog.value, source: source, options: SemanticsOptions())
  return words(bound.value.occurrences, in: source)
}

@Suite struct OccurrenceTests {
  @Test func columnsTablesAndAliases() throws {
    #expect(
      try occurrences("SELECT t.title, name AS n FROM tasks t JOIN teams ON teams.id = t.team_id ORDER BY n") == [
        "t: sourceAlias t@1", "title: tasks.title", "name: teams.name", "n: resultColumn n@1 *", "tasks: tasks",
        "t: sourceAlias t@1 *", "teams: teams", "teams: teams", "id: teams.id", "t: sourceAlias t@1",
        "team_id: tasks.team_id", "n: resultColumn n@1",
      ])
  }

  @Test func commonTablesAndSubqueriesPassTheirColumnsOn() throws {
    #expect(
      try occurrences(
        """
        WITH open AS (SELECT id, title AS what FROM tasks), plain (a) AS (SELECT 1)
        SELECT open.id, o.what, a, s.m
        FROM open, open AS o, plain, (SELECT max(id) AS m FROM teams) AS s
        """) == [
          "open: commonTable open@1 *", "id: tasks.id", "title: tasks.title", "what: resultColumn what@1 *",
          "tasks: tasks", "plain: commonTable plain@1 *", "a: resultColumn a@1 *", "open: commonTable open@1",
          "id: tasks.id", "o: sourceAlias o@3", "what: resultColumn what@1", "a: resultColumn a@1",
          "s: sourceAlias s@3", "m: resultColumn m@3", "open: commonTable open@1", "open: commonTable open@1",
          "o: sourceAlias o@3 *", "plain: commonTable plain@1", "id: teams.id", "m: resultColumn m@3 *",
          "teams: teams", "s: sourceAlias s@3 *",
        ])
  }

  @Test func recursion() throws {
    #expect(
      try occurrences(
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT n.i + 1 FROM n WHERE i < 9) SELECT i FROM n") == [
          "n: commonTable n@1 *", "i: resultColumn i@1 *", "n: commonTable n@1", "i: resultColumn i@1",
          "n: commonTable n@1", "i: resultColumn i@1", "i: resultColumn i@1", "n: commonTable n@1",
        ])
  }

  @Test func modifications() throws {
    #expect(
      try occurrences(
        """
        INSERT INTO tasks (id, "due on") VALUES (@id, sqlc.narg(due))
        ON CONFLICT (id) DO UPDATE SET "due on" = excluded."due on" WHERE id = @id RETURNING title
        """) == [
          "tasks: tasks", "id: tasks.id", "\"due on\": tasks.due on", "@id: parameter id@1 *",
          "sqlc.narg(due): parameter due@1 *", "id: tasks.id", "\"due on\": tasks.due on", "\"due on\": tasks.due on",
          "id: tasks.id", "@id: parameter id@1", "title: tasks.title",
        ])
    #expect(
      try occurrences("UPDATE tasks AS t SET team_id = ? FROM teams WHERE t.id = ?1") == [
        "tasks: tasks", "t: sourceAlias t@1 *", "team_id: tasks.team_id", "?: parameter ?1@1 *", "teams: teams",
        "t: sourceAlias t@1", "id: tasks.id", "?1: parameter ?1@1",
      ])
  }

  @Test func starsMergedColumnsAndEmbeds() throws {
    #expect(
      try occurrences("SELECT t.*, sqlc.embed(u), id FROM tasks t FULL JOIN teams u USING (id)") == [
        "t: sourceAlias t@1", "u: sourceAlias u@1", "id: tasks.id", "id: teams.id", "tasks: tasks",
        "t: sourceAlias t@1 *", "teams: teams", "u: sourceAlias u@1 *", "id: tasks.id", "id: teams.id",
      ])
  }

  @Test func parenthesesWithAnAlias() throws {
    #expect(
      try occurrences("SELECT x.title, t.id FROM (tasks AS t JOIN teams) AS x, tasks NATURAL JOIN teams AS u") == [
        "x: sourceAlias x@1", "title: tasks.title", "t: sourceAlias t@1", "id: tasks.id", "tasks: tasks",
        "t: sourceAlias t@1 *", "teams: teams", "x: sourceAlias x@1 *", "tasks: tasks", "teams: teams",
        "u: sourceAlias u@1 *",
      ])
  }

  @Test func namesSpelledOtherwiseAreLeftOut() throws {
    #expect(try occurrences("SELECT rowid FROM tasks") == ["tasks: tasks"])
    #expect(
      try occurrences("UPDATE tasks AS t SET title = '' RETURNING tasks.id") == [
        "tasks: tasks", "t: sourceAlias t@1 *", "title: tasks.title", "tasks: tasks", "id: tasks.id",
      ])
  }

  @Test func orderOfCompounds() throws {
    #expect(
      try occurrences("SELECT id AS x FROM tasks UNION SELECT id FROM teams ORDER BY x") == [
        "id: tasks.id", "x: resultColumn x@1 *", "tasks: tasks", "id: teams.id", "teams: teams", "x: resultColumn x@1",
      ])
    #expect(
      try occurrences("SELECT title FROM tasks UNION SELECT name FROM teams ORDER BY name").last == "name: teams.name")
  }

  @Test func whatAMistakeLeaves() throws {
    #expect(
      try occurrences("SELECT id, titel, x.y FROM tasks WHERE team_id = @team") == [
        "id: tasks.id", "tasks: tasks", "team_id: tasks.team_id", "@team: parameter team@1 *",
      ])
  }

  @Test func aViewIsLookedAtWhereItIsDefined() throws {
    #expect(try occurrences("SELECT what, loud FROM late") == ["what: late.what", "loud: late.loud", "late: late"])
  }

  @Test func definitions() throws {
    let source = SourceFile(path: "schema.sql", text: schema)
    let script = parseScript(source).value
    let catalog = buildCatalog(from: [script], options: SemanticsOptions()).value
    #expect(
      words(definitionOccurrences(of: catalog, in: [script], options: SemanticsOptions()), in: source) == [
        "teams: teams *", "id: teams.id *", "name: teams.name *", "tasks: tasks *", "id: tasks.id *",
        "team_id: tasks.team_id *", "teams: teams", "id: teams.id", "title: tasks.title *",
        "\"due on\": tasks.due on *", "tasks: tasks", "team_id: tasks.team_id", "title: tasks.title", "late: late *",
        "t: sourceAlias t@6", "id: tasks.id", "id: late.id *", "t: sourceAlias t@6", "title: tasks.title",
        "what: resultColumn what@6 *", "what: late.what *", "title: tasks.title", "loud: resultColumn loud@6 *",
        "loud: late.loud *", "tasks: tasks", "t: sourceAlias t@6 *", "\"due on\": tasks.due on", "title: tasks.title",
        "tasks: tasks", "teams: teams", "name: teams.name", "title: tasks.title", "id: teams.id",
        "team_id: tasks.team_id",
      ])
  }

  /// Whatever stands in a statement, with mistakes and without: a place is a name, and it is the name of what it stands for.
  @Test(arguments: caseNames()) func everyPlaceIsAName(_ name: String) throws {
    let file = try readCase(name)
    let options = SemanticsOptions(minimumVersion: SQLiteVersion(3, 40))
    let catalog = buildCatalog(from: [parseScript(file.schema).value], options: options).value
    for item in parseScript(file.queries, options: ParserOptions(allowsMacros: true)).value.items {
      let bound = bindPartially(item.statement, in: catalog, source: file.queries, options: options)
      _ = inferTypes(of: bound.value.statement, in: catalog, source: file.queries, options: options)
      for occurrence in bound.value.occurrences {
        let text = file.queries.slice(occurrence.source.range)
        let plain = text.filter { !"\"`[]'".contains($0) }.lowercased()
        switch occurrence.symbol {
        case .table(let table): #expect(plain == table.name.lowercased(), "\(name): \(text)")
        case .column(let column):
          #expect(plain == column.column.lowercased(), "\(name): \(text)")
        case .local(let local) where local.kind == .parameter: break
        case .local(let local): #expect(plain == local.name.lowercased(), "\(name): \(text)")
        case .query, .fragment: Issue.record("no query or fragment is named in a statement")
        }
      }
    }
  }

  /// With any one of its words misspelled or missing, a statement is bound and typed as far as it goes.
  @Test(arguments: caseNames()) func oneMistakeAnywhere(_ name: String) throws {
    let file = try readCase(name)
    let options = SemanticsOptions(minimumVersion: SQLiteVersion(3, 40))
    let catalog = buildCatalog(from: [parseScript(file.schema).value], options: options).value
    var typed = 0
    for item in parseScript(file.queries, options: ParserOptions(allowsMacros: true)).value.items {
      let range = item.statement.range
      for token in tokenize(file.queries, in: range) {
        for replacement in ["nosuch", ""] {
          let text =
            file.queries.slice(ByteRange(range.lower, token.range.lower)) + replacement
            + file.queries.slice(ByteRange(token.range.upper, range.upper))
          let source = SourceFile(path: name, text: String(text))
          for item in parseScript(source, options: ParserOptions(allowsMacros: true)).value.items {
            let bound = bindPartially(item.statement, in: catalog, source: source, options: options).value
            typed += inferTypes(of: bound.statement, in: catalog, source: source, options: options).value.columns.count
          }
        }
      }
    }
    #expect(typed > 0 || name == "definitions.sql")
  }
}
