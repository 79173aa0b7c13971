// FROM clauses: sources, what outer joins do to them, and what proofs undo (inference rules 144 to 155).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Inference {
  /// Brings the sources of a FROM clause into scope. Returns their ids.
  @discardableResult
  func enter(_ from: BoundFrom, select: SelectID?) -> [SourceID] {
    switch from {
    case .source(let source):
      enter(source, select: select)
      return [source.id]
    case .join(let join):
      let left = enter(join.left, select: select)
      let right = enter(join.right, select: select)
      if let condition = join.condition { infer(condition, .plain(.integer, logical: .boolean)) }
      switch join.kind {
      case .comma, .inner, .cross:
        // The ON of an inner join filters as WHERE does.
        if let condition = join.condition { narrow(nonNullWhenTrue(condition), within: left + right) }
      case .left: nullify(right, by: join, "LEFT JOIN", condition: join.condition)
      case .right: nullify(left, by: join, "RIGHT JOIN", condition: join.condition)
      case .full:
        nullify(left, by: join, "FULL JOIN", condition: join.condition, partner: nullifiers.count + 1)
        nullify(right, by: join, "FULL JOIN", condition: join.condition, partner: nullifiers.count - 1)
      }
      return left + right
    }
  }

  func enter(_ source: BoundSource, select: SelectID?) {
    var state = SourceState(name: source.name, content: .columns([]), select: select)
    switch source.kind {
    case .table(let table), .excluded(let table), .triggerRow(let table):
      state.content = .table(table)
    case .tableFunction(let table, let arguments):
      for (position, argument) in arguments.enumerated() {
        // `f(?)` on a full-text table is `f MATCH ?` (SQLite, fts5.html §3).
        infer(
          argument,
          .plain(
            isFullText(table) ? .text : functionArgument(of: table), .weak, .neutral,
            name: argumentName(table, position)))
      }
      state.content = .table(table)
      state.isMatched = true
    case .subquery(let query): fill(&state, inferReadFrom(query))
    case .commonTable(let id): fill(&state, facts(of: id))
    case .view(let view, let query): fill(&state, facts(of: view, query))
    }
    states[source.id] = state
  }

  private func fill(_ state: inout SourceState, _ facts: QueryFacts) {
    state.content = .columns(facts.columns)
    state.companions = facts.companions
  }

  /// A view means the same wherever it is used: it is inferred once.
  private func facts(of view: View, _ query: BoundQuery) -> QueryFacts {
    if let known = viewFacts[view.definition] { return known }
    let facts = inferView(query)
    viewFacts[view.definition] = facts
    return facts
  }

  /// A view's query has ids of its own.
  private func inferView(_ query: BoundQuery) -> QueryFacts {
    let saved = (states, bareSelects, groupedSelects, commonTables, commonTableFacts, outputs, provenExpressions)
    // Its ranges are of another file.
    let outside = recorded
    states = [:]
    bareSelects = []
    groupedSelects = []
    commonTables = [:]
    commonTableFacts = [:]
    outputs = []
    provenExpressions = []
    recorded = nil
    defer {
      (states, bareSelects, groupedSelects, commonTables, commonTableFacts, outputs, provenExpressions) = saved
      recorded = outside
    }
    return inferReadFrom(query).withoutRanges()
  }

  private func functionArgument(of table: Table) -> StorageClasses {
    guard case .eponymous(let module) = table.kind else { return .any }
    return module.hasPrefix("json") || module.hasPrefix("pragma") ? .text : .any
  }

  private func argumentName(_ table: Table, _ position: Int) -> String? {
    if isFullText(table) { return "query" }
    guard case .eponymous(let module) = table.kind else { return nil }
    // json_each(json, path), pragma_table_info(name, schema)
    if module.hasPrefix("json") { return position == 0 ? "json" : "path" }
    return position == 0 ? "name" : "schema"
  }

  func isFullText(_ table: Table) -> Bool {
    guard case .virtual(let module) = table.kind else { return false }
    return module == "fts5" || module == "fts4" || module == "fts3"
  }

  private func nullify(
    _ sources: [SourceID], by join: BoundJoin, _ word: String, condition: BoundExpression?, partner: Int? = nil
  ) {
    var nullifier = Nullifier(reasons: [:], condition: condition, partner: partner)
    for source in sources {
      guard let name = states[source]?.name else { continue }
      nullifier.reasons[source] = NullReason(.outerJoin(source: name, join: word), at: join.operatorRange)
      states[source]?.nullifiers.append(nullifiers.count)
    }
    nullifiers.append(nullifier)
  }

  /// Records that these columns are not NULL in the rows that follow, and what that implies: their source's row is
  /// there, so the outer joins that might have removed it did not, so their ON conditions held, and so on.
  func narrow(_ proven: NonNull, within sources: [SourceID]? = nil) {
    note(proven.expressions, within: sources)
    var work = Array(proven.columns)
    while let key = work.popLast() {
      if let sources, !sources.contains(key.source) { continue }
      guard var state = states[key.source] else { continue }
      let isNew = state.nonNull.insert(key.index).inserted
      let ruledOut = state.nullifiers
      guard isNew || !ruledOut.isEmpty else { continue }
      work += state.companions[key.index, default: []].map { ColumnKey(source: key.source, index: $0) }
      state.nullifiers = []
      states[key.source] = state
      for id in ruledOut {
        for (other, otherState) in states where otherState.nullifiers.contains(id) {
          states[other]?.nullifiers.removeAll { $0 == id }
        }
        let nullifier = nullifiers[id]
        let isMatched =
          nullifier.partner.map { partner in !states.values.contains { $0.nullifiers.contains(partner) } } ?? true
        if isMatched, let condition = nullifier.condition {
          let implied = nonNullWhenTrue(condition)
          note(implied.expressions, within: sources)
          work += implied.columns
        }
      }
    }
  }

  /// WHERE, and ON where it filters: MATCH on a full-text table makes its `rank` a number.
  func noteMatches(in expression: BoundExpression) {
    switch expression.kind {
    case .binary(.and, let left, let right):
      noteMatches(in: left)
      noteMatches(in: right)
    case .like(.match, isNegated: false, let operand, _, _): noteMatch(operand)
    case .binary(.equal, let left, let right):
      if case .tableColumn = left.kind { noteMatch(left) }
      if case .tableColumn = right.kind { noteMatch(right) }
    default: break
    }
  }

  private func noteMatch(_ operand: BoundExpression) {
    switch operand.kind {
    case .tableColumn(let source): states[source]?.isMatched = true
    case .column(let column) where !isRank(column): states[column.source]?.isMatched = true
    default: break
    }
  }
}
