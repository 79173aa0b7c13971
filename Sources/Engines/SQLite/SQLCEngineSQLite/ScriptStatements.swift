// Scripts, cut into statements by the parser.

public import SQLCDiagnostics
public import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

extension SQLiteEngine {
  public func statements(of source: SourceFile, in range: ByteRange) -> Diagnosed<[ScriptStatement]> {
    let script = parseScript(source, in: range, options: ParserOptions(limits: .ofLibrary))
    let statements = script.value.items.map { item in
      let sql = String(source.slice(item.statement.range))
      var use = MigrationStatementKind(of: sql).isAlone ? ScriptStatement.TransactionUse.outside : .either
      if case .transaction = item.statement { use = .control }
      return ScriptStatement(
        sql: sql, source: SourceRange(path: source.path, range: item.statement.range), transactionUse: use)
    }
    return Diagnosed(statements, script.diagnostics)
  }
}
