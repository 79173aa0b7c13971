// `migrate status`: which migrations a database has, and which it lacks.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCEngine

public enum StatusFormat: Sendable, Hashable { case text, json }

/// Lists what is recorded of each migration, and what is recorded that the project does not have.
public func migrationStatus(
  _ context: CommandContext, block: Int, database path: String?, as format: StatusFormat = .text
) throws -> CommandOutcome {
  try withDatabase(context, block: block, path, use: .looking) { database, name, migrations in
    let records = try await database.records(of: migrations)
    switch format {
    case .text:
      let missing = database.absence.map { "\(name): \($0)\n" } ?? ""
      return CommandOutcome(standardOutput: text(records), standardError: missing)
    case .json: return CommandOutcome(standardOutput: json(records) + "\n")
    }
  }
}

private func text(_ records: [MigrationRecord]) -> String {
  let words = records.map { $0.state.word }
  let wordWidth = max(7, words.map(\.count).max() ?? 0)
  let versionWidth = records.map(\.version.count).max() ?? 0
  func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
  let lines = zip(records, words).map { record, word in
    word + blanks(wordWidth - word.count) + "  " + blanks(versionWidth - record.version.count)
      + "\(record.version)  \(record.name)\(record.state.remark)\n"
  }
  let applied = records.count { $0.state == .applied || $0.state == .edited || $0.state == .unknown }
  let pending = records.count { $0.state == .pending }
  var summary = "\(applied) applied, \(pending) pending"
  for (count, word) in [
    (records.count { $0.state == .edited }, "edited"), (records.count { $0.state == .unknown }, "unknown"),
    (
      records.count { record in
        if case .beforeSnapshot = record.state { true } else { false }
      }, "before a snapshot"
    ),
    (records.count { $0.state.doneCount != nil || $0.state == .unfinished }, "half done"),
  ] where count > 0 {
    summary += ", \(count) \(word)"
  }
  return lines.joined() + summary + "\n"
}

private func json(_ records: [MigrationRecord]) -> String {
  var json = JSONWriter()
  json.object { json in
    json.array("migrations") { json in
      for record in records {
        json.object { json in
          json.member("version", record.version)
          json.member("name", record.name)
          json.member("state", record.state.word)
          if let done = record.state.doneCount { json.member("statements_done", done) }
          if let appliedAt = record.appliedAt { json.member("applied_at", appliedAt) }
        }
      }
    }
  }
  return json.text
}

extension MigrationRecord.State {
  fileprivate var word: String {
    switch self {
    case .pending: "pending"
    case .applied: "applied"
    case .edited: "edited"
    case .unknown: "unknown"
    case .halfApplied: "half-applied"
    case .halfReverted: "half-reverted"
    case .halfDoneAndEdited: "half-edited"
    case .unfinished: "unfinished"
    case .beforeSnapshot: "before"
    }
  }

  fileprivate var doneCount: Int? {
    switch self {
    case .halfApplied(let done), .halfReverted(let done), .halfDoneAndEdited(let done): done
    case .pending, .applied, .edited, .unknown, .unfinished, .beforeSnapshot: nil
    }
  }

  fileprivate var remark: String {
    switch self {
    case .pending, .applied: ""
    case .edited: "  (applied, and edited afterwards)"
    case .unknown: "  (applied, and not in the project)"
    case .halfApplied(let done), .halfReverted(let done): "  (\(done) statements are done; migrating goes on there)"
    case .halfDoneAndEdited(let done):
      "  (\(done) statements are done, and it was edited afterwards: migrating does not go on)"
    case .unfinished: "  (begun without a transaction, and not ended)"
    case .beforeSnapshot(let missing):
      "  (a snapshot, of which \(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing: migrate to it"
        + " with the last release that had \(missing.count == 1 ? "it" : "them"))"
    }
  }
}
