// The types of keys: names, raw values, codecs, where they stand, and what the configuration's rules do to them.

import Foundation
import SQLCDiagnostics
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCModel
import Testing

@testable import SQLCTargetSwift

private func key(_ table: QualifiedName, _ column: String) -> ColumnReference {
  ColumnReference(table: table, column: column)
}

private func keyed(_ column: TableModel.Column, _ key: ColumnReference) -> TableModel.Column {
  var column = column
  column.key = key
  return column
}

private func keyed(_ parameter: ParameterModel, _ key: ColumnReference) -> ParameterModel {
  var parameter = parameter
  parameter.key = key
  return parameter
}

/// A table with a key of that name and type, and nothing else.
private func model(_ name: QualifiedName, _ column: TableModel.Column) -> GenerationModel {
  GenerationModel(
    tables: [table(name, [keyed(column, key(name, column.name))], key: [column.name])], enumerations: [], queries: [])
}

@Suite struct KeyTypeTests {
  @Test(arguments: [
    ("agents", "id", "Agent", "struct ID"), ("countries", "code", "Country", "struct Code"),
    ("teams", "team_no", "Team", "struct TeamNo"),
    // What would hide a type that the struct's own code says, or another table's.
    ("things", "uuid", "Thing", "struct UUIDKey"), ("things", "string", "Thing", "struct StringKey"),
    ("things", "thing", "Thing", "struct ThingKey"), ("things", "coding_keys", "Thing", "struct CodingKeysKey"),
    // A script without capitals: the property has the name.
    ("things", "编号", "Thing", "struct 编号Key"),
  ])
  func names(table: String, column name: String, owner: String, declaration: String) {
    let text = generated(model(QualifiedName(table), column(name, .text))).text
    #expect(text.contains("nonisolated \(declaration): RawRepresentable"), "\(text)")
    #expect(text.contains("struct \(owner): "))
    #expect(
      text.contains("var \(name == "team_no" ? "teamNo" : name == "coding_keys" ? "codingKeys" : name): \(owner)."))
  }

  @Test func rawValues() {
    func declaration(_ type: ValueType, _ change: (inout SwiftOptions) -> Void = { _ in }) -> String {
      var options = SwiftOptions()
      change(&options)
      return generated(model("agents", column("id", type, declared: "UUID")), options, file: "Models.swift").text
    }
    let number = declaration(.integer(.bits64))
    #expect(number.contains("ExpressibleByIntegerLiteral, Codable, CustomStringConvertible, SQLiteRawRepresentable"))
    #expect(number.contains("Comparable") && number.contains("rawValue: Int64"))
    let text = declaration(.text)
    #expect(text.contains("ExpressibleByStringLiteral") && !text.contains("Comparable"))
    let uuid = declaration(.uuid)
    #expect(uuid.contains("rawValue: UUID") && !uuid.contains("ExpressibleBy") && uuid.contains("import Foundation"))
    #expect(uuid.contains("singleValueContainer().decode(UUID.self)"))
    // Stored as bytes: by a codec, around the key's type.
    let bytes = declaration(.uuid) {
      $0.overrides = [
        SwiftOverride(.databaseType("UUID"), typeName: "UUID", module: "Foundation", codec: .uuidBlob, source: range())
      ]
    }
    #expect(
      bytes.contains("with: RawValueCodec<Agent.ID, UUIDBlobCodec>.self")
        || bytes.contains("with: RawValueCodec<Agent.ID, "))
    #expect(!bytes.contains("SQLiteRawRepresentable"))
    // A type of the user's own is a raw value, when it is one for the declared type; for the column it is the type.
    let own = declaration(.uuid) {
      $0.overrides = [
        SwiftOverride(.databaseType("UUID"), typeName: "Token", module: nil, codec: .natural, source: range())
      ]
    }
    #expect(own.contains("rawValue: Token") && !own.contains("Codable"))
    let chosen = declaration(.uuid) {
      $0.overrides = [
        SwiftOverride(.column("agents.id"), typeName: "AgentID", module: nil, codec: .natural, source: range())
      ]
    }
    #expect(chosen.contains("var id: AgentID") && !chosen.contains("RawRepresentable"))
  }

  /// A struct that is left out has its key's type all the same where something says it.
  @Test func keysOfUnusedTables() {
    var options = SwiftOptions()
    options.omitUnusedStructs = true
    let team = key("teams", "id")
    let teams = table("teams", [keyed(column("id", .integer(.bits64)), team), column("name", .text)])
    let unused = table("tags", [keyed(column("id", .integer(.bits64)), key("tags", "id"))])
    let get = query(
      "Get", .one, parameters: [keyed(parameter(1, "team", .integer(.bits64)), team)], results: [result("name", .text)])
    let text = generated(GenerationModel(tables: [teams, unused], enumerations: [], queries: [get]), options).text
    #expect(text.contains("nonisolated enum Team {") && text.contains("struct ID") && text.contains("team: Team.ID"))
    #expect(!text.contains("Tag"))
  }

  @Test func listsAndArrays() {
    let team = key("teams", "id")
    let teams = table("teams", [keyed(column("id", .integer(.bits64)), team)])
    let many = query(
      "Find", .many,
      parameters: [
        keyed(parameter(1, "teams", .integer(.bits64), slice: true), team),
        keyed(parameter(2, "others", .array(of: .integer(.bits64), .possible)), team),
      ], results: [result("name", .text)])
    let text = generated(
      GenerationModel(tables: [teams], enumerations: [], queries: [many]), SwiftOptions(), PostgreSQLVocabulary()
    ).text
    #expect(text.contains("teams: [Team.ID]") && text.contains("others: [Team.ID?]"), "\(text)")
  }

  /// The face declares the type once, and knows no engine; each engine keeps it in its own way.
  @Test func faces() throws {
    func block(_ width: IntegerWidth, _ spelled: String) -> GenerationModel {
      var made = model("agents", column("id", .integer(width)))
      made.tables[0].columns[0].typeName = spelled
      made.queries = [
        query(
          "Get", .one, rows: .atMostOne, parameters: [keyed(parameter(1, "id", .integer(width)), key("agents", "id"))],
          results: [result("x", .text)])
      ]
      return made
    }
    func face(_ typing: SwiftOptions.KeyTyping) -> Diagnosed<FaceFiles?> {
      var options = SwiftOptions()
      options.access = .public
      var other = options
      other.keyTyping = typing
      return FaceGenerator(
        module: "Store", place: range("sqlc-swift.yaml"),
        blocks: [
          FaceBlock(
            options: options, vocabulary: SQLiteVocabulary(), model: block(.bits64, "INTEGER"),
            place: range("sqlc-swift.yaml", 10)),
          FaceBlock(
            options: other, vocabulary: PostgreSQLVocabulary(), model: block(.bits32, "integer"),
            place: range("sqlc-swift.yaml", 20)),
        ]
      ).generate()
    }
    let made = face(.plain)
    #expect(made.diagnostics.map(\.message) == [])
    let files = try #require(made.value ?? nil)
    let text = files.face.map(\.text).joined()
    #expect(text.components(separatedBy: "struct ID: RawRepresentable").count == 2)
    #expect(!text.contains("RawRepresentable,\n") && !text.contains("SQLite") && !text.contains("Postgres"))
    let engines = files.implementations.map { $0.map(\.text).joined() }
    #expect(engines[0].contains("extension Agent.ID: SQLiteRawRepresentable"))
    #expect(!engines[1].contains("extension Agent.ID:"))
    #expect(engines[1].contains("RawValueCodec<Agent.ID, PortableIntegerCodec>"))
    #expect(face(.typed).diagnostics.map(\.id.name) == ["different-option"])
  }
}
