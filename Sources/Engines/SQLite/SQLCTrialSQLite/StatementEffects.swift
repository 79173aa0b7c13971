// What the statements of migrations do, read from their syntax.

import SQLCDiagnostics
public import SQLCEngine
import SQLCSyntaxSQLite

extension SQLiteTrialEngine {
  public func effects(of statement: String) -> [StatementEffect] {
    let syntax = parseScript(SourceFile(path: "migration", text: statement)).value.items.first?.statement
    guard let syntax else { return [] }
    var effects = effect(of: syntax).map { [$0] } ?? []
    if case .insert(let insert) = syntax, let clause = passingOver(insert) {
      effects.append(.passesOver(clause: clause, table: name(insert.table.name)))
    }
    return effects
  }

  /// The words by which rows of a query are left out.
  private func passingOver(_ insert: InsertSyntax) -> String? {
    guard case .select(let select) = insert.source else { return nil }
    if case .values = select.body { return nil }
    if insert.isReplace { return "REPLACE" }
    if let resolution = insert.onConflict, resolution == .ignore || resolution == .replace {
      return "INSERT OR \(resolution.rawValue)"
    }
    return insert.upserts.contains { if case .nothing = $0.action { true } else { false } }
      ? "ON CONFLICT DO NOTHING" : nil
  }

  private func effect(of statement: StatementSyntax) -> StatementEffect? {
    switch statement {
    case .insert(let insert): .inserts(into: insert.table.name.key)
    case .update(let update): .changesRows(of: update.table.name.name.key)
    case .delete(let delete): .changesRows(of: delete.table.name.name.key)
    case .createTable(let table): .creates(.table, table.name.name.key)
    case .createIndex(let index): .creates(.index, index.name.name.key)
    case .createView(let view): .creates(.view, view.name.name.key)
    case .createTrigger(let trigger): .creates(.trigger, trigger.name.name.key)
    case .createVirtualTable(let table): .creates(.table, table.name.name.key)
    case .drop(let drop): drops(drop)
    case .alterTable(let alter): alters(alter)
    case .transaction(let transaction):
      switch transaction.action {
      case .begin: .beginsTransaction
      case .commit: .commitsTransaction
      default: nil
      }
    case .pragma(let pragma) where pragma.name.name.key == "foreign_keys" && pragma.value != nil:
      .setsOutsideTransactions
    default: nil
    }
  }

  private func drops(_ drop: DropSyntax) -> StatementEffect {
    let kind: TrialObject.Kind =
      switch drop.object {
      case .table: .table
      case .view: .view
      case .index: .index
      case .trigger: .trigger
      }
    return .drops(kind, name(drop.name.name))
  }

  private func alters(_ alter: AlterTableSyntax) -> StatementEffect? {
    let table = name(alter.table.name)
    return switch alter.action {
    case .dropColumn(let column): .dropsColumn(name(column), of: table)
    case .renameTable(let new): .renames(table: table, to: name(new))
    case .renameColumn(let old, let new): .renamesColumn(name(old), of: table, to: name(new))
    default: nil
    }
  }

  private func name(_ syntax: NameSyntax) -> StatementEffect.Name { .init(key: syntax.key, text: syntax.text) }
}
