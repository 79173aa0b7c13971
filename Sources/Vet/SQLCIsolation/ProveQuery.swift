// Queries: what their rows fulfil, and what of them is not restricted yet.

import SQLCFacts

extension Prover {
  func rows(of query: RelationalQuery, _ environment: Environment, _ context: Knowledge) -> Rows {
    guard !isExhausted else { return Rows() }
    let around = Set(environment.sources.values)
    let environment = defining(query.commonTables, in: environment, context)
    var result = rows(of: query.body, orderedBy: query.orderBy, environment, context)
    for bound in [query.limit, query.offset].compactMap(\.self) { visit(bound, environment, context) }
    if query.limit != nil || query.offset != nil {
      let (kept, lost) = divide(result.open, by: context + result.knowledge, around)
      lose(lost, .late) { "LIMIT counts rows of others before '\($0.column)' is compared" }
      result.open = kept
    }
    return result
  }

  /// Those that belong, each time the query is evaluated, to whom a row around it belongs: whatever looks at several rows looks at
  /// that owner's only. They are settled where that row is.
  private func divide(
    _ open: [Obligation], by knowledge: Knowledge, _ around: Set<Int>
  ) -> (kept: [Obligation], lost: [Obligation]) {
    guard !open.isEmpty, !around.isEmpty else { return ([], open) }
    let classes = classes(of: knowledge)
    var kept: [Obligation] = []
    var lost: [Obligation] = []
    for var obligation in open {
      let outer = obligation.owners.flatMap { classes.members(of: $0) }.filter { node in
        node.occurrence.map(around.contains) ?? false
      }
      if outer.isEmpty {
        lost.append(obligation)
      } else {
        obligation.owners = outer
        kept.append(obligation)
      }
    }
    return (kept, lost)
  }

  private func rows(
    of body: RelationalQuery.Body, orderedBy order: [RelationalExpression], _ environment: Environment,
    _ context: Knowledge
  ) -> Rows {
    switch body {
    case .select(let select): return rows(of: select, orderedBy: order, environment, context)
    case .values(let rows):
      for row in rows { for value in row { visit(value, environment, context) } }
      return merged(rows.map { row in Rows(outputs: row.map { node(of: $0, environment) }) }, context)
    case .compound(_, let left, let right):
      let arms = [left, right].map { rows(of: $0, orderedBy: [], environment, context) }
      return merged(arms, context)
    }
  }

  // MARK: SELECT

  private func rows(
    of select: RelationalSelect, orderedBy order: [RelationalExpression], _ around: Environment, _ context: Knowledge
  ) -> Rows {
    var environment = around
    var from = FromRows()
    if let node = select.from { from = self.from(node, &environment, context) }
    var local = from.knowledge
    if let condition = select.condition { local += knowledge(of: condition, environment, context + local) }
    let all = context + local

    for (condition, extra) in from.conditions { visit(condition, environment, all + extra, as: .truth) }
    if let condition = select.condition { visit(condition, environment, all, as: .truth) }
    var open = settle(from, all, nearest: nearestOccurrences(in: select.condition, environment))

    let shown = select.outputs + order
    let having = select.having.map { [$0] } ?? []
    var inside = all
    // An aggregate without groups gives a row of no rows, too.
    if case .all = select.grouping { inside.isImpossible = context.isImpossible }
    for expression in shown + having { visit(expression, environment, inside) }

    open = pass(select.grouping, shown + having, open, environment, all)
    if let condition = select.having {
      local += knowledge(of: condition, environment, all)
      open = settle(open, context + local)
    }
    open = passWindows(shown, open, environment, context + local)

    var result = Rows(open: open, occurrences: from.occurrences)
    if case .all = select.grouping {
      // One row, also of no rows: nothing that they fulfil is true of it.
      result.outputs = select.outputs.map { output in
        switch output.kind {
        case .parameter, .null, .constant: node(of: output, environment)
        default: nil
        }
      }
    } else {
      result.knowledge = local
      result.outputs = select.outputs.map { node(of: $0, environment) }
    }
    return result
  }

  private func pass(
    _ grouping: RelationalSelect.Grouping, _ shown: [RelationalExpression], _ open: [Obligation],
    _ environment: Environment, _ all: Knowledge
  ) -> [Obligation] {
    guard !open.isEmpty else { return [] }
    switch grouping {
    case .none: return open
    case .all:
      let lost = open.filter { !isSettled($0, inAggregatesOf: shown, environment, all) }
      lose(lost, .late) { "it aggregates rows of others, since '\($0.column)' is not compared before" }
      return []
    case .by(let keys):
      for key in keys { visit(key, environment, all) }
      let classes = classes(of: all)
      let nodes = keys.compactMap { node(of: $0, environment) }
      let (kept, lost) = open.split { obligation in
        obligation.owners.contains { owner in nodes.contains { classes.areSame($0, owner) } }
      }
      lose(lost, .late) { "it groups rows of others, since '\($0.column)' is neither compared before nor grouped by" }
      return kept
    }
  }

  /// Does every aggregate look at the tenant's rows only?
  private func isSettled(
    _ obligation: Obligation, inAggregatesOf shown: [RelationalExpression], _ environment: Environment, _ all: Knowledge
  ) -> Bool {
    var calls: [RelationalCall] = []
    guard shown.allSatisfy({ $0.isOfAggregatesOnly(&calls) }), !calls.isEmpty else { return false }
    return calls.allSatisfy { call in
      if let filter = call.filter {
        return settle([obligation], all + knowledge(of: filter, environment, all)).isEmpty
      }
      guard case .aggregate(.skipped) = call.role,
        case .caseWhen(nil, let branches, let otherwise)? = call.arguments.first?.kind
      else { return false }
      let endsInNull = otherwise.map { if case .null = $0.kind { true } else { false } } ?? true
      return endsInNull
        && branches.allSatisfy { settle([obligation], all + knowledge(of: $0.when, environment, all)).isEmpty }
    }
  }

  private func passWindows(
    _ shown: [RelationalExpression], _ open: [Obligation], _ environment: Environment, _ all: Knowledge
  ) -> [Obligation] {
    let windows = shown.flatMap(\.flattened).compactMap { expression -> RelationalCall? in
      if case .call(let call) = expression.kind, case .window = call.role { call } else { nil }
    }
    guard !open.isEmpty, !windows.isEmpty else { return open }
    let classes = classes(of: all)
    let (kept, lost) = open.split { obligation in
      windows.allSatisfy { window in
        window.partition.compactMap { node(of: $0, environment) }.contains { key in
          obligation.owners.contains { classes.areSame(key, $0) }
        }
      }
    }
    lose(lost, .late) { "'\(windows[0].name)' looks at rows of others before '\($0.column)' is compared" }
    return kept
  }

  // MARK: Arms

  /// The rows of several queries together: what is true of all of them.
  func merged(_ arms: [Rows], _ context: Knowledge) -> Rows {
    if arms.count == 1, arms[0].open.isEmpty { return arms[0] }
    let width = arms.map(\.outputs.count).min() ?? 0
    let occurrence = newOccurrence()
    var result = Rows(
      outputs: (0..<width).map { .column(occurrence, $0) },
      occurrences: arms.reduce(into: [occurrence]) { $0.formUnion($1.occurrences) })
    let classes = arms.map { self.classes(of: context + $0.knowledge) }
    for (place, arm) in arms.enumerated() {
      for obligation in arm.open {
        let places = (0..<width).filter { index in
          guard let output = arm.outputs[index] else { return false }
          return obligation.owners.contains { classes[place].areSame($0, output) }
        }
        guard !places.isEmpty else {
          lose([obligation], .hidden) {
            "'\($0.column)' is not among the columns of this part, so nothing further out restricts it"
          }
          continue
        }
        var open = obligation
        open.owners = places.map { .column(occurrence, $0) }
        result.open.append(open)
      }
    }
    result.knowledge.equalities = shared(arms, classes, as: occurrence, width)
    return result
  }

  /// Equalities of outputs with what is the same for all rows, and with one another, that hold in every arm.
  func shared(_ arms: [Rows], _ classes: [Classes], as occurrence: Int, _ width: Int) -> [(Node, Node)] {
    guard let first = arms.first else { return [] }
    let own = arms.reduce(into: Set<Int>()) { $0.formUnion($1.occurrences) }
    var found: [(Node, Node)] = []
    func holds(_ index: Int, _ other: (Rows) -> Node?) -> Bool {
      for (place, arm) in arms.enumerated() {
        guard let output = arm.outputs[index], let node = other(arm), classes[place].areSame(output, node) else {
          return false
        }
      }
      return true
    }
    for index in 0..<width {
      guard let output = first.outputs[index] else { continue }
      for node in classes[0].members(of: output) {
        if let place = node.occurrence, own.contains(place) { continue }
        if holds(index, { _ in node }) { found.append((.column(occurrence, index), node)) }
      }
      for other in 0..<index where holds(index, { $0.outputs[other] }) {
        found.append((.column(occurrence, index), .column(occurrence, other)))
      }
    }
    return found
  }
}

extension RelationalExpression {
  /// Does its value depend on rows by aggregates alone, which are collected?
  fileprivate func isOfAggregatesOnly(_ calls: inout [RelationalCall]) -> Bool {
    switch kind {
    case .call(let call):
      if case .aggregate = call.role {
        calls.append(call)
        return true
      }
    case .column, .standing, .nearest: return false
    default: break
    }
    for operand in operands where !operand.isOfAggregatesOnly(&calls) { return false }
    return true
  }
}

extension Array {
  func split(_ condition: (Element) -> Bool) -> (kept: [Element], lost: [Element]) {
    var kept: [Element] = []
    var lost: [Element] = []
    for element in self {
      if condition(element) { kept.append(element) } else { lost.append(element) }
    }
    return (kept, lost)
  }
}
