// What is known of a block, as its documentation shows it.

import SQLCAnalysis
import SQLCDiagnostics
import SQLCDocumentation
import SQLCEngine
import SQLCFacts
import SQLCModel
import SQLCPlans
import SQLCTargetSwift
import SQLCVet

/// Reads one block.
struct BlockDocumenter {
  private let analysis: BlockAnalysis
  private let facts: SchemaFacts?
  private let types: SwiftTypeNames?
  private let sources: SourceSet
  private var lines: [String: LineIndex] = [:]
  /// Queries that read or write each table, and each column: by the lower case of `agents` and `agents.name`.
  private var readers: [String: [String]] = [:]
  private var writers: [String: [String]] = [:]

  init(_ analysis: BlockAnalysis, _ sources: SourceSet) {
    self.analysis = analysis
    self.sources = sources
    facts = (analysis.snapshot.inspector as? any FactInspector)?.schemaFacts()
    types = analysis.typeNames
    findUses()
  }

  mutating func block(plans: DocsRequest.Plans) throws -> DocumentedBlock {
    let engine = analysis.engine
    var gaps: [String] = []
    if facts == nil {
      gaps.append("Keys, references, indexes and the use of columns are not shown: there was no server to tell them.")
    }
    var known: [String: [DocumentedPlan]] = [:]
    if plans == .shown, !analysis.model.queries.isEmpty {
      if let planner = engine as? any PlanningEngine, analysis.snapshot.witness == .engine {
        let planned = try self.plans(by: planner)
        known = planned.plans
        gaps += planned.failures
      } else {
        gaps.append("Plans are not shown: there was no database to tell them.")
      }
    }
    var tables: [DocumentedTable] = []
    for table in analysis.model.tables where !isShadow(table) { tables.append(describe(table)) }
    var queries: [DocumentedQuery] = []
    for query in analysis.model.queries { queries.append(describe(query, known[query.name] ?? [])) }
    return DocumentedBlock(
      engine: engine.name == .sqlite ? "SQLite" : engine.name == .postgresql ? "PostgreSQL" : engine.name.rawValue,
      name: analysis.block.settings.out.value,
      tables: tables.sorted { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }, queries: queries,
      gaps: gaps)
  }

  // MARK: Uses

  private mutating func findUses() {
    let uses = facts.map { ColumnUses(over: $0) }
    let inspector = analysis.snapshot.inspector as? any FactInspector
    for query in analysis.snapshot.queries {
      guard let model = query.model else { continue }
      var read = Set(model.reads.map { $0.description.lowercased() })
      var written = Set(model.writes.map { $0.description.lowercased() })
      if let uses, let inspector {
        for statement in inspector.statements(of: query.annotated) {
          let columns = uses.columns(of: statement)
          // Tables too: those that are views are not among what the model reads.
          read.formUnion(columns.read.flatMap { [$0.description.lowercased(), $0.table.description.lowercased()] })
          written.formUnion(columns.written.map { $0.description.lowercased() })
        }
      }
      for name in read { readers[name, default: []].append(query.name) }
      for name in written { writers[name, default: []].append(query.name) }
    }
  }

  // MARK: Tables

  private mutating func describe(_ table: TableModel) -> DocumentedTable {
    let name = table.name.description
    let fact = facts?.tables.first { fact in
      fact.name.lowercased() == name.lowercased() || fact.source != nil && fact.source == table.source
    }
    func place(of column: Int) -> Int? {
      guard let fact, fact.columns.indices.contains(column) else { return nil }
      return table.columns.firstIndex { $0.name == fact.columns[column].name }
    }
    let kind: DocumentedTable.Kind =
      switch fact?.kind {
      case .module(let module): .module(module)
      case .view: .view
      case .table: .table
      case nil: table.kind == .view ? .view : .table
      }
    let columns = table.columns.map { column in
      let known = fact?.columns.first { $0.name == column.name }
      let key = (name + "." + column.name).lowercased()
      // Facts name a table as its engine finds it.
      let other = fact.map { ($0.name + "." + column.name).lowercased() } ?? key
      return DocumentedColumn(
        name: column.name, type: column.declaredType ?? column.typeName,
        swiftType: types.map { optional($0.name(of: column, in: table), column.nullability.isOptional) },
        isNullable: column.nullability.isOptional, properties: known.map(properties) ?? [],
        documentation: column.documentation, readers: readers[key] ?? readers[other] ?? [],
        writers: writers[key] ?? writers[other] ?? [])
    }
    let references = (fact?.foreignKeys ?? []).map { key in
      reference(key, of: fact, columns: key.columns.compactMap(place))
    }
    return DocumentedTable(
      name: name, kind: kind, documentation: table.documentation, columns: columns,
      primaryKey: table.primaryKey.compactMap { key in table.columns.firstIndex { $0.name == key } },
      references: references.filter { !$0.columns.isEmpty }, constraints: fact.map(constraints) ?? [],
      readers: readers[name.lowercased()] ?? [], writers: writers[name.lowercased()] ?? [],
      place: table.source.map { self.place($0) })
  }

  /// A table in which a module keeps its rows: nobody wrote its definition.
  private func isShadow(_ table: TableModel) -> Bool {
    (facts?.tables ?? []).contains { fact in
      guard case .module = fact.kind else { return false }
      return table.name.name.lowercased().hasPrefix(fact.name.lowercased() + "_")
        && (table.source == nil || table.source == fact.source)
    }
  }

  private func properties(_ column: ColumnFact) -> [String] {
    [
      column.isGenerated ? "GENERATED" : nil, column.defaultText.map { "DEFAULT \($0)" },
      column.collation.map { "COLLATE \($0)" },
      column.allowedValues.isEmpty ? nil : "one of \(column.allowedValues.joined(separator: ", "))",
    ].compactMap { $0 }
  }

  private func reference(_ key: ForeignKeyFact, of table: TableFact?, columns: [Int]) -> DocumentedReference {
    let own = Set(key.columns)
    let isUnique = table?.keys.contains { Set($0.columns).isSubset(of: own) && !$0.columns.isEmpty } ?? false
    let isOptional = key.columns.contains { column in
      table.map { $0.columns.indices.contains(column) && $0.columns[column].isNullable } ?? false
    }
    // As the model names the table that the fact names.
    let parent = facts?.tables.first { $0.name.lowercased() == key.parent.lowercased() }
    let model = analysis.model.tables.first { model in
      model.name.description.lowercased() == key.parent.lowercased()
        || parent?.source != nil && parent?.source == model.source
    }
    return DocumentedReference(
      columns: columns, parent: model?.name.description ?? key.parent, parentColumns: key.parentColumns,
      actions: [key.onDelete.map { "ON DELETE \($0)" }, key.onUpdate.map { "ON UPDATE \($0)" }].compactMap { $0 },
      multiplicity: isUnique ? .one : .many, presence: isOptional ? .optional : .required)
  }

  private func constraints(_ table: TableFact) -> [String] {
    func names(_ columns: [Int]) -> String {
      columns.filter(table.columns.indices.contains).map { table.columns[$0].name }.joined(separator: ", ")
    }
    var found: [String] = []
    for key in table.keys where key.kind != .index {
      found.append((key.kind == .primary ? "PRIMARY KEY" : "UNIQUE") + " (\(names(key.columns)))")
    }
    found += table.checks.map { "CHECK (\($0.text))" }
    for index in facts?.indexes ?? [] where index.table.lowercased() == table.name.lowercased() {
      let method: String = if case .other(let name) = index.method { " USING \(name)" } else { "" }
      let condition: String = if case .rows(let text) = index.reach { " WHERE \(text)" } else { "" }
      found.append(
        "\(index.isUnique ? "UNIQUE " : "")INDEX \(index.name)\(method)"
          + " (\(index.terms.map(\.text).joined(separator: ", ")))\(condition)")
    }
    for trigger in facts?.triggers ?? [] where trigger.table.lowercased() == table.name.lowercased() {
      found.append("TRIGGER \(trigger.name) \(trigger.timing) \(trigger.event.rawValue.uppercased())")
    }
    return found
  }

  // MARK: Queries

  private mutating func describe(_ query: QueryModel, _ plans: [DocumentedPlan]) -> DocumentedQuery {
    var results: [DocumentedValue] = []
    for result in query.results {
      switch result {
      case .column(let column): results.append(value(column, named: column.name, of: query))
      case .embed(let embed):
        for var column in embed.columns {
          if case .optional = embed.nullability, !column.nullability.isOptional {
            column.nullability = embed.nullability
          }
          results.append(
            value(column, named: "\(embed.name)\(embed.isList ? "[]" : "").\(column.name)", of: query))
        }
      }
    }
    let parameters = query.parameters.map { parameter in
      DocumentedValue(
        name: parameter.name, type: parameter.typeName + (parameter.isSlice ? " …" : ""),
        swiftType: types.map {
          parameter.isSlice
            ? "[\($0.name(of: parameter, in: query))]"
            : optional($0.name(of: parameter, in: query), parameter.nullability.isOptional)
        }, isNullable: parameter.nullability.isOptional,
        reason: reason(parameter.nullability, in: query), origin: parameter.origin.map(origin))
    }
    let rows =
      switch query.rowCount {
      case _ where query.results.isEmpty: "no rows"
      case .exactlyOne: "exactly one row"
      case .atMostOne: "at most one row"
      case .many: "any number of rows"
      }
    return DocumentedQuery(
      name: query.name, command: ":" + query.command.rawValue, rows: rows, rowsReason: query.rowCountReason,
      effect: query.isReadOnly ? .reads : .writes, documentation: query.documentation,
      sql: analysis.engine.placeholders.text(of: query.sql), parameters: parameters, results: results,
      choices: query.variants.map(choices) ?? [], reads: query.reads.map(\.description),
      writes: query.writes.map(\.description), plans: plans, place: place(query.source))
  }

  private func choices(_ variants: VariantsModel) -> [DocumentedChoice] {
    let assignments = variants.patches.reduce(0) { $0 | $1.assignments }
    return variants.filters.enumerated().map { index, filter in
      DocumentedChoice(
        kind: variants.bit(ofFilter: index) & assignments != 0 ? .assignment : .predicate, name: filter.name,
        text: filter.text)
    } + variants.terms.map { DocumentedChoice(kind: .order, name: $0.name, text: $0.text) }
  }

  private mutating func value(_ column: ResultColumnModel, named name: String, of query: QueryModel) -> DocumentedValue
  {
    DocumentedValue(
      name: name, type: column.typeName,
      swiftType: types.map {
        optional($0.name(of: column, in: query), column.nullability.isOptional || $0.isLooser(column, in: query))
      },
      isNullable: column.nullability.isOptional,
      reason: column.assertion.map { "asserted: \($0.rawValue)" } ?? reason(column.nullability, in: query),
      origin: column.origin.map(origin))
  }

  private func optional(_ type: String, _ isOptional: Bool) -> String { isOptional ? type + "?" : type }

  private func origin(_ column: ColumnReference) -> DocumentedOrigin {
    DocumentedOrigin(table: column.table.description, column: column.column)
  }

  private func reason(_ nullability: ModelNullability, in query: QueryModel) -> String? {
    guard case .optional(let reason, let place) = nullability else { return nil }
    guard let place, let text = sources[place.source.path]?.source.text else { return reason }
    let position = LineIndex(text).position(at: place.source.range.lower)
    let file = place.source.path == query.source.path ? "" : place.source.path + ":"
    return "\(reason) at \(file)\(position.line):\(position.column)"
  }

  private mutating func place(_ source: SourceRange) -> String {
    let index = lines[source.path] ?? LineIndex(sources[source.path]?.source.text ?? "")
    lines[source.path] = index
    return "\(source.path):\(index.position(at: source.range.lower).line)"
  }

  // MARK: Plans

  private func plans(by engine: any PlanningEngine) throws -> (plans: [String: [DocumentedPlan]], failures: [String]) {
    var options = PlanOptions()
    options.advised = []
    let planned = BlockPlans(
      analysis.snapshot.queries.compactMap { query in query.model.map { QueryToPlan(query.annotated, $0) } },
      over: facts ?? SchemaFacts(), inspector: nil,
      by: try engine.planner(over: analysis.block.schema, statistics: nil), options: options)
    var found: [String: [DocumentedPlan]] = [:]
    var failures: [String] = []
    for query in planned.queries {
      if let failure = query.failure {
        failures.append("'\(query.model.name)' has no plan: \(failure.message)")
        continue
      }
      // Combinations with one plan stand together.
      var plans: [DocumentedPlan] = []
      for statement in query.statements {
        let steps = planTree(of: statement.steps)
        if let place = plans.firstIndex(where: { $0.steps == steps }) {
          plans[place].combinations.append(statement.combination)
        } else {
          plans.append(DocumentedPlan(combinations: [statement.combination], steps: steps))
        }
      }
      found[query.model.name] = plans
    }
    return (found, failures)
  }
}
