// What is known of what stands under the pointer.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCLanguageProtocol
import SQLCModel

extension DocumentContext {
  func hover(_ params: JSON) throws -> JSON {
    let offset = try offset(params)
    if path == snapshot.project.configuration {
      return hover(session.configurationHover(uri, ConfigurationText(source), at: offset), at: offset)
    }
    var text: [String] = []
    var place: ByteRange?
    if let known = macro(at: offset) ?? rowName(at: offset).map({ ([describe($0)], $0.range) }) {
      (text, place) = known
    } else if let (index, block, found) = occurrence(at: offset) {
      place = found.source.range
      text = describe(found, at: offset, index, block)
    } else if let found = function(at: offset) {
      place = found.range
      text = found.text
    } else if let (value, source) = value(at: offset) {
      place = source
      text = [value]
    } else if let known = choice(at: offset) {
      (text, place) = known
    } else if let (index, block, query) = query(at: offset), query.annotated.commandRange.lower <= offset,
      offset <= query.annotated.commandRange.upper
    {
      place = query.annotated.commandRange
      text = describe(query, index, block)
    }
    return hover(place.map { (text, $0) }, at: offset)
  }

  /// What is known of a place, and what there is to say about the diagnostics there.
  private func hover(_ known: (text: [String], range: ByteRange)?, at offset: Int) -> JSON {
    var text = known?.text ?? []
    var place = known?.range
    if let (pages, source) = rulePages(at: offset) {
      place = place ?? source
      text += pages
    }
    guard let place, !text.isEmpty else { return .null }
    let contents = MarkupContent(
      session.client.hoverKind, session.client.hoverKind == .markdown ? text.joined(separator: "\n\n") : plain(text))
    return ["contents": contents.json, "range": positions.range(place).json]
  }

  /// What there is to say about the rules of the diagnostics at a place.
  private func rulePages(at offset: Int) -> (text: [String], range: ByteRange)? {
    let here = diagnostics.filter {
      $0.primary.source.range.lower <= offset && offset <= $0.primary.source.range.upper
    }
    var seen: Set<DiagnosticID> = []
    let pages = here.filter { seen.insert($0.id).inserted }.compactMap { diagnostic in
      session.environment.page(diagnostic.id).map { "**\(diagnostic.id)**: \($0.text)" }
    }
    return pages.isEmpty ? nil : (pages, here[0].primary.source.range)
  }

  func query(at offset: Int) -> (Int, BlockSnapshot, QuerySnapshot)? {
    for (index, block) in blocks {
      if let query = block.query(at: offset, in: path) { return (index, block, query) }
    }
    return nil
  }

  private func plain(_ text: [String]) -> String {
    text.joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("```") }.joined(separator: "\n")
  }

  private func describe(
    _ found: SymbolOccurrence, at offset: Int, _ index: Int, _ block: BlockSnapshot
  ) -> [String] {
    switch found.symbol {
    case .query(let name): block.query(named: name).map { describe($0, index, block) } ?? []
    case .table(let name): block.schema.tables.first { $0.name == name }.map { describe($0) } ?? []
    case .column(let column): describe(column, in: block, at: offset)
    case .fragment(let name): describe(fragment: name, block)
    case .local(let local): describe(local, at: offset, block)
    }
  }

  // MARK: Queries

  private func describe(_ query: QuerySnapshot, _ index: Int, _ block: BlockSnapshot) -> [String] {
    var parts: [String] = []
    let signatures = query.hasErrors ? [:] : view.project.memo.signatures(of: index, in: snapshot, session.environment)
    if let signature = signatures[query.name] { parts.append("```swift\n\(signature)\n```") }
    parts += Markdown.documentation(query.annotated.documentation)
    if let model = query.model {
      parts.append(Markdown.rows(of: model))
      parts += Markdown.tables(reads: model.reads, writes: model.writes)
      let parameters = model.parameters.map { Markdown.item($0) }
      if !parameters.isEmpty { parts.append("Parameters:\n" + parameters.joined(separator: "\n")) }
      let columns = model.results.flatMap { result in
        switch result {
        case .column(let column): [Markdown.item(column)]
        case .embed(let embed): embed.columns.map { Markdown.item($0, in: embed.name) }
        }
      }
      if !columns.isEmpty { parts.append("Columns:\n" + columns.joined(separator: "\n")) }
      return parts
    }
    let inspection = query.inspection
    parts.append("The query has errors; this is what is known of it.")
    if let rows = inspection.rowCount { parts.append("\(Markdown.rows(rows.count)): \(rows.reason)") }
    parts += Markdown.tables(reads: inspection.reads ?? [], writes: inspection.writes ?? [])
    return parts
  }

  private func describe(fragment name: String, _ block: BlockSnapshot) -> [String] {
    guard let fragment = block.fragments.first(where: { $0.name == name }) else { return [] }
    let uses = block.occurrences(of: .fragment(name)).count { $0.role == .reference }
    var parts = ["```sql\n-- fragment: \(fragment.signature)\n\(fragment.source.slice(fragment.body))\n```"]
    parts += Markdown.documentation(fragment.documentation)
    parts.append(uses == 1 ? "Used once." : "Used \(uses) times.")
    return parts
  }

  // MARK: Tables and columns

  private func describe(_ table: TableModel) -> [String] {
    let kind =
      switch table.kind {
      case .table: "table"
      case .view: "view"
      }
    var parts = ["```sql\n\(kind) \(table.name)\n```"]
    parts += Markdown.documentation(table.documentation)
    parts.append(
      table.columns.map { Markdown.item($0, isKey: table.primaryKey.contains($0.name)) }.joined(separator: "\n"))
    if let source = table.source { parts.append("Defined at \(view.link(source))") }
    return parts
  }

  private func describe(_ reference: ColumnReference, in block: BlockSnapshot, at offset: Int) -> [String] {
    guard let table = block.schema.tables.first(where: { $0.name == reference.table }),
      let column = table.columns.first(where: { $0.name.lowercased() == reference.column.lowercased() })
    else { return ["```sql\n\(reference)\n```"] }
    var parts = ["```sql\n\(reference.table).\(column.name) \(column.typeName)\n```"]
    parts.append(Markdown.presence(column.nullability))
    // Behind an outer join a column can be NULL that is not in its table.
    if let here = value(at: offset), !here.text.contains(Markdown.presence(column.nullability)) {
      parts.append("Here:\n\n\(here.text)")
    }
    parts += Markdown.documentation(column.documentation)
    if let source = column.source { parts.append("Defined at \(view.link(source))") }
    return parts
  }

  // MARK: Names of one statement

  private func describe(_ local: LocalSymbol, at offset: Int, _ block: BlockSnapshot) -> [String] {
    let query = block.query(at: offset, in: path)
    switch local.kind {
    case .fragmentParameter:
      return ["```sql\n\(local.name)\n```", "A parameter of the fragment: each use gives it a value."]
    case .choice: return choice(at: offset)?.text ?? ["```sql\n\(local.name)\n```"]
    case .commonTable: return ["```sql\nWITH \(local.name)\n```", "A table of this statement."]
    case .sourceAlias:
      let before = block.occurrences(in: path).last { other in
        guard case .table = other.symbol else { return false }
        return other.source.range.upper <= local.definition.range.lower
      }
      guard let before, case .table(let name) = before.symbol,
        source.slice(ByteRange(before.source.range.upper, local.definition.range.lower)).trimmingBlanks.lowercased()
          .isAny(of: ["", "as"]), let table = block.schema.tables.first(where: { $0.name == name })
      else { return ["```sql\n\(local.name)\n```", "A source of this statement."] }
      return describe(table)
    case .resultColumn:
      guard let known = query?.model.flatMap({ Markdown.column(named: local.name, of: $0) }) else {
        return query?.inspection.columns.first { $0.name == local.name }.map { [Markdown.text(of: $0)] } ?? []
      }
      return [known]
    case .parameter:
      if let parameter = query?.model?.parameters.first(where: { $0.name == local.name }) {
        return [Markdown.text(of: parameter)]
      }
      return query?.inspection.parameters.first { $0.name == local.name }.map { [Markdown.text(of: $0)] } ?? []
    }
  }

  /// A result column or parameter that a position is in.
  private func value(at offset: Int) -> (text: String, range: ByteRange)? {
    guard let (_, _, query) = query(at: offset) else { return nil }
    func isHere(_ source: SourceRange) -> Bool {
      source.path == path && source.range.lower <= offset && offset <= source.range.upper
    }
    if let model = query.model {
      for parameter in model.parameters where isHere(parameter.source) {
        return (Markdown.text(of: parameter), parameter.source.range)
      }
      for result in model.results {
        if case .column(let column) = result, isHere(column.source) {
          return (Markdown.text(of: column), column.source.range)
        }
      }
    }
    let inspection = query.inspection
    let found = (inspection.parameters + inspection.columns).filter { isHere($0.source) }
    return found.min { $0.source.range.count < $1.source.range.count }
      .map { (Markdown.text(of: $0), $0.source.range) }
  }

  /// A function whose name a position is in.
  private func function(at offset: Int) -> (text: [String], range: ByteRange)? {
    guard let block = blocks.first else { return nil }
    let text = SQLText(source, block.block.block.lexicalRules)
    guard let (index, token) = text.token(at: offset), token.kind == .word, index + 1 < text.tokens.count,
      text.tokens[index + 1].kind == .symbol(UInt8(ascii: "("))
    else { return nil }
    let name = text.name(of: token).lowercased()
    let found = knowledge(block).functions.filter { $0.name == name }
    return found.isEmpty ? nil : (["```sql\n" + found.map(\.text).joined(separator: "\n") + "\n```"], token.range)
  }
}

extension Substring {
  var trimmingBlanks: Substring {
    var text = self
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}

extension String {
  func isAny(of texts: [String]) -> Bool { texts.contains(self) }
}
