// The composition root: the one folder that names the engines' modules.

import Foundation
public import SQLCAnalysis
import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCEnginePostgreSQL
import SQLCEngineSQLite
import SQLCOraclePostgreSQL
import SQLCPostgreSQLHandle
import SQLCSemanticsSQLite

extension EngineSet {
  /// The engines that are part of this tool.
  public static let standard = EngineSet(
    rules: [.sqlite: .sqlite, .postgresql: .postgresql], warnings: ruleRegistry, make: { makeEngine(for: $0) })
}

/// The engine of a block, set up as its settings say; what they have wrong is diagnosed, and the engine is there all the same.
private func makeEngine(for settings: SQLBlock) -> Diagnosed<any Engine> {
  settings.engine == .postgresql ? Diagnosed(postgreSQLEngine(for: settings)) : sqliteEngine(for: settings)
}

func postgreSQLEngine(for settings: SQLBlock) -> PostgreSQLEngine {
  PostgreSQLEngine(
    settings: serverSettings(of: settings), extensions: settings.analysis.database.extensions,
    // Not the address: a line that is shown may have a password.
    place: settings.analysis.enginePlace ?? settings.out.source)
}

/// How a block's server is reached, and this machine's libpq.
func serverSettings(of settings: SQLBlock) -> ServerSettings {
  let database = settings.analysis.database
  let environment = ProcessInfo.processInfo.environment
  // For a libpq in a place of its own, and for tests of what happens without one.
  let paths = environment["SQLC_SWIFT_LIBPQ"].map { [$0] } ?? LibPQ.usualPaths
  return ServerSettings(
    uri: database.uri?.value, major: database.version, limit: .seconds(settings.analysis.limits[.seconds] ?? 60),
    machine: Machine(environment: environment, libraryPaths: paths))
}

private func sqliteEngine(for settings: SQLBlock) -> Diagnosed<any Engine> {
  var options = semanticsOptions(of: settings)
  let registered = extensions(of: settings)
  (options.userFunctions, options.modules) = registered.value
  var diagnostics = registered.diagnostics
  // This machine's SQLite is older than the oldest that the project asks for: what needs the newer one cannot be confirmed.
  if let minimum = settings.analysis.minimumSQLite,
    let machine = SQLiteEngine.olderMachine(than: options.minimumVersion)
  {
    diagnostics.append(olderLibrary(machine, minimum: options.minimumVersion, at: minimum.source))
  }
  let functions = settings.analysis.functions.map { functionModel(of: userFunction(of: $0), named: $0.name.value) }
  return Diagnosed(
    SQLiteEngine(
      options: options, extensions: scratchExtensions(options.userFunctions, of: settings), functions: functions,
      storage: valueStorage(of: settings)),
    diagnostics)
}
