// What SQLite refuses on this machine only because it is older than what the project uses.

import SQLCDiagnostics
import SQLCOracleSQLite
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

enum OlderLibrary {
  /// The library at hand.
  static var machine: SQLiteVersion {
    let numbers = ScratchDatabase.version.split(separator: ".").compactMap { Int($0) }
    return SQLiteVersion(numbers.first ?? 3, numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
  }

  /// What a newer one has and a refused statement uses: "'jsonb' needs SQLite 3.45"; nothing when that is not why.
  static func needs(
    of statement: StatementSyntax, _ error: OracleError, _ catalog: Catalog, _ source: SourceFile,
    _ options: SemanticsOptions
  ) -> String? {
    if let function = needs(error) { return function }
    guard error.message.hasSuffix("syntax error") || error.message.contains("not supported") else { return nil }
    var here = options
    here.minimumVersion = machine
    here.isMinimumAssumed = false
    let newer = bind(statement, in: catalog, source: source, options: here).diagnostics.first {
      $0.id == BinderRule.newerSyntax.id
    }
    return newer?.message.split(separator: ", and ").first.map(String.init)
  }

  /// As the other, where only the words of the refusal are at hand.
  static func needs(_ error: OracleError) -> String? {
    let prefix = "no such function: "
    guard error.message.hasPrefix(prefix) else { return nil }
    let name = String(error.message.dropFirst(prefix.count))
    guard let since = FunctionCatalog.builtin.release(of: name), since > machine else { return nil }
    return "'\(name)' needs SQLite \(release(since))"
  }
}
