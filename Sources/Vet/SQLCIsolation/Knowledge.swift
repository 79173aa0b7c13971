// What all rows of a relation fulfil: which values are the same in each of them.

import SQLCFacts

/// A value of a row, or one that is the same for all.
enum Node: Sendable, Hashable {
  /// A column of one occurrence of a relation. What is read twice is two occurrences.
  case column(Int, Int)
  /// Whose the row of an occurrence is; for a table that several keys give an owner, by the key of that number.
  case owner(Int, Int)
  case parameter(Int)
  /// The tenant that a row is, which a parameter finds by a key of its table.
  case found(Int)
  case null
  case constant(String)

  var occurrence: Int? {
    switch self {
    case .column(let occurrence, _), .owner(let occurrence, _), .found(let occurrence): occurrence
    case .parameter, .null, .constant: nil
    }
  }
}

/// One occurrence of a table of the schema.
struct Scan: Sendable {
  var occurrence: Int
  var table: String
}

/// Equal values, and the rows that they are of.
struct Knowledge: Sendable {
  var equalities: [(Node, Node)] = []
  var scans: [Scan] = []

  static func + (a: Knowledge, b: Knowledge) -> Knowledge {
    Knowledge(equalities: a.equalities + b.equalities, scans: a.scans + b.scans)
  }

  static func += (a: inout Knowledge, b: Knowledge) { a = a + b }

  /// Without what is said of these occurrences.
  func without(_ occurrences: Set<Int>) -> Knowledge {
    guard !occurrences.isEmpty else { return self }
    func isOther(_ node: Node) -> Bool { node.occurrence.map { !occurrences.contains($0) } ?? true }
    return Knowledge(
      equalities: equalities.filter { isOther($0.0) && isOther($0.1) },
      scans: scans.filter { !occurrences.contains($0.occurrence) })
  }
}

/// The classes of equal values that follow.
struct Classes {
  private var parents: [Node: Node] = [:]

  mutating func find(_ node: Node) -> Node {
    guard let parent = parents[node], parent != node else { return node }
    let root = find(parent)
    parents[node] = root
    return root
  }

  /// Were they in different classes?
  @discardableResult
  mutating func unite(_ a: Node, _ b: Node) -> Bool {
    let (x, y) = (find(a), find(b))
    if x == y { return false }
    parents[x] = y
    if parents[y] == nil { parents[y] = y }
    return true
  }

  mutating func areSame(_ a: Node, _ b: Node) -> Bool { find(a) == find(b) }

  /// Every value that was spoken of and is the same.
  mutating func members(of node: Node) -> [Node] {
    let root = find(node)
    return [node] + parents.keys.filter { $0 != node && find($0) == root }
  }

  var nodes: [Node] { Array(parents.keys) }
}

extension GuardedTables {
  /// What follows from equalities by keys and foreign keys.
  ///
  /// - Two rows of one table that agree in a key are one row.
  /// - A foreign key that leads to a row by a key of its table leads to that row with all of its columns, and a row that it
  ///   gives an owner belongs to whom that row belongs to.
  /// - A row of an index belongs to whom the row of the same number belongs to.
  func classes(of knowledge: Knowledge) -> Classes {
    var classes = Classes()
    for (a, b) in knowledge.equalities { classes.unite(a, b) }
    let scans = knowledge.scans.compactMap { scan in self[scan.table].map { (id: scan.occurrence, entry: $0) } }
    for scan in scans {
      if case .column(let index)? = scan.entry.guarding { classes.unite(.owner(scan.id, 0), .column(scan.id, index)) }
    }
    var changed = true
    while changed {
      changed = false
      for (place, a) in scans.enumerated() {
        if unitesFound(a, &classes) { changed = true }
        for b in scans[(place + 1)...] where a.entry.fact.name == b.entry.fact.name {
          guard a.entry.keys.contains(where: { key in key.allSatisfy { same(a.id, $0, b.id, $0, &classes) } }) else {
            continue
          }
          for index in a.entry.fact.columns.indices where classes.unite(.column(a.id, index), .column(b.id, index)) {
            changed = true
          }
          for index in ownerIndexes(of: a.entry) where classes.unite(.owner(a.id, index), .owner(b.id, index)) {
            changed = true
          }
        }
        for b in scans where a.id != b.id {
          if followsKey(from: a, to: b, &classes) { changed = true }
          if mirrors(a, b, &classes) { changed = true }
        }
      }
    }
    return classes
  }

  private typealias Row = (id: Int, entry: Entry)

  private func same(_ a: Int, _ x: Int, _ b: Int, _ y: Int, _ classes: inout Classes) -> Bool {
    // Two that are NULL name no row.
    classes.areSame(.column(a, x), .column(b, y)) && !classes.areSame(.column(a, x), .null)
  }

  func ownerIndexes(of entry: Entry) -> [Int] {
    switch entry.guarding {
    case .column?, .mirror?: [0]
    case .keys(let keys)?: keys
    case nil: []
    }
  }

  private func followsKey(from child: Row, to parent: Row, _ classes: inout Classes) -> Bool {
    var changed = false
    for (number, key) in child.entry.fact.foreignKeys.enumerated()
    where key.parent.lowercased() == parent.entry.fact.name.lowercased() {
      let targets = key.parentColumns.compactMap { parent.entry.fact.column(named: $0) }
      guard targets.count == key.columns.count else { continue }
      let pairs = Array(zip(key.columns, targets))
      let met = pairs.filter { same(child.id, $0.0, parent.id, $0.1, &classes) }
      let found = Set(met.map(\.1))
      guard parent.entry.keys.contains(where: { Set($0).isSubset(of: found) }) else { continue }
      // A key with a NULL in it refers to nothing (SQLite, foreignkeys.html §3); what is equal to something is none.
      let rest = pairs.filter { !found.contains($0.1) }
      guard rest.allSatisfy({ isPresent(child, $0.0, &classes) }) else { continue }
      for (own, other) in rest where classes.unite(.column(child.id, own), .column(parent.id, other)) { changed = true }
      if case .keys(let keys)? = child.entry.guarding, keys.contains(number),
        let owner = ownerIndexes(of: parent.entry).first,
        ownerIndexes(of: parent.entry).count == 1, classes.unite(.owner(child.id, number), .owner(parent.id, owner))
      {
        changed = true
      }
      if case .keys(let keys)? = child.entry.guarding, keys.contains(number) {
        // Of several keys of the parent one is enough.
        for owner in ownerIndexes(of: parent.entry) where isOwned(.owner(parent.id, owner), &classes) {
          if classes.unite(.owner(child.id, number), .owner(parent.id, owner)) { changed = true }
        }
      }
    }
    return changed
  }

  /// Is it the same as what a parameter names?
  func isOwned(_ node: Node, _ classes: inout Classes) -> Bool { !tokens(of: node, &classes).isEmpty }

  /// The parameters that a value is the same as; for soft deletes, NULL.
  func tokens(of node: Node, _ classes: inout Classes) -> Set<Node> {
    Set(
      classes.members(of: node).filter { member in
        switch (policy.kind, member) {
        case (.tenant, .parameter), (.tenant, .found), (.softDelete, .null): true
        default: false
        }
      })
  }

  private func isPresent(_ row: Row, _ column: Int, _ classes: inout Classes) -> Bool {
    guard row.entry.fact.columns.indices.contains(column) else { return true }
    return row.entry.fact.columns[column].isNotNull || !row.entry.fact.columns[column].isNullable
      || !tokens(of: .column(row.id, column), &classes).isEmpty
  }

  private func mirrors(_ index: Row, _ row: Row, _ classes: inout Classes) -> Bool {
    guard case .module = index.entry.fact.kind, row.entry.guarding != nil, row.entry.fact.kind == .table else {
      return false
    }
    let meets = row.entry.keys.contains { key in
      key.count == 1 && same(index.id, RelationColumn.rowKey, row.id, key[0], &classes)
    }
    guard meets else { return false }
    var changed = false
    for owner in ownerIndexes(of: row.entry) where isOwned(.owner(row.id, owner), &classes) {
      if classes.unite(.owner(index.id, 0), .owner(row.id, owner)) { changed = true }
    }
    return changed
  }

  /// A row of the tenants' own table that parameters find by one of its keys is one tenant.
  private func unitesFound(_ row: Row, _ classes: inout Classes) -> Bool {
    guard policy.kind == .tenant, row.entry.guarding == nil,
      let root = roots[row.entry.fact.name.lowercased()], !classes.areSame(.column(row.id, root), .found(row.id))
    else { return false }
    let isFound = row.entry.keys.contains { key in
      key.allSatisfy { index in
        classes.members(of: .column(row.id, index)).contains {
          if case .parameter = $0 { true } else { false }
        }
      }
    }
    guard isFound, tokens(of: .column(row.id, root), &classes).isEmpty else { return false }
    return classes.unite(.column(row.id, root), .found(row.id))
  }
}
