// What `migrate diff` asks and states, in words.

import SQLCEngine
import SQLCMigrationCheck

func text(of questions: [RenameQuestion]) -> String {
  var text =
    "sqlc-swift: error: \(questions.count == 1 ? "this" : "each of these") is gone, and something like it is new\n"
  for question in questions {
    let candidates = question.candidates.map { "'--rename \(question.subject)=\($0)'" }
    text += "  \(question.subject): \((candidates + ["'--drop \(question.subject)'"]).joined(separator: ", "))\n"
  }
  return text + "say which it is, or ask to be asked with --interactive\n"
}

/// - Throws: when the answer is none.
func answer(
  _ question: RenameQuestion, _ ask: (String) -> String?, _ choices: inout PlanChoices
) throws(PlanningFault) {
  var text = "'\(question.subject)' is gone. What has become of it?\n"
  for (index, candidate) in question.candidates.enumerated() {
    text += "  \(index + 1)  it is called '\(candidate)' now\n"
  }
  let last = question.candidates.count + 1
  text += "  \(last)  it is dropped, with its values\nNumber: "
  guard let reply = ask(text), let number = Int(reply.filter { !$0.isWhitespace }), (1...last).contains(number) else {
    throw PlanningFault(text: "sqlc-swift: error: nothing was chosen, and nothing was written\n", exit: .drift)
  }
  if number == last {
    choices.drops.append(question.subject)
  } else {
    choices.renames.append(.init(question.subject, to: question.candidates[number - 1]))
  }
}

func text(of hazards: [PlanHazard], _ proof: MigrationProof) -> String {
  var text = "sqlc-swift: error: this migration can lose values or fail on rows\n"
  for hazard in hazards { text += "  \(hazard)\(concern(of: hazard, proof))\n" }
  text += "'--allow-data-loss' says that it is meant"
  let fillable = hazards.compactMap { hazard -> String? in
    switch hazard.kind {
    case .notNull(let column, _), .changedType(let column, _, _), .converting(let column, _):
      "\(hazard.table).\(column)"
    case .droppedTable, .droppedColumn, .newCheck, .newKey, .newForeignKey, .rowNumber, .generated, .strict,
      .unreadable:
      nil
    }
  }
  if let first = fillable.first {
    text += "; a value for each row is '--backfill \(first)=EXPRESSION', or '-- sqlc:backfill' in the definition"
  }
  return text + "\n"
}

/// How many of the generated rows it is about.
func concern(of hazard: PlanHazard, _ proof: MigrationProof) -> String {
  let table = hazard.table.lowercased()
  let rows = proof.rows[table] ?? 0
  if case .newKey(_, .deleted) = hazard.kind { return deleted(table, rows, proof) }
  if case .notNull(_, .deleted) = hazard.kind { return deleted(table, rows, proof) }
  if hazard.losesValues { return rows == 0 ? "" : " (of \(rows) generated rows)" }
  return rows == 0 ? "" : " (\(proof.refused[table] ?? 0) of \(rows) generated rows are refused)"
}

private func deleted(_ table: String, _ rows: Int, _ proof: MigrationProof) -> String {
  rows == 0 ? "" : " (\(proof.refused[table] ?? 0) of \(rows) generated rows are lost)"
}

func text(of proof: MigrationProof) -> String {
  "sqlc-swift: error: the planned migration does not hold, and is not written\n"
    + proof.failures.prefix(12).map { "  \($0)\n" }.joined()
    + "a value that is missing is '--backfill TABLE.COLUMN=EXPRESSION', of either side\n"
}
