// Fills tables with rows that the schema's constraints admit: parents before children, NULLs wherever they may be.

public import SQLCSQLiteHandle

/// Do primary keys get NULLs where SQLite lets them be (quirks.html#primary_keys_can_sometimes_contain_nulls)?
public enum KeyNulls: Sendable, Hashable { case none, wherePermitted }

/// How full the database becomes.
public struct FillPlan: Sendable, Hashable {
  /// Rows for each table.
  public var rows: ClosedRange<Int>
  /// How often, in a hundred, a column that may be NULL is.
  public var nullPercentage: Int
  /// Tables that stay as they are, in lower case.
  public var excluded: Set<String>
  public var keyNulls: KeyNulls
  public var times: TimeStorage
  public var storesUUIDsAsBlobs: Bool

  public init(
    rows: ClosedRange<Int> = 4...12, nullPercentage: Int = 25, excluded: Set<String> = [], keyNulls: KeyNulls = .none,
    times: TimeStorage = .text,
    storesUUIDsAsBlobs: Bool = false
  ) {
    self.rows = rows
    self.nullPercentage = nullPercentage
    self.excluded = excluded
    self.keyNulls = keyNulls
    self.times = times
    self.storesUUIDsAsBlobs = storesUUIDsAsBlobs
  }
}

/// What came of filling.
public struct FillReport: Sendable, Hashable {
  /// Rows inserted, by table.
  public var inserted: [String: Int] = [:]
  /// Tables that took no row, and SQLite's last word on it.
  public var refused: [String: String] = [:]
}

extension Connection {
  /// Fills every table that the plan does not exclude.
  ///
  /// - Throws: what SQLite says when the schema cannot be read. A row that a constraint or a trigger refuses is no failure.
  public func fill(_ plan: FillPlan = FillPlan(), seed: UInt64) throws(SQLiteFailure) -> FillReport {
    fill(plan, seed: seed, shapes: try shapes())
  }

  func fill(_ plan: FillPlan, seed: UInt64, shapes: [TableShape]) -> FillReport {
    var filler = Filler(connection: self, plan: plan, seed: seed, shapes: shapes)
    filler.run()
    return filler.report
  }
}

private struct Filler {
  let connection: Connection
  let plan: FillPlan
  let shapes: [TableShape]
  var maker: ValueMaker
  var report = FillReport()

  init(connection: Connection, plan: FillPlan, seed: UInt64, shapes: [TableShape]) {
    self.connection = connection
    self.plan = plan
    self.shapes = shapes
    maker = ValueMaker(random: SeededGenerator(seed: seed))
    maker.timeStorage = plan.times
    maker.storesUUIDsAsBlobs = plan.storesUUIDsAsBlobs
  }

  mutating func run() {
    for shape in inParentOrder() where !plan.excluded.contains(shape.name.lowercased()) { fill(shape) }
    // What a cycle of references left out may find its parents now.
    for shape in shapes where report.refused[shape.name] != nil {
      report.refused[shape.name] = nil
      fill(shape)
    }
  }

  private mutating func fill(_ shape: TableShape) {
    let wanted = Int.random(in: plan.rows, using: &maker.random)
    var inserted = 0
    var attempts = 0
    var refusal = "no value was found for it"
    while inserted < wanted, attempts < wanted * 25 {
      attempts += 1
      // Late attempts keep to what is plain.
      if let failure = insert(into: shape, isPlain: attempts > wanted * 12) { refusal = failure } else { inserted += 1 }
    }
    report.inserted[shape.name, default: 0] += inserted
    if inserted == 0, wanted > 0 { report.refused[shape.name] = refusal }
  }

  /// SQLite's refusal; nil when the row is in.
  private mutating func insert(into shape: TableShape, isPlain: Bool) -> String? {
    var values: [String: Value] = [:]
    for key in shape.foreignKeys { reference(key, of: shape, into: &values) }
    var names: [String] = []
    var arguments: [Value] = []
    for column in shape.columns where !column.isGenerated {
      if let referenced = values[column.name.lowercased()] {
        names.append(column.name)
        arguments.append(referenced)
      } else if column.isRowID, maker.random.chance(90) {
        continue
      } else {
        names.append(column.name)
        arguments.append(value(for: column, isPlain: isPlain))
      }
    }
    let sql =
      names.isEmpty
      ? "INSERT INTO \(quoted(shape.name)) DEFAULT VALUES"
      : "INSERT INTO \(quoted(shape.name)) (\(names.map(quoted).joined(separator: ", "))) VALUES ("
        + names.map { _ in "?" }.joined(separator: ", ") + ")"
    do throws(SQLiteFailure) {
      _ = try connection.rows(sql, arguments)
      return nil
    } catch {
      return error.message
    }
  }

  private func mayBeNull(_ column: TableShape.Column) -> Bool {
    guard !column.isNotNull, column.keyPlace > 0 else { return !column.isNotNull }
    return switch plan.keyNulls {
    case .none: false
    // A NULL for the rowid is the next number.
    case .wherePermitted: !column.isRowID
    }
  }

  private mutating func value(for column: TableShape.Column, isPlain: Bool) -> Value {
    if mayBeNull(column), maker.random.chance(isPlain ? 90 : plan.nullPercentage) { return .null }
    return column.isUnique
      ? maker.uniqueValue(of: column.family, hints: column.hints)
      : maker.value(of: column.family, hints: column.hints)
  }

  /// The values of an existing parent, or NULLs where they may be.
  private mutating func reference(
    _ key: TableShape.ForeignKey, of shape: TableShape, into values: inout [String: Value]
  ) {
    let columns = key.columns.compactMap(shape.column)
    let mayBeNull = columns.contains(where: mayBeNull)
    let parent = shapes.first { $0.name.lowercased() == key.parent.lowercased() }
    let parentColumns =
      key.parentColumns.isEmpty
      ? (parent?.columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name) ?? [])
      : key.parentColumns
    var row: [Value]?
    if !(mayBeNull && maker.random.chance(plan.nullPercentage)), parentColumns.count == key.columns.count {
      let list = parentColumns.map(quoted).joined(separator: ", ")
      let parents = try? connection.rows("SELECT \(list) FROM \(quoted(key.parent)) LIMIT 50")
      // A child whose key is unique takes the next parent, any other one takes any.
      row = parents?.randomElement(using: &maker.random)
    }
    for (position, column) in key.columns.enumerated() {
      if let row {
        values[column.lowercased()] = row[position]
      } else if mayBeNull {
        values[column.lowercased()] = .null
      }
    }
  }

  /// Tables before those that refer to them, as far as there is such an order.
  private func inParentOrder() -> [TableShape] {
    var ordered: [TableShape] = []
    var state: [String: Bool] = [:]
    func visit(_ shape: TableShape) {
      guard state[shape.name.lowercased()] == nil else { return }
      state[shape.name.lowercased()] = false
      for key in shape.foreignKeys {
        if let parent = shapes.first(where: { $0.name.lowercased() == key.parent.lowercased() }) { visit(parent) }
      }
      state[shape.name.lowercased()] = true
      ordered.append(shape)
    }
    shapes.forEach(visit)
    return ordered
  }
}
