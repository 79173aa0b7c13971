// INSERT, UPDATE and DELETE as relations.

import SQLCFacts
import SQLCSyntaxSQLite

extension RelationLowering {
  mutating func insert(_ insert: BoundInsert) -> RelationalInsert {
    let commonTables = self.commonTables(insert.commonTables)
    let target = source(insert.target)
    let rows: RelationalQuery? =
      switch insert.source {
      case .query(let query): self.query(query)
      case .defaultValues: nil
      }
    let upserts = insert.upserts.map { upsert -> RelationalUpsert in
      sources[upsert.excluded.id] = upsert.excluded
      let columns = upsert.target.compactMap { term -> Int? in
        if case .column(let column) = term.kind { column.index } else { nil }
      }
      let action: RelationalUpsert.Action =
        switch upsert.action {
        case .nothing: .nothing
        case .update(let assignments, let condition):
          .update(assignments.map { assignment($0) }, condition: condition.map { expression($0) })
        }
      let isPlain = !upsert.target.isEmpty && columns.count == upsert.target.count
      return RelationalUpsert(
        key: isPlain ? columns : nil, keyCondition: upsert.targetWhere.map { expression($0) },
        excluded: upsert.excluded.id.rawValue, action: action, range: upsert.target.first?.range ?? insert.target.range)
    }
    return RelationalInsert(
      commonTables: commonTables, target: target, policy: policy(insert.onConflict), columns: insert.columns,
      source: rows, upserts: upserts, returning: (insert.returning ?? []).map { expression($0.expression) })
  }

  mutating func update(_ update: BoundUpdate) -> RelationalUpdate {
    let commonTables = self.commonTables(update.commonTables)
    let target = source(update.target)
    let from = update.from.map { self.from($0.withoutIdleOuterJoins(where: update.whereClause)) }
    return RelationalUpdate(
      commonTables: commonTables, target: target, policy: policy(update.onConflict),
      assignments: update.assignments.map { assignment($0) }, from: from,
      condition: update.whereClause.map { expression($0) },
      returning: (update.returning ?? []).map { expression($0.expression) },
      limit: update.limit.map { expression($0) })
  }

  mutating func delete(_ delete: BoundDelete) -> RelationalDelete {
    let commonTables = self.commonTables(delete.commonTables)
    return RelationalDelete(
      commonTables: commonTables, target: source(delete.target), condition: delete.whereClause.map { expression($0) },
      returning: (delete.returning ?? []).map { expression($0.expression) },
      limit: delete.limit.map { expression($0) })
  }

  private mutating func assignment(_ assignment: BoundAssignment) -> RelationalAssignment {
    RelationalAssignment(
      columns: assignment.columns, value: expression(assignment.value), range: assignment.range)
  }

  private func policy(_ resolution: ConflictResolution?) -> ConflictPolicy {
    switch resolution {
    case .replace?: .replaced
    case .ignore?: .ignored
    case .abort?, .fail?, .rollback?, nil: .failure
    }
  }
}
