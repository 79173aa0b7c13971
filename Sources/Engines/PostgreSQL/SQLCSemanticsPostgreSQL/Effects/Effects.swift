import SQLCTreePostgreSQL

extension StatementAnalyzer {
  func effects(of query: Query) -> StatementEffects {
    var collector = EffectCollector(analyzer: self)
    collector.visit(query)
    return collector.effects
  }

  func effects(ofTruncating tables: [AnalyzedUtility.Truncated]) -> StatementEffects {
    var collector = EffectCollector(analyzer: self)
    for table in tables { collector.change(table.relation, .truncate, nil, table.inheritance) }
    return collector.effects
  }

  func effects(ofRefreshing view: ObjectID) -> StatementEffects {
    var collector = EffectCollector(analyzer: self)
    collector.writes.insert(view)
    if let query = definition(of: view) { collector.visit(query) }
    return collector.effects
  }
}

/// Follows a statement through views, functions, triggers, rules and the actions of foreign keys.
private struct EffectCollector {
  let analyzer: StatementAnalyzer
  var reads: Set<ObjectID> = []
  var writes: Set<ObjectID> = []
  var locksRows = false
  var opaque: Set<ObjectID> = []
  var volatile: Set<ObjectID> = []
  private var views: Set<ObjectID> = []
  private var functions: Set<ObjectID> = []
  private var changes: Set<Change> = []

  private struct Change: Hashable {
    var relation: ObjectID
    var event: TableEvent
    /// The columns that an UPDATE sets; nil for all.
    var columns: Set<Int>?
  }

  init(analyzer: StatementAnalyzer) { self.analyzer = analyzer }

  var effects: StatementEffects {
    StatementEffects(
      reads: reads.sorted(), writes: writes.sorted(), locksRows: locksRows, opaqueFunctions: opaque.sorted(),
      volatileFunctions: volatile.sorted())
  }

  mutating func visit(_ query: Query) {
    let parts = query.parts
    if parts.locksRows { locksRows = true }
    for (index, range) in parts.ranges.enumerated() {
      guard case .relation(let relation, let inheritance) = range.kind else { continue }
      if index + 1 == parts.target, parts.command != .select {
        write(relation, inheritance, parts)
      } else if index + 1 != parts.onConflict?.excluded {
        read(relation, inheritance)
      }
    }
    var nested: [Query] = []
    query.forEachNested { nested.append($0) }
    var expressions: [Expression] = []
    query.forEachExpression { expressions.append($0) }
    for one in nested { visit(one) }
    for one in expressions { visit(one) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .call(let call), .distinct(let call), .nullIf(let call): visit(function: analyzer.function(of: call))
    case .arrayComparison(let comparison):
      visit(function: analyzer.function(comparison.function, of: comparison.operator))
    case .aggregate(let aggregate): visit(function: aggregate.function)
    case .window(let call): visit(function: call.function)
    case .subquery(let subquery): visit(subquery.query)
    default: break
    }
    var children: [Expression] = []
    expression.forEachChild { children.append($0) }
    for one in children { visit(one) }
  }

  private mutating func visit(function: ObjectID) {
    guard let description = analyzer.catalog.functions[function], functions.insert(function).inserted else { return }
    if description.volatility == .volatile { volatile.insert(function) }
    guard description.schema != "pg_catalog", description.volatility != .immutable else { return }
    let body = analyzer.body(of: function)
    if !body.isEmpty {
      for one in body { visit(one) }
    } else if description.language != "c", description.language != "internal" {
      opaque.insert(function)
    }
  }

  private mutating func read(_ relation: ObjectID, _ inheritance: RangeEntry.Inheritance) {
    guard let description = analyzer.catalog.relations[relation] else { return }
    if description.kind == .view {
      // PostgreSQL's own views read catalogs and the server's state, and change nothing.
      guard description.schema != "pg_catalog", description.schema != "information_schema" else { return }
      if views.insert(relation).inserted, let query = analyzer.definition(of: relation) { visit(query) }
      return
    }
    reads.insert(relation)
    if inheritance == .withChildren { reads.formUnion(analyzer.descendants(of: relation)) }
  }

  private mutating func write(_ relation: ObjectID, _ inheritance: RangeEntry.Inheritance, _ parts: QueryParts) {
    let set = Set(parts.targets.filter { !$0.isHidden }.map(\.number))
    switch parts.command {
    case .insert:
      change(relation, .insert, nil, inheritance)
      if let conflict = parts.onConflict, conflict.action == .update {
        read(relation, inheritance)
        change(relation, .update, Set(conflict.set.map(\.number)), inheritance)
      }
      visitDefaults(of: relation, except: set)
    case .update:
      read(relation, inheritance)
      change(relation, .update, set, inheritance)
    case .delete:
      read(relation, inheritance)
      change(relation, .delete, nil, inheritance)
    case .merge:
      read(relation, inheritance)
      for action in parts.mergeActions {
        let columns = Set(action.targets.map(\.number))
        switch action.command {
        case .insert:
          change(relation, .insert, nil, inheritance)
          visitDefaults(of: relation, except: columns)
        case .update: change(relation, .update, columns, inheritance)
        case .delete: change(relation, .delete, nil, inheritance)
        case .select, .merge, .utility: break
        }
      }
    case .select, .utility: break
    }
  }

  private mutating func visitDefaults(of relation: ObjectID, except columns: Set<Int>) {
    for column in analyzer.catalog.relations[relation]?.columns ?? [] where !columns.contains(column.number) {
      guard let text = column.defaultValue, let expressions = analyzer.expressions(of: text) else { continue }
      for one in expressions { visit(one) }
    }
  }

  /// A change of a table, and all it leads to.
  mutating func change(
    _ relation: ObjectID, _ event: TableEvent, _ columns: Set<Int>?, _ inheritance: RangeEntry.Inheritance
  ) {
    guard let table = analyzer.catalog.relations[relation],
      changes.insert(Change(relation: relation, event: event, columns: columns)).inserted
    else { return }
    for trigger in table.triggers where trigger.isEnabled && trigger.events.contains(event) {
      visit(trigger: trigger.function)
    }
    for rule in table.rules where rule.event == CatalogRule.Event(event) {
      for action in analyzer.actions(of: rule) { visit(action) }
    }
    if table.kind == .view {
      changeThrough(relation, event, columns)
      return
    }
    writes.insert(relation)
    if inheritance == .withChildren {
      for child in analyzer.descendants(of: relation) { change(child, event, nil, .only) }
    }
    // The row that an UPDATE moves to another partition is inserted there.
    if table.kind == .partitionedTable, event == .update { change(relation, .insert, nil, inheritance) }
    for (referring, key) in analyzer.foreignKeysTo[relation] ?? [] {
      let action: CatalogForeignKey.Action
      switch event {
      case .delete: action = key.onDelete
      case .update:
        guard columns.map({ !$0.isDisjoint(with: key.referencedColumns) }) ?? true else { continue }
        action = key.onUpdate
      case .insert, .truncate: continue
      }
      switch (action, event) {
      case (.cascade, .delete): change(referring, .delete, nil, .withChildren)
      case (.cascade, _), (.setNull, _), (.setDefault, _):
        change(referring, .update, Set(key.columns), .withChildren)
      case (.noAction, _), (.restrict, _): break
      }
    }
  }

  private mutating func visit(trigger function: ObjectID) {
    functions.insert(function)
    opaque.insert(function)
  }

  /// A view that is written through writes the table it shows, where no trigger stands in.
  private mutating func changeThrough(_ view: ObjectID, _ event: TableEvent, _ columns: Set<Int>?) {
    let table = analyzer.catalog.relations[view]
    let standsIn = table?.triggers.contains { $0.timing == .insteadOf && $0.events.contains(event) } ?? false
    guard !standsIn, let query = analyzer.definition(of: view) else { return }
    visit(query)
    for range in query.parts.from?.ranges ?? [] {
      guard case .relation(let base, let inheritance)? = query.parts.ranges.at(range - 1)?.kind else { continue }
      change(base, event, nil, inheritance)
    }
  }
}

extension CatalogRule.Event {
  /// Nothing for what no rule is for.
  fileprivate init?(_ event: TableEvent) {
    switch event {
    case .insert: self = .insert
    case .update: self = .update
    case .delete: self = .delete
    case .truncate: return nil
    }
  }
}
