// Fills tables with rows that the schema's constraints admit: parents before children, NULLs wherever they may be.

import CSQLite
import SQLCSQLiteHandle

struct Filler {
  let connection: Connection
  let plan: FillPlan
  let shapes: [TableShape]
  let parents: [String: TableShape]
  var maker: ValueMaker
  var report = FillReport()
  /// The rows that are being made: a row, and the parents that it waits for, which may wait for it.
  var pending: [RowDraft] = []
  /// Parents made for the row that is being put in, since its transaction began.
  var madeParents = 0

  init(connection: Connection, plan: FillPlan, seed: UInt64, shapes: [TableShape]) {
    self.connection = connection
    self.plan = plan
    self.shapes = shapes
    parents = Dictionary(shapes.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    maker = ValueMaker(random: SeededGenerator(seed: seed))
    maker.timeStorage = plan.times
    maker.storesUUIDsAsBlobs = plan.storesUUIDsAsBlobs
  }

  mutating func run() {
    guard plan.rows.upperBound > 0 else { return }
    let fillable = inParentOrder().filter { !plan.excluded.contains($0.key) && !$0.isExternal }
    for shape in fillable { fill(shape) }
    // What waited for a parent that came later may find it now.
    for shape in fillable where report.refused[shape.name] != nil { fill(shape) }
    if plan.guardedTables == .filledBesideTriggers {
      for shape in fillable where report.refused[shape.name] != nil { fillBesideTriggers(shape) }
      // Their children had to wait for them.
      for shape in fillable where report.refused[shape.name] != nil { fill(shape) }
    }
    for shape in fillable where report.inserted[shape.name, default: 0] == 0 { vary(shape) }
    for shape in shapes where shape.isExternal && !plan.excluded.contains(shape.key) { rebuild(shape) }
  }

  private mutating func fill(_ shape: TableShape) {
    let wanted = Int.random(in: plan.rows, using: &maker.random)
    var inserted = 0
    var attempts = 0  // without a row, one after the other
    var refusal = "no value was found for it"
    while inserted < wanted, attempts < 12 {
      // Late attempts keep to what is plain.
      if let failure = insert(into: shape, attempts > 6 ? .plain : .varied) {
        refusal = failure
        attempts += 1
      } else {
        inserted += 1
        attempts = 0
      }
    }
    report.inserted[shape.name, default: 0] += inserted
    // A row may be there that the schema itself, a trigger or a child that wanted a parent has put in.
    report.refused[shape.name] = inserted == 0 && isEmpty(shape) ? refusal : nil
  }

  private func isEmpty(_ shape: TableShape) -> Bool {
    ((try? connection.rows("SELECT 1 FROM \(quoted(shape.name)) LIMIT 1"))?.isEmpty) ?? true
  }

  /// Rows of a table whose triggers refuse every one, put in while triggers are off.
  private mutating func fillBesideTriggers(_ shape: TableShape) {
    guard let refusal = report.refused[shape.name], !shape.rules.guards.isEmpty || report.byTrigger.contains(shape.name)
    else { return }
    let before = changeTriggers(isOn: false)
    fill(shape)
    if before { _ = changeTriggers(isOn: true) }
    if report.refused[shape.name] == nil { report.besideTriggers[shape.name] = refusal }
  }

  /// - Returns: could the setting be changed?
  private func changeTriggers(isOn: Bool) -> Bool {
    do throws(SQLiteFailure) {
      try connection.database.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, isOn: isOn ? 1 : 0)
      return true
    } catch {
      return false
    }
  }

  /// Other values in rows that the schema itself puts in and no other can join: a table of settings with its one row.
  private mutating func vary(_ shape: TableShape) {
    let columns = shape.columns.filter { column in
      !column.isGenerated && column.keyPlace == 0 && !column.isUnique
        && !shape.foreignKeys.contains { $0.has(column) }
    }
    guard !shape.isVirtual, !columns.isEmpty, !isEmpty(shape) else { return }
    for column in columns where maker.random.chance(60) {
      let value = value(for: column, .varied)
      _ = try? connection.rows("UPDATE \(quoted(shape.name)) SET \(quoted(column.name)) = ?", [value])
    }
  }

  /// A full-text index of another table's rows gets them all (fts5.html#the_rebuild_command).
  private func rebuild(_ shape: TableShape) {
    _ = try? connection.rows("INSERT INTO \(quoted(shape.name))(\(quoted(shape.name))) VALUES ('rebuild')")
  }

  /// Tables before those that refer to them, as far as there is such an order.
  private func inParentOrder() -> [TableShape] {
    var ordered: [TableShape] = []
    var seen: Set<String> = []
    func visit(_ shape: TableShape) {
      guard seen.insert(shape.key).inserted else { return }
      for key in shape.foreignKeys { parents[key.parent.lowercased()].map(visit) }
      ordered.append(shape)
    }
    shapes.forEach(visit)
    return ordered
  }
}
