// The whole of `vet`: facts in, rules asked, diagnostics out.

public import SQLCAnalysis
import SQLCConcurrency
import SQLCConfiguration
public import SQLCDiagnostics
import SQLCEngine
import SQLCFacts
public import SQLCIsolation
import SQLCModel
public import SQLCPlans

/// A snapshot's facts in a database.
public struct Vetting {
  public let database: any FactDatabase
  /// What could not be proven, for want of relations.
  public private(set) var diagnostics: [Diagnostic] = []
  /// One for each block whose engine tells plans; none where they are not asked for.
  public private(set) var plans: [BlockPlans] = []
  private let snapshot: Snapshot
  private var places: [SourceRange] = []
  private let scope: VetScope

  /// - Parameters:
  ///   - options: what rules read from `options`, by name.
  ///   - planning: nothing: no rule asks about plans.
  ///   - scope: how far statements are taken apart.
  public init(
    _ snapshot: Snapshot, in database: any FactDatabase, policies: [IsolationPolicy], options: [String: String],
    planning: VetPlanning? = nil, scope: VetScope = .statements
  ) throws(FactFailure) {
    self.snapshot = snapshot
    self.scope = scope
    self.database = database
    try database.execute(factTables)
    var writer = FactWriter(database, snapshot)
    writer.add("facts", .integer(factVersion))
    for (name, value) in options.sorted(by: { $0.key < $1.key }) { writer.add("options", .text(name), .text(value)) }
    for policy in policies { writer.add("policies", .text(policy.name), .text(policy.column)) }
    for (index, block) in snapshot.blocks.enumerated() {
      add(block, index + 1, policies, planning, &writer)
    }
    try writer.finish()
    places = writer.placesByID
  }

  private mutating func add(
    _ block: BlockSnapshot, _ id: Int, _ policies: [IsolationPolicy], _ planning: VetPlanning?,
    _ writer: inout FactWriter
  ) {
    writer.add("blocks", .integer(id), .text(block.engine.name.rawValue), FactValue(flag: block.isComplete))
    let inspector = block.inspector as? any FactInspector
    let schema = inspector?.schemaFacts() ?? SchemaFacts(block.schema)
    writer.add(schema, block: id)
    for migration in block.migrations {
      writer.add(
        "migrations", .integer(writer.newID("migrations")), .integer(id), .text(migration.version),
        .text(migration.name), FactValue(flag: migration.down != nil), FactValue(flag: migration.role == .repeatable),
        writer.place(migration.up.first?.source))
    }
    let syntax =
      scope == .syntax
      ? (inspector as? any SyntaxInspector)?.syntaxReader(elsewhere: ForeignColumns(snapshot, otherThan: block)) : nil
    for part in syntax?.schemaFacts() ?? [] { writer.add(part, sources: snapshot.project.sources) }
    let proofs = policies.map { IsolationProof(schema, $0) }
    let statements = StatementSchema(schema)
    var unproven: [SourceRange] = []
    var names: [String] = []
    var planned: [(query: QueryToPlan, id: Int)] = []
    for part in look(through: block, inspector, syntax, statements, proofs) {
      let query = part.query
      let queryID = writer.add(query, part.model, part.parts, block: id)
      if part.relations.isEmpty {
        unproven.append(SourceRange(path: query.annotated.source.path, range: query.annotated.nameRange))
        names.append(query.name)
      }
      if let facts = part.syntax { writer.add(facts, of: query, id: queryID) }
      planned.append((QueryToPlan(query.analyzed, part.model, statement: part.relations.first), queryID))
      for (findings, policy) in zip(part.findings, policies) {
        for finding in findings { add(finding, policy, of: query, queryID, &writer) }
      }
    }
    if let planning, !planned.isEmpty { plan(planned, of: block, over: schema, planning, &writer) }
    guard !policies.isEmpty else { return }
    let count = planned.count
    if unproven.count == count, count > 0 {
      diagnostics.append(
        VetDiagnostic.unproven(engine: block.engine.name.rawValue, count: count).at(block.block.settings.out.source))
    } else {
      diagnostics += zip(names, unproven).map { VetDiagnostic.unprovenQuery($0).at($1) }
    }
  }

  /// What is found of one query by itself.
  private struct LookedThrough: Sendable {
    var query: QuerySnapshot
    var model: QueryModel
    var relations: [RelationalStatement]
    var parts: [StatementParts]
    var syntax: SyntaxFacts?
    /// One list for each policy.
    var findings: [[IsolationFinding]]
  }

  /// The queries without errors, in their order.
  private func look(
    through block: BlockSnapshot, _ inspector: (any FactInspector)?, _ syntax: (any SyntaxReader)?,
    _ schema: StatementSchema, _ proofs: [IsolationProof]
  ) -> [LookedThrough] {
    let chunks = worthwhileChunks(of: block.queries.count, minimum: 50, cores: coreCount)
    return concurrentMap(block.queries, chunks: chunks) { query -> LookedThrough? in
      guard let model = query.model else { return nil }
      let lists = query.analyzed.rowLists
      let relations = (inspector?.statements(of: query.analyzed) ?? []).map { statement in
        statement.marking { lists.member(named: $0) != nil }
      }
      let parts = relations.prefix(2).map { statement in
        var parts = StatementParts(statement, schema)
        parts.read()
        return parts
      }
      return LookedThrough(
        query: query, model: model, relations: relations, parts: parts, syntax: syntax?.facts(of: query.analyzed),
        findings: proofs.map { findings(of: relations, $0) })
    }.compactMap(\.self)
  }

  private mutating func plan(
    _ queries: [(query: QueryToPlan, id: Int)], of block: BlockSnapshot, over schema: SchemaFacts,
    _ planning: VetPlanning, _ writer: inout FactWriter
  ) {
    let place = block.block.settings.out.source
    let planner: any QueryPlanner
    do {
      guard let engine = block.engine as? any PlanningEngine, block.witness == .engine else {
        return diagnostics.append(
          VetDiagnostic.unplanned("'\(block.engine.name)' is not there to tell them", queries.count).at(place))
      }
      planner = try engine.planner(over: block.block.schema, statistics: planning.statistics[block.engine.name])
    } catch {
      return diagnostics.append(VetDiagnostic.unplanned("\(error)", queries.count).at(place))
    }
    let plans = BlockPlans(
      queries.map(\.query), over: schema, inspector: block.inspector as? any FactInspector, by: planner,
      options: planning.options)
    self.plans.append(plans)
    for query in plans.queries {
      guard let failure = query.failure else { continue }
      let written = SourceRange(path: query.query.source.path, range: query.query.nameRange)
      let snapshot = block.queries.first { $0.name == query.query.name }
      diagnostics.append(
        VetDiagnostic.unplanned(failure.message, 1).at(snapshot?.place(of: written) ?? written))
    }
    writer.add(plans, ids: queries.map(\.id), indexes: writer.indexes)
    if let baseline = planning.baseline {
      let ids = queries.map { ($0.query.model.name, $0.id) }
      let changes = PlanBaseline(baseline.text).changes(of: plans.queries)
      writer.add(
        // Of a query with errors nobody can say that it is gone.
        block.isComplete ? changes : changes.filter { $0.kind != .gone },
        ids: Dictionary(ids, uniquingKeysWith: { first, _ in first }),
        baseline: baseline.place)
    }
  }

  private func add(
    _ finding: IsolationFinding, _ policy: IsolationPolicy, of query: QuerySnapshot, _ id: Int,
    _ writer: inout FactWriter
  ) {
    let range =
      finding.range.isEmpty
      ? query.analyzed.nameRange : ByteRange(finding.range.lowerBound, finding.range.upperBound)
    writer.add(
      "isolation", .integer(id), .text(policy.name), .text(finding.kind.rawValue), .text(finding.table),
      .text(finding.column), .text(finding.reason),
      writer.place(SourceRange(path: query.analyzed.source.path, range: range)))
  }

  // MARK: Rules

  /// That rules about expressions find nothing, where no block's engine takes statements apart.
  public func unreadSyntax(of rules: [VetRule]) -> [Diagnostic] {
    guard VetScope(neededBy: rules) == .syntax, let block = snapshot.blocks.first,
      !snapshot.blocks.contains(where: { $0.inspector is any SyntaxInspector })
    else { return [] }
    return [VetDiagnostic.unreadSyntax.at(block.block.settings.out.source)]
  }

  /// What rules cannot be asked, and why.
  public func check(_ rules: [VetRule]) -> [Diagnostic] {
    rules.compactMap { rule in
      do throws(FactFailure) {
        let columns = try database.columns(of: rule.select)
        if !columns.contains("place") { return VetDiagnostic.missingPlace(rule: "\(rule.id)").at(rule.source) }
        if let field = rule.fields.first(where: { !columns.contains($0) }) {
          return VetDiagnostic.unknownField(field, rule: "\(rule.id)", columns: columns).at(rule.source)
        }
        return nil
      } catch {
        var place = rule.source
        if let offset = error.offset { place.range = ByteRange(at: place.range.lower + offset) }
        return VetDiagnostic.refusedSelect(rule: "\(rule.id)", reason: error.message).at(place)
      }
    }
  }

  /// What a rule finds.
  public func violations(of rule: VetRule) -> [Violation] {
    do throws(FactFailure) {
      let columns = try database.columns(of: rule.select)
      let rows = try database.rows(of: rule.select)
      return rows.map { row in
        Violation(rule, Dictionary(zip(columns, row), uniquingKeysWith: { first, _ in first }), places: place)
      }
    } catch {
      return [Violation(VetDiagnostic.failedSelect(rule: "\(rule.id)", reason: error.message).at(rule.source))]
    }
  }

  private func place(_ value: FactValue?) -> SourceRange? {
    guard let id = value?.integer, places.indices.contains(id - 1) else { return nil }
    return places[id - 1]
  }
}

/// One row of a rule.
public struct Violation: Sendable {
  public var diagnostic: Diagnostic
  /// What exceptions can name.
  public var table: String?
  public var query: String?
  /// A definition that mends it, to be added to the schema that has the table.
  public var addition: String?

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  init(_ rule: VetRule, _ row: [String: FactValue], places: (FactValue?) -> SourceRange?) {
    let place = places(row["place"]) ?? rule.source
    diagnostic = Diagnostic(rule.rule, rule.message(for: row), at: DiagnosticLabel(place))
    if let related = places(row["related"]) { diagnostic.secondary = [DiagnosticLabel(related, "")] }
    if let note = row["note"], note != .null { diagnostic.notes = [note.text] }
    if let insert = row["insert"], insert != .null {
      let end = SourceRange(path: place.path, range: ByteRange(at: place.range.upper))
      diagnostic.fixIts = [
        FixIt("add '\(insert.text.trimmed)'", .safe, edits: [FixIt.Edit(end, replacement: insert.text)])
      ]
    }
    table = row["table"]?.text
    query = row["query"]?.text
    if let append = row["append"], append != .null { addition = append.text }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

extension BlockSnapshot {
  /// No query, and no file of queries, has errors.
  fileprivate var isComplete: Bool { !diagnostics.hasErrors }
}

/// Of all combinations, each once.
private func findings(of relations: [RelationalStatement], _ proof: IsolationProof) -> [IsolationFinding] {
  var seen: Set<IsolationFinding> = []
  return relations.flatMap(proof.findings).filter { seen.insert($0).inserted }
}

extension IsolationPolicy {
  /// As the configuration spells it.
  fileprivate var name: String {
    switch kind {
    case .tenant: "tenant"
    case .softDelete: "soft_delete"
    }
  }
}

extension SchemaFacts {
  /// What the model has, where an engine gives no facts of its own.
  init(_ model: SchemaModel) {
    self.init(
      tables: model.tables.map { table in
        let key = table.primaryKey.compactMap { name in table.columns.firstIndex { $0.name == name } }
        return TableFact(
          name: table.name.name, kind: table.kind == .view ? .view : .table,
          columns: table.columns.map { column in
            ColumnFact(
              name: column.name, declaredType: column.declaredType, typeName: column.typeName,
              isNullable: column.nullability.isOptional, isNotNull: !column.nullability.isOptional, defaultText: nil,
              isGenerated: false, presence: .visible, collation: nil, source: column.source)
          },
          keys: key.isEmpty ? [] : [KeyFact(kind: .primary, name: nil, columns: key, source: table.source)],
          source: table.source)
      })
  }
}
