// What the configuration says of `sqlc-swift vet`.

public import SQLCDiagnostics

/// `vet`: which rules are asked, and what they are to know of the project.
public struct VetSettings: Sendable, Hashable {
  public var preset: VetPresetName?
  /// Absent: those of the preset or, without one, the tool's own choice.
  public var packs: [VetPackName]?
  /// `tenant: user_id`
  public var tenant: VetGuard?
  /// `soft_delete: deleted_at`
  public var softDelete: VetGuard?
  public var options: [String: Located<String>] = [:]
  public var rules: [VetRuleSetting] = []
  /// Files of rules, relative to the configuration's folder.
  public var files: [Located<String>] = []
  public var exceptions: [VetException] = []
  /// `plans: plans.txt`: the file of plans that were written down, relative to the configuration's folder.
  public var plans: Located<String>?

  public init() {}
}

public enum VetPackName: String, Sendable, Hashable, CaseIterable {
  case naming, keys, time, isolation, safety, schema, plans, portable
}

/// Five teams' rule books.
public enum VetPresetName: String, Sendable, Hashable, CaseIterable {
  case station, kagent
  case mcpGateway = "mcp_gateway"
  case agentOS = "agent_os"
  case omoios
}

/// A column that guards tables.
public struct VetGuard: Sendable, Hashable {
  public var column: String
  /// Tables that another column guards.
  public var tables: [String: String] = [:]
  /// Tables that the column does not guard.
  public var shared: [String] = []

  public init(column: String) { self.column = column }
}

/// A rule in the configuration itself.
public struct VetRuleSetting: Sendable, Hashable {
  public var name: String
  public var level: String
  public var message: String
  public var sql: String
  public var source: SourceRange
}

/// Where a rule does not hold, and why.
public struct VetException: Sendable, Hashable {
  public var rule: String
  /// Patterns with `*`; absent ones match everything.
  public var table: String?
  public var query: String?
  public var file: String?
  public var reason: String
  public var source: SourceRange
}
