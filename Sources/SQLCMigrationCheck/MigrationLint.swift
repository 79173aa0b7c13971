// What the statements of a migration do to data and to those who use it, read from their syntax. The classes are those of
// Atlas (https://atlasgo.io/lint/analyzers): destructive, data-dependent, backward-incompatible.

import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

struct MigrationLint {
  let script: MigrationScript
  /// Before the migration.
  let schema: SchemaSnapshot

  func run() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let statements = script.up.map { statement in
      (
        parseScript(SourceFile(path: statement.source.path, text: statement.sql)).value.items.first?.statement,
        statement
      )
    }
    // Tables that take a dropped one's place: the last step of a rebuild.
    let made = Set(statements.flatMap { newNames($0.0) })
    let rebuilt = Set(
      statements.compactMap { statement -> String? in
        guard case .drop(let drop)? = statement.0, drop.object == .table else { return nil }
        return made.contains(drop.name.name.key) ? drop.name.name.key : nil
      })
    for (syntax, statement) in statements {
      func say(_ diagnostic: CheckDiagnostic) { diagnostics.append(diagnostic.at(statement.source)) }
      switch syntax {
      case .drop(let drop) where drop.object == .table:
        let name = drop.name.name.key
        if isTable(name), !made.contains(name) { say(.droppedTable(drop.name.name.text)) }
      case .alterTable(let alter):
        let table = alter.table.name
        switch alter.action {
        case .dropColumn(let column) where isTable(table.key): say(.droppedColumn(column.text, table: table.text))
        case .renameTable(let new)
        where isTable(table.key) && !rebuilt.contains(new.key) && !rebuilt.contains(table.key):
          say(.renamed(table.text, to: new.text))
        case .renameColumn(let old, let new) where isTable(table.key):
          say(.renamed("\(table.text).\(old.text)", to: new.text))
        default: break
        }
      case .createIndex(let index)
      where index.isUnique && isTable(index.table.key) && !rebuilt.contains(index.table.key):
        say(.uniqueOnData(index.table.text))
      case .pragma(let pragma) where pragma.name.name.key == "foreign_keys" && script.isInTransaction:
        say(.ineffectivePragma)
      default: break
      }
    }
    return diagnostics
  }

  private func isTable(_ name: String) -> Bool {
    schema.facts.contains("table \(name)") || schema.facts.contains { $0.hasPrefix("table \(name) ") }
  }

  private func newNames(_ statement: StatementSyntax?) -> [String] {
    switch statement {
    case .createTable(let table)?: return [table.name.name.key]
    case .alterTable(let alter)?:
      if case .renameTable(let new) = alter.action { return [new.key] }
      return []
    default: return []
    }
  }
}
