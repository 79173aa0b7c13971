// A block's settings in the words of the SQLite engine. Here, because neither may know the other.

import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCTrialSQLite

func semanticsOptions(of block: SQLBlock) -> SemanticsOptions {
  var options = SemanticsOptions()
  options.strictPrimaryKeys = block.analysis.strictPrimaryKeys
  if let version = block.analysis.minimumSQLite?.value, version.count >= 2 {
    options.minimumVersion = SQLiteVersion(version[0], version[1], version.count > 2 ? version[2] : 0)
    options.isMinimumAssumed = false
  }
  if let queries = block.analysis.limits[.queries] { options.mostQueries = queries }
  options.knownTypes = Set(
    block.swift.overrides.compactMap { override in
      if case .databaseType(let name) = override.target { name.lowercased() } else { nil }
    })
  return options
}

/// Functions and modules of the application, as the analysis and as SQLite must know them.
func extensions(of block: SQLBlock) -> Diagnosed<
  (functions: [SemanticsOptions.UserFunction], modules: [String: [Column]])
> {
  var diagnostics: [Diagnostic] = []
  var functions = block.analysis.functions.map(userFunction)
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

func userFunction(of setting: FunctionSetting) -> SemanticsOptions.UserFunction {
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

func sqliteTrialEngine(of block: SQLBlock) -> SQLiteTrialEngine {
  SQLiteTrialEngine(
    extensions: scratchExtensions(extensions(of: block).value.functions, of: block), storage: valueStorage(of: block),
    keyNulls: block.analysis.strictPrimaryKeys ? .wherePermitted : .none)
}

func valueStorage(of block: SQLBlock) -> ValueStorage {
  var storage = ValueStorage(uuids: block.analysis.uuidStorage == .blob ? .blob : .text)
  switch block.analysis.dateTimeStorage {
  case .text: storage.times = .text
  case .unixSeconds: storage.times = .unixSeconds
  case .unixMilliseconds: storage.times = .unixMilliseconds
  case .julianDay: storage.times = .julianDay
  }
  return storage
}

/// The machine's SQLite is older than the project's oldest: all else can be checked here.
func olderLibrary(_ machine: String, minimum: SQLiteVersion, at source: SourceRange) -> Diagnostic {
  Diagnostic(
    SQLiteRule.olderLibrary.rule, as: .warning,
    "this machine's SQLite \(machine) is older than the project's oldest, \(release(minimum)):"
      + " what needs a newer one cannot be confirmed here",
    at: DiagnosticLabel(source),
    notes: [
      "what it has is checked as ever; a query or definition that needs more is an error, and no code is made of it"
    ])
}
