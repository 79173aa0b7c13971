// Which tables and triggers have to do with which, found once for a complete catalog.

import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func indexColumns() {
    for key in catalog.relations.keys {
      guard case .table(var table)? = catalog.relations[key], table.places == nil else { continue }
      table.indexColumns()
      if table.places != nil { catalog.relations[key] = .table(table) }
    }
  }

  mutating func indexReferences() {
    catalog.childTables = [:]
    for key in catalog.order {
      guard case .table(let table)? = catalog.relations[key] else { continue }
      for parent in Set(table.foreignKeys.map(\.parentTable.asciiLowercased)).sorted() {
        catalog.childTables[parent, default: []].append(key)
      }
    }
    catalog.tableTriggers = [:]
    for key in catalog.triggerOrder {
      guard let trigger = catalog.triggers[key] else { continue }
      catalog.tableTriggers[trigger.table, default: []].append(key)
    }
    catalog.restlessTables = tablesOnCycles(catalog.childTables).union(
      ancestors(of: catalog.tableTriggers.keys, catalog.childTables))
  }
}

extension Catalog {
  /// The triggers of a table or view, in the order of their creation.
  func triggers(on key: String) -> [Trigger] { tableTriggers[key, default: []].compactMap { triggers[$0] } }
}

/// The tables themselves, and all that theirs rows refer to, however far.
private func ancestors(of tables: some Sequence<String>, _ children: [String: [String]]) -> Set<String> {
  var parents: [String: [String]] = [:]
  for (parent, children) in children {
    for child in children { parents[child, default: []].append(parent) }
  }
  var found = Set(tables)
  var open = Array(found)
  while let table = open.popLast() {
    for parent in parents[table] ?? [] where found.insert(parent).inserted { open.append(parent) }
  }
  return found
}

/// Tables from which a way along their references leads back to them (Tarjan, "Depth-First Search and Linear Graph Algorithms",
/// 1972), without recursion: a chain may be as long as the schema.
private func tablesOnCycles(_ children: [String: [String]]) -> Set<String> {
  struct Visit {
    var table: String
    var next = 0
  }
  var number: [String: Int] = [:]
  var lowest: [String: Int] = [:]
  var component: [String] = []
  var isInComponent: Set<String> = []
  var cyclic: Set<String> = []
  for start in children.keys where number[start] == nil {
    var visits = [Visit(table: start)]
    while let visit = visits.last {
      let table = visit.table
      if visit.next == 0, number[table] == nil {
        number[table] = number.count
        lowest[table] = number[table]
        component.append(table)
        isInComponent.insert(table)
      }
      let next = children[table] ?? []
      if visit.next < next.count {
        visits[visits.count - 1].next += 1
        let child = next[visit.next]
        if child == table { cyclic.insert(table) }
        if number[child] == nil {
          visits.append(Visit(table: child))
        } else if isInComponent.contains(child), let seen = number[child] {
          lowest[table] = min(lowest[table] ?? seen, seen)
        }
        continue
      }
      visits.removeLast()
      if let parent = visits.last?.table, let low = lowest[table] { lowest[parent] = min(lowest[parent] ?? low, low) }
      guard lowest[table] == number[table] else { continue }
      let first = component.lastIndex(of: table) ?? component.startIndex
      let members = component[first...]
      if members.count > 1 { cyclic.formUnion(members) }
      isInComponent.subtract(members)
      component.removeSubrange(first...)
    }
  }
  return cyclic
}
