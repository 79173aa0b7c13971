// CREATE VIRTUAL TABLE (SQLite, lang_createvtab.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension CatalogBuilder {
  mutating func createVirtualTable(_ syntax: CreateVirtualTableSyntax) {
    guard let isTemporary = isTemporary(false, syntax.name),
      mayCreate(syntax.name.name, isTemporary: isTemporary, ifNotExists: syntax.ifNotExists)
    else { return }
    guard let made = virtualTable(syntax, in: catalog, options: options) else {
      let known =
        ["fts5", "fts4", "fts3", "fts5vocab", "fts4aux", "fts3tokenize", "dbstat", "rtree", "rtree_i32"]
        + options.modules.keys.sorted()
      report(
        .unknownModule(syntax.module.text), at: syntax.module.range,
        near: nearest(to: syntax.module.text, in: known),
        notes: ["modules: \(known.joined(separator: ", "))"])
      return
    }
    insert(
      .table(
        Table(
          name: syntax.name.name.text, isTemporary: isTemporary, kind: .virtual(module: syntax.module.key),
          columns: made.columns, definition: here(syntax.name.name.range))))
    for var shadow in made.shadows where catalog.relations[shadow.name.asciiLowercased] == nil {
      shadow.isTemporary = isTemporary
      shadow.isShadow = true
      shadow.definition = here(syntax.name.name.range)
      insert(.table(shadow))
    }
  }
}
