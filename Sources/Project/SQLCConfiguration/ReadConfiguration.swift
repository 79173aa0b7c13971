// From YAML to a checked configuration.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCFormat
import SQLCModel
import Yams

/// Reads and checks a configuration: every mistake of the file in one run. Nothing comes back when it has errors.
///
/// - Parameter engines: those that a block can name.
public func readConfiguration(_ source: SourceFile, engines: [EngineName]) -> Diagnosed<Configuration?> {
  var reader = YAMLReader(source)
  guard let root = reader.root() else { return Diagnosed(nil, reader.diagnostics) }
  let configuration = reader.configuration(root, engines)
  return Diagnosed(reader.diagnostics.hasErrors ? nil : configuration, reader.diagnostics)
}

extension YAMLReader {
  fileprivate mutating func configuration(_ root: Node, _ engines: [EngineName]) -> Configuration? {
    guard let top = members(root, of: .configuration(engines: engines), advice: sqlcTopLevelAdvice) else {
      return nil
    }
    if let version = top["version"] {
      if let text = string(version.value), text != "2" { say(.unsupportedVersion(text), version.value) }
    } else {
      say(.missingKey("version", in: "the configuration"), range(of: root))
    }
    var shared = SwiftOptions()
    if let overrides = top["overrides"],
      let targets = members(overrides.value, of: .sharedTargets, advice: sqlcGenAdvice),
      let swift = targets["swift"], let keys = members(swift.value, of: .shared)
    {
      readShared(keys, into: &shared)
      for index in shared.overrides.indices { shared.overrides[index].isShared = true }
      shared.renamePlaces = [:]
    }
    guard let sql = top["sql"] else {
      say(.missingKey("sql", in: "the configuration"), range(of: root))
      return nil
    }
    guard let entries = list(sql.value) else { return nil }
    if entries.isEmpty { say(.invalidValue("sql", reason: "lists no block"), sql.key) }
    let faces = top["faces"].map { readFaces($0) } ?? []
    var configuration = Configuration(
      blocks: entries.compactMap { block($0, shared, engines) }, rules: top["rules"].map { rules($0.value) } ?? [],
      vet: top["vet"].map { vet($0.value) } ?? VetSettings(),
      format: top["fmt"].map { format($0.value) } ?? FormatOptions())
    configuration.faces = faces
    checkFaces(of: configuration)
    return configuration
  }

  /// `rules: { binder/unused-common-table: off }`. Which names there are is known to who has the rules.
  private mutating func rules(_ node: Node) -> [RuleSetting] {
    guard let mapping = node.mapping else {
      wrongType("a mapping of rules", node)
      return []
    }
    var settings: [RuleSetting] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let text = value.scalar?.string else {
        wrongType("a level", value)
        continue
      }
      if settings.contains(where: { $0.name == name }) { say(.duplicateKey(name), key) }
      if let level = RuleLevel(rawValue: text) {
        settings.append(RuleSetting(name: name, level: level, source: place(key)))
      } else {
        say(.unknownValue(text, of: name, known: RuleLevel.allCases.map(\.rawValue)), value)
      }
    }
    return settings
  }

  private mutating func block(_ node: Node, _ shared: SwiftOptions, _ engines: [EngineName]) -> SQLBlock? {
    guard let keys = members(node, of: .block(engines: engines), advice: sqlcBlockAdvice) else { return nil }
    let start = keyStart(node)
    for key in ["engine", "schema", "queries", "gen"] where keys[key] == nil {
      say(.missingKey(key, in: "this sql block"), start)
    }
    var engine: EngineName?
    if let member = keys["engine"], let name = string(member.value) {
      engine = engines.first { $0.rawValue == name }
      if engine == nil { say(.unsupportedEngine(name, known: engines), member.value) }
    }
    var analysis = AnalysisSettings()
    analysis.enginePlace = keys["engine"].map { place($0.value) }
    readAnalysis(keys, into: &analysis)
    readDatabase(keys, of: engine, into: &analysis)
    let schema = keys["schema"].flatMap { paths($0) }
    let queries = keys["queries"].flatMap { paths($0) }
    var swift = shared
    var out: Located<String>?
    var face: Located<String>?
    if let gen = keys["gen"], let targets = members(gen.value, of: .targets, advice: sqlcGenAdvice) {
      if let target = targets["swift"] {
        out = readSwift(target, into: &swift, &analysis, &face)
      } else if gen.value.mapping?.isEmpty == true {
        say(.missingKey("swift", in: "'gen'"), gen.key)
      }
    }
    guard let engine, let schema, let queries, let out else { return nil }
    var block = SQLBlock(
      engine: engine, schema: schema, queries: queries, out: out, analysis: analysis, swift: swift)
    block.face = face
    return block
  }

  private mutating func paths(_ member: Member) -> [Located<String>]? {
    guard let paths = strings(member.value) else { return nil }
    if paths.isEmpty, let key = member.key.scalar?.string {
      say(.invalidValue(key, reason: "lists no file"), member.key)
    }
    for path in paths {
      if path.value.isEmpty { say(.invalidValue("", reason: "is no path"), path.source.range) }
      checkPath(path)
    }
    return paths
  }

  /// Where a mapping's first key stands, as the smallest thing to underline.
  private func keyStart(_ node: Node) -> ByteRange {
    node.mapping?.first.map { range(of: $0.key) } ?? range(of: node)
  }

  // MARK: Settings

  mutating func readAnalysis(_ keys: [String: Member], into settings: inout AnalysisSettings) {
    readExtensions(keys, into: &settings)
    if let member = keys["strict_primary_keys"], let value = bool(member.value) { settings.strictPrimaryKeys = value }
    if let member = keys["strict_order_by"], bool(member.value) == false { say(.ineffectiveOrderBy, member.value) }
    if let member = keys["limits"], let limits = members(member.value, of: .limits) {
      for name in LimitName.allCases {
        guard let limit = limits[name.rawValue], let value = integer(limit.value) else { continue }
        if value > 0 {
          settings.limits[name] = value
        } else {
          say(.invalidValue("\(value)", reason: "is no limit: a number from 1 on"), limit.value)
        }
      }
    }
    if let member = keys["min_sqlite"], let text = string(member.value) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
      let numbers = parts.compactMap { $0 }
      if numbers.count == parts.count, (2...4).contains(parts.count), numbers[0] == 3 {
        settings.minimumSQLite = Located(numbers, place(member.value))
      } else {
        say(.invalidValue(text, reason: "is no version of SQLite such as \"3.37\""), member.value)
      }
    }
  }

  private mutating func readShared(_ keys: [String: Member], into settings: inout SwiftOptions) {
    if let member = keys["rename"] { readRename(member.value, into: &settings) }
    // A block's own rule takes the place of a shared one for the same.
    if let member = keys["overrides"], let entries = list(member.value) {
      let own = entries.compactMap { typeOverride($0) }
      settings.overrides =
        own
        + settings.overrides.filter { shared in
          !own.contains { $0.target == shared.target && $0.scope == shared.scope }
        }
    }
  }

  private mutating func readSwift(
    _ member: Member, into settings: inout SwiftOptions, _ analysis: inout AnalysisSettings,
    _ face: inout Located<String>?
  ) -> Located<String>? {
    guard let keys = members(member.value, of: .swift, advice: sqlcGoAdvice) else { return nil }
    readAnalysis(keys, into: &analysis)
    readShared(keys, into: &settings)
    if let key = keys["access"], let value = choice(key.value, key: "access", of: SwiftOptions.Access.self) {
      settings.access = value
    }
    if let key = keys["emit_protocol"], let value = bool(key.value) { settings.emitProtocol = value }
    if let key = keys["emit_schema"], let value = bool(key.value) { settings.emitSchema = value }
    if let key = keys["emit_codable"],
      let value = choice(key.value, key: "emit_codable", of: SwiftOptions.CodableStyle.self)
    {
      settings.codable = value
    }
    if let key = keys["emit_exact_table_names"], let value = bool(key.value) { settings.emitExactTableNames = value }
    if let key = keys["inflection_exclude_table_names"], let value = strings(key.value) {
      settings.inflectionExcludeTableNames = Set(value.map(\.value))
    }
    // The project's initialisms come on top of the usual ones, as sqlc's do.
    if let key = keys["initialisms"], let value = strings(key.value) {
      settings.initialisms.formUnion(value.map { $0.value.lowercased() })
    }
    if let key = keys["typed_ids"], let value = bool(key.value) { settings.keyTyping = value ? .typed : .plain }
    if let key = keys["omit_unused_structs"], let value = bool(key.value) { settings.omitUnusedStructs = value }
    if let key = keys["plain_text_columns"], let value = strings(key.value) {
      settings.plainTextColumns = value.map(\.value)
    }
    if let key = keys["queries_type"], let name = located(key.value), isName(name.value, at: key.value) {
      settings.queriesTypeName = name.value
      settings.queriesTypePlace = name.source
    }
    if let key = keys["query_parameter_limit"], let value = integer(key.value) {
      if value < 0 { say(.invalidValue("\(value)", reason: "is no number of parameters"), key.value) }
      settings.queryParameterLimit = max(0, value)
    }
    if let key = keys["datetime_storage"],
      let value = choice(key.value, key: "datetime_storage", of: DateTimeStorage.self)
    {
      analysis.dateTimeStorage = value
    }
    if let key = keys["uuid_storage"],
      let value = choice(key.value, key: "uuid_storage", of: UUIDStorage.self)
    {
      analysis.uuidStorage = value
    }
    if let key = keys["blob_type"], let value = choice(key.value, key: "blob_type", of: SwiftOptions.BytesType.self) {
      settings.bytesType = value
    }
    face = keys["face"].flatMap { located($0.value) }
    guard let out = keys["out"] else {
      say(.missingKey("out", in: "'gen.swift'"), member.key)
      return nil
    }
    return outputFolder(out)
  }

  /// A folder that is written.
  mutating func outputFolder(_ out: Member) -> Located<String>? {
    guard let path = located(out.value) else { return nil }
    if path.value.isEmpty { say(.invalidValue("", reason: "is no folder"), out.value) }
    checkWrittenPath(path)
    return path
  }
}
