import SQLCTreePostgreSQL

/// How many rows, and why.
struct Cardinality: Hashable {
  var count: StatementFacts.RowCount
  var reason: String
  init(_ count: StatementFacts.RowCount, _ reason: String) {
    self.count = count
    self.reason = reason
  }
}

extension QueryScope {
  var cardinality: Cardinality {
    if let known = rowCache { return known }
    let result = parts.command == .select ? selectedRows() : writtenRows()
    rowCache = result
    return result
  }

  private func selectedRows() -> Cardinality {
    var result = rowsBeforeLimit()
    if let limit = parts.limit {
      let number = constantLimit(limit)
      switch number {
      case 0: result = Cardinality(.atMostOne, "LIMIT 0")
      case 1 where !parts.hasTies:
        if result.count == .many { result = Cardinality(.atMostOne, "LIMIT 1") }
      case .some: break
      case nil: if result.count == .exactlyOne { result = Cardinality(.atMostOne, "LIMIT") }
      }
    }
    if parts.offset != nil, result.count == .exactlyOne { result = Cardinality(.atMostOne, "OFFSET") }
    if parts.locksRows, result.count == .exactlyOne { result = Cardinality(.atMostOne, "rows that are locked") }
    return result
  }

  /// The number of LIMIT, also through the conversion to bigint; nil where it is no constant.
  private func constantLimit(_ expression: Expression) -> Int? {
    switch expression {
    case .constant(let constant):
      guard let bytes = constant.bytes, bytes.count == 8 || bytes.count == 4 else { return nil }
      var value: UInt64 = 0
      for (index, byte) in bytes.enumerated() { value |= UInt64(byte) << UInt64(8 * index) }
      return Int(exactly: value)
    case .call(let call) where call.form != .call && call.arguments.count == 1:
      return call.arguments.first.flatMap(constantLimit)
    case .conversion(let conversion): return constantLimit(conversion.argument)
    default: return nil
    }
  }

  private func rowsBeforeLimit() -> Cardinality {
    if let operation = parts.setOperation { return rows(of: operation) }
    if parts.returnsSets { return Cardinality(.many, "a set-returning function") }
    if grouping.isOneGroup {
      return parts.having != nil
        ? Cardinality(.atMostOne, "aggregate with HAVING") : Cardinality(.exactlyOne, "aggregate without GROUP BY")
    }
    if grouping.hasSets { return Cardinality(.many, "grouping sets") }
    var rows = RowSearch(self)
    var result = rows.joined()
    let keys = parts.groupBy.isEmpty ? parts.distinctOn : parts.groupBy
    if result.count == .many, !keys.isEmpty, keys.allSatisfy({ isFixed($0, rows) }) {
      result = Cardinality(.atMostOne, "every grouping column is fixed")
    }
    if parts.having != nil, result.count == .exactlyOne { result.count = .atMostOne }
    return result
  }

  /// One value for all rows, in the eyes of the operator that groups them.
  private func isFixed(_ key: SortReference, _ rows: RowSearch) -> Bool {
    guard let target = parts.targets.first(where: { $0.sortReference == key.reference }) else { return false }
    return rows.isOneValue(target.expression)
      || rows.isEqualToFixed(target.expression, by: key.equality)
  }

  private func rows(of operation: SetOperation) -> Cardinality {
    switch operation {
    case .range(let range): return scope(ofRange: range)?.cardinality ?? Cardinality(.many, "a set operation")
    case .operation(let kind, let all, let left, let right):
      let (first, second) = (rows(of: left), rows(of: right))
      switch kind {
      case .union: return Cardinality(.many, "UNION")
      case .intersect:
        // Without ALL a single row of either side is the most there can be.
        if first.count != .many || second.count != .many {
          return Cardinality(.atMostOne, all ? "INTERSECT ALL with at most one row" : "INTERSECT with at most one row")
        }
      case .except: if first.count != .many { return Cardinality(.atMostOne, "EXCEPT from at most one row") }
      }
      return Cardinality(.many, "set operation")
    }
  }

  private func writtenRows() -> Cardinality {
    guard parts.command != .utility else { return Cardinality(.many, "utility") }
    guard !parts.returning.isEmpty else { return Cardinality(.exactlyOne, "no rows are returned") }
    guard let target = parts.target, case .relation(let relation, _)? = parts.ranges.at(target - 1)?.kind,
      let table = catalog.relations[relation]
    else { return Cardinality(.many, "a table that is not known") }
    if parts.returning.contains(where: { returnsSet($0.expression) }) {
      return Cardinality(.many, "a set-returning function")
    }
    switch parts.command {
    case .insert, .update, .delete: break
    case .merge: return Cardinality(.many, "MERGE")
    case .select, .utility: return Cardinality(.many, "")
    }
    if analyzer.hasInsteadRule(relation, for: parts.ruleEvents) {
      return Cardinality(.many, "\(table.name) has a rule that does something else")
    }
    if parts.command == .insert { return insertedRows(relation, table) }
    var rows = RowSearch(self)
    return rows.ofTarget(target, table)
  }

  private func insertedRows(_ relation: ObjectID, _ table: CatalogRelation) -> Cardinality {
    if parts.returnsSets { return Cardinality(.many, "a set-returning function") }
    var result = Cardinality(.exactlyOne, "one row is inserted")
    if let from = parts.from, !from.ranges.isEmpty {
      var rows = RowSearch(self)
      result = rows.joined()
    }
    guard result.count == .exactlyOne else { return result }
    if table.kind == .view { return Cardinality(.atMostOne, "\(table.name) is a view that is written through") }
    if table.kind == .foreignTable { return Cardinality(.atMostOne, "\(table.name) is a foreign table") }
    if !table.rules.isEmpty || table.rowSecurity != .off {
      return Cardinality(.atMostOne, "\(table.name) has rules or policies")
    }
    // A row is stored in the table or, where that is partitioned, in one of its parts.
    let places = table.kind == .partitionedTable ? [relation] + analyzer.descendants(of: relation) : [relation]
    let events: Set<TableEvent> = parts.onConflict?.action == .update ? [.insert, .update] : [.insert]
    if places.contains(where: { catalog.relations[$0]?.hasRowTrigger(.before, events) ?? true }) {
      return Cardinality(.atMostOne, "a BEFORE trigger of \(table.name) may leave the row out")
    }
    guard let conflict = parts.onConflict else { return result }
    if conflict.action == .nothing { return Cardinality(.atMostOne, "ON CONFLICT DO NOTHING") }
    if conflict.condition != nil { return Cardinality(.atMostOne, "ON CONFLICT DO UPDATE WHERE") }
    return result
  }
}
