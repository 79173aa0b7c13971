// What a statement is made of, as rules ask it.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

/// The tables of a schema by name, for looking at statements.
struct StatementSchema {
  private var tables: [String: TableFact] = [:]

  init(_ schema: SchemaFacts) {
    for table in schema.tables { tables[table.name.lowercased()] = table }
  }

  subscript(name: String) -> TableFact? { tables[name.lowercased()] }
}

struct StatementParts {
  enum Verb: String { case select, insert, update, delete, other }

  struct Pin {
    var column: ColumnReference
    var parameter: String
    var range: ByteRange
  }

  struct Clause {
    enum Kind: String {
      case integerDivision = "integer division"
      case leadingWildcard = "leading wildcard"
      case looseComparison = "loose comparison"
      case notInNull = "not in null"
      case countedExistence = "counted existence"
    }
    var kind: Kind
    var detail: String
    var range: ByteRange
  }

  private(set) var verb = Verb.other
  private(set) var target: String?
  private(set) var hasCondition = false
  private(set) var hasLimit = false
  private(set) var hasOrder = false
  private(set) var isOrderTotal = false
  private(set) var offset: ByteRange?
  private(set) var readColumns: Set<ColumnReference> = []
  private(set) var writtenColumns: Set<ColumnReference> = []
  private(set) var pins: [Pin] = []
  private(set) var clauses: [Clause] = []

  private let statement: RelationalStatement
  private let schema: StatementSchema
  /// The table that a source is.
  private var sources: [Int: TableFact] = [:]
  /// Inside the query of a view, whose text is elsewhere.
  private var viewDepth = 0
  /// Views that were looked through: what they read is told once.
  private var views: Set<String> = []

  init(_ statement: RelationalStatement, _ schema: StatementSchema) {
    self.statement = statement
    self.schema = schema
  }

  mutating func read() {
    switch statement.body {
    case .query(let query):
      verb = .select
      hasLimit = query.limit != nil
      hasOrder = !query.orderBy.isEmpty
      offset = query.offset?.range
      visit(query)
      hasCondition = isConditional(query)
      if case .select(let select) = query.body { isOrderTotal = isTotal(query.orderBy, select) }
    case .insert(let insert):
      verb = .insert
      write(to: insert.target, insert.columns)
      for table in insert.commonTables { visit(table.query) }
      if let source = insert.source { visit(source) }
      for upsert in insert.upserts {
        sources[upsert.excluded] = insert.target.table.flatMap { schema[$0] }
        guard case .update(let assignments, let condition) = upsert.action else { continue }
        visit(assignments, of: insert.target)
        visit(condition)
      }
      visit(insert.returning)
    case .update(let update):
      verb = .update
      hasCondition =
        update.condition != nil
        || !update.assignments.isEmpty
          && update.assignments.allSatisfy { $0.value.isDecision(about: update.target.id) }
      hasLimit = update.limit != nil
      write(to: update.target, [])
      for table in update.commonTables { visit(table.query) }
      if let from = update.from { visit(from) }
      visit(update.assignments, of: update.target)
      visit(update.condition)
      pin(update.condition)
      visit(update.returning)
    case .delete(let delete):
      verb = .delete
      hasCondition = delete.condition != nil
      hasLimit = delete.limit != nil
      write(to: delete.target, [])
      for table in delete.commonTables { visit(table.query) }
      visit(delete.condition)
      pin(delete.condition)
      visit(delete.returning)
    case .other: break
    }
  }

  /// Is there a condition on the rows, or on those that they are made of? Of a union in each arm; what a recursion adds to its
  /// first rows is not looked at.
  private func isConditional(_ query: RelationalQuery, _ outer: [Int: Bool] = [:]) -> Bool {
    var known = outer
    for table in query.commonTables {
      // Within itself a common table is what its other arms make of it.
      known[table.id] = true
      known[table.id] = isConditional(table.query, known)
    }
    return query.limit != nil || isConditional(query.body, known)
  }

  private func isConditional(_ body: RelationalQuery.Body, _ known: [Int: Bool]) -> Bool {
    switch body {
    case .select(let select): select.condition != nil || (select.from.map { isConditional($0, known) } ?? true)
    case .values: true
    case .compound(.except, let left, _): isConditional(left, known)
    case .compound(.intersect, let left, let right): isConditional(left, known) || isConditional(right, known)
    case .compound(_, let left, let right): isConditional(left, known) && isConditional(right, known)
    }
  }

  private func isConditional(_ from: RelationalFrom, _ known: [Int: Bool]) -> Bool {
    switch from {
    case .source(let source):
      switch source.kind {
      case .subquery(let query): isConditional(query, known)
      case .commonTable(let id): known[id] ?? false
      case .table, .view, .function, .row: false
      }
    // The rows of the side that is kept decide.
    case .join(.inner, let left, let right, _): isConditional(left, known) || isConditional(right, known)
    case .join(.left, let left, _, _): isConditional(left, known)
    case .join(.right, _, let right, _): isConditional(right, known)
    case .join(.full, let left, let right, _): isConditional(left, known) && isConditional(right, known)
    }
  }

  private mutating func write(to source: RelationalSource, _ columns: [Int]) {
    target = source.table
    guard let name = source.table, let table = schema[name] else { return }
    sources[source.id] = table
    for index in columns where table.columns.indices.contains(index) {
      writtenColumns.insert(reference(table, index))
    }
  }

  private mutating func visit(_ assignments: [RelationalAssignment], of source: RelationalSource) {
    for assignment in assignments {
      if let name = source.table, let table = schema[name] {
        for index in assignment.columns where table.columns.indices.contains(index) {
          writtenColumns.insert(reference(table, index))
        }
      }
      visit(assignment.value)
    }
  }

  private func reference(_ table: TableFact, _ index: Int) -> ColumnReference {
    ColumnReference(table: QualifiedName(table.name), column: table.columns[index].name)
  }

  // MARK: Queries

  private mutating func visit(_ query: RelationalQuery) {
    for table in query.commonTables { visit(table.query) }
    visit(query.body)
    for expression in query.orderBy { visit(expression) }
    visit(query.limit)
    visit(query.offset)
  }

  private mutating func visit(_ body: RelationalQuery.Body) {
    switch body {
    case .select(let select):
      if let from = select.from { visit(from) }
      visit(select.outputs)
      visit(select.condition)
      pin(select.condition)
      if case .by(let keys) = select.grouping { visit(keys) }
      visit(select.having)
    case .values(let rows): for row in rows { visit(row) }
    case .compound(_, let left, let right):
      visit(left)
      visit(right)
    }
  }

  private mutating func visit(_ from: RelationalFrom) {
    switch from {
    case .source(let source):
      switch source.kind {
      case .table(let name), .row(let name): sources[source.id] = schema[name]
      case .view(let name, let query):
        sources[source.id] = schema[name]
        guard views.insert(name).inserted else { break }
        // Ids in a view are of its own.
        let around = sources
        viewDepth += 1
        visit(query)
        viewDepth -= 1
        sources = around
      case .subquery(let query): visit(query)
      case .function(let arguments): visit(arguments)
      case .commonTable: break
      }
    case .join(let kind, let left, let right, let condition):
      visit(left)
      visit(right)
      visit(condition)
      if kind == .inner { pin(condition) }
    }
  }

  private mutating func pin(_ condition: RelationalExpression?) {
    guard viewDepth == 0 else { return }
    for part in condition?.conjuncts ?? [] {
      guard case .compare(let op, let left, let right, _) = part.kind, op == .equal || op == .same else { continue }
      for (one, other) in [(left, right), (right, left)] {
        guard case .column(let column) = one.kind, case .parameter(let index) = other.kind,
          let table = sources[column.source], table.columns.indices.contains(column.index)
        else { continue }
        let name = statement.parameterNames.indices.contains(index - 1) ? statement.parameterNames[index - 1] : nil
        pins.append(
          Pin(column: reference(table, column.index), parameter: name ?? "?\(index)", range: part.range))
      }
    }
  }

  // MARK: Expressions

  private mutating func visit(_ expressions: [RelationalExpression]) {
    for expression in expressions { visit(expression) }
  }

  private mutating func visit(_ expression: RelationalExpression?) {
    guard let expression else { return }
    if case .column(let column) = expression.kind, let table = sources[column.source],
      table.columns.indices.contains(column.index)
    {
      readColumns.insert(reference(table, column.index))
    }
    if let clause = clause(of: expression), viewDepth == 0 { clauses.append(clause) }
    for operand in expression.operands { visit(operand) }
    if let query = expression.query { visit(query) }
  }

  private func clause(of expression: RelationalExpression) -> Clause? {
    switch expression.kind {
    case .call(let call) where call.name == "/" && call.arguments.allSatisfy(isInteger):
      return Clause(kind: .integerDivision, detail: "", range: expression.range)
    case .like(_, let pattern, _):
      guard case .constant(let text)? = pattern.firstLeaf?.kind, text.hasPrefix("'%") else { return nil }
      return Clause(kind: .leadingWildcard, detail: text, range: pattern.range)
    case .compare(let op, let left, let right, let precision):
      if isCount(left) && isZeroOrOne(right) || isCount(right) && isZeroOrOne(left) {
        return Clause(kind: .countedExistence, detail: op.rawValue, range: expression.range)
      }
      guard precision == .loose, let one = typeName(left), let other = typeName(right), one != other else { return nil }
      return Clause(kind: .looseComparison, detail: "\(one) and \(other)", range: expression.range)
    case .inQuery(_, let query, isNegated: true, _):
      guard let name = nullableOutput(of: query) else { return nil }
      return Clause(kind: .notInNull, detail: name, range: query.range)
    default: return nil
    }
  }

  private func isInteger(_ expression: RelationalExpression) -> Bool {
    switch expression.kind {
    case .constant(let text): text.allSatisfy(\.isNumber)
    case .column: typeName(expression) == "INTEGER"
    case .call(let call): call.name == "count"
    default: false
    }
  }

  private func typeName(_ expression: RelationalExpression) -> String? {
    guard case .column(let column) = expression.kind, let table = sources[column.source],
      table.columns.indices.contains(column.index)
    else { return nil }
    return table.columns[column.index].typeName
  }

  private func isCount(_ expression: RelationalExpression) -> Bool {
    switch expression.kind {
    case .call(let call): return call.name == "count" && call.filter == nil && call.arguments.isEmpty
    case .subquery(let query):
      guard case .select(let select) = query.body, select.outputs.count == 1, case .all = select.grouping else {
        return false
      }
      return isCount(select.outputs[0])
    default: return false
    }
  }

  private func isZeroOrOne(_ expression: RelationalExpression) -> Bool {
    if case .constant(let text) = expression.kind { text == "0" || text == "1" } else { false }
  }

  /// The name of a result column that can be NULL, which makes NOT IN true of nothing.
  private func nullableOutput(of query: RelationalQuery) -> String? {
    guard case .select(let select) = query.body, select.outputs.count == 1,
      case .column(let column) = select.outputs[0].kind, case .source(let source)? = select.from,
      source.id == column.source, let name = source.table, let table = schema[name],
      table.columns.indices.contains(column.index), table.columns[column.index].isNullable
    else { return nil }
    // Whatever compares it leaves no NULL.
    let isCompared = (select.condition?.conjuncts ?? []).contains { part in
      switch part.kind {
      case .not(let operand): if case .isNull(let value) = operand.kind { value.isColumn(column) } else { false }
      case .compare(let op, let left, let right, _):
        op != .same && op != .notSame && (left.isColumn(column) || right.isColumn(column))
      default: false
      }
    }
    return isCompared ? nil : table.columns[column.index].name
  }

  /// Is no order of rows left open? Of one table when a key of it is among the terms; of joins when one of some table is.
  private func isTotal(_ order: [RelationalExpression], _ select: RelationalSelect) -> Bool {
    switch select.grouping {
    case .all: return true
    // One row for each value of the keys.
    case .by(let keys) where keys.allSatisfy({ key in order.contains { $0.isSame(as: key) } }): return true
    case .by, .none: break
    }
    var bySource: [Int: Set<Int>] = [:]
    for term in order {
      if case .column(let column) = term.kind { bySource[column.source, default: []].insert(column.index) }
    }
    return bySource.contains { source, columns in
      guard let table = sources[source] else { return true }
      if columns.contains(RelationColumn.rowKey) { return true }
      if case .column(let index) = table.rowKey, columns.contains(index) { return true }
      return table.kind == .view || table.keys.contains { columns.isSuperset(of: $0.columns) }
    }
  }
}
