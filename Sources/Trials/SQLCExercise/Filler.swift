// Fills tables with rows that the schema's constraints admit: parents before children, NULLs wherever they may be.

import SQLCEngine

struct Filler<Database: FillableDatabase> {
  let database: Database
  let plan: FillPlan
  let tables: [TrialTable]
  let parents: [String: TrialTable]
  var maker: ValueMaker
  var report = FillReport()
  /// The rows that are being made: a row, and the parents that it waits for, which may wait for it.
  var pending: [RowDraft] = []
  /// Parents made for the row that is being put in, since its transaction began.
  var madeParents = 0

  init(database: Database, plan: FillPlan, seed: UInt64, tables: [TrialTable]) {
    self.database = database
    self.plan = plan
    self.tables = tables
    parents = Dictionary(tables.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    maker = ValueMaker(types: database.types, random: SeededGenerator(seed: seed))
  }

  mutating func run() {
    guard plan.rows.upperBound > 0 else { return }
    let fillable = inParentOrder().filter { !plan.excluded.contains($0.key) && $0.kind != .derived }
    for table in fillable { fill(table) }
    // What waited for a parent that came later may find it now.
    for table in fillable where report.refused[table.name] != nil { fill(table) }
    if plan.guardedTables == .filledBesideTriggers {
      for table in fillable where report.refused[table.name] != nil { fillBesideTriggers(table) }
      // Their children had to wait for them.
      for table in fillable where report.refused[table.name] != nil { fill(table) }
    }
    for table in fillable where report.inserted[table.name, default: 0] == 0 { vary(table) }
    for table in tables where table.kind == .derived && !plan.excluded.contains(table.key) {
      try? database.refresh(table)
    }
  }

  private mutating func fill(_ table: TrialTable) {
    let wanted = Int.random(in: plan.rows, using: &maker.random)
    var inserted = 0
    var attempts = 0  // without a row, one after the other
    var refusal = "no value was found for it"
    while inserted < wanted, attempts < 12, !plan.deadline.isOver {
      // Late attempts keep to what is plain.
      if let failure = insert(into: table, attempts > 6 ? .plain : .varied) {
        refusal = failure
        attempts += 1
      } else {
        inserted += 1
        attempts = 0
      }
    }
    report.inserted[table.name, default: 0] += inserted
    // A row may be there that the schema itself, a trigger or a child that wanted a parent has put in.
    report.refused[table.name] = inserted == 0 && isEmpty(table) ? refusal : nil
  }

  private func isEmpty(_ table: TrialTable) -> Bool {
    ((try? database.rows(of: table.name, [], where: RowFilter(), limit: 1))?.isEmpty) ?? true
  }

  /// Rows of a table whose triggers refuse every one, put in while triggers are off.
  private mutating func fillBesideTriggers(_ table: TrialTable) {
    guard let refusal = report.refused[table.name], !table.rules.guards.isEmpty || report.byTrigger.contains(table.name)
    else { return }
    let areOff = database.setTriggers(.off)
    fill(table)
    if areOff { _ = database.setTriggers(.on) }
    if report.refused[table.name] == nil { report.besideTriggers[table.name] = refusal }
  }

  /// Other values in rows that the schema itself puts in and no other can join: a table of settings with its one row.
  private mutating func vary(_ table: TrialTable) {
    let columns = table.columns.filter { column in
      !column.isGenerated && column.keyPlace == 0 && !column.isUnique
        && !table.foreignKeys.contains { $0.has(column) }
    }
    guard table.kind == .ordinary, !columns.isEmpty, !isEmpty(table) else { return }
    for column in columns where maker.random.chance(60) {
      let value = value(for: column, .varied)
      try? database.update(column.name, of: table.name, to: value)
    }
  }

  /// Tables before those that refer to them, as far as there is such an order.
  private func inParentOrder() -> [TrialTable] {
    var ordered: [TrialTable] = []
    var seen: Set<String> = []
    func visit(_ table: TrialTable) {
      guard seen.insert(table.key).inserted else { return }
      for key in table.foreignKeys { parents[key.parent.lowercased()].map(visit) }
      ordered.append(table)
    }
    tables.forEach(visit)
    return ordered
  }
}
