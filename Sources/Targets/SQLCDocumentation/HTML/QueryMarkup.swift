// One query: what it is asked, what it gives, and how it runs.

struct QueryMarkup {
  let query: DocumentedQuery
  let links: PageLinks
  private let number: Int

  init(query: DocumentedQuery, links: PageLinks, block number: Int) {
    self.query = query
    self.links = links
    self.number = number
  }

  var section: Markup {
    let anchor = links.anchor(.query, query.name, number)
    let effect: Markup =
      switch query.effect {
      case .reads: "<span class=\"badge\">reads</span>"
      case .writes: "<span class=\"badge write\">writes</span>"
      }
    return """
      <article class="entry" id="\(anchor)" data-entry>
      <h3><a href="#\(anchor)">\(query.name)</a> <span class="badge">\(query.command)</span>\(effect)</h3>
      <span class="place">\(query.place)</span>\(paragraphs(query.documentation))<p class="rows"><strong>\(query.rows)</strong>: \
      \(query.rowsReason)</p>
      <pre class="sql"><code>\(query.sql)</code></pre>
      \(values(query.parameters, title: "parameters", origin: "compared with, or stored in"))\(choices)\
      \(values(query.results, title: "result", origin: "from"))\(tables)\(plans)</article>

      """
  }

  private func values(_ values: [DocumentedValue], title: Markup, origin: Markup) -> Markup {
    guard !values.isEmpty else { return "" }
    let rows = values.map { value -> Markup in
      let swift: Markup = value.swiftType.map { "<br><code class=\"swift\">\($0)</code>" } ?? ""
      let null: Markup = value.isNullable ? "<span class=\"null\">NULL</span> " : ""
      let reason: Markup = value.reason.map { "<small>\($0)</small>" } ?? ""
      let from: Markup = value.origin.map { links.origin($0, number) } ?? ""
      return """
        <tr><td><code>\(value.name)</code></td><td><code>\(value.type)</code>\(swift)</td><td>\(null)\(reason)</td><td>\(from)</td></tr>

        """
    }
    return """
      <div class="wide"><table class="values">
      <thead><tr><th>\(title)</th><th>type</th><th>NULL, and why</th><th>\(origin)</th></tr></thead>
      <tbody>
      \(list: rows)</tbody>
      </table></div>

      """
  }

  private var choices: Markup {
    guard !query.choices.isEmpty else { return "" }
    let items = query.choices.map { choice -> Markup in
      let word: Markup =
        switch choice.kind {
        case .predicate: "optional"
        case .assignment: "patch"
        case .order: "order"
        }
      return "<li><span class=\"badge\">\(word)</span> <code>\(choice.name)</code>: <code>\(choice.text)</code></li>\n"
    }
    return "<ul class=\"choices\">\(list: items)</ul>\n"
  }

  private var tables: Markup {
    Markup(
      joining: [("Reads", query.reads), ("Writes", query.writes)].compactMap { word, names -> Markup? in
        names.isEmpty ? nil : "<p class=\"touched\">\(word) \(links.list(names) { links.table($0, number) })</p>\n"
      })
  }

  private var plans: Markup {
    guard !query.plans.isEmpty else { return "" }
    let parts = query.plans.map { plan -> Markup in
      let label = plan.combinations.filter { !$0.isEmpty }.joined(separator: " | ")
      let title: Markup =
        query.plans.count > 1 || !label.isEmpty ? "<p><small>with \(label.isEmpty ? "none" : label)</small></p>" : ""
      let steps = plan.steps.isEmpty ? "no table is read" : plan.steps.joined(separator: "\n")
      return "\(title)<pre class=\"plan\">\(steps)</pre>\n"
    }
    return "<details class=\"plans\"><summary>Plan</summary>\n\(list: parts)</details>\n"
  }
}
