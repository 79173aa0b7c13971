// The same in Markdown, for a repository: with a diagram that GitHub and GitLab draw.

/// A project as one Markdown file.
public func markdownDocumentation(of project: DocumentedProject) -> String {
  var page = MarkdownPage(project)
  page.write()
  return page.text
}

struct MarkdownPage {
  let project: DocumentedProject
  private(set) var text = ""

  init(_ project: DocumentedProject) { self.project = project }

  mutating func write() {
    text += documentationMark + "\n\n# \(markdown(project.title))\n\n"
    let completeness = Completeness(of: project)
    let queries = project.blocks.reduce(0) { $0 + $1.queries.count }
    text += "\(counted(completeness.tables, "table or view", "tables and views")),"
    text += " \(counted(queries, "query", "queries")); \(completeness.summary).\n"
    for block in project.blocks {
      if project.blocks.count > 1 { text += "\n# \(markdown(block.name)) (\(markdown(block.engine)))\n" }
      for gap in block.gaps { text += "\n> \(markdown(gap))\n" }
      writeDiagram(of: block)
      text += "\n## Tables\n"
      for table in block.tables { write(table) }
      text += "\n## Queries\n"
      for query in block.queries { write(query) }
    }
  }

  // MARK: Tables

  private mutating func writeDiagram(of block: DocumentedBlock) {
    let tables = block.tables.filter { $0.kind != .view }
    guard !tables.isEmpty else { return }
    var entities = MermaidNames()
    var names: [String: String] = [:]
    var lines: [String] = []
    for table in tables {
      let name = entities.name(table.name)
      names[table.name.lowercased()] = name
      var attributes = MermaidNames()
      let columns = table.columns.indices.map { place -> String in
        let column = table.columns[place]
        var types = MermaidNames()
        let isReference = table.references.contains { $0.columns.contains(place) }
        let keys = [table.primaryKey.contains(place) ? "PK" : nil, isReference ? "FK" : nil].compactMap { $0 }
        let type = column.type.isEmpty ? "any" : types.name(column.type)
        return "    \(type) \(attributes.name(column.name)) \(keys.joined(separator: ", "))".trimmingEnd
      }
      lines += ["  \(name) {"] + columns + ["  }"]
    }
    for table in tables {
      for reference in table.references {
        guard let parent = names[reference.parent.lowercased()], let child = names[table.name.lowercased()] else {
          continue
        }
        let one = reference.presence == .optional ? "|o" : "||"
        let many = reference.multiplicity == .one ? "o|" : "o{"
        var labels = MermaidNames()
        let label = reference.columns.map { labels.name(table.columns[$0].name) }.joined(separator: ", ")
        lines.append("  \(parent) \(one)--\(many) \(child) : \"\(label)\"")
      }
    }
    text += "\n## Diagram\n\n```mermaid\nerDiagram\n\(lines.joined(separator: "\n"))\n```\n"
  }

  private mutating func write(_ table: DocumentedTable) {
    let kind: String =
      switch table.kind {
      case .table: ""
      case .view: " (view)"
      case .module(let name): " (\(markdown(name)))"
      }
    text += "\n### \(markdown(table.name))\(kind)\n\n"
    text += said(table.documentation) ?? "*No comment.*\n\n"
    text += "| column | type | NULL | meaning |\n|---|---|---|---|\n"
    for (place, column) in table.columns.enumerated() {
      var meaning = [column.documentation.map(markdown).joined(separator: " ")]
      if table.primaryKey.contains(place) { meaning.append("key") }
      for reference in table.references where reference.columns.contains(place) {
        let columns = reference.parentColumns.joined(separator: ", ")
        let actions = reference.actions.map { " " + markdown($0) }.joined()
        meaning.append("→ \(markdownCode("\(reference.parent) (\(columns))"))\(actions)")
      }
      meaning += column.properties.map(markdownCode)
      text += "| \(markdownCode(column.name)) | \(markdownCode(column.type)) | \(column.isNullable ? "yes" : "")"
      text += " | \(meaning.filter { !$0.isEmpty }.joined(separator: "; ")) |\n"
    }
    text += "\n"
    for constraint in table.constraints { text += "- \(markdownCode(constraint))\n" }
    for (word, names) in [("Read", table.readers), ("Written", table.writers)] where !names.isEmpty {
      text += "- \(word) by \(names.map(markdownCode).joined(separator: ", "))\n"
    }
    if table.readers.isEmpty, table.writers.isEmpty { text += "- No query uses it.\n" }
  }

  /// Lines of a comment, each paragraph one.
  private func said(_ lines: [String]) -> String? {
    guard !lines.isEmpty else { return nil }
    let paragraphs = lines.split { $0.allSatisfy(\.isWhitespace) }
    return paragraphs.map { $0.map(markdown).joined(separator: " ") + "\n\n" }.joined()
  }

  // MARK: Queries

  private mutating func write(_ query: DocumentedQuery) {
    text += "\n### \(markdown(query.name))\n\n"
    text += said(query.documentation) ?? ""
    text += "\(markdownCode(query.command)): \(markdown(query.rows)), since \(markdown(query.rowsReason)).\n\n"
    text += markdownFence(query.sql, "sql") + "\n"
    write(query.parameters, title: "parameter")
    write(query.results, title: "result")
    for choice in query.choices {
      text += "- \(choice.word) \(markdownCode(choice.name)): \(markdownCode(choice.text))\n"
    }
    for (word, names) in [("Reads", query.reads), ("Writes", query.writes)] where !names.isEmpty {
      text += "- \(word) \(names.map(markdownCode).joined(separator: ", "))\n"
    }
    for plan in query.plans {
      let label = plan.combinations.filter { !$0.isEmpty }.joined(separator: " | ")
      text += "\nPlan\(label.isEmpty ? "" : " with \(markdown(label))"):\n\n"
      text += markdownFence(plan.steps.isEmpty ? "no table is read" : plan.steps.joined(separator: "\n"), "")
    }
  }

  private mutating func write(_ values: [DocumentedValue], title: String) {
    guard !values.isEmpty else { return }
    text += "| \(title) | type | Swift | NULL |\n|---|---|---|---|\n"
    for value in values {
      let reason = value.isNullable ? "yes" + (value.reason.map { ": " + markdown($0) } ?? "") : ""
      text += "| \(markdownCode(value.name)) | \(markdownCode(value.type))"
      text += " | \(markdownCode(value.swiftType ?? "")) | \(reason) |\n"
    }
    text += "\n"
  }
}

extension DocumentedChoice {
  fileprivate var word: String {
    switch kind {
    case .predicate: "optional"
    case .assignment: "patch"
    case .order: "order"
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
