// Migrations, cut into statements by the parser: never at a semicolon inside a trigger or a string.

public import SQLCDiagnostics
public import SQLCMigrations
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// One statement and where it stands.
public struct MigrationStatement: Sendable, Hashable {
  public var sql: String
  public var source: SourceRange
}

public struct MigrationScript: Sendable {
  public var version: String
  public var name: String
  /// The beginning of its file, to point at.
  public var source: SourceRange
  public var up: [MigrationStatement]
  /// Nothing when there is no statement.
  public var down: [MigrationStatement]?
  public var mayGoDown: Bool
  /// False when the file asks for none, begins and ends transactions itself, or has statements that SQLite refuses in one and
  /// no tool that would put them there.
  public var isInTransaction: Bool
  public var role: MigrationFile.Role
}

/// The scripts, with what their syntax has wrong in it. (What goes up has been read as the schema too; only what goes down is
/// diagnosed here.)
public func migrationScripts(of files: [MigrationFile]) -> Diagnosed<[MigrationScript]> {
  var diagnostics: [Diagnostic] = []
  var scripts: [MigrationScript] = []
  for file in files {
    var hasTransactions = false
    func statements(_ source: SourceFile, _ ranges: [ByteRange], isDown: Bool) -> [MigrationStatement] {
      ranges.flatMap { range in
        let script = parseScript(source, in: range)
        if isDown { diagnostics += script.diagnostics }
        return script.value.items.map { item in
          if case .transaction = item.statement { hasTransactions = true }
          return MigrationStatement(
            sql: String(source.slice(item.statement.range)),
            source: SourceRange(path: source.path, range: item.statement.range))
        }
      }
    }
    let up = statements(file.source, file.up, isDown: false)
    let down = file.down.map { statements($0.source, $0.ranges, isDown: true) } ?? []
    let isAlone = (up + down).contains { MigrationStatementKind(of: $0.sql).isAlone }
    scripts.append(
      MigrationScript(
        version: file.version, name: file.name,
        source: SourceRange(path: file.source.path, range: ByteRange(at: 0)), up: up, down: down.isEmpty ? nil : down,
        mayGoDown: file.mayGoDown, isInTransaction: (file.isInTransaction ?? !isAlone) && !hasTransactions,
        role: file.role))
  }
  return Diagnosed(scripts, diagnostics)
}
