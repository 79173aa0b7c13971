// The plan of one combination of a query, with the tables that its steps read.

public import SQLCEngine
public import SQLCFacts
public import SQLCModel

/// One combination of a query and how the engine would run it.
public struct StatementPlan: Sendable {
  /// `status, since by created_at desc`; empty for a query without choices.
  public var combination: String
  public var sql: [SQLSegment]
  public var steps: [PlanStep]
  /// Nothing where the engine gives no relations of it.
  public var uses: SourceUses?
}

extension StatementPlan {
  /// The occurrences of tables that a step can be of: one, or more where the statement uses a name twice.
  func uses(of step: PlanStep) -> [SourceUse] {
    guard let uses, let source = step.source?.lowercased() else { return [] }
    let ofTable = uses.uses.values.filter { step.table == nil || $0.table.lowercased() == step.table?.lowercased() }
      .sorted { $0.id < $1.id }
    let named = ofTable.filter { $0.name.lowercased() == source }
    if !named.isEmpty || step.table == nil { return named }
    // A name that is there twice is told apart by a number: `t_1`.
    return ofTable.filter { use in
      source.hasPrefix(use.name.lowercased() + "_") && source.dropFirst(use.name.count + 1).allSatisfy(\.isNumber)
    }
  }

  /// Does a condition take rows away from what the step reads?
  public func isRestricted(_ step: PlanStep) -> Bool { uses(of: step).contains(where: \.isRestricted) }
}

extension SourceUses {
  /// Steps with the tables that they read, where only one can be meant; what is no table is an intermediate result.
  func resolve(_ steps: [PlanStep], _ schema: PlanSchema) -> [PlanStep] {
    steps.map { step in
      var step = step
      // A partial index has the rows that are asked for, and no others.
      if step.kind == .indexScan, let index = step.index, schema.isPartial(index) { step.kind = .search }
      guard step.table == nil, let source = step.source else { return step }
      if let index = step.index, let table = schema.table(ofIndex: index) {
        step.table = table
        return step
      }
      let tables = names[source.lowercased()] ?? [""]
      if tables.count == 1, let table = tables.first {
        if !table.isEmpty {
          step.table = table
        } else if step.kind == .scan || step.kind == .search {
          step.kind = .intermediate
        }
      }
      return step
    }
  }
}

/// A schema's tables and indexes by name.
public struct PlanSchema: Sendable {
  private var tables: [String: TableFact] = [:]
  private var indexTables: [String: String] = [:]
  private var tableIndexes: [String: [IndexFact]] = [:]
  private var partialIndexes: Set<String> = []
  public let indexes: [IndexFact]

  public init(_ schema: SchemaFacts) {
    indexes = schema.indexes
    for table in schema.tables { tables[table.name.lowercased()] = table }
    for index in schema.indexes {
      indexTables[index.name.lowercased()] = index.table
      if case .rows = index.reach { partialIndexes.insert(index.name.lowercased()) }
      tableIndexes[index.table.lowercased(), default: []].append(index)
    }
  }

  public subscript(name: String) -> TableFact? { tables[name.lowercased()] }

  func table(ofIndex name: String) -> String? { indexTables[name.lowercased()] }

  func indexes(of table: String) -> [IndexFact] { tableIndexes[table.lowercased()] ?? [] }

  func isPartial(_ name: String) -> Bool { partialIndexes.contains(name.lowercased()) }

  func isIndex(_ name: String) -> Bool { indexTables[name.lowercased()] != nil }
}

extension VariantsModel {
  /// What a call has chosen, in words: `status, since by created_at desc`, `nothing`.
  public func label(of choice: VariantChoice) -> String {
    let chosen = filters.indices.filter { choice.bits & bit(ofFilter: $0) != 0 }.map { filters[$0].name }
    var text = chosen.isEmpty ? "nothing" : chosen.joined(separator: ", ")
    if chosen.count == filters.count, filters.count > 0 { text = "everything" }
    for (index, term) in terms.enumerated() {
      for isDescending in [false, true] where choice.bits & bit(ofTerm: index, isDescending: isDescending) != 0 {
        text = (filters.isEmpty && index == 0 ? "" : text + " ") + "by \(term.name)" + (isDescending ? " desc" : "")
      }
    }
    for key in page?.keys ?? [] where choice.bits & key.nullBit != 0 {
      text += " behind no \(filters[page?.filter ?? 0].name)_\(key.parameter)"
    }
    return text
  }
}
