// What a project's configuration asks `vet` for: presets, packs, policies, options.

public import SQLCConfiguration
public import SQLCDiagnostics
public import SQLCIsolation
public import SQLCPlans

/// One team's rule book as settings.
///
/// | preset | rules |
/// |---|---|
/// | `station` | plural tables, keys and their indexes, created and updated times, safe queries |
/// | `kagent` | every row and query has its user, rows are marked as deleted, JSON is checked |
/// | `mcp_gateway` | names of everything by pattern, booleans by prefix, times always |
/// | `agent_os` | ON DELETE and indexes on every foreign key, CHECKs, pagination by key |
/// | `omoios` | every id a text, foreign keys of their parent's type, no `metadata` and no `type`, times with a zone |
extension VetPresetName {
  public var packs: [VetPackName] {
    switch self {
    case .station: [.naming, .keys, .time, .safety]
    case .kagent: [.naming, .keys, .time, .isolation, .safety, .schema]
    case .mcpGateway: [.naming, .keys, .time, .safety]
    case .agentOS: [.naming, .keys, .time, .safety, .schema]
    case .omoios: [.naming, .keys, .time, .schema]
    }
  }

  /// Rules that the team does not have, or takes otherwise.
  public var levels: [String: RuleLevel] {
    switch self {
    case .station:
      [
        "naming/boolean-column": .off, "naming/reserved-name": .off, "keys/nullable-text-key": .off,
        "keys/mixed-keys": .off, "time/naive-time": .off, "naming/index-name": .off,
      ]
    case .kagent:
      [
        "keys/mixed-keys": .off, "naming/boolean-column": .off, "naming/index-name": .off,
        "naming/reserved-name": .off, "design/flexible-table": .off, "time/naive-time": .off,
        "time/missing-deleted-at": .warning,
      ]
    case .mcpGateway: ["time/naive-time": .off, "naming/reserved-name": .off, "safety/n-plus-one": .warning]
    case .agentOS:
      [
        "keys/missing-on-delete": .error, "keys/unindexed-foreign-key": .error, "safety/unbounded-rows": .warning,
        "naming/reserved-name": .off, "design/flexible-table": .off,
      ]
    case .omoios:
      [
        "keys/mixed-keys": .error, "keys/foreign-key-type": .error, "naming/reserved-name": .error,
        "time/naive-time": .error, "design/flexible-table": .off,
      ]
    }
  }

  public var options: [String: String] {
    switch self {
    case .station: ["foreign_key_columns": "*_id,*_by"]
    case .mcpGateway:
      [
        "index_name": "idx_{table}_{columns}", "primary_prefix": "pk_{table}", "unique_prefix": "uq_{table}_",
        "foreign_prefix": "fk_{table}_", "check_prefix": "ck_{table}_",
      ]
    case .omoios: ["key_type": "TEXT,VARCHAR*,CHARACTER VARYING*"]
    case .kagent, .agentOS: [:]
    }
  }

  public var tenant: VetGuard? {
    switch self {
    case .kagent: VetGuard(column: "user_id")
    case .station, .mcpGateway, .agentOS, .omoios: nil
    }
  }

  public var softDelete: VetGuard? {
    switch self {
    case .kagent: VetGuard(column: "deleted_at")
    case .station, .mcpGateway, .agentOS, .omoios: nil
    }
  }
}

/// The rules to ask, and what they need to know.
public struct VetPlan: Sendable {
  public var rules: [VetRule] = []
  public var policies: [IsolationPolicy] = []
  public var options: [String: String]
  /// Of the preset; the configuration's `rules` come after it.
  public var levels: [String: RuleLevel] = [:]
  public var exceptions: [VetException] = []
  /// What is wrong with the rules' own text.
  public var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - files: of the project's own rules.
  ///   - taken: names that diagnostics of the tool have.
  public init(_ settings: VetSettings, files: [SourceFile], taken: (DiagnosticID) -> Bool) {
    let preset = settings.preset
    options = defaultOptions.merging(preset?.options ?? [:]) { $1 }
      .merging(settings.options.mapValues(\.value)) { $1 }
    levels = preset?.levels ?? [:]
    exceptions = settings.exceptions
    let tenant = settings.tenant ?? preset?.tenant
    let softDelete = settings.softDelete ?? preset?.softDelete
    if let tenant { policies.append(IsolationPolicy(.tenant, tenant)) }
    if let softDelete { policies.append(IsolationPolicy(.softDelete, softDelete)) }
    var packs = settings.packs ?? preset?.packs ?? [.naming, .keys, .safety, .schema, .plans]
    // Who says whose rows are whose wants it proven.
    if !policies.isEmpty, !packs.contains(.isolation) { packs.append(.isolation) }
    rules = VetPackName.allCases.filter(packs.contains).flatMap(\.rules)
    for rule in settings.rules { add(rule) }
    for file in files {
      let read = readRules(file)
      diagnostics += read.diagnostics
      rules += read.value
    }
    var seen: Set<DiagnosticID> = []
    for rule in rules where !seen.insert(rule.id).inserted || taken(rule.id) {
      diagnostics.append(VetDiagnostic.duplicate("\(rule.id)").at(rule.source))
    }
  }

  /// What plans are made with, where a rule asks about them.
  public var planning: VetPlanning? {
    guard VetPlanning.isNeeded(by: rules) else { return nil }
    var planning = VetPlanning()
    planning.options = planOptions
    return planning
  }

  public var planOptions: PlanOptions { PlanOptions(options, policies) }

  private mutating func add(_ setting: VetRuleSetting) {
    let parts = setting.name.split(separator: "/").map(String.init)
    guard parts.count == 2 else {
      return diagnostics.append(VetDiagnostic.invalidName(setting.name).at(setting.source))
    }
    guard let level = Severity(rawValue: setting.level) else {
      return diagnostics.append(VetDiagnostic.invalidLevel(setting.level).at(setting.source))
    }
    rules.append(
      VetRule(
        id: DiagnosticID(parts[0], parts[1]), level: level, message: setting.message, select: setting.sql,
        source: setting.source))
  }
}

extension PlanOptions {
  /// - Parameter options: as the configuration has them, defaults included.
  public init(_ options: [String: String], _ policies: [IsolationPolicy]) {
    self.init()
    leadingColumns = policies.filter { $0.kind == .tenant }.flatMap { [$0.column] + $0.columns.values }
    if let pattern = options["index_name"]?.split(separator: "|").first { indexName = String(pattern) }
    smallTables = (options["small_tables"] ?? "").split(separator: ",").map(String.init)
    smallRows = options["small_rows"].flatMap { Int($0) } ?? smallRows
  }
}

extension IsolationPolicy {
  fileprivate init(_ kind: Kind, _ guarding: VetGuard) {
    self.init(kind, column: guarding.column, columns: guarding.tables, shared: Set(guarding.shared))
  }
}
