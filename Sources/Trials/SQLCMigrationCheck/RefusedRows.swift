// Rows that new rules refuse, found one by one.

import SQLCEngine

/// A new CHECK, key or NOT NULL is meant to refuse rows. Which ones is found by trying, and the plan is tried without them.
struct RefusedRows {
  let plan: SchemaPlan
  let up: [String]

  func remove<Database: TrialDatabase>(from database: Database, _ proof: inout MigrationProof) throws(TrialFailure) {
    let tables = suspects
    if tables.isEmpty, !plan.hazards.contains(where: \.isOfReferences) { return }
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
        if try isTaken(wanted.count, of: table, trial) { accepted.append(row) } else { refused.append(row) }
      }
      for row in refused { database.removeRows(of: table, inWayOf: Self.named(row, columns), key: key) }
      if !refused.isEmpty { proof.refused[table.lowercased(), default: 0] += refused.count }
    }
    if !proof.refused.isEmpty { try removeChildren(from: database) }
    try removeOrphans(from: database, trial, &proof)
  }

  /// Do so many rows arrive? Where a new rule deletes rows without a word, that none is refused says nothing.
  private func isTaken(_ count: Int, of table: String, _ trial: some TrialDatabase) throws(TrialFailure) -> Bool {
    guard try trial.migrate(up, .oneTransaction).failure == nil else { return false }
    let deletes = plan.hazards.contains { $0.table.lowercased() == table.lowercased() && $0.deletesRows }
    guard deletes, let new = plan.kept.first(where: { $0.old.lowercased() == table.lowercased() })?.new else {
      return true
    }
    return try trial.count(of: new) == count
  }

  /// Rows that refer to rows which have been removed, as long as there are any.
  private func removeChildren(from database: some TrialDatabase) throws(TrialFailure) {
    let tables = try database.tables(ColumnExpectations(), only: nil).filter { $0.kind == .ordinary }
    var isDone = false
    // A row that cannot be removed must not keep this going.
    for _ in 0..<100 where !isDone {
      isDone = true
      for table in tables {
        let columns = try database.schema().storedColumns(of: table.key)
        for key in table.foreignKeys {
          guard let parent = tables.first(where: { $0.key == key.parent.lowercased() }) else { continue }
          let there = try database.rows(of: parent.name, key.targets(in: parent), where: RowFilter(), limit: nil)
          let values = Set(there)
          for row in try database.rows(of: table.name, key.columns + columns, where: RowFilter(), limit: nil) {
            let link = Array(row.prefix(key.columns.count))
            if link.contains(where: \.isNull) || values.contains(link) { continue }
            database.removeRows(
              of: table.name, inWayOf: Self.named(Array(row.dropFirst(key.columns.count)), columns),
              key: table.primaryKey)
            isDone = false
          }
        }
      }
    }
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
      try removeChildren(from: database)
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
    case .notNull, .newCheck, .newKey, .strict, .changedType, .converting, .rowNumber, .generated: true
    case .droppedTable, .droppedColumn, .newForeignKey, .unreadable: false
    }
  }

  fileprivate var deletesRows: Bool {
    switch kind {
    case .notNull(_, .deleted), .newKey(_, .deleted): true
    default: false
    }
  }

  fileprivate var isOfReferences: Bool {
    if case .newForeignKey = kind { true } else { false }
  }
}
