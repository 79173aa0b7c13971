// Every key of the configuration. The reader takes these and no other; editors and the JSON schema tell of them.

import SQLCDiagnostics
public import SQLCEngine
import SQLCFormat
import SQLCModel

extension ConfigurationForm {
  /// The whole file.
  public static func configuration(engines: [EngineName]) -> ConfigurationForm {
    .mapping(.configuration(engines: engines))
  }
}

extension ConfigurationMapping {
  static func configuration(engines: [EngineName]) -> ConfigurationMapping {
    ConfigurationMapping([
      ConfigurationKey("version", .choice(["2"]), "The version of the configuration: sqlc's.", .required),
      ConfigurationKey(
        "sql", .list(.mapping(block(engines: engines)), minimum: 1),
        "The blocks: each is a schema, the queries on it, and the code that is made of both.", .required),
      ConfigurationKey(
        "faces", .list(.mapping(face)), "Modules of models and protocols that blocks of several engines implement."),
      ConfigurationKey("overrides", .mapping(sharedTargets), "Types and names for all blocks."),
      ConfigurationKey(
        "rules", .names(of: .rule, .choice(of: RuleLevel.self)),
        "What becomes of warnings, by the name of the rule, in every block: off, warning or error."),
      ConfigurationKey("vet", .mapping(vet), "What 'vet' asks, and what it is to know of the project."),
      ConfigurationKey("fmt", .mapping(format), "How 'fmt' lays SQL out."),
    ])
  }

  static let face = ConfigurationMapping([
    ConfigurationKey("module", .text, "The module's name.", .required),
    ConfigurationKey("out", .text, "The folder that is written, within the project.", .required),
  ])

  // MARK: Blocks

  static func block(engines: [EngineName]) -> ConfigurationMapping {
    ConfigurationMapping(
      [
        ConfigurationKey("name", .text, "A name for people; nothing reads it."),
        ConfigurationKey(
          "engine", .choice(engines.map(\.rawValue)), "The database that the queries are for.", .required),
        ConfigurationKey(
          "schema", .oneOrMore(.text, minimum: 1),
          "The schema: files, folders or patterns, seen from the configuration. Folders of migrations are recognised.",
          .required),
        ConfigurationKey(
          "queries", .oneOrMore(.text, minimum: 1),
          "The annotated queries: files, folders or patterns, seen from the configuration.", .required),
        ConfigurationKey("gen", .mapping(targets), "The code that is made.", .required),
        ConfigurationKey(
          "database", .mapping(database),
          "The PostgreSQL server that analyses the queries; absent: one of the tool's own.",
          only: .postgresql),
      ] + analysisKeys)
  }

  /// They stand in the block, as sqlc has them, or in `gen.swift`.
  static let analysisKeys = [
    ConfigurationKey(
      "strict_primary_keys", .flag, "A lone TEXT PRIMARY KEY can be NULL, as SQLite has it.", standard: "false",
      only: .sqlite),
    ConfigurationKey(
      "strict_order_by", .flag, "sqlc's; without effect, since unknown names in ORDER BY are always errors.",
      standard: "true"),
    ConfigurationKey(
      "min_sqlite", .text, "The oldest SQLite that will run the queries, such as \"3.37\".", standard: "\"3.37\"",
      only: .sqlite),
    ConfigurationKey(
      "functions", .list(.mapping(function)), "Functions that the application registers.", only: .sqlite),
    ConfigurationKey(
      "collations", .oneOrMore(.text), "Collating sequences that the application registers, by name.", only: .sqlite),
    ConfigurationKey(
      "modules", .list(.mapping(module)), "Virtual-table modules that SQLite does not bring along.", only: .sqlite),
    ConfigurationKey(
      "extensions", .oneOrMore(.choice(of: ExtensionName.self)),
      "Families of functions that are known by name: 'vec', sqlite-vec's scalar functions.", only: .sqlite),
    ConfigurationKey(
      "limits",
      .mapping(limits), "How much the project's SQL may take of the machine that generates."),
  ]

  static let limits = ConfigurationMapping(
    LimitName.allCases.map { ConfigurationKey($0.rawValue, .number(1...Int.max), $0.summary, standard: $0.standard) })

  static let function = ConfigurationMapping([
    ConfigurationKey("name", .text, "The function's name.", .required),
    ConfigurationKey(
      "arguments", .oneOrMore(.text), "Declared types of its arguments; absent: any number of anything."),
    ConfigurationKey("returns", .text, "The declared type of its result.", .required),
    ConfigurationKey(
      "nullable", .choice(of: FunctionSetting.Nullability.self),
      "When the result is NULL: where an argument is ('arguments'), perhaps always (true), never (false).",
      standard: "arguments"),
    ConfigurationKey("aggregate", .flag, "It takes the values of many rows.", standard: "false"),
  ])

  static let module = ConfigurationMapping([
    ConfigurationKey("name", .text, "The module's name.", .required),
    ConfigurationKey(
      "columns", .text, "Columns as CREATE TABLE would list them; HIDDEN after a type keeps one out of '*'.", .required),
  ])

  static let database = ConfigurationMapping([
    ConfigurationKey(
      "uri", .text,
      "The server's address, in which ${NAME} stands for a variable of the environment. Scratch databases are made there."
    ),
    ConfigurationKey("managed", .flag, "sqlc's; true is the same as no 'uri'."),
    ConfigurationKey("version", .number(DatabaseSettings.versions), "The major version that must answer."),
    ConfigurationKey("extensions", .oneOrMore(.text), "Extensions that are made before the schema runs."),
  ])

  // MARK: Code

  static let sharedTargets = ConfigurationMapping([
    ConfigurationKey("swift", .mapping(shared), "Types and names of Swift.")
  ])

  static let targets = ConfigurationMapping([
    ConfigurationKey("swift", .mapping(swift), "Swift.", .required)
  ])

  static let swift = ConfigurationMapping(swiftKeys + sharedKeys + analysisKeys)
  static let shared = ConfigurationMapping(sharedKeys)

  static let sharedKeys = [
    ConfigurationKey("rename", .names(of: .text, .text), "Names of SQL to names of Swift, each whole."),
    ConfigurationKey("overrides", .list(.mapping(override)), "Other Swift types for columns, types or results."),
  ]

  static let swiftKeys = [
    ConfigurationKey("out", .text, "The folder that is written, within the project.", .required),
    ConfigurationKey(
      "access", .choice(of: SwiftOptions.Access.self), "Who may use the generated code.", standard: "internal"),
    ConfigurationKey("face", .text, "The module of 'faces' that the block implements, beside those of other engines."),
    ConfigurationKey(
      "emit_protocol", .flag, "QueriesProtocol, and QueriesStub for tests.", standard: "false"),
    ConfigurationKey(
      "emit_schema", .flag, "Schema.swift: the migrations, for 'database.migrate(Schema.self)'.", standard: "false"),
    ConfigurationKey(
      "emit_codable", .choice(of: SwiftOptions.CodableStyle.self),
      "Rows are Codable, with keys as in Swift (true) or as in SQL (column_names).", standard: "false"),
    ConfigurationKey(
      "emit_exact_table_names", .flag, "Structs are named as tables are, not in the singular.", standard: "false"),
    ConfigurationKey(
      "inflection_exclude_table_names", .oneOrMore(.text), "Tables whose names stay as they are."),
    ConfigurationKey("initialisms", .oneOrMore(.text), "More words that are written in capitals."),
    ConfigurationKey("omit_unused_structs", .flag, "Only structs that a query uses.", standard: "false"),
    ConfigurationKey("plain_text_columns", .oneOrMore(.text), "Columns whose CHECK list makes no enum."),
    ConfigurationKey(
      "queries_type", .text, "The struct that carries the methods; another name also leads the names of the files.",
      standard: "Queries"),
    ConfigurationKey(
      "query_parameter_limit", .number(0...Int.max), "More parameters than that are handed over as the query's struct."),
    ConfigurationKey(
      "typed_ids", .flag, "Each key is of a type of its own, such as Agent.ID, and so is what refers to it.",
      standard: "false"),
    ConfigurationKey(
      "datetime_storage", .choice(of: DateTimeStorage.self), "How SQLite keeps moments.", standard: "text"),
    ConfigurationKey("uuid_storage", .choice(of: UUIDStorage.self), "How SQLite keeps UUIDs.", standard: "text"),
    ConfigurationKey(
      "blob_type", .choice(of: SwiftOptions.BytesType.self), "The Swift type of bytes.", standard: "Data"),
  ]

  static let override = ConfigurationMapping(
    [
      ConfigurationKey("column", .text, "The columns: table.column, in which '*' stands for any characters."),
      ConfigurationKey("db_type", .text, "The declared type."),
      ConfigurationKey("result", .text, "Query.name: one result column or parameter of one query."),
      ConfigurationKey(
        "swift_type", .either(.text, .mapping(swiftType)), "The Swift type: its name, or name and module.", .required),
      ConfigurationKey(
        "codec", .suggestion(SwiftOverride.Codec.spellings.map(\.0)),
        "How values are kept; or a type of yours that says it.", standard: "natural"),
      ConfigurationKey("nullable", .flag, "Only where NULL is possible (true), only where not (false); absent: both."),
      ConfigurationKey("engine", .text, "sqlc's; nothing reads it."),
    ], alternatives: ["column", "db_type", "result"])

  static let swiftType = ConfigurationMapping([
    ConfigurationKey("name", .text, "The type's name.", .required),
    ConfigurationKey("import", .text, "The module that has it."),
  ])

  // MARK: Rules and layout

  static let vet = ConfigurationMapping([
    ConfigurationKey("preset", .choice(of: VetPresetName.self), "A team's rule book: packs, levels and options."),
    ConfigurationKey("packs", .list(.choice(of: VetPackName.self)), "The packs of rules that are asked."),
    ConfigurationKey(
      "tenant", .either(.text, .mapping(tenant)), "The column by which rows belong to somebody: statements keep to it."),
    ConfigurationKey(
      "soft_delete", .either(.text, .mapping(tenant)),
      "The column that says that a row is deleted: queries look past such rows."),
    ConfigurationKey("options", .names(of: .text, .text), "Options of the rules, by name."),
    ConfigurationKey("rules", .list(.mapping(ownRule)), "Rules of the project's own: SELECTs over the facts."),
    ConfigurationKey("files", .oneOrMore(.text), "Files of rules, seen from the configuration."),
    ConfigurationKey("except", .list(.mapping(exception)), "Where a rule does not hold, and why."),
    ConfigurationKey("plans", .text, "The file of query plans that were written down."),
  ])

  static let tenant = ConfigurationMapping([
    ConfigurationKey("column", .text, "The column's name.", .required),
    ConfigurationKey("tables", .names(of: .text, .text), "Tables that another column guards, with that column."),
    ConfigurationKey("shared", .oneOrMore(.text), "Tables that are not guarded."),
  ])

  static let ownRule = ConfigurationMapping([
    ConfigurationKey("name", .text, "The rule's name: pack/name.", .required),
    ConfigurationKey("level", .text, "error, warning or note.", standard: "warning"),
    ConfigurationKey("message", .text, "What is said where it is broken.", .required),
    ConfigurationKey("sql", .text, "A SELECT over the facts that gives what breaks it.", .required),
  ])

  static let exception = ConfigurationMapping([
    ConfigurationKey("rule", .rule, "The rule's name.", .required),
    ConfigurationKey("table", .text, "The tables, in which '*' stands for any characters; absent: all."),
    ConfigurationKey("query", .text, "The queries, likewise."),
    ConfigurationKey("file", .text, "The files, likewise."),
    ConfigurationKey("reason", .text, "Why it does not hold there.", .required),
  ])

  static let format = ConfigurationMapping([
    ConfigurationKey(
      "width", .number(FormatOptions.widths), "How wide a line may be.", standard: "\(FormatOptions().width)"),
    ConfigurationKey(
      "keywords", .choice(of: FormatOptions.KeywordCase.self), "The case of keywords.",
      standard: FormatOptions().keywords.rawValue),
  ])
}

extension LimitName {
  fileprivate var summary: String {
    switch self {
    case .steps: "Steps of SQLite's virtual machine, of all statements together."
    case .seconds: "Seconds."
    case .megabytes: "Memory; one value or row may have an eighth of it."
    case .queries: "Queries that SQLite compiles for one statement, views and common tables written out."
    }
  }

  fileprivate var standard: String {
    switch self {
    case .steps: "500000000"
    case .seconds: "60"
    case .megabytes: "512"
    case .queries: "20000"
    }
  }
}
