// The composition root: the engine that a block's settings ask for.

import SQLCConfiguration
import SQLCDiagnostics
import SQLCEngine
import SQLCEngineSQLite
import SQLCSemanticsSQLite

/// How files are cut that are written for that engine; the configuration lets no other engine through.
func lexicalRules(of engine: EngineName) -> LexicalRules { engine == .postgresql ? .postgresql : .sqlite }

/// The engine of a block, set up as its settings say; what they have wrong is diagnosed, and the engine is there all the same.
func makeEngine(for settings: SQLBlock) -> Diagnosed<any Engine> {
  var options = semanticsOptions(of: settings)
  let registered = extensions(of: settings)
  (options.userFunctions, options.modules) = registered.value
  var diagnostics = registered.diagnostics
  // This machine's SQLite is older than the oldest that the project asks for: what needs the newer one cannot be confirmed.
  if let minimum = settings.analysis.minimumSQLite,
    let machine = SQLiteEngine.olderMachine(than: options.minimumVersion)
  {
    diagnostics.append(
      DriverDiagnostic.olderLibrary(machine: machine, minimum: release(options.minimumVersion)).at(minimum.source))
  }
  // Those of `extensions` come behind those of `functions`.
  let functions = zip(options.userFunctions, settings.analysis.functions).map {
    functionModel(of: $0, named: $1.name.value)
  }
  return Diagnosed(
    SQLiteEngine(
      options: options, extensions: scratchExtensions(options.userFunctions, of: settings), functions: functions),
    diagnostics)
}
