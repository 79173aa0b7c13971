// A statement's tree as facts: expressions as they are written, with the types that the walk over the bound statement found.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// Walks one statement.
struct TreeWalk {
  let source: SourceFile
  let types: TypeWalk
  let catalog: Catalog
  /// What inference says, by range.
  let inferred: [ByteRange: TypeFacts]
  /// Names of the schema that are written in double quotes: they keep their letters' case.
  let quotedNames: Set<String>
  private(set) var facts = SyntaxFacts()
  /// Names of result columns of the queries around, innermost last.
  private var aliases: [Set<String>] = []
  /// Functions over windows that have a name, by that name.
  private var windowFunctions: [String: [String]] = [:]

  init(
    _ source: SourceFile, _ types: TypeWalk, _ catalog: Catalog, inferred: [ByteRange: TypeFacts],
    quotedNames: Set<String>
  ) {
    self.quotedNames = quotedNames
    self.source = source
    self.types = types
    self.catalog = catalog
    self.inferred = inferred
  }

  mutating func note(_ kind: SpellingFact.Kind, _ detail: String, _ range: ByteRange) {
    facts.spellings.append(SpellingFact(kind, detail, range: range))
  }

  func text(_ range: ByteRange) -> String { String(source.slice(range)) }

  mutating func walk(_ statement: StatementSyntax) {
    for column in types.bareColumns { note(.bareColumn, column.name, column.range) }
    for column in types.mixedColumns { note(.mixedUnion, column.types, column.range) }
    switch statement {
    case .select(let node): walk(node, in: nil)
    case .insert(let node): walk(node)
    case .update(let node): walk(node)
    case .delete(let node): walk(node)
    default: break
    }
  }

  // MARK: Queries

  mutating func walk(_ query: SelectSyntax, in parent: Int?) {
    walk(query.with, in: parent)
    let names = query.body.names
    aliases.append(names)
    walk(query.body, in: parent)
    for term in query.orderBy { walk(term, of: query.orderBy, .query, in: parent) }
    walk(query.limit, in: parent)
    aliases.removeLast()
  }

  mutating func walk(_ with: WithSyntax?, in parent: Int?) {
    for table in with?.tables ?? [] {
      noteLimits(of: table)
      noteName(table.name)
      walk(table.query, in: parent)
    }
  }

  /// PostgreSQL takes neither in the recursive part's union (queries-with.html).
  private mutating func noteLimits(of table: CommonTableSyntax) {
    guard case .compound = table.query.body, table.query.mentions(table.name.key) else { return }
    if let limit = table.query.limit { note(.limitedRecursion, text(limit.range), limit.range) }
    if let order = table.query.orderBy.first { note(.orderedRecursion, text(order.range), order.range) }
  }

  mutating func walk(_ limit: LimitSyntax?, in parent: Int?) {
    guard let limit else { return }
    if limit.offsetFirst { note(.commaLimit, text(limit.range), limit.range) }
    add(limit.count, .limit, in: parent)
    if let offset = limit.offset { add(offset, .offset, in: parent) }
  }

  private mutating func walk(_ body: SelectBodySyntax, in parent: Int?) {
    switch body {
    case .select(let core): walk(core, in: parent)
    case .values(let values):
      for row in values.rows {
        for (place, element) in row.elements.enumerated() { add(element, .result, place, in: parent) }
      }
    case .compound(let node):
      walk(node.left, in: parent)
      walk(node.right, in: parent)
    }
  }

  private mutating func walk(_ core: SelectCoreSyntax, in parent: Int?) {
    for (place, column) in core.columns.enumerated() { walk(column, place, in: parent) }
    if let from = core.from { walk(from, in: parent) }
    if let condition = core.whereClause { add(condition, .condition, in: parent) }
    for (place, term) in core.groupBy.enumerated() { add(term, .group, place, in: parent) }
    if let having = core.having { add(having, .condition, in: parent) }
    for window in core.windows {
      let functions = windowFunctions.removeValue(forKey: window.name.key) ?? []
      walk(window.window, function: functions.first(where: positionFunctions.contains) ?? functions.first, in: parent)
    }
  }

  mutating func walk(_ column: ResultColumnSyntax, _ place: Int, in parent: Int?) {
    guard case .expression(let expression, let alias) = column.value else { return }
    add(expression, .result, place, in: parent)
    guard let alias else { return }
    if !text(ByteRange(expression.range.upper, alias.range.lower)).lowercased().contains("as") {
      note(.bareAlias, alias.text, alias.range)
    }
    if alias.quoting == .singleQuotes { note(.stringName, alias.text, alias.range) }
    noteName(alias)
  }

  mutating func walk(_ terms: ReturningSyntax?) {
    for (place, column) in (terms?.columns ?? []).enumerated() { walk(column, place, in: nil) }
  }

  mutating func walk(
    _ term: OrderingTermSyntax, of all: [OrderingTermSyntax], _ context: OrderTermFact.Context, function: String? = nil,
    in parent: Int?
  ) {
    let expression = add(term.expression, .order, in: parent)
    let isTotal =
      all.first.map { first in
        [first.expression.range, first.expression.unparenthesized.range].contains(where: types.totalOrders.contains)
      } ?? false
    facts.orderTerms.append(
      OrderTermFact(
        expression: expression, context: context, direction: term.direction == .descending ? .descending : .ascending,
        nulls: term.nulls.map { $0 == .first ? .first : .last }, reach: isTotal ? .total : .partial, function: function
      ))
  }

  mutating func noteUse(ofWindow name: NameSyntax, by function: NameSyntax) {
    windowFunctions[name.key, default: []].append(function.key)
  }

  mutating func walk(_ window: WindowSyntax, function: String?, in parent: Int?) {
    for (place, term) in window.partitionBy.enumerated() { add(term, .partition, place, in: parent) }
    for term in window.orderBy { walk(term, of: window.orderBy, .window, function: function, in: parent) }
    guard let frame = window.frame else { return }
    for bound in [frame.start, frame.end] {
      switch bound {
      case .preceding(let expression), .following(let expression): add(expression, .operand, in: parent)
      case .unboundedPreceding, .currentRow, .unboundedFollowing, nil: break
      }
    }
  }

  // MARK: FROM

  mutating func walk(_ from: FromSyntax, in parent: Int?) {
    walk(from.first, in: parent)
    for join in from.joins {
      walk(join.source, in: parent)
      switch join.constraint {
      case .on(let condition):
        if join.kind == .full, !condition.isEquality {
          note(.fullJoin, text(condition.range), condition.range)
        }
        add(condition, .condition, in: parent)
      case .using: break
      case nil:
        if join.kind != .comma, join.kind != .cross, !join.isNatural {
          note(.missingCondition, text(join.operatorRange), join.operatorRange)
        }
      }
    }
  }

  private mutating func walk(_ source: TableSourceSyntax, in parent: Int?) {
    switch source {
    case .table(let node): walk(node, in: parent)
    case .subquery(let node): walk(node.query, in: parent)
    case .nested(let node): walk(node.from, in: parent)
    }
  }

  mutating func walk(_ node: TableReferenceSyntax, in parent: Int?) {
    noteTable(node.name)
    if let alias = node.alias { noteName(alias) }
    switch node.indexHint {
    case .indexedBy, .notIndexed: note(.indexHint, text(node.range), node.range)
    case nil: break
    }
    guard let arguments = node.arguments else { return }
    var call = ExpressionFact(
      parent: parent, role: .source, ordinal: 0, kind: .call, name: node.name.name.key, range: node.name.range)
    call.use = .scalar
    facts.expressions.append(call)
    let index = facts.expressions.count - 1
    for (place, argument) in arguments.enumerated() { add(argument, .argument, place, in: index) }
  }

  // MARK: Modifications

  private mutating func walk(_ node: InsertSyntax) {
    walk(node.with, in: nil)
    noteTable(node.table)
    if let word = node.onConflict {
      let range = ByteRange(node.range.lower, node.table.range.upper)
      note(.conflictWord, node.isReplace ? "REPLACE" : "OR \(word.rawValue)", range)
    }
    if case .select(let query) = node.source { walk(query, in: nil) }
    if node.upserts.count > 1 { note(.severalConflicts, "", node.upserts[1].range) }
    for upsert in node.upserts {
      guard case .update(let assignments, let condition) = upsert.action else { continue }
      if upsert.target.isEmpty { note(.unlabelledConflict, text(upsert.range), upsert.range) }
      if node.source.rowCount != 1 { note(.repeatedUpsert, "", upsert.range) }
      for assignment in assignments { add(assignment.value, .value, in: nil) }
      if let condition { add(condition, .condition, in: nil) }
    }
    walk(node.returning)
    noteReturning(node.returning, node.table)
  }

  private mutating func walk(_ node: UpdateSyntax) {
    walk(node.with, in: nil)
    walk(node.table, in: nil)
    if let word = node.onConflict { note(.conflictWord, "OR \(word.rawValue)", node.table.range) }
    for assignment in node.assignments { add(assignment.value, .value, in: nil) }
    if let from = node.from { walk(from, in: nil) }
    if let condition = node.whereClause { add(condition, .condition, in: nil) }
    noteLimit(node.limit, node.orderBy)
    walk(node.returning)
    noteReturning(node.returning, node.table.name)
  }

  private mutating func walk(_ node: DeleteSyntax) {
    walk(node.with, in: nil)
    walk(node.table, in: nil)
    if let condition = node.whereClause { add(condition, .condition, in: nil) }
    noteLimit(node.limit, node.orderBy)
    walk(node.returning)
    noteReturning(node.returning, node.table.name)
  }

  private mutating func noteLimit(_ limit: LimitSyntax?, _ order: [OrderingTermSyntax]) {
    if let range = limit?.range ?? order.first?.range { note(.limitedWrite, text(range), range) }
    walk(limit, in: nil)
  }

  private mutating func noteReturning(_ returning: ReturningSyntax?, _ table: QualifiedNameSyntax) {
    guard let returning, !(catalog.tableTriggers[table.name.key] ?? []).isEmpty else { return }
    note(.triggerReturning, table.name.text, returning.range)
  }

  // MARK: Expressions

  /// Adds the expression with all below it.
  @discardableResult
  mutating func add(_ written: ExpressionSyntax, _ role: ExpressionFact.Role, _ ordinal: Int = 0, in parent: Int?)
    -> Int
  {
    let expression = written.unparenthesized
    let (kind, name) = label(of: expression)
    let range = expression.range
    var fact = ExpressionFact(parent: parent, role: role, ordinal: ordinal, kind: kind, name: name, range: range)
    if case .parenthesized = written { fact.parentheses = .written }
    // A bound expression may have the parentheses in its range.
    if let value = types.values[range] ?? types.values[written.range] {
      fact.type = value.type
      fact.affinity = value.affinity.map { "\($0)" }
      fact.column = value.column
    }
    if kind == .boolean { fact.type = .boolean }
    fact.use = types.uses[range] ?? types.uses[written.range] ?? .scalar
    if let target = types.targets[range] ?? types.targets[written.range], fact.role == .value || fact.role == .result {
      fact.target = target.column
      fact.targetType = target.type
      fact.role = .value
    }
    if let known = inferred[range] ?? inferred[written.range], !known.isUnknown {
      fact.nullability = known.nullability.canBeNull ? .possible : .never
    }
    facts.expressions.append(fact)
    let index = facts.expressions.count - 1
    addParts(of: expression, index)
    return index
  }

  /// The name of a result column in a condition, and within an expression of an ORDER BY.
  mutating func noteAlias(_ node: ColumnReferenceSyntax, _ index: Int) {
    guard node.table == nil, let names = aliases.last, names.contains(node.column.key),
      types.columnNames[node.range]?.asciiLowercased != node.column.key
    else { return }
    var top = index
    while let parent = facts.expressions[top].parent, facts.expressions[top].role != .condition { top = parent }
    switch facts.expressions[top].role {
    case .condition: note(.aliasInCondition, node.column.text, node.range)
    case .order where top != index: note(.aliasInOrder, node.column.text, node.range)
    default: break
    }
  }
}

/// Window functions that depend on which of equal rows comes first.
private let positionFunctions: Set<String> = [
  "row_number", "lag", "lead", "first_value", "last_value", "nth_value", "ntile",
]

extension SelectBodySyntax {
  /// Names that are written for its result columns, in lower case.
  fileprivate var names: Set<String> {
    switch self {
    case .select(let core):
      Set(
        core.columns.compactMap { column in
          if case .expression(_, let alias?) = column.value { alias.key } else { nil }
        })
    case .values: []
    case .compound(let node): node.left.names
    }
  }
}

extension SelectSyntax {
  /// Is a table of that name read, at any depth?
  fileprivate func mentions(_ key: String) -> Bool {
    func found(_ node: any SyntaxNode) -> Bool {
      if let table = node as? TableReferenceSyntax, table.name.name.key == key { return true }
      return node.children.contains(where: found)
    }
    return found(self)
  }
}

extension InsertSyntax.Source {
  /// Nothing where that is not written.
  fileprivate var rowCount: Int? {
    switch self {
    case .defaultValues: 1
    case .select(let query): if case .values(let values) = query.body { values.rows.count } else { nil }
    }
  }
}

extension ExpressionSyntax {
  /// Can a FULL JOIN be made by it: an equality, or several (PostgreSQL merges or hashes them)?
  fileprivate var isEquality: Bool {
    switch unparenthesized {
    case .binary(let node) where node.op == .and: node.left.isEquality || node.right.isEquality
    case .binary(let node): node.op == .equal
    default: false
    }
  }
}
