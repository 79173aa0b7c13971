// Recursive common tables: what is true of the first rows and stays true with each step is true of all.

import SQLCFacts

extension Prover {
  func recursion(_ table: RelationalCommonTable, _ environment: Environment, _ context: Knowledge) -> Rows {
    let environment = defining(table.query.commonTables, in: environment, context)
    let arms = table.query.body.arms
    let steps = arms.filter { $0.reads(table.id) }
    let base = merged(
      arms.filter { !$0.reads(table.id) }.map { rows(of: query($0, like: table.query), environment, context) }, context)
    let width = base.outputs.count

    let row = newOccurrence()
    var inside = environment
    inside.recursive[table.id] = (row, width)
    var invariants = shared([base], [classes(of: context + base.knowledge)], as: row, width)
    while true {
      let assumed = Knowledge(equalities: invariants)
      let found = quietly { steps.map { rows(of: query($0, like: table.query), inside, context + assumed) } }
      let after = found.map { classes(of: context + assumed + $0.knowledge) }
      let kept = invariants.filter { equality in
        found.indices.allSatisfy { holds(equality, of: row, in: found[$0], after[$0]) }
      }
      if kept.count == invariants.count { break }
      invariants = kept
    }

    let assumed = Knowledge(equalities: invariants)
    let found = steps.map { rows(of: query($0, like: table.query), inside, context + assumed) }
    let after = found.map { classes(of: context + assumed + $0.knowledge) }
    let preserved = (0..<width).filter { index in
      found.indices.allSatisfy { step in
        found[step].outputs[index].map { after[step].areSame($0, .column(row, index)) } ?? false
      }
    }
    var result = Rows(
      knowledge: assumed, outputs: (0..<width).map { .column(row, $0) },
      occurrences: found.reduce(into: base.occurrences.union([row])) { $0.formUnion($1.occurrences) })
    keep(base, classes(of: context + base.knowledge), preserved, row, in: &result)
    for step in found.indices { keep(found[step], after[step], preserved, row, in: &result) }
    if table.query.limit != nil || table.query.offset != nil {
      lose(result.open, .late) { "LIMIT counts rows of others before '\($0.column)' is compared" }
      result.open = []
    }
    return result
  }

  /// What is open stays so where each step keeps the column that it is.
  private func keep(_ arm: Rows, _ classes: Classes, _ preserved: [Int], _ row: Int, in result: inout Rows) {
    for obligation in arm.open {
      let places = preserved.filter { index in
        guard let output = arm.outputs[index] else { return false }
        return obligation.owners.contains { classes.areSame($0, output) }
      }
      guard !places.isEmpty else {
        lose([obligation], .late) { "the recursion goes through rows of others before '\($0.column)' is compared" }
        continue
      }
      var open = obligation
      open.owners = places.map { .column(row, $0) }
      result.open.append(open)
    }
  }

  private func holds(_ equality: (Node, Node), of row: Int, in step: Rows, _ classes: Classes) -> Bool {
    func after(_ node: Node) -> Node? {
      if case .column(row, let index) = node { step.outputs[index] } else { node }
    }
    guard let a = after(equality.0), let b = after(equality.1) else { return false }
    return classes.areSame(a, b)
  }

  private func query(_ body: RelationalQuery.Body, like query: RelationalQuery) -> RelationalQuery {
    RelationalQuery(commonTables: [], body: body, orderBy: [], limit: nil, offset: nil, range: query.range)
  }
}

extension RelationalQuery.Body {
  fileprivate var arms: [RelationalQuery.Body] {
    if case .compound(_, let left, let right) = self { left.arms + right.arms } else { [self] }
  }

  fileprivate func reads(_ table: Int) -> Bool {
    switch self {
    case .select(let select): select.from?.reads(table) ?? false
    case .values: false
    case .compound(_, let left, let right): left.reads(table) || right.reads(table)
    }
  }
}

extension RelationalFrom {
  fileprivate func reads(_ table: Int) -> Bool {
    switch self {
    case .source(let source):
      switch source.kind {
      case .commonTable(let id): id == table
      case .subquery(let query): query.body.reads(table)
      case .table, .view, .function, .row: false
      }
    case .join(_, let left, let right, condition: _): left.reads(table) || right.reads(table)
    }
  }
}
