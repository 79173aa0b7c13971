// What may have been renamed. Nothing is decided here: what is found is asked.

import SQLCEngine
import SQLCSQLiteHandle
import SQLCSyntaxSQLite

/// - Parameters:
///   - before: the old schema with the renames done that are known.
///   - drops: what is dropped on purpose.
func renameQuestions(
  _ before: SchemaState, _ wanted: SchemaState, drops: [PlanChoices.Subject], _ former: FormerNames
) -> [RenameQuestion] {
  let dropped = Set(drops.map(\.folded))
  func isMeant(_ subject: PlanChoices.Subject) -> Bool { dropped.contains(subject.folded) }
  var questions: [RenameQuestion] = []
  let gone = before.tables.filter { wanted.table($0.key) == nil }
  let new = wanted.tables.filter { before.table($0.key) == nil }
  for table in gone {
    let subject = PlanChoices.Subject.table(former.table(table.name))
    let alike = new.map { (name: $0.name, likeness: table.likeness(to: $0)) }.filter { $0.likeness >= 0.5 }
    if alike.isEmpty || isMeant(subject) { continue }
    let candidates = alike.sorted { ($1.likeness, $0.name) < ($0.likeness, $1.name) }.map(\.name)
    questions.append(RenameQuestion(subject, candidates: candidates))
  }
  for table in before.tables {
    guard let after = wanted.table(table.key) else { continue }
    let new = after.storedColumns.enumerated().filter { table.column($1.name.asciiLowercased) == nil }
    for (place, column) in table.storedColumns.enumerated() where after.column(column.name.asciiLowercased) == nil {
      let subject = PlanChoices.Subject.column(
        former.column(column.name, of: table.name), of: former.table(table.name))
      let alike = new.filter { table.storage(of: column) == after.storage(of: $1) }
      if alike.isEmpty || isMeant(subject) { continue }
      // The nearest place first.
      let candidates = alike.sorted {
        (abs($0.offset - place), $0.element.name) < (abs($1.offset - place), $1.element.name)
      }
      questions.append(RenameQuestion(subject, candidates: candidates.map(\.element.name)))
    }
  }
  return questions
}

extension TableState {
  /// The share of columns that both have, by name.
  fileprivate func likeness(to other: TableState) -> Double {
    let ours = Set(description.columns.map(\.name.asciiLowercased))
    let theirs = Set(other.description.columns.map(\.name.asciiLowercased))
    return Double(ours.intersection(theirs).count) / Double(max(1, ours.union(theirs).count))
  }
}

extension PlanChoices.Subject {
  /// As SQLite compares names.
  fileprivate var folded: PlanChoices.Subject {
    switch self {
    case .table(let table): .table(table.asciiLowercased)
    case .column(let column, let table): .column(column.asciiLowercased, of: table.asciiLowercased)
    }
  }
}
