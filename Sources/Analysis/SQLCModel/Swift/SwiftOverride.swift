// One rule of the configuration that gives a column, a declared type or a query's result another Swift type.

public import SQLCDiagnostics

/// "Where this matches, use that type."
///
/// ```swift
/// SwiftOverride(.column("agents.spec"), typeName: "AgentSpec", module: "AgentModels", codec: .json, source: range)
/// ```
public struct SwiftOverride: Sendable, Hashable {
  /// What a rule matches.
  public enum Target: Sendable, Hashable {
    /// A declared type as the schema spells it, without regard to case; a length in parentheses may be left out.
    case databaseType(String)
    /// `table.column`, where `*` stands for any characters.
    case column(String)
    /// One result column or parameter of one query, by its name.
    case result(query: String, name: String)

    /// As a user would say it.
    public var description: String {
      switch self {
      case .databaseType(let name): name
      case .column(let pattern): pattern
      case .result(let query, let name): "\(query).\(name)"
      }
    }
  }

  /// How the values are stored.
  public enum Codec: Sendable, Hashable {
    /// As the type itself says: it conforms to the runtime's coding protocol.
    case natural
    /// As JSON text: the type is `Codable`.
    case json
    case unixSeconds, unixMilliseconds, julianDay
    case uuidBlob
    /// A type of the user's that conforms to the runtime's codec protocol.
    case custom(String)

    /// As the configuration spells them.
    public static let spellings: [(String, Codec)] = [
      ("natural", .natural), ("json", .json), ("unix_seconds", .unixSeconds), ("unix_milliseconds", .unixMilliseconds),
      ("julian_day", .julianDay), ("uuid_blob", .uuidBlob),
    ]
  }

  /// Which of the matched columns a rule is for.
  public enum Scope: String, Sendable, Hashable, CaseIterable {
    case all, nullableOnly, nonNullOnly
  }

  public var target: Target
  public var typeName: String
  /// The module to import for the type, if any.
  public var module: String?
  public var codec: Codec
  public var scope: Scope
  /// Where the configuration says so.
  public var source: SourceRange
  /// Written once for all blocks: it need not match something in each.
  public var isShared = false

  public init(
    _ target: Target, typeName: String, module: String? = nil, codec: Codec = .natural, scope: Scope = .all,
    source: SourceRange
  ) {
    self.target = target
    self.typeName = typeName
    self.module = module
    self.codec = codec
    self.scope = scope
    self.source = source
  }
}
