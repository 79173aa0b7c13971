public import SQLCPostgres

/// What the configuration names: a type for a domain, and one that is stored as JSON.
public nonisolated struct EmailAddress: Sendable, Hashable, RawRepresentable, PostgresRawRepresentable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

public nonisolated struct ThingSettings: Sendable, Hashable, Codable {
  public var colour: String
  public init(colour: String) { self.colour = colour }
}
