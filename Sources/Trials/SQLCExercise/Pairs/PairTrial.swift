// One pair of queries on one pair of databases.

import SQLCEngine
import SQLCModel

struct PairTrial<One: TrialDatabase, Two: TrialDatabase> {
  let pair: PairDatabase<One, Two>
  let query: PairedQuery
  let now: Int64
  let engines: [String]
  /// Columns that the engines keep differently, which is said once and not of every statement that writes; by table in lower
  /// case.
  var keptDifferently: [String: Set<String>] = [:]

  /// Rows that are compared.
  private let limit = 500

  /// What one engine did.
  private struct Answer {
    var rows: [[PortableValue]]
    /// Of the tables that the queries write, afterwards.
    var tables: [[[PortableValue]]]
  }

  private enum Outcome {
    case answer(Answer)
    case refused(String)
  }

  /// Tables that either query writes.
  private var written: [PairTable] {
    let names = Set((query.first.writes + query.second.writes).map { $0.description.lowercased() })
    return names.sorted().compactMap { name in
      guard var table = pair.pairs[name] else { return nil }
      for column in keptDifferently[name] ?? [] { table.columns[column] = nil }
      return table
    }
  }

  func run(
    _ arguments: (Arguments, Arguments), _ choice: VariantChoice?, _ outcome: inout PairOutcome
  ) throws(TrialFailure) {
    let (one, two) = try answers(arguments, choice)
    switch (one, two) {
    case (.refused, .refused): outcome.refusals += 1
    case (.answer(let mine), .answer(let theirs)):
      outcome.runs += 1
      outcome.rows += max(mine.rows.count, theirs.rows.count)
      let found = difference(mine, theirs, arguments, choice, &outcome)
      guard let found, !outcome.differences.contains(where: { $0.isLike(found) }) else { return }
      if try isVarying(arguments, choice, mine, theirs) {
        outcome.varying += 1
      } else {
        outcome.differences.append(found)
      }
    case (.refused, .answer), (.answer, .refused):
      outcome.runs += 1
      guard let found = refusal(one, two, arguments, choice),
        !outcome.differences.contains(where: { $0.isLike(found) })
      else { return }
      outcome.differences.append(found)
    }
  }

  // MARK: Running

  private func answers(
    _ arguments: (Arguments, Arguments), _ choice: VariantChoice?
  ) throws(TrialFailure) -> (Outcome, Outcome) {
    let sql = query.sql(for: choice)
    if !written.isEmpty {
      try pair.first.continueNumbers()
      try pair.second.continueNumbers()
    }
    return (
      try answer(pair.first, TrialQuery(sql.0, arguments.0), isFirst: true),
      try answer(pair.second, TrialQuery(sql.1, arguments.1), isFirst: false)
    )
  }

  private func answer(
    _ database: some TrialDatabase, _ trial: TrialQuery, isFirst: Bool
  ) throws(TrialFailure) -> Outcome {
    do throws(TrialFailure) {
      let tables = written
      let (run, seen) = try database.attempt(trial, limit: limit) { () throws(TrialFailure) in
        var contents: [[[PortableValue]]] = []
        for table in tables { contents.append(try self.contents(of: table, in: database, isFirst: isFirst)) }
        return contents
      }
      return .answer(
        Answer(rows: query.portable(run.rows, isFirst: isFirst, database.types), tables: seen))
    } catch {
      if error.cause == .outOfTime { throw error }
      return .refused(error.message)
    }
  }

  private func contents(
    of table: PairTable, in database: some TrialDatabase, isFirst: Bool
  ) throws(TrialFailure) -> [[PortableValue]] {
    let columns = table.sortedColumns.map { isFirst ? $0.first : $0.second }
    let rows = try database.rows(
      of: isFirst ? table.first.name : table.second.name, columns.map(\.name), where: RowFilter(), limit: nil)
    return rows.map { row in zip(row, columns).map { database.types.portableOrPlain($0, as: $1.type) } }
  }

  /// Does either engine give something else when it is asked again? Random values and identifiers do.
  private func isVarying(
    _ arguments: (Arguments, Arguments), _ choice: VariantChoice?, _ mine: Answer, _ theirs: Answer
  ) throws(TrialFailure) -> Bool {
    let again = try answers(arguments, choice)
    guard case .answer(let one) = again.0, case .answer(let two) = again.1 else { return true }
    let comparison = AnswerComparison(order: .none, now: now)
    func isSame(_ a: Answer, _ b: Answer) -> Bool {
      comparison.compare(a.rows, b.rows).hasSameRows
        && zip(a.tables, b.tables).allSatisfy { comparison.compare($0, $1).hasSameRows }
    }
    return !isSame(one, mine) || !isSame(two, theirs)
  }

  // MARK: Comparing

  private func difference(
    _ mine: Answer, _ theirs: Answer, _ arguments: (Arguments, Arguments), _ choice: VariantChoice?,
    _ outcome: inout PairOutcome
  ) -> Difference? {
    let comparison = AnswerComparison(order: query.order, now: now)
    let statements = statements(arguments, choice)
    let shown = [mine.rows, theirs.rows].map { rows in rows.map(self.shown) }
    switch comparison.compare(mine.rows, theirs.rows) {
    case .same: break
    case .openOrder: outcome.openOrders += 1
    case .order(let place):
      let keys: [Int] = if case .partial(let columns) = query.order { columns } else { [] }
      return Difference(
        kind: .order, family: .ofOrder(mine.rows[place], theirs.rows[place], by: keys), statements: statements,
        answers: shown)
    case .rows(let one, let two):
      let columns = comparison.differingColumns(mine.rows, theirs.rows, (one, two))
      guard let columns else {
        return Difference(kind: .rows, family: familyOfRows, statements: statements, answers: shown)
      }
      let family = columns.first.map { DifferenceFamily.ofValues(mine.rows[one[0]][$0], theirs.rows[two[0]][$0]) }
      return Difference(
        kind: .values(columns: columns.map { query.columns[$0].name }), family: family ?? .other,
        statements: statements, answers: shown)
    }
    for (table, contents) in zip(written, zip(mine.tables, theirs.tables)) {
      guard case .rows(let one, let two) = comparison.compare(contents.0, contents.1) else { continue }
      return Difference(
        kind: .effect(table: table.first.name), family: familyOfRows, statements: statements,
        answers: [one.map { shownRow(contents.0[$0], table) }, two.map { shownRow(contents.1[$0], table) }])
    }
    return nil
  }

  /// Which rows a query finds follows from its words.
  private var familyOfRows: DifferenceFamily {
    let words = query.first.sql.flatMap { segment -> [String] in
      guard case .text(let text) = segment else { return [] }
      return text.uppercased().split { !$0.isLetter && $0 != "_" }.map(String.init)
    }
    if words.contains("LIKE") { return .letterCase }
    if words.contains("LIMIT"), query.order != .total { return .limit }
    if words.contains(where: { $0.hasPrefix("JSON") }) { return .json }
    return .other
  }

  private func refusal(
    _ one: Outcome, _ two: Outcome, _ arguments: (Arguments, Arguments), _ choice: VariantChoice?
  ) -> Difference? {
    func shown(_ outcome: Outcome) -> [String] {
      switch outcome {
      case .answer(let answer): answer.rows.map(self.shown)
      case .refused(let message): ["refused: \(message)"]
      }
    }
    let (engine, message): (String, String)
    switch (one, two) {
    case (.refused(let words), _): (engine, message) = (engines[0], words)
    case (_, .refused(let words)): (engine, message) = (engines[1], words)
    default: return nil
    }
    return Difference(
      kind: .refusal(engine: engine, message: message),
      family: message.contains("division by zero") ? .division : .refusals,
      statements: statements(arguments, choice), answers: [shown(one), shown(two)])
  }

  private func statements(_ arguments: (Arguments, Arguments), _ choice: VariantChoice?) -> [String] {
    let sql = query.sql(for: choice)
    return [
      TrialQuery(sql.0, arguments.0).reproduction(pair.first.types),
      TrialQuery(sql.1, arguments.1).reproduction(pair.second.types),
    ]
  }

  private func shown(_ row: [PortableValue]) -> String { "(" + row.map(\.description).joined(separator: ", ") + ")" }

  private func shownRow(_ row: [PortableValue], _ table: PairTable) -> String {
    "(" + zip(table.sortedColumns, row).map { "\($0.first.name) = \($1)" }.joined(separator: ", ") + ")"
  }

  // MARK: Fewer rows

  /// Takes rows away as long as the engines differ in the same way.
  ///
  /// - Returns: nothing where the difference is not there at all.
  func shrink(
    _ difference: Difference, _ arguments: (Arguments, Arguments), _ choice: VariantChoice?, _ deadline: TrialDeadline
  ) throws(TrialFailure) -> Difference? {
    func found() throws(TrialFailure) -> Difference? {
      var outcome = PairOutcome(first: query.first, second: query.second)
      try run(arguments, choice, &outcome)
      return outcome.differences.first { $0.isLike(difference) }
    }
    guard var smallest = try found() else { return nil }
    let tables = pair.childrenFirst
    for table in tables {
      let columns = table.sortedColumns
      let names = columns.map(\.first.name)
      for row in try pair.rows(of: table.first.name, names, where: RowFilter(), limit: 40) {
        guard !deadline.isOver else { break }
        let values = Dictionary(
          zip(columns.map { $0.first.name.lowercased() }, row), uniquingKeysWith: { first, _ in first })
        guard try !pair.isReferredTo(values, in: table), try pair.remove(values, from: table) else { continue }
        if let still = try found() {
          smallest = still
        } else {
          _ = try pair.insert(values.filter { table.first.column($0.key)?.isGenerated == false }, into: table.merged)
        }
      }
    }
    let read = Set((query.first.reads + query.second.reads + query.first.writes).map { $0.description.lowercased() })
    for table in tables.reversed() where read.contains(table.first.key) {
      let contents = try pair.contents(of: table).0
      guard !contents.isEmpty else { continue }
      smallest.rows.append(SeenRows(table: table.first.name, rows: contents.map { shownRow($0, table) }))
    }
    return smallest
  }
}

extension AnswerVerdict {
  fileprivate var hasSameRows: Bool {
    if case .rows = self { false } else { true }
  }
}

extension Difference {
  /// Is it of the same kind and family, whatever the values?
  fileprivate func isLike(_ other: Difference) -> Bool {
    guard family == other.family else { return false }
    switch (kind, other.kind) {
    case (.refusal(let one, _), .refusal(let two, _)): return one == two
    case (.values(let one), .values(let two)): return one == two
    default: return kind == other.kind
    }
  }
}

extension PairDatabase {
  /// Tables before those that they refer to.
  var childrenFirst: [PairTable] {
    var ordered: [PairTable] = []
    var seen: Set<String> = []
    func visit(_ table: PairTable) {
      guard seen.insert(table.first.key).inserted else { return }
      for key in table.merged.foreignKeys { pairs[key.parent.lowercased()].map(visit) }
      ordered.append(table)
    }
    pairs.values.filter { $0.first.kind == .ordinary }.sorted { $0.first.key < $1.first.key }.forEach(visit)
    return ordered.reversed()
  }

  /// Does a row of another table, or of the same, refer to this one?
  func isReferredTo(_ values: [String: TrialValue], in table: PairTable) throws(TrialFailure) -> Bool {
    for child in pairs.values {
      for key in child.merged.foreignKeys where key.parent.lowercased() == table.first.key {
        let targets = key.targets(in: table.first)
        let equal = zip(key.columns, targets).map { (column: $0, value: values[$1.lowercased()] ?? .null) }
        guard !equal.contains(where: { $0.value.isNull }) else { continue }
        let found = try rows(of: child.first.name, [key.columns[0]], where: RowFilter(equal: equal), limit: 1)
        if !found.isEmpty { return true }
      }
    }
    return false
  }

  /// Removes a row from both databases.
  ///
  /// - Returns: whether it could be told from others.
  func remove(_ values: [String: TrialValue], from table: PairTable) throws(TrialFailure) -> Bool {
    let key = table.first.primaryKey.map { $0.lowercased() }
    guard !key.isEmpty, key.allSatisfy({ table.columns[$0] != nil && values[$0]?.isNull == false }) else {
      return false
    }
    let stored = stored(values.filter { table.merged.column($0.key)?.isGenerated == false }, in: table)
    first.removeRows(of: table.first.name, inWayOf: stored.first, key: key)
    second.removeRows(of: table.second.name, inWayOf: stored.second, key: key)
    return true
  }
}
