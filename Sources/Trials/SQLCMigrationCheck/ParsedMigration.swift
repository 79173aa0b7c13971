// A migration with what its statements do.

import SQLCDiagnostics
import SQLCEngine
import SQLCMigrations

struct ParsedMigration {
  let script: MigrationScript
  let up: [ParsedStatement]
  let down: [ParsedStatement]

  init(_ script: MigrationScript, on engine: some TrialEngine) {
    self.script = script
    up = script.up.map { ParsedStatement($0, on: engine) }
    down = (script.down ?? []).map { ParsedStatement($0, on: engine) }
  }

  var start: SourceRange { up.first?.source ?? script.source }
}

struct ParsedStatement {
  let sql: String
  let source: SourceRange
  let effects: [StatementEffect]

  init(_ statement: ScriptStatement, on engine: some TrialEngine) {
    sql = statement.sql
    source = statement.source
    effects = engine.effects(of: statement.sql)
  }

  /// The tables whose rows the statement changes or drops.
  var changedTables: [String] {
    effects.compactMap { effect in
      switch effect {
      case .inserts(let table), .changesRows(let table): table
      case .drops(.table, let table): table.key
      case .renames(let table, _): table.key
      default: nil
      }
    }
  }

  /// The names that tables have afterwards and had not before.
  var newTables: [String] {
    effects.compactMap { effect in
      switch effect {
      case .creates(.table, let table): table
      case .renames(_, let new): new.key
      default: nil
      }
    }
  }

  var inserts: Bool {
    effects.contains { effect in
      if case .inserts = effect { true } else { false }
    }
  }

  func drops(_ object: TrialObject) -> Bool {
    effects.contains { effect in
      guard case .drops(let kind, let name) = effect else { return false }
      return kind == object.kind && name.key == object.name
    }
  }
}

extension [ParsedStatement] {
  /// The tables whose rows the statements change, and those that triggers on them name.
  func changedTables(in schema: some TrialSchema) -> Set<String> {
    var tables: Set<String> = []
    var open = flatMap(\.changedTables)
    while let table = open.popLast() {
      guard tables.insert(table).inserted else { continue }
      open += schema.tablesNamedByTriggers(on: table)
    }
    return tables
  }
}
