// Rules that stand in for a change (CREATE RULE … DO INSTEAD): of what is returned then, the table proves nothing.

import SQLCTreePostgreSQL

extension StatementAnalyzer {
  /// Whether a rule stands in for a change of the relation, or of the table that a view is written through to: it says itself which
  /// rows RETURNING gives, and they need not be the table's.
  func hasInsteadRule(_ relation: ObjectID, for events: Set<CatalogRule.Event>) -> Bool {
    var relation = relation
    var seen: Set<ObjectID> = []
    while seen.insert(relation).inserted, let table = catalog.relations[relation] {
      if table.rules.contains(where: { $0.isInstead && events.contains($0.event) }) { return true }
      // A view over several tables is written by a trigger or a rule of its own.
      guard table.kind == .view, let query = definition(of: relation), let ranges = query.parts.from?.ranges,
        ranges.count == 1, case .relation(let base, _)? = query.parts.ranges.at(ranges[0] - 1)?.kind
      else { return false }
      relation = base
    }
    return false
  }
}

extension QueryParts {
  /// What it does to the table that it writes to, as rules count it. ON CONFLICT and MERGE are refused beside rules.
  var ruleEvents: Set<CatalogRule.Event> {
    switch command {
    case .insert: [.insert]
    case .update: [.update]
    case .delete: [.delete]
    case .merge, .select, .utility: []
    }
  }
}
