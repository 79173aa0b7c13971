// DROP TABLE, VIEW, INDEX and TRIGGER (SQLite, lang_droptable.html and its sisters).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func drop(_ syntax: DropSyntax) {
    let name = syntax.name.name
    switch syntax.object {
    case .table, .view: dropRelation(syntax)
    case .index:
      guard let index = catalog.indexes.removeValue(forKey: name.key) else {
        return missing(syntax, "index", catalog.indexes.values.map(\.name).sorted())
      }
      removeUniqueKey(of: index)
    case .trigger:
      let keys = syntax.name.schema?.key == "main" ? [name.key] : ["temp." + name.key, name.key]
      guard let key = keys.first(where: { catalog.triggers.removeValue(forKey: $0) != nil }) else {
        return missing(syntax, "trigger", catalog.triggers.values.map(\.syntax.name.name.text).sorted())
      }
      catalog.triggerOrder.removeAll { $0 == key }
    }
  }

  private mutating func dropRelation(_ syntax: DropSyntax) {
    let name = syntax.name.name
    guard let found = catalog.relations[name.key],
      catalog.relation(named: name.key, in: syntax.name.schema?.key) != nil
    else { return missing(syntax, syntax.object.rawValue.asciiLowercased, catalog.relationNames) }
    switch (found, syntax.object) {
    case (.table, .view):
      report(
        .wrongKind(name: name.text, is: "table", wanted: "view"), at: name.range,
        secondary: firstDefinition(found.definition), notes: ["use DROP TABLE"])
      return
    case (.view, .table):
      report(
        .wrongKind(name: name.text, is: "view", wanted: "table"), at: name.range,
        secondary: firstDefinition(found.definition), notes: ["use DROP VIEW"])
      return
    default: break
    }
    removeRelation(name.key)
    catalog.departures.append(Departure(table: name.key, fate: .dropped, place: here(name.range)))
    if case .table(let table) = found, case .virtual = table.kind { removeShadows(of: table) }
    if catalog.relations[name.key] == nil {
      catalog.indexes = catalog.indexes.filter { $0.value.table.asciiLowercased != name.key }
      for key in catalog.triggerOrder where catalog.triggers[key]?.table == name.key { catalog.triggers[key] = nil }
      catalog.triggerOrder.removeAll { catalog.triggers[$0] == nil }
    }
  }

  /// Takes a relation away and uncovers the one it hid.
  mutating func removeRelation(_ key: String) {
    if let uncovered = catalog.shadowed.removeValue(forKey: key) {
      catalog.relations[key] = uncovered
    } else {
      catalog.relations[key] = nil
      catalog.order.removeAll { $0 == key }
    }
  }

  /// Shadow tables are defined where their table is.
  private mutating func removeShadows(of table: Table) {
    let prefix = table.name.asciiLowercased + "_"
    for key in catalog.order where key.hasPrefix(prefix) {
      guard case .table(let shadow)? = catalog.relations[key], shadow.definition == table.definition else { continue }
      removeRelation(key)
    }
  }

  private mutating func missing(_ syntax: DropSyntax, _ kind: String, _ candidates: [String]) {
    guard !syntax.ifExists else { return }
    report(
      .unknownObject(kind: kind, name: syntax.name.name.text), at: syntax.name.name.range,
      near: nearest(to: syntax.name.name.text, in: candidates))
  }
}
