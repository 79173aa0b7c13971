// A migration with the syntax of its statements.

import SQLCDiagnostics
import SQLCEngineSQLite
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

struct ParsedMigration {
  let script: MigrationScript
  let up: [ParsedStatement]
  let down: [ParsedStatement]

  init(_ script: MigrationScript) {
    self.script = script
    up = script.up.map(ParsedStatement.init)
    down = (script.down ?? []).map(ParsedStatement.init)
  }

  var start: SourceRange { up.first?.source ?? script.source }
}

struct ParsedStatement {
  let sql: String
  let source: SourceRange
  let syntax: StatementSyntax?

  init(_ statement: MigrationStatement) {
    sql = statement.sql
    source = statement.source
    syntax = parseScript(SourceFile(path: statement.source.path, text: statement.sql)).value.items.first?.statement
  }

  /// The table whose rows the statement changes or drops, by its key.
  var changedTable: String? {
    switch syntax {
    case .insert(let insert)?: insert.table.name.key
    case .update(let update)?: update.table.name.name.key
    case .delete(let delete)?: delete.table.name.name.key
    case .drop(let drop)? where drop.object == .table: drop.name.name.key
    case .alterTable(let alter)?:
      if case .renameTable = alter.action { alter.table.name.key } else { nil }
    default: nil
    }
  }

  /// The name that a table has afterwards and had not before.
  var newTable: String? {
    switch syntax {
    case .createTable(let table)?: table.name.name.key
    case .alterTable(let alter)?:
      if case .renameTable(let new) = alter.action { new.key } else { nil }
    default: nil
    }
  }

  func drops(_ object: SchemaObject) -> Bool {
    guard case .drop(let drop)? = syntax, drop.name.name.key == object.name else { return false }
    switch (drop.object, object.kind) {
    case (.table, .table), (.view, .view), (.index, .index), (.trigger, .trigger): return true
    default: return false
    }
  }
}

extension [ParsedStatement] {
  /// The tables whose rows the statements change, and those that triggers on them name.
  func changedTables(in schema: SchemaSnapshot) -> Set<String> {
    var tables: Set<String> = []
    var open = compactMap(\.changedTable)
    if open.isEmpty { return [] }
    let triggers = schema.objects.filter { $0.kind == .trigger }
    while let table = open.popLast() {
      guard tables.insert(table).inserted else { continue }
      for trigger in triggers where trigger.owner == table {
        for case .definition(let definition) in schema.details(of: trigger) {
          open += definition.words.filter { $0.kind == .word }.map(\.text).filter(schema.hasTable)
        }
      }
    }
    return tables
  }
}
