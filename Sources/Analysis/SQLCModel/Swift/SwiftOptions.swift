// What a user can choose about the Swift that is written, as `gen.swift` of the configuration says it and the target takes it.
// Every choice has a default; raw values are the configuration's spellings.

public import SQLCDiagnostics

/// How generated Swift looks.
///
/// ```swift
/// var options = SwiftOptions()
/// options.access = .public
/// options.rename = ["mcp_configs": "MCPConfiguration"]
/// ```
public struct SwiftOptions: Sendable, Hashable {
  /// Who can see generated declarations.
  public enum Access: String, Sendable, Hashable, CaseIterable {
    case `internal`, package, `public`
  }

  /// The Swift type of bytes.
  public enum BytesType: String, Sendable, Hashable, CaseIterable {
    case data = "Data"
    case array = "[UInt8]"
  }

  /// Whether row structs are `Codable`, and under which keys.
  public enum CodableStyle: String, Sendable, Hashable, CaseIterable {
    case none = "false"
    /// The keys are the Swift property names.
    case propertyNames = "true"
    /// The keys are the column names, as sqlc's `emit_json_tags` has them.
    case columnNames = "column_names"
  }

  /// What the type of a table's key is.
  public enum KeyTyping: Sendable, Hashable {
    /// That of any value that is stored so.
    case plain
    /// A type of the table's own, such as `Agent.ID`.
    case typed
  }

  /// Which initialisms are written in one case (`environmentID`, not `environmentId`) by default.
  public static let defaultInitialisms: Set<String> = [
    "acl", "api", "cpu", "css", "csv", "dns", "ftp", "gpu", "html", "http", "https", "id", "ip", "json", "jwt", "pdf",
    "ram", "rpc", "sha", "sql", "ssh", "ssl", "tcp", "tls", "ttl", "udp", "ui", "uid", "uri", "url", "utc", "utf",
    "uuid", "vm", "xml", "yaml",
  ]

  public var access: Access = .internal
  /// Also write `QueriesProtocol` and `QueriesStub`.
  public var emitProtocol = false
  /// Also write `Schema.swift`: the migrations, for applications that apply or verify them.
  public var emitSchema = false
  /// The name of a table (as written or singular), column, parameter, enumeration (`table_column`) or enumeration's
  /// value, to its Swift name. Keys are matched whole, without regard to case.
  public var rename: [String: String] = [:]
  /// Where the configuration says them for this block; a name that matches nothing is diagnosed there.
  public var renamePlaces: [String: SourceRange] = [:]
  /// Lower-case words written in one case.
  public var initialisms: Set<String> = SwiftOptions.defaultInitialisms
  /// `agents` gives `Agents` instead of `Agent`.
  public var emitExactTableNames = false
  /// Tables whose names are taken as they are: `campus`, `meta`.
  public var inflectionExcludeTableNames: Set<String> = []
  /// Leave out structs and enumerations that no query uses.
  public var omitUnusedStructs = false
  public var overrides: [SwiftOverride] = []
  public var keyTyping = KeyTyping.plain
  public var bytesType: BytesType = .data
  public var codable: CodableStyle = .none
  /// The struct with the methods; also the stem of `QueriesTransaction`, `QueriesProtocol` and `QueriesStub`.
  public var queriesTypeName = "Queries"
  /// Where the configuration says it.
  public var queriesTypePlace: SourceRange?
  /// A method of a query with more parameters than this takes the query's struct instead of labelled arguments.
  public var queryParameterLimit: Int?
  /// Columns whose CHECK constraint gives no enumeration: `table.column`, where `*` stands for any characters.
  public var plainTextColumns: [String] = []

  public init() {}
}
