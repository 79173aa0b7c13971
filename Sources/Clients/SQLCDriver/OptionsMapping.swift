// From what the configuration says to what the engine and the generator understand. Here, because neither may know the
// other or the configuration.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCTargetSwift
import SQLCTrialSQLite

func semanticsOptions(of block: SQLBlock) -> SemanticsOptions {
  var options = SemanticsOptions()
  options.strictPrimaryKeys = block.analysis.strictPrimaryKeys
  if let version = block.analysis.minimumSQLite?.value, version.count >= 2 {
    options.minimumVersion = SQLiteVersion(version[0], version[1], version.count > 2 ? version[2] : 0)
    options.isMinimumAssumed = false
  }
  if let queries = block.analysis.limits[.queries] { options.mostQueries = queries }
  return options
}

/// Functions and modules of the application, as the analysis and as SQLite must know them.
func extensions(of block: SQLBlock) -> Diagnosed<
  (functions: [SemanticsOptions.UserFunction], modules: [String: [Column]])
> {
  var diagnostics: [Diagnostic] = []
  var functions = block.analysis.functions.map { setting in
    let nullability: SemanticsOptions.UserFunction.ResultNullability =
      switch setting.nullability {
      case .arguments: .arguments
      case .always: .always
      case .never: .never
      }
    return SemanticsOptions.UserFunction(
      name: setting.name.value, arguments: setting.arguments, returns: setting.returns, nullability: nullability,
      kind: setting.isAggregate ? .aggregate : .scalar)
  }
  if block.analysis.extensions.contains(.vec) { functions += vectorFunctions }
  var modules: [String: [Column]] = [:]
  for module in block.analysis.modules {
    if let columns = moduleColumns(module.columns.value) {
      modules[module.name.value] = columns
    } else {
      diagnostics.append(
        DriverDiagnostic.unreadableColumns(module: module.name.value).at(module.columns.source))
    }
  }
  return Diagnosed((functions, modules), diagnostics)
}

func scratchExtensions(
  _ functions: [SemanticsOptions.UserFunction], of block: SQLBlock
) -> ScratchExtensions {
  var known = ScratchExtensions(
    functions: functions.map {
      ScratchExtensions.Function(
        name: $0.definition.name, argumentCount: $0.definition.maximumArguments,
        isAggregate: $0.definition.kind == .aggregate, answer: answer($0))
    }, collations: block.analysis.collations,
    modules: block.analysis.modules.map { ScratchExtensions.Module(name: $0.name.value, columns: $0.columns.value) })
  let limits = block.analysis.limits
  if let steps = limits[.steps] { known.budget.steps = steps }
  if let seconds = limits[.seconds] { known.budget.seconds = seconds }
  if let megabytes = limits[.megabytes] { known.budget.mebibytes = megabytes }
  return known
}

/// Something of the declared type; NULL where nothing is declared.
private func answer(_ function: SemanticsOptions.UserFunction) -> ScratchExtensions.Answer {
  switch function.result.storage {
  case .integer: .integer
  case .real, .numeric: .real
  case .text: .text
  case .blob: .blob
  default: .null
  }
}

/// The engine of a block for trials of its queries and migrations.
func trialEngine(of block: SQLBlock) -> SQLiteTrialEngine {
  var storage = ValueStorage(uuids: block.swift.uuidStorage == .blob ? .blob : .text)
  switch block.swift.dateTimeStorage {
  case .text: storage.times = .text
  case .unixSeconds: storage.times = .unixSeconds
  case .unixMilliseconds: storage.times = .unixMilliseconds
  case .julianDay: storage.times = .julianDay
  }
  return SQLiteTrialEngine(
    extensions: scratchExtensions(extensions(of: block).value.functions, of: block), storage: storage,
    keyNulls: block.analysis.strictPrimaryKeys ? .wherePermitted : .none)
}

func swiftOptions(of block: SQLBlock) -> SwiftOptions {
  let settings = block.swift
  var options = SwiftOptions()
  switch settings.access {
  case .internal: options.access = .internal
  case .package: options.access = .package
  case .public: options.access = .public
  }
  switch settings.emitCodable {
  case .none: options.codable = .none
  case .propertyNames: options.codable = .propertyNames
  case .columnNames: options.codable = .columnNames
  }
  switch settings.dateTimeStorage {
  case .text: options.dateTimeStorage = .text
  case .unixSeconds: options.dateTimeStorage = .unixSeconds
  case .unixMilliseconds: options.dateTimeStorage = .unixMilliseconds
  case .julianDay: options.dateTimeStorage = .julianDay
  }
  switch settings.uuidStorage {
  case .text: options.uuidStorage = .text
  case .blob: options.uuidStorage = .blob
  }
  switch settings.blobType {
  case .data: options.bytesType = .data
  case .array: options.bytesType = .array
  }
  options.emitProtocol = settings.emitProtocol
  options.emitSchema = settings.emitSchema
  options.rename = settings.rename
  options.renamePlaces = settings.renamePlaces
  // The project's initialisms come on top of the usual ones, as sqlc's do.
  if let initialisms = settings.initialisms {
    options.initialisms.formUnion(initialisms.map { $0.lowercased() })
  }
  options.emitExactTableNames = settings.emitExactTableNames
  options.inflectionExcludeTableNames = Set(settings.inflectionExcludeTableNames)
  options.omitUnusedStructs = settings.omitUnusedStructs
  options.queryParameterLimit = settings.queryParameterLimit
  options.plainTextColumns = settings.plainTextColumns
  if let name = settings.queriesType {
    options.queriesTypeName = name.value
    options.queriesTypePlace = name.source
  }
  options.overrides = settings.overrides.map(swiftOverride)
  return options
}

private func swiftOverride(_ override: TypeOverride) -> SwiftOverride {
  let target: SwiftOverride.Target =
    switch override.target {
    case .databaseType(let name): .databaseType(name)
    case .column(let pattern): .column(pattern)
    case .result(let query, let name): .result(query: query, name: name)
    }
  let codec: SwiftOverride.Codec =
    switch override.codec {
    case .natural: .natural
    case .json: .json
    case .unixSeconds: .unixSeconds
    case .unixMilliseconds: .unixMilliseconds
    case .julianDay: .julianDay
    case .uuidBlob: .uuidBlob
    case .custom(let name): .custom(name)
    }
  let scope: SwiftOverride.Scope =
    switch override.scope {
    case .all: .all
    case .nullableOnly: .nullableOnly
    case .nonNullOnly: .nonNullOnly
    }
  var rule = SwiftOverride(
    target, typeName: override.typeName, module: override.module, codec: codec, scope: scope, source: override.source)
  rule.isShared = override.isShared
  return rule
}
