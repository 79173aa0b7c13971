// Views and common tables: what one is to whoever reads it is found once, however often it is read.
//
// A summary is the rows of a relation in words of its own. It has what reaches its readers and nothing else:
//
// | part              | kept                                                                        |
// |-------------------|-----------------------------------------------------------------------------|
// | outputs           | all                                                                         |
// | occurrences       | those that share values with outputs or with what is open, or with such     |
// | equal occurrences | one of those that are the same row by a key                                 |
// | open obligations  | one of those that are settled by the same                                   |
//
// So a view that reads another one twice is as large as what it joins, not as all that was joined below. Of more occurrences
// than `mostScans` those nearest to the outputs are kept. That takes away knowledge and no obligation: what may only be settled
// by occurrences that are left out is `isCut`, and said to be unexplored where nothing settles it.

import SQLCFacts

/// A relation as those that read it know it. Its own occurrences have the numbers from -1 down.
struct Summary {
  var rows = Rows()
  var settled: [Settled] = []
  var findings: [IsolationFinding] = []
  /// How many occurrences are its own.
  var count = 0
}

/// An obligation, and the parameters that settled it.
struct Settled {
  var tokens: Set<Node>
  var obligation: Obligation
}

/// A relation that can be read in several places.
struct SharedRelation: Hashable {
  enum Origin: Hashable {
    case view(String)
    /// By the number of its definition: each time that the query around it is looked at is another.
    case commonTable(Int)
  }

  /// What it is looked at for.
  enum Purpose: Hashable {
    case knowledge
    case obligations
  }

  var origin: Origin
  var purpose: Purpose
}

extension Prover {
  /// Where a view is read, in its summary.
  static let viewPlace = -1..<(-1)

  /// As many as SQLite joins at most.
  static let mostScans = 64

  /// The rows of a relation where it is read once more.
  ///
  /// - Parameter place: what stands for ``viewPlace``.
  func instance(of origin: SharedRelation.Origin, at place: Range<Int>?, _ rows: () -> Rows) -> Rows {
    let summary = summary(of: origin, rows)
    let base = newOccurrences(summary.count)
    func own(_ occurrence: Int) -> Int { occurrence < 0 ? base - occurrence : occurrence }
    func placed(_ range: Range<Int>) -> Range<Int> { range == Self.viewPlace ? place ?? range : range }
    func placed(_ obligation: Obligation) -> Obligation {
      var obligation = obligation
      obligation.range = placed(obligation.range)
      obligation.owners = obligation.owners.map { $0.mapped(own) }
      obligation.occurrence = own(obligation.occurrence)
      return obligation
    }
    for var finding in summary.findings {
      finding.range = placed(finding.range)
      add(finding)
    }
    for settled in summary.settled {
      noteSettled(Set(settled.tokens.map { $0.mapped(own) }), placed(settled.obligation))
    }
    var result = summary.rows
    result.knowledge = result.knowledge.mapped(own)
    result.outputs = result.outputs.map { $0?.mapped(own) }
    result.open = isQuiet ? [] : result.open.map(placed)
    result.occurrences = Set(result.occurrences.map(own))
    return result
  }

  private func summary(of origin: SharedRelation.Origin, _ rows: () -> Rows) -> Summary {
    let relation = SharedRelation(origin: origin, purpose: isQuiet ? .knowledge : .obligations)
    // Who looks for obligations finds all knowledge there is.
    let whole = SharedRelation(origin: origin, purpose: .obligations)
    if let known = summaries[whole] ?? summaries[relation] { return known }
    // No query reads itself but by a recursion, which is looked through otherwise.
    guard begun.insert(relation).inserted else {
      isIncomplete = true
      return Summary()
    }
    defer { begun.remove(relation) }
    let first = newOccurrences(0) + 1
    let (found, findings, settled) = apart(rows)
    let own = first..<(newOccurrences(0) + 1)
    var summarizer = Summarizer(self, found, settled, own)
    var summary = summarizer.summary()
    summary.findings = findings
    summaries[relation] = summary
    return summary
  }
}

extension Knowledge {
  fileprivate func mapped(_ change: (Int) -> Int) -> Knowledge {
    Knowledge(
      equalities: equalities.map { ($0.mapped(change), $1.mapped(change)) },
      scans: scans.map { Scan(occurrence: change($0.occurrence), table: $0.table) })
  }
}

/// Makes a summary of rows.
private struct Summarizer {
  private let prover: Prover
  private let found: Rows
  private let settled: [Settled]
  private let own: Range<Int>
  private let classes: Classes
  /// The classes of what is the same for all.
  private let fixed: Set<Int>
  /// Every row once, nearest to the outputs first.
  private var kept: [Scan] = []
  /// Are some left out for their number?
  private var isCut = false
  private var numbers: [Int: Int] = [:]

  init(_ prover: Prover, _ found: Rows, _ settled: [Settled], _ own: Range<Int>) {
    self.prover = prover
    self.found = found
    self.settled = settled
    self.own = own
    let classes = prover.classes(of: found.knowledge)
    self.classes = classes
    fixed = Set(
      classes.nodes.filter { node in
        switch node {
        case .parameter, .found, .null, .constant: true
        case .column, .owner: false
        }
      }.compactMap(classes.root(of:)))
  }

  mutating func summary() -> Summary {
    choose()
    var summary = Summary()
    let open = self.open()
    summary.rows.knowledge.equalities = equalities(open)
    for (a, b) in summary.rows.knowledge.equalities {
      number(a)
      number(b)
    }
    summary.rows.outputs = found.outputs.map { $0.map { number($0) } }
    summary.rows.knowledge.equalities = summary.rows.knowledge.equalities.map { (number($0), number($1)) }
    summary.rows.knowledge.scans = kept.map { scan in
      number(.column(scan.occurrence, 0))
      return Scan(occurrence: numbers[scan.occurrence] ?? scan.occurrence, table: scan.table)
    }
    summary.rows.open = open.map { numbered($0) }
    summary.settled = distinctSettled().map { settled in
      Settled(tokens: Set(settled.tokens.map { number($0) }), obligation: numbered(settled.obligation))
    }
    summary.rows.occurrences = Set(numbers.values)
    summary.count = numbers.count
    return summary
  }

  /// The same value by the summary's numbers.
  @discardableResult
  private mutating func number(_ node: Node) -> Node {
    guard let occurrence = node.occurrence, own.contains(occurrence) else { return node }
    let number = numbers[occurrence] ?? -(numbers.count + 1)
    numbers[occurrence] = number
    return node.mapped { _ in number }
  }

  private mutating func numbered(_ obligation: Obligation) -> Obligation {
    var obligation = obligation
    obligation.owners = obligation.owners.map { number($0) }
    // Of what nothing can settle nobody asks whose it was.
    if obligation.owners.isEmpty {
      obligation.occurrence = 0
    } else {
      obligation.occurrence = number(.owner(obligation.occurrence, 0)).occurrence ?? 0
    }
    return obligation
  }

  // MARK: Occurrences

  private mutating func choose() {
    let scans = distinctScans()
    var byClass: [Node: [Int]] = [:]
    for (place, scan) in scans.enumerated() {
      for node in nodes(of: scan) { byClass[classes.find(node), default: []].append(place) }
    }
    var seenClasses: Set<Node> = []
    var seenScans: Set<Int> = []
    var order: [Int] = []
    func enter(_ node: Node) {
      let root = classes.find(node)
      guard seenClasses.insert(root).inserted else { return }
      for place in byClass[root, default: []] where seenScans.insert(place).inserted { order.append(place) }
    }
    let seeds = found.outputs.compactMap(\.self) + found.open.flatMap(\.owners)
    // What is the tenant's is much: those that are found by anything else are nearer.
    for node in seeds where !isFixed(node) { enter(node) }
    for node in seeds where isFixed(node) { enter(node) }
    var next = 0
    while next < order.count {
      for node in nodes(of: scans[order[next]]) where !isFixed(node) { enter(node) }
      next += 1
    }
    kept = order.prefix(Prover.mostScans).map { scans[$0] }
    isCut = order.count > Prover.mostScans
  }

  /// Of occurrences that are one row the first.
  private func distinctScans() -> [Scan] {
    var known: Set<RowIdentity> = []
    return found.knowledge.scans.filter { scan in
      guard let entry = prover.tables[scan.table] else { return false }
      var isNew = true
      for (number, key) in entry.keys.enumerated() {
        guard let values = prover.tables.identity(of: scan.occurrence, by: key, classes) else { continue }
        if !known.insert(RowIdentity(table: entry.number, key: number, values: values)).inserted { isNew = false }
      }
      return isNew
    }
  }

  private struct RowIdentity: Hashable {
    var table: Int
    var key: Int
    var values: [Int]
  }

  private func nodes(of scan: Scan) -> [Node] {
    guard let entry = prover.tables[scan.table] else { return [] }
    return ([RelationColumn.rowKey] + entry.fact.columns.indices).map { .column(scan.occurrence, $0) }
      + prover.tables.ownerIndexes(of: entry).map { .owner(scan.occurrence, $0) }
  }

  private func isFixed(_ node: Node) -> Bool { classes.root(of: node).map(fixed.contains) ?? false }

  // MARK: What is known and open

  /// Values by which readers can say something of what is in it.
  private var reachable: [Node] {
    let outside = found.knowledge.equalities.flatMap { [$0, $1] }.filter { node in
      node.occurrence.map { !own.contains($0) } ?? true
    }
    return found.outputs.compactMap(\.self) + kept.flatMap(nodes) + outside
  }

  private func equalities(_ open: [Obligation]) -> [(Node, Node)] {
    let tenants = found.knowledge.scans.map { Node.found($0.occurrence) }.filter { classes.root(of: $0) != nil }
    var first: [Int: Node] = [:]
    var seen: Set<Node> = []
    var seenTenants: Set<Int> = []
    var result: [(Node, Node)] = []
    for node in reachable + tenants + open.flatMap(\.owners) {
      guard let root = classes.root(of: node), seen.insert(node).inserted else { continue }
      // One that a parameter finds is enough.
      if case .found = node, !seenTenants.insert(root).inserted { continue }
      if let known = first[root] { result.append((known, node)) } else { first[root] = node }
    }
    return result
  }

  private func open() -> [Obligation] {
    let roots = Set(reachable.map(classes.find))
    let shown = Set(found.outputs.compactMap(\.self).map(classes.find))
    var seen: Set<OpenIdentity> = []
    return found.open.compactMap { obligation in
      var obligation = obligation
      // What no output is equal to may follow from what is left out.
      if isCut, obligation.owners.allSatisfy({ !shown.contains(classes.find($0)) }) { obligation.isCut = true }
      obligation.owners = obligation.owners.filter { owner in
        owner.occurrence.map { !own.contains($0) } ?? true || roots.contains(classes.find(owner))
      }
      let identity = OpenIdentity(
        table: obligation.table, range: obligation.range, isCut: obligation.isCut,
        owners: Set(obligation.owners.map(classes.find)))
      return seen.insert(identity).inserted ? obligation : nil
    }
  }

  private struct OpenIdentity: Hashable {
    var table: String
    var range: Range<Int>
    var isCut: Bool
    var owners: Set<Node>
  }

  /// What tells another tenant from this one is told once.
  private func distinctSettled() -> [Settled] {
    var seen: Set<Set<Node>> = []
    return settled.filter { seen.insert($0.tokens).inserted }
  }
}
