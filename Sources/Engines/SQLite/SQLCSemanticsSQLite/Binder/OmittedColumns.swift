// Columns that an INSERT gives no value although they need one.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  /// | the column that is left out | what happens |
  /// |---|---|
  /// | NOT NULL without default, or so by its CHECK | the INSERT fails, or with OR IGNORE inserts nothing |
  /// | of a primary key that is no INTEGER PRIMARY KEY, without default | NULL is stored, and the row has no key |
  mutating func checkOmissions(_ syntax: InsertSyntax, _ columns: [Int]?, of target: Target) {
    guard let table = target.table, !table.isVirtual, let columns else { return }
    let given: Set<Int> = if case .defaultValues = syntax.source { [] } else { Set(columns) }
    guard given.count < table.columns.count else { return }
    for (index, column) in table.columns.enumerated() {
      guard !given.contains(index), !column.hasDefault, column.generation == nil, table.rowidAlias != index else {
        continue
      }
      let isRequired = column.isNotNull || !column.facts.nullability.canBeNull && !column.isAssumedNonNull
      if isRequired {
        let outcome = syntax.onConflict == .ignore ? "OR IGNORE skips every row" : "the INSERT fails when it runs"
        report(
          .omittedRequired(column.name, table: table.name), at: syntax.table.name.range,
          secondary: column.definition.map { [DiagnosticLabel($0, "declared here")] } ?? [],
          notes: ["\(outcome), unless a BEFORE trigger prevents it"])
      } else if table.primaryKey.contains(index), !isFilledByTrigger(column.name, of: table) {
        report(
          .omittedKey(column.name, table: table.name), at: syntax.table.name.range,
          secondary: column.definition.map { [DiagnosticLabel($0, "declared here")] } ?? [],
          notes: [
            "SQLite stores NULL, and the row has no key; list '\(column.name)' and give it a value, or declare it NOT NULL, "
              + "so that the row is refused"
          ])
      }
    }
  }

  /// A trigger that runs after the INSERT gives the key: `AFTER INSERT ON t BEGIN UPDATE t SET id = … END`.
  private func isFilledByTrigger(_ column: String, of table: Table) -> Bool {
    catalog.triggers(on: table.name.asciiLowercased).contains { trigger in
      guard trigger.syntax.time == .after,
        ModificationVerb.insert.matches(trigger.syntax.event)
      else { return false }
      return trigger.syntax.body.contains { statement in
        guard case .update(let update) = statement, sameName(update.table.name.name.text, table.name) else {
          return false
        }
        return update.assignments.contains { $0.columns.contains { sameName($0.text, column) } }
      }
    }
  }
}
