// Which tables a policy guards: those with the column, those whose rows belong to such rows by a foreign key, and full-text
// indexes over them.

import SQLCFacts

/// How a table's rows are told apart by owner.
enum Guard: Sendable, Hashable {
  /// By the column of that index.
  case column(Int)
  /// By any of these foreign keys, which lead to guarded tables.
  case keys([Int])
  /// Its rows mirror those of other tables: by the row of the same key.
  case mirror
}

/// A foreign key whose columns all lead to columns of a table.
struct Reference: Sendable {
  /// Among the table's foreign keys.
  var number: Int
  /// The number of the table that it leads to.
  var parent: Int
  var pairs: [(own: Int, other: Int)]
}

struct GuardedTables: Sendable {
  struct Entry: Sendable {
    /// Among the tables of the schema.
    var number: Int
    var fact: TableFact
    var guarding: Guard?
    /// Indexes of columns, the row's own number among them.
    var keys: [[Int]]
    var references: [Reference] = []
  }

  let policy: IsolationPolicy
  private var entries: [String: Entry] = [:]
  /// Tables that guarding columns refer to, with the column that is referred to.
  private(set) var roots: [String: Int] = [:]

  init(_ schema: SchemaFacts, _ policy: IsolationPolicy) {
    self.policy = policy
    let columns = Dictionary(uniqueKeysWithValues: policy.columns.map { ($0.key.lowercased(), $0.value) })
    let shared = Set(policy.shared.map { $0.lowercased() })
    for (number, table) in schema.tables.enumerated() {
      let key = table.name.lowercased()
      // Whose columns are expressions, such a key says nothing of columns.
      var entry = Entry(
        number: number, fact: table, guarding: nil, keys: table.keys.map(\.columns).filter { !$0.isEmpty })
      switch table.rowKey {
      case .none: break
      case .hidden: entry.keys.append([RelationColumn.rowKey])
      case .column(let index): if !entry.keys.contains([index]) { entry.keys.append([index]) }
      }
      if !shared.contains(key), table.kind != .view,
        let index = table.column(named: columns[key] ?? policy.column)
      {
        entry.guarding = .column(index)
      }
      entries[key] = entry
    }
    for table in schema.tables {
      let references = references(of: table)
      entries[table.name.lowercased()]?.references = references
    }
    if policy.kind == .tenant { guardChildren(shared) }
    guardMirrors(schema, shared)
    for table in schema.tables {
      guard case .column(let index)? = self[table.name]?.guarding else { continue }
      for key in table.foreignKeys where key.columns == [index] {
        if let parent = self[key.parent]?.fact, let column = parent.column(named: key.parentColumns.first ?? "") {
          roots[key.parent.lowercased()] = column
        }
      }
    }
  }

  subscript(name: String) -> Entry? { entries[name.lowercased()] }

  private func references(of table: TableFact) -> [Reference] {
    table.foreignKeys.enumerated().compactMap { number, key in
      guard let parent = self[key.parent] else { return nil }
      let targets = key.parentColumns.compactMap(parent.fact.column(named:))
      guard targets.count == key.columns.count else { return nil }
      return Reference(
        number: number, parent: parent.number, pairs: zip(key.columns, targets).map { (own: $0, other: $1) })
    }
  }

  /// A row whose key to a guarded table cannot be NULL belongs to whom that belongs to.
  private mutating func guardChildren(_ shared: Set<String>) {
    var changed = true
    while changed {
      changed = false
      for (name, entry) in entries where entry.guarding == nil && !shared.contains(name) && entry.fact.kind == .table {
        let keys = entry.fact.foreignKeys.indices.filter { index in
          let key = entry.fact.foreignKeys[index]
          return key.parent.lowercased() != name && self[key.parent]?.guarding != nil
            && key.columns.allSatisfy { !entry.fact.columns[$0].isNullable || entry.fact.columns[$0].isNotNull }
        }
        guard !keys.isEmpty else { continue }
        entries[name]?.guarding = .keys(keys)
        changed = true
      }
    }
    // What became guarded later may own a row too.
    for (name, entry) in entries {
      guard case .keys? = entry.guarding else { continue }
      let keys = entry.fact.foreignKeys.indices.filter { index in
        let key = entry.fact.foreignKeys[index]
        return key.parent.lowercased() != name && self[key.parent]?.guarding != nil
          && key.columns.allSatisfy { entry.fact.columns[$0].isNotNull || !entry.fact.columns[$0].isNullable }
      }
      entries[name]?.guarding = .keys(keys)
    }
  }

  /// A module's table indexes rows of others. Whose, its definition may say; where it does not, they may be anybody's.
  private mutating func guardMirrors(_ schema: SchemaFacts, _ shared: Set<String>) {
    guard entries.values.contains(where: { $0.guarding != nil }) else { return }
    for table in schema.tables {
      let name = table.name.lowercased()
      guard case .module(let module) = table.kind, entries[name]?.guarding == nil, !shared.contains(name),
        module.hasPrefix("fts") || module.hasPrefix("vec")
      else { continue }
      if case .table(let content, _)? = table.content {
        if self[content]?.guarding != nil { entries[name]?.guarding = .mirror }
        continue
      }
      let feeders = schema.triggers.filter { $0.event == .insert && mentions($0.text, name) }
      if !feeders.isEmpty, feeders.allSatisfy({ self[$0.table]?.guarding == nil }) { continue }
      entries[name]?.guarding = .mirror
    }
  }

  private func mentions(_ text: String, _ name: String) -> Bool {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains(name[...])
  }
}

extension TableFact {
  func column(named name: String) -> Int? {
    let key = name.lowercased()
    return columns.firstIndex { $0.name.lowercased() == key }
  }

  func columnName(_ index: Int) -> String { columns.indices.contains(index) ? columns[index].name : "rowid" }
}
