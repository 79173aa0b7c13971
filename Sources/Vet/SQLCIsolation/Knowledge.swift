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

  /// The same value of another occurrence.
  func mapped(_ change: (Int) -> Int) -> Node {
    switch self {
    case .column(let occurrence, let index): .column(change(occurrence), index)
    case .owner(let occurrence, let index): .owner(change(occurrence), index)
    case .found(let occurrence): .found(change(occurrence))
    case .parameter, .null, .constant: self
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
  /// No row fulfils it: `WHERE FALSE`.
  var isImpossible = false

  static func + (a: Knowledge, b: Knowledge) -> Knowledge {
    Knowledge(
      equalities: a.equalities + b.equalities, scans: a.scans + b.scans,
      isImpossible: a.isImpossible || b.isImpossible)
  }

  static func += (a: inout Knowledge, b: Knowledge) { a = a + b }

  /// Without what is said of these occurrences.
  func without(_ occurrences: Set<Int>) -> Knowledge {
    guard !occurrences.isEmpty else { return self }
    func isOther(_ node: Node) -> Bool { node.occurrence.map { !occurrences.contains($0) } ?? true }
    return Knowledge(
      equalities: equalities.filter { isOther($0.0) && isOther($0.1) },
      scans: scans.filter { !occurrences.contains($0.occurrence) }, isImpossible: isImpossible)
  }
}

/// The classes of equal values that follow.
struct Classes {
  private var places: [Node: Int] = [:]
  /// Every value that was spoken of, in that order.
  private(set) var nodes: [Node] = []
  private var parents: [Int] = []
  /// Of a root: all that are the same.
  private var lists: [[Int]] = []

  /// A number that all values of a class have; nothing for a value that was not spoken of.
  func root(of node: Node) -> Int? {
    guard var place = places[node] else { return nil }
    while parents[place] != place { place = parents[place] }
    return place
  }

  /// One of the class for all of it.
  func find(_ node: Node) -> Node { root(of: node).map { nodes[$0] } ?? node }

  /// Were they in different classes?
  @discardableResult
  mutating func unite(_ a: Node, _ b: Node) -> Bool {
    let (x, y) = (addedRoot(of: a), addedRoot(of: b))
    if x == y { return false }
    let (large, small) = lists[x].count < lists[y].count ? (y, x) : (x, y)
    parents[small] = large
    lists[large] += lists[small]
    lists[small] = []
    return true
  }

  private mutating func addedRoot(of node: Node) -> Int {
    if let root = root(of: node) { return root }
    let place = nodes.count
    places[node] = place
    nodes.append(node)
    parents.append(place)
    lists.append([place])
    return place
  }

  func areSame(_ a: Node, _ b: Node) -> Bool {
    if a == b { return true }
    guard let x = root(of: a), let y = root(of: b) else { return false }
    return x == y
  }

  /// Every value that was spoken of and is the same.
  func members(of node: Node) -> [Node] {
    guard let root = root(of: node) else { return [node] }
    return lists[root].map { nodes[$0] }
  }
}

/// Steps that proofs have taken, however fast the machine is.
struct Effort {
  var steps = 0
}

extension GuardedTables {
  /// What follows from equalities by keys and foreign keys.
  ///
  /// - Two rows of one table that agree in a key are one row.
  /// - A foreign key that leads to a row by a key of its table leads to that row with all of its columns, and a row that it
  ///   gives an owner belongs to whom that row belongs to.
  /// - A row of an index belongs to whom the row of the same number belongs to.
  func classes(of knowledge: Knowledge, _ effort: inout Effort) -> Classes {
    var classes = Classes()
    for (a, b) in knowledge.equalities { classes.unite(a, b) }
    let rows = knowledge.scans.compactMap { scan in self[scan.table].map { (id: scan.occurrence, entry: $0) } }
    for row in rows {
      if case .column(let index)? = row.entry.guarding { classes.unite(.owner(row.id, 0), .column(row.id, index)) }
    }
    let ofTable = Dictionary(grouping: rows, by: \.entry.number)
    let repeated = ofTable.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map(\.value)
    let indexes = rows.filter { if case .module = $0.entry.fact.kind { true } else { false } }
    effort.steps += knowledge.equalities.count
    var changed = true
    while changed {
      changed = false
      effort.steps += rows.count
      for row in rows where unitesFound(row, &classes) { changed = true }
      for same in repeated where unitesByKeys(same, &classes) { changed = true }
      for row in rows {
        for reference in row.entry.references {
          let parents = ofTable[reference.parent, default: []]
          effort.steps += parents.count
          for parent in parents where parent.id != row.id && follows(reference, from: row, to: parent, &classes) {
            changed = true
          }
        }
      }
      for index in indexes {
        for row in rows where index.id != row.id && mirrors(index, row, &classes) { changed = true }
      }
    }
    return classes
  }

  private typealias Row = (id: Int, entry: Entry)

  /// Rows of one table.
  private func unitesByKeys(_ rows: [Row], _ classes: inout Classes) -> Bool {
    guard let entry = rows.first?.entry else { return false }
    var changed = false
    for key in entry.keys {
      var known: [[Int]: Int] = [:]
      for row in rows {
        guard let identity = identity(of: row.id, by: key, classes) else { continue }
        guard let other = known[identity] else {
          known[identity] = row.id
          continue
        }
        for index in entry.fact.columns.indices
        where classes.unite(.column(other, index), .column(row.id, index)) { changed = true }
        for index in ownerIndexes(of: entry) where classes.unite(.owner(other, index), .owner(row.id, index)) {
          changed = true
        }
      }
    }
    return changed
  }

  /// What two occurrences of a table that are one row by a key have in common; nothing where it is not known to be a row.
  func identity(of occurrence: Int, by key: [Int], _ classes: Classes) -> [Int]? {
    var roots: [Int] = []
    for column in key {
      let node = Node.column(occurrence, column)
      // Two that are NULL name no row.
      guard let root = classes.root(of: node), !classes.areSame(node, .null) else { return nil }
      roots.append(root)
    }
    return roots
  }

  private func same(_ a: Int, _ x: Int, _ b: Int, _ y: Int, _ classes: Classes) -> Bool {
    classes.areSame(.column(a, x), .column(b, y)) && !classes.areSame(.column(a, x), .null)
  }

  func ownerIndexes(of entry: Entry) -> [Int] {
    switch entry.guarding {
    case .column?, .mirror?: [0]
    case .keys(let keys)?: keys
    case nil: []
    }
  }

  private func follows(_ reference: Reference, from child: Row, to parent: Row, _ classes: inout Classes) -> Bool {
    var changed = false
    let met = reference.pairs.filter { same(child.id, $0.own, parent.id, $0.other, classes) }
    if met.isEmpty { return false }
    let found = Set(met.map(\.other))
    guard parent.entry.keys.contains(where: { found.isSuperset(of: $0) }) else { return false }
    // A key with a NULL in it refers to nothing (SQLite, foreignkeys.html §3); what is equal to something is none.
    let rest = reference.pairs.filter { !found.contains($0.other) }
    guard rest.allSatisfy({ isPresent(child, $0.own, classes) }) else { return false }
    for pair in rest where classes.unite(.column(child.id, pair.own), .column(parent.id, pair.other)) { changed = true }
    guard case .keys(let keys)? = child.entry.guarding, keys.contains(reference.number) else { return changed }
    let owners = ownerIndexes(of: parent.entry)
    // Of several keys of the parent one is enough.
    for owner in owners where owners.count == 1 || isOwned(.owner(parent.id, owner), classes) {
      if classes.unite(.owner(child.id, reference.number), .owner(parent.id, owner)) { changed = true }
    }
    return changed
  }

  /// Is it the same as what a parameter names?
  func isOwned(_ node: Node, _ classes: Classes) -> Bool { !tokens(of: node, classes).isEmpty }

  /// The parameters that a value is the same as; for soft deletes, NULL.
  func tokens(of node: Node, _ classes: Classes) -> Set<Node> {
    Set(
      classes.members(of: node).filter { member in
        switch (policy.kind, member) {
        case (.tenant, .parameter), (.tenant, .found), (.softDelete, .null): true
        default: false
        }
      })
  }

  private func isPresent(_ row: Row, _ column: Int, _ classes: Classes) -> Bool {
    guard row.entry.fact.columns.indices.contains(column) else { return true }
    return row.entry.fact.columns[column].isNotNull || !row.entry.fact.columns[column].isNullable
      || !tokens(of: .column(row.id, column), classes).isEmpty
  }

  private func mirrors(_ index: Row, _ row: Row, _ classes: inout Classes) -> Bool {
    guard case .module = index.entry.fact.kind, row.entry.guarding != nil, row.entry.fact.kind == .table else {
      return false
    }
    let meets = row.entry.keys.contains { key in
      key.count == 1 && same(index.id, RelationColumn.rowKey, row.id, key[0], classes)
    }
    guard meets else { return false }
    var changed = false
    for owner in ownerIndexes(of: row.entry) where isOwned(.owner(row.id, owner), classes) {
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
    guard isFound, tokens(of: .column(row.id, root), classes).isEmpty else { return false }
    return classes.unite(.column(row.id, root), .found(row.id))
  }
}
