// INSERT, UPDATE and DELETE as relations.

import SQLCDiagnostics
import SQLCFacts
import SQLCTreePostgreSQL

extension RelationLowering {
  mutating func insert(_ parts: QueryParts) -> RelationalInsert {
    enter(parts)
    defer { leave() }
    let commonTables = self.commonTables(parts.commonTables)
    let (object, target) = self.target(parts)
    let columns = parts.targets.map { column($0.number, of: object) }
    let (from, condition) = self.from(parts.from, without: nil)
    let values = parts.targets.map { expression($0.expression) }
    let body: RelationalQuery.Body =
      if let from {
        .select(
          RelationalSelect(
            duplicates: .kept, outputs: values, from: from, condition: condition, grouping: .none, having: nil,
            range: ByteRange(at: 0)))
      } else {
        .values([values])
      }
    let source = RelationalQuery(
      commonTables: [], body: body, orderBy: [], limit: nil, offset: nil, range: ByteRange(at: 0))
    return RelationalInsert(
      commonTables: commonTables, target: target, policy: .failure, columns: columns,
      source: parts.targets.isEmpty ? nil : source, upserts: parts.onConflict.map { [upsert($0, object)] } ?? [],
      returning: parts.returning.map { expression($0.expression) })
  }

  private mutating func upsert(_ conflict: OnConflict, _ object: ObjectID) -> RelationalUpsert {
    let columns = conflict.arbiterElements.compactMap { element -> Int? in
      if case .variable(let variable) = element { catalog.columnIndex(variable.attribute, of: object) } else { nil }
    }
    let isPlain = !columns.isEmpty && columns.count == conflict.arbiterElements.count
    let action: RelationalUpsert.Action =
      switch conflict.action {
      case .nothing: .nothing
      case .update:
        .update(conflict.set.map { assignment($0, object) }, condition: conflict.condition.map { expression($0) })
      }
    return RelationalUpsert(
      key: isPlain ? columns : nil, keyCondition: conflict.arbiterCondition.map { expression($0) },
      excluded: source(conflict.excluded)?.id ?? newID(), action: action, range: ByteRange(at: 0))
  }

  mutating func update(_ parts: QueryParts) -> RelationalUpdate {
    enter(parts)
    defer { leave() }
    let commonTables = self.commonTables(parts.commonTables)
    let (object, target) = self.target(parts)
    let (from, condition) = self.from(parts.from, without: parts.target)
    return RelationalUpdate(
      commonTables: commonTables, target: target, policy: .failure,
      assignments: parts.targets.filter { !$0.isHidden }.map { assignment($0, object) }, from: from,
      condition: condition, returning: parts.returning.map { expression($0.expression) }, limit: nil)
  }

  /// `DELETE FROM t USING u WHERE c` deletes the rows of t for which there is one of u.
  mutating func delete(_ parts: QueryParts) -> RelationalDelete {
    enter(parts)
    defer { leave() }
    let commonTables = self.commonTables(parts.commonTables)
    let (_, target) = self.target(parts)
    var (from, condition) = self.from(parts.from, without: parts.target)
    if let others = from {
      let query = RelationalQuery(
        commonTables: [],
        body: .select(
          RelationalSelect(
            duplicates: .kept, outputs: [], from: others, condition: condition, grouping: .none, having: nil,
            range: ByteRange(at: 0))), orderBy: [], limit: nil, offset: nil, range: ByteRange(at: 0))
      condition = RelationalExpression(.exists(query), range: ByteRange(at: 0))
      from = nil
    }
    return RelationalDelete(
      commonTables: commonTables, target: target, condition: condition,
      returning: parts.returning.map { expression($0.expression) }, limit: nil)
  }

  // MARK: Targets

  private mutating func target(_ parts: QueryParts) -> (object: ObjectID, source: RelationalSource) {
    guard let range = parts.target, let (_, entry) = source(range), case .relation(let object, _) = entry.kind,
      let relation = catalog.relations[object], relation.kind != .view, relation.rules.isEmpty
    else {
      // What a view or a rule makes of it is written elsewhere.
      isWhole = false
      return (.none, RelationalSource(id: newID(), name: "", kind: .function([]), range: ByteRange(at: 0)))
    }
    return (object, source(ofRange: range))
  }

  private mutating func assignment(_ target: Target, _ object: ObjectID) -> RelationalAssignment {
    let value = expression(target.expression)
    return RelationalAssignment(columns: [column(target.number, of: object)], value: value, range: value.range)
  }

  private mutating func column(_ number: Int, of object: ObjectID) -> Int {
    guard let index = catalog.columnIndex(number, of: object) else {
      isWhole = false
      return 0
    }
    return index
  }
}
