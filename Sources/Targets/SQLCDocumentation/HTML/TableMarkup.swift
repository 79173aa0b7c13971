// One table of the dictionary.

struct TableMarkup {
  let block: DocumentedBlock
  let table: DocumentedTable
  let links: PageLinks
  private let number: Int

  init(block: DocumentedBlock, place: Int, links: PageLinks, block number: Int) {
    self.block = block
    table = block.tables[place]
    self.links = links
    self.number = number
  }

  var section: Markup {
    let said: Markup =
      table.documentation.isEmpty ? "<p class=\"unsaid\">No comment.</p>\n" : paragraphs(table.documentation)
    let place: Markup = table.place.map { "<span class=\"place\">\($0)</span>" } ?? ""
    let shown: Markup =
      table.kind == .view
      ? "" : "<button type=\"button\" class=\"show scripted\" data-show=\"\(anchor)\">in the diagram</button>"
    return """
      <article class="entry" id="\(anchor)" data-entry>
      <h3><a href="#\(anchor)">\(table.name)</a> \(kind)\(shown)</h3>
      \(place)\(said)<div class="wide"><table>
      <thead><tr><th>column</th><th>type</th><th>meaning</th><th>queries</th></tr></thead>
      <tbody>
      \(list: table.columns.indices.map(row))</tbody>
      </table></div>
      \(facts)</article>

      """
  }

  private var anchor: Anchor { links.anchor(.table, table.name, number) }

  private var kind: Markup {
    switch table.kind {
    case .table: ""
    case .view: "<span class=\"badge\">view</span>"
    case .module(let name): "<span class=\"badge\">\(name)</span>"
    }
  }

  private func row(_ place: Int) -> Markup {
    let column = table.columns[place]
    let swift: Markup = column.swiftType.map { "<br><code class=\"swift\">\($0)</code>" } ?? ""
    let null: Markup = column.isNullable ? " <span class=\"null\">NULL</span>" : ""
    let properties = column.properties.map { property -> Markup in
      "<div class=\"property\"><code>\(property)</code></div>"
    }
    let references = table.references.filter { $0.columns.contains(place) }.map(reference)
    let key: Markup = table.primaryKey.contains(place) ? "<span class=\"badge key\">key</span>" : ""
    let meaning: Markup =
      column.documentation.isEmpty
      ? table.kind == .view || table.explainsItself(place) ? "" : "<span class=\"unsaid\">no comment</span>"
      : "<span class=\"said\">\(column.documentation.joined(separator: "\n"))</span>"
    return """
      <tr><td><code>\(column.name)</code> \(key)</td><td><code>\(column.type)</code>\(null)\(swift)</td>\
      <td>\(meaning)\(list: references)\(list: properties)</td><td>\(uses(column.readers, column.writers))</td></tr>

      """
  }

  private func reference(_ reference: DocumentedReference) -> Markup {
    let columns = reference.parentColumns.joined(separator: ", ")
    let actions = reference.actions.map { " " + $0 }.joined()
    return
      "<div class=\"property\">→ \(links.table(reference.parent, number)) <code>(\(columns))</code><small>\(actions)</small></div>"
  }

  /// Who reads and who writes; many are folded.
  private func uses(_ readers: [String], _ writers: [String]) -> Markup {
    Markup(
      joining: [("read", readers), ("written", writers)].compactMap { word, names -> Markup? in
        guard !names.isEmpty else { return nil }
        let list = links.list(names) { links.query($0, number) }
        return names.count <= 3
          ? "<div class=\"uses\"><small>\(word)</small> \(list)</div>"
          : "<details class=\"uses\"><summary><small>\(word) by \(names.count)</small></summary>\(list)</details>"
      })
  }

  private var facts: Markup {
    let constraints = table.constraints.map { text -> Markup in "<li><code>\(text)</code></li>\n" }
    let referring = block.tables.filter { other in
      other.references.contains { $0.parent.lowercased() == table.name.lowercased() }
    }
    let children: Markup =
      referring.isEmpty
      ? "" : "<p>Referred to by \(links.list(referring.map(\.name)) { links.table($0, number) })</p>\n"
    let use = uses(table.readers, table.writers)
    let unused: Markup =
      table.readers.isEmpty && table.writers.isEmpty ? "<p class=\"unsaid\">No query uses it.</p>\n" : ""
    return """
      <div class="facts">\(children)<div class="uses">\(use)</div>\(unused)\
      \(constraints.isEmpty ? "" : "<ul>\(list: constraints)</ul>")</div>

      """
  }
}
