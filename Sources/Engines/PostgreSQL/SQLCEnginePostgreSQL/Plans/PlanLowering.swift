// The server's plan as steps in words of no engine.
//
// | node | step |
// |---|---|
// | Seq Scan | scan |
// | Index Scan, Index Only Scan | search where rows are found by a condition or by distance, else index scan |
// | Bitmap Index Scan below a Bitmap Heap Scan | search; several of them stand below a step of their own |
// | Sort, Incremental Sort | sort, for what stands above it |
// | Aggregate by hash, HashSetOp | sort: rows are kept aside to be told apart |
// | CTE Scan, WorkTable Scan | intermediate |
// | Function Scan, Values Scan, Foreign Scan, Sample Scan, Tid Scan … | other |
// | InitPlan, SubPlan by its hash table | subquery |
// | SubPlan | correlated subquery |
// | joins, Hash, Limit, Append, Result, ModifyTable and all else | none: what they read stands where they are |

import SQLCEngine

struct PlanLowering {
  let names: RelationNames
  /// Of partitions' indexes, that of the partitioned table.
  let parents: [String: String]
  private(set) var steps: [PlanStep] = []

  init(names: RelationNames, parents: [String: String]) {
    self.names = names
    self.parents = parents
  }

  /// - Parameters:
  ///   - part: the node that this one is below.
  ///   - parent: the place of the step that it is part of.
  mutating func add(_ node: PlanNode, part above: PlanNode?, under parent: Int?) {
    var parent = parent
    if let name = node.subplanName, let above {
      let isHashed = above.expressions.contains { $0.contains("hashed \(name)") }
      let isOnce = node.relationship == "InitPlan" || isHashed
      let kind: PlanStep.Kind = name.hasPrefix("CTE ") ? .other : isOnce ? .subquery : .correlatedSubquery
      steps.append(PlanStep(kind, parent: parent, detail: name))
      parent = steps.count - 1
    }
    switch node.kind {
    case "Bitmap Heap Scan": addBitmaps(of: node, under: parent)
    case "Seq Scan", "Index Scan", "Index Only Scan": addAccess(node, of: node, under: parent)
    case "CTE Scan", "WorkTable Scan":
      steps.append(
        PlanStep(.intermediate, parent: parent, source: node.alias ?? node.commonTable, detail: detail(of: node)))
    default:
      if node.kind.hasSuffix(" Scan"), node.kind != "Subquery Scan" {
        steps.append(
          PlanStep(
            .other, parent: parent, source: node.alias, table: node.relation.map { fact(node, $0) },
            detail: detail(of: node)))
      }
    }
    for child in node.plans where !child.kind.hasPrefix("Bitmap") || child.kind == "Bitmap Heap Scan" {
      add(child, part: node, under: parent)
    }
    if let purpose = purpose(of: node, below: above) {
      steps.append(PlanStep(.sort, parent: parent, purpose: purpose, detail: detail(of: node)))
    }
  }

  /// Partitions are read like the table that they are of: each such step once.
  var merged: [PlanStep] {
    var places: [Int: Int] = [:]
    var kept: [PlanStep] = []
    for (place, step) in steps.enumerated() {
      var step = step
      step.parent = step.parent.flatMap { places[$0] }
      if let last = kept.last, step.table != nil, last.kind == step.kind, last.table == step.table,
        last.index == step.index, last.terms == step.terms, last.parent == step.parent, last.source == step.source
      {
        places[place] = kept.count - 1
        continue
      }
      places[place] = kept.count
      kept.append(step)
    }
    return kept
  }

  // MARK: Access

  private mutating func addAccess(_ access: PlanNode, of heap: PlanNode, under parent: Int?) {
    let condition = access.indexCondition ?? access.indexOrder
    let kind: PlanStep.Kind =
      access.kind == "Seq Scan" ? .scan : condition == nil ? .indexScan : .search
    steps.append(
      PlanStep(
        kind, parent: parent, source: source(heap), table: heap.relation.map { fact(heap, $0) },
        index: access.index.map { parents[$0] ?? $0 },
        reading: access.kind == "Index Only Scan" ? .indexOnly : .rows, terms: condition.map(indexTerms) ?? [],
        detail: detail(of: access, on: heap)))
  }

  private mutating func addBitmaps(of heap: PlanNode, under parent: Int?) {
    func leaves(_ node: PlanNode) -> [PlanNode] {
      node.kind == "Bitmap Index Scan" ? [node] : node.plans.filter { $0.kind.hasPrefix("Bitmap") }.flatMap(leaves)
    }
    let searches = heap.plans.filter { $0.kind.hasPrefix("Bitmap") }.flatMap(leaves)
    var parent = parent
    if searches.count > 1 {
      steps.append(PlanStep(.other, parent: parent, source: source(heap), detail: "several indexes"))
      parent = steps.count - 1
    }
    for search in searches { addAccess(search, of: heap, under: parent) }
  }

  // MARK: Names

  private func fact(_ node: PlanNode, _ relation: String) -> String {
    names.fact(node.schema ?? "public", relation)
  }

  /// Partitions are called like their table, with a number.
  private func source(_ node: PlanNode) -> String? {
    guard let alias = node.alias, let relation = node.relation, names.isPartition(node.schema ?? "public", relation),
      let line = alias.lastIndex(of: "_"), alias[line...].dropFirst().allSatisfy(\.isNumber)
    else { return node.alias }
    return String(alias[..<line])
  }

  private func detail(of node: PlanNode, on heap: PlanNode? = nil) -> String {
    let heap = heap ?? node
    var text = node.kind
    if let index = node.index { text += " using \(index)" }
    if let name = heap.relation ?? heap.commonTable ?? heap.function {
      text += " on \(name)" + (heap.alias.map { $0 == name ? "" : " \($0)" } ?? "")
    }
    let keys = node.sortKey ?? node.groupKey ?? [node.indexCondition ?? node.indexOrder].compactMap(\.self)
    return keys.isEmpty ? text : text + ": " + keys.joined(separator: ", ")
  }

  // MARK: Sorts

  private func purpose(of node: PlanNode, below above: PlanNode?) -> String? {
    switch node.kind {
    case "Sort", "Incremental Sort":
      switch above?.kind {
      case "Aggregate"?, "Group"?: return "GROUP BY"
      case "Unique"?: return "DISTINCT"
      case "WindowAgg"?: return "OVER"
      case "SetOp"?: return "set operation"
      default: break
      }
      guard let presorted = node.presortedKey, let keys = node.sortKey else { return "ORDER BY" }
      let rest = keys.count - presorted.count
      return rest == 1 ? "LAST TERM OF ORDER BY" : "LAST \(rest) TERMS OF ORDER BY"
    case "Aggregate": return node.strategy == "Hashed" || node.strategy == "Mixed" ? "GROUP BY" : nil
    case "SetOp": return node.strategy == "Hashed" ? "set operation" : nil
    default: return nil
    }
  }
}
