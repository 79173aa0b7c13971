// Rows that new rules refuse, found one by one.

import SQLCEngine

/// A new CHECK, key or NOT NULL is meant to refuse rows. Which ones is found by trying, and the plan is tried without them.
struct RefusedRows {
  let plan: SchemaPlan
  let up: [String]

  func remove<Database: TrialDatabase>(from database: Database, _ proof: inout MigrationProof) throws(TrialFailure) {
    let tables = suspects
    if tables.isEmpty { return }
    let trial = try database.makeAnother()
    for table in tables {
      let columns = try database.schema().storedColumns(of: table.lowercased())
      let rows = try database.rows(of: table, columns, where: RowFilter(), limit: nil)
      let key = try database.schema().primaryKey(of: table.lowercased())
      var accepted: [[TrialValue]] = []
      var refused: [[TrialValue]] = []
      for row in rows {
        try trial.become(database)
        for other in tables where other != table { try trial.removeRows(of: other) }
        let wanted = accepted + [row]
        for unwanted in rows where !wanted.contains(unwanted) {
          trial.removeRows(of: table, inWayOf: Self.named(unwanted, columns), key: key)
        }
        if try trial.migrate(up, .oneTransaction).failure == nil { accepted.append(row) } else { refused.append(row) }
      }
      for row in refused { database.removeRows(of: table, inWayOf: Self.named(row, columns), key: key) }
      if !refused.isEmpty { proof.refused[table.lowercased(), default: 0] += refused.count }
    }
    try removeOrphans(from: database, trial, &proof)
  }

  /// Rows that a new foreign key refuses, as long as there are any.
  private func removeOrphans<Database: TrialDatabase>(
    from database: Database, _ trial: Database, _ proof: inout MigrationProof
  ) throws(TrialFailure) {
    let names = Dictionary(plan.kept.map { ($0.new.lowercased(), $0.old) }, uniquingKeysWith: { first, _ in first })
    let hazardous = Set(plan.hazards.filter(\.isOfReferences).map { $0.table.lowercased() })
    try trial.become(database)
    let outcome = try trial.migrate(up, .oneTransaction)
    guard outcome.failure == nil else { return }
    for table in outcome.brokenReferences {
      guard let old = names[table.lowercased()], hazardous.contains(old.lowercased()) else { continue }
      let columns = try database.schema().storedColumns(of: old.lowercased())
      let key = try database.schema().primaryKey(of: old.lowercased())
      let rows = try database.rows(of: old, columns, where: RowFilter(), limit: nil)
      for row in rows {
        try trial.become(database)
        for other in rows where other != row {
          trial.removeRows(of: old, inWayOf: Self.named(other, columns), key: key)
        }
        guard try trial.migrate(up, .oneTransaction).brokenReferences.contains(table) else { continue }
        database.removeRows(of: old, inWayOf: Self.named(row, columns), key: key)
        proof.refused[old.lowercased(), default: 0] += 1
      }
    }
  }

  /// Tables with rules that can refuse rows.
  private var suspects: [String] {
    Set(plan.hazards.filter(\.refusesRows).map(\.table)).sorted()
  }

  private static func named(_ row: [TrialValue], _ columns: [String]) -> [String: TrialValue] {
    Dictionary(uniqueKeysWithValues: zip(columns, row))
  }
}

extension PlanHazard {
  /// Can a row be refused while the statements run?
  fileprivate var refusesRows: Bool {
    switch kind {
    case .notNull, .newCheck, .newKey, .strict, .changedType, .generated: true
    case .droppedTable, .droppedColumn, .newForeignKey, .unreadable: false
    }
  }

  fileprivate var isOfReferences: Bool {
    if case .newForeignKey = kind { true } else { false }
  }
}
