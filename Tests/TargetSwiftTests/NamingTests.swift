// Names as tables: what goes in, what comes out.
import SQLCModel
import Testing

@testable import SQLCTargetSwift

@Suite struct NamingTests {
  private let naming = Naming(SwiftOptions())

  @Test(arguments: [
    ("agents", "agent"), ("queries", "query"), ("boxes", "box"), ("addresses", "address"), ("statuses", "status"),
    ("analyses", "analysis"), ("indices", "index"), ("people", "person"), ("salespeople", "salesperson"),
    ("status", "status"), ("series", "series"), ("news", "news"), ("data", "data"), ("metadata", "metadata"),
    ("caches", "cache"), ("batches", "batch"), ("branches", "branch"), ("matches", "match"), ("movies", "movie"),
    ("archives", "archive"), ("leaves", "leaf"), ("lives", "life"), ("menus", "menu"), ("apis", "api"),
    ("databases", "database"), ("responses", "response"), ("houses", "house"), ("bonuses", "bonus"), ("buses", "bus"),
    ("classes", "class"), ("phases", "phase"), ("photos", "photo"), ("heroes", "hero"), ("children", "child"),
    ("us", "us"), ("dns", "dns"), ("files", "file"), ("sizes", "size"), ("taxes", "tax"), ("days", "day"),
  ])
  func singulars(plural: String, expected: String) {
    #expect(singular(plural) == expected)
  }

  @Test(arguments: [
    ("agent_runs", "AgentRun"), ("mcp_servers", "McpServer"), ("api_keys", "APIKey"), ("user_ids", "UserID"),
    ("CamelCase", "CamelCase"), ("my table", "MyTable"), ("2fa_codes", "_2faCode"), ("größen", "Größen"),
    ("???", "Table"),
  ])
  func tables(table: String, expected: String) {
    #expect(naming.table(QualifiedName(table)).name == expected)
  }

  @Test(arguments: [
    ("environment_id", "environmentID"), ("id", "id"), ("ID", "id"), ("userId", "userID"), ("user_ids", "userIDs"),
    ("api_key", "apiKey"), ("url", "url"), ("base_url", "baseURL"), ("FullName", "fullName"), ("the id", "theID"),
    ("sha256_hash", "sha256Hash"), ("2fa_enabled", "_2faEnabled"), ("count(*)", "count"), ("?", "column3"),
    ("_", "column3"),
    ("default", "default"), ("hash_value", "hashValue_"),
  ])
  func properties(column: String, expected: String) {
    #expect(naming.property(column, position: 3) == expected)
  }

  @Test(arguments: [
    ("GetAgentByID", "GetAgentByID", "getAgentByID"), ("lowercase_name", "LowercaseName", "lowercaseName"),
    ("getAgent", "GetAgent", "getAgent"), ("URLForUser", "URLForUser", "urlForUser"), ("IDs", "IDs", "ids"),
    ("Database", "Database", "databaseQuery"), ("get_agent_by_id", "GetAgentByID", "getAgentByID"),
  ])
  func queries(query: String, type: String, method: String) {
    #expect(naming.query(query) == type)
    #expect(naming.method(ofQuery: type) == method)
  }

  @Test(arguments: [
    ("in_progress", "inProgress"), ("In Progress", "inProgress"), ("", "empty"), ("1", "_1"), (">=", "value2"),
    ("default", "default"), ("init", "initValue"), ("text/plain", "textPlain"),
  ])
  func cases(value: String, expected: String) {
    #expect(naming.enumerationCase(value, position: 2) == expected)
  }

  @Test func renamesMatchWholeNamesInAnyCaseAndTakeTheCaseOfTheirPlace() {
    var options = SwiftOptions()
    options.rename = ["spotify_url": "SpotifyURL", "Author": "writer", "mcp_configs": "MCPConfiguration"]
    let naming = Naming(options)
    #expect(naming.property("Spotify_URL") == "spotifyURL")
    #expect(naming.table("authors").name == "Writer")
    #expect(naming.table("mcp_configs").name == "MCPConfiguration")
    #expect(naming.table("mcp_configs_old").name == "McpConfigsOld")
  }

  @Test(arguments: [
    ("APIURL", "apiURL"), ("SpotifyURL", "spotifyURL"), ("URLForUser", "urlForUser"), ("IDs", "ids"),
    ("HTTPSURL", "httpsURL"),
    ("JSONAPIKey", "jsonAPIKey"), ("URL", "url"), ("MCP", "mcp"), ("apiURL", "apiURL"), ("HTMLID", "htmlID"),
    ("ABC", "abc"),
    ("UserID", "userID"), ("x", "x"),
  ])
  func chosenNames(chosen: String, expected: String) {
    var options = SwiftOptions()
    options.rename = ["api_url": chosen]
    #expect(Naming(options).property("api_url") == expected)
  }

  @Test func renamesOfNothingAreSaidWhereTheyStand() {
    var options = SwiftOptions()
    options.rename = ["agent": "Worker", "NAME": "title", "nmae": "x", "agents_state": "State", "idle": "resting"]
    options.renamePlaces = options.rename.mapValues { _ in range("sqlc-swift.yaml") }
    let state = EnumerationModel.ID.column(ColumnReference(table: "agents", column: "state"))
    let model = GenerationModel(
      tables: [
        table("agents", [column("id", .integer(.bits64)), column("name", .text), column("state", .enumeration(state))])
      ],
      enumerations: [EnumerationModel(id: state, values: ["idle"])], queries: [])
    #expect(generated(model, options).diagnostics == ["warning swift/unused-rename"])
  }

  @Test func exactAndExcludedTableNamesAreNotMadeSingular() {
    var options = SwiftOptions()
    options.inflectionExcludeTableNames = ["campaigns"]
    #expect(Naming(options).table("campaigns").name == "Campaigns")
    options.emitExactTableNames = true
    #expect(Naming(options).table("agents").name == "Agents")
  }

  @Test(arguments: [
    ("default", "default"), ("self", "self self_"), ("init", "init"), ("id", "id"), ("actor", "actor"),
    ("inout", "`inout`"),
  ])
  func parameters(name: String, expected: String) {
    #expect(parameterName(SwiftName(name)).text == expected)
  }

  @Test(arguments: [
    ("agents.spec", "agents.spec", true), ("agents.spec", "*.spec", true), ("agents.spec", "AGENTS.*", true),
    ("agents.spec", "agents.sp", false), ("agents.spec", "a*s.*c", true), ("agents.spec", "*.*.x", false),
    ("agents.spec", "*", true), ("aab", "*ab", true),
  ])
  func wildcards(name: String, pattern: String, expected: Bool) {
    #expect(matches(name, pattern: pattern) == expected)
  }

  @Test func outputFilesDifferEvenWithoutRegardToCase() {
    #expect(outputFileNames(forQueryFiles: ["q/agents.sql"]) == ["q/agents.sql": "agents.sql.swift"])
    #expect(
      outputFileNames(forQueryFiles: ["q/a/users.sql", "q/b/Users.sql", "q/runs.sql"]) == [
        "q/a/users.sql": "a.users.sql.swift", "q/b/Users.sql": "b.Users.sql.swift", "q/runs.sql": "runs.sql.swift",
      ])
    let same = outputFileNames(forQueryFiles: ["a/x.sql", "./a/x.sql"])
    #expect(Set(same.values) == ["a.x.sql.swift", "a.x.sql-2.swift"])
  }
}
