// The types that the parts of a bound statement would have on PostgreSQL: of columns as they are declared (there, where that is
// known), of literals, operators and functions as its documentation types them. What is not known stays open, and no rule
// speaks of it.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel
import SQLCSemanticsSQLite
import SQLCSyntaxSQLite

/// What is known of one expression.
struct TypedValue {
  var type: PortableType?
  /// Of a column or a CAST.
  var affinity: Affinity?
  var column: ColumnReference?

  static let unknown = TypedValue()

  init(_ type: PortableType? = nil, affinity: Affinity? = nil, column: ColumnReference? = nil) {
    self.type = type
    self.affinity = affinity
    self.column = column
  }
}

/// Walks one statement.
final class TypeWalk {
  let catalog: Catalog
  let elsewhere: ForeignColumns
  /// By the range of an expression in the statement's own text.
  var values: [ByteRange: TypedValue] = [:]
  /// Names of columns where a column stands.
  var columnNames: [ByteRange: String] = [:]
  /// How functions are called.
  private(set) var uses: [ByteRange: ExpressionFact.Use] = [:]
  /// The column that an expression becomes the value of.
  var targets: [ByteRange: TypedValue] = [:]
  /// Columns beside aggregates that are neither grouped by nor follow from what is.
  var bareColumns: [(name: String, range: ByteRange)] = []
  /// Columns of unions whose arms have other types.
  var mixedColumns: [(types: String, range: ByteRange)] = []
  /// ORDER BY clauses, by the range of their first term, that tell every two rows apart.
  var totalOrders: Set<ByteRange> = []
  var sources: [Int: [TypedValue]] = [:]
  var tables: [Int: Table] = [:]
  var commonTables: [Int: [TypedValue]] = [:]
  /// In the query of a view, whose ranges are of another file.
  var viewDepth = 0

  init(_ catalog: Catalog, elsewhere: ForeignColumns) {
    self.catalog = catalog
    self.elsewhere = elsewhere
  }

  func walk(_ statement: BoundStatement) {
    switch statement.body {
    case .query(let query): walk(query)
    case .insert(let insert): walk(insert)
    case .update(let update):
      walk(update.commonTables)
      enter(update.target)
      if let from = update.from { walk(from) }
      walk(update.assignments, of: update.target)
      walk(update.whereClause)
      walk(update.orderBy)
      walk([update.limit, update.offset].compactMap(\.self))
      walk(update.returning)
    case .delete(let delete):
      walk(delete.commonTables)
      enter(delete.target)
      walk(delete.whereClause)
      walk(delete.orderBy)
      walk([delete.limit, delete.offset].compactMap(\.self))
      walk(delete.returning)
    case .utility, .invalid: break
    }
  }

  private func walk(_ insert: BoundInsert) {
    walk(insert.commonTables)
    enter(insert.target)
    if case .query(let query) = insert.source {
      walk(query)
      aim(query.body, at: insert.columns, of: insert.target)
    }
    for upsert in insert.upserts {
      enter(upsert.excluded)
      walk(upsert.target)
      walk(upsert.targetWhere)
      guard case .update(let assignments, let condition) = upsert.action else { continue }
      walk(assignments, of: insert.target)
      walk(condition)
    }
    walk(insert.returning)
  }

  private func walk(_ assignments: [BoundAssignment], of target: BoundSource) {
    for assignment in assignments {
      walk(assignment.value)
      if assignment.columns.count == 1 {
        aim(assignment.value, at: assignment.columns[0], of: target)
      } else if case .row(let elements) = assignment.value.kind {
        for (element, column) in zip(elements, assignment.columns) { aim(element, at: column, of: target) }
      }
    }
  }

  /// Every arm gives values for the same columns.
  private func aim(_ body: BoundQueryBody, at columns: [Int], of target: BoundSource) {
    switch body {
    case .select(let select):
      for (output, column) in zip(select.outputs, columns) { aim(output.expression, at: column, of: target) }
    case .values(let rows, _):
      for row in rows { for (element, column) in zip(row, columns) { aim(element, at: column, of: target) } }
    case .compound(_, let left, let right, _):
      aim(left, at: columns, of: target)
      aim(right, at: columns, of: target)
    }
  }

  private func aim(_ expression: BoundExpression, at column: Int, of target: BoundSource) {
    guard viewDepth == 0, let columns = sources[target.id.rawValue], columns.indices.contains(column) else { return }
    targets[expression.range] = columns[column]
  }

  // MARK: Queries

  @discardableResult func walk(_ query: BoundQuery) -> [TypedValue] {
    walk(query.commonTables)
    let outputs = walk(query.body)
    walk(query.orderBy)
    walk([query.limit, query.offset].compactMap(\.self))
    if case .select(let select) = query.body {
      note(query.orderBy, in: select, partition: [])
      if select.isAggregate { findBareColumns(in: select, query.orderBy) }
    }
    return outputs
  }

  private func walk(_ tables: [BoundCommonTable]) {
    for table in tables {
      // The first part of a recursion gives its types to the other (queries-with.html).
      commonTables[table.id.rawValue] = []
      if table.isRecursive, case .compound(_, let left, _, _) = table.query.body {
        commonTables[table.id.rawValue] = walk(left)
      }
      let columns = walk(table.query)
      if table.isRecursive, viewDepth == 0, let first = commonTables[table.id.rawValue],
        case .compound(_, _, let right, _) = table.query.body
      {
        noteWidening(first, walk(right), right.range)
      }
      if !table.isRecursive || commonTables[table.id.rawValue]?.isEmpty ?? true {
        commonTables[table.id.rawValue] = columns
      }
    }
  }

  private func walk(_ body: BoundQueryBody) -> [TypedValue] {
    switch body {
    case .select(let select):
      if let from = select.from { walk(from) }
      walk(select.whereClause)
      walk(select.groupBy)
      walk(select.having)
      return select.outputs.map { value(of: $0.expression) }
    case .values(let rows, _):
      let typed = rows.map { $0.map(value) }
      guard let width = typed.first?.count else { return [] }
      return (0..<width).map { column in TypedValue(common(typed.compactMap { $0[column].type })) }
    case .compound(_, let left, let right, let range):
      let (one, other) = (walk(left), walk(right))
      noteMixture(one, other, [left, right], range)
      return zip(one, other).map { a, b in
        TypedValue(common([a.type, b.type]), affinity: a.affinity == b.affinity ? a.affinity : nil)
      }
    }
  }

  /// A recursion that gives wider numbers than it begins with: PostgreSQL refuses it.
  private func noteWidening(_ first: [TypedValue], _ next: [TypedValue], _ range: ByteRange) {
    for (a, b) in zip(first, next) {
      guard let a = a.type, let b = b.type, let wider = a.wider(b), wider != a else { continue }
      mixedColumns.append(("\(a.rawValue) and then \(b.rawValue)", range))
    }
  }

  /// Numbers and text in one column: SQLite keeps both, PostgreSQL makes one of them or refuses.
  private func noteMixture(_ one: [TypedValue], _ other: [TypedValue], _ arms: [BoundQueryBody], _ range: ByteRange) {
    guard viewDepth == 0 else { return }
    for (place, (a, b)) in zip(one, other).enumerated() {
      guard let a = a.type, let b = b.type, a.category != b.category else { continue }
      // A parameter and NULL take the other's type; a string that is written is text.
      if a == .untyped || b == .untyped {
        let known = a == .untyped ? b : a
        guard known != .text, arms.contains(where: { $0.hasString(at: place) }) else { continue }
      }
      mixedColumns.append(("\(a.rawValue) and \(b.rawValue)", range))
    }
  }

  private func walk(_ from: BoundFrom) {
    switch from {
    case .source(let source): enter(source)
    case .join(let join):
      walk(join.left)
      walk(join.right)
      walk(join.condition)
    }
  }

  private func enter(_ source: BoundSource) {
    let id = source.id.rawValue
    switch source.kind {
    case .table(let table), .excluded(let table), .triggerRow(let table):
      tables[id] = table
      sources[id] = columns(of: table)
    case .tableFunction(let table, let arguments):
      walk(arguments)
      sources[id] = columns(of: table)
    case .view(_, let query):
      // Ids in a view are of its own.
      let saved = (sources, tables, commonTables)
      viewDepth += 1
      let columns = walk(query)
      viewDepth -= 1
      (sources, tables, commonTables) = saved
      sources[id] = columns
    case .subquery(let query): sources[id] = walk(query)
    case .commonTable(let table): sources[id] = commonTables[table.rawValue] ?? []
    }
  }

  private func columns(of table: Table) -> [TypedValue] {
    table.columns.map { column in
      if case .eponymous = table.kind { return .unknown }
      let type = elsewhere[table.name, column.name] ?? column.declaredType.flatMap(PortableType.init(declared:))
      return TypedValue(
        type, affinity: column.affinity,
        column: ColumnReference(table: QualifiedName(table.name), column: column.name))
    }
  }

  // MARK: Expressions

  func walk(_ expressions: [BoundExpression]) { for expression in expressions { _ = value(of: expression) } }

  private func walk(_ expression: BoundExpression?) { if let expression { _ = value(of: expression) } }

  private func walk(_ outputs: [BoundOutput]?) { for output in outputs ?? [] { _ = value(of: output.expression) } }

  func value(of expression: BoundExpression) -> TypedValue {
    let value = valueAlone(of: expression)
    guard viewDepth == 0 else { return value }
    values[expression.range] = value
    if case .column(let column) = expression.kind { columnNames[expression.range] = column.name }
    if case .mergedColumn(let columns) = expression.kind { columnNames[expression.range] = columns.first?.name }
    if case .call(let call) = expression.kind { uses[expression.range] = use(of: call) }
    return value
  }

  private func use(of call: BoundCall) -> ExpressionFact.Use {
    switch call.role {
    case .scalar: .scalar
    case .aggregate: call.isDistinct ? .distinct : .aggregate
    case .window: .window
    }
  }

  private func valueAlone(of expression: BoundExpression) -> TypedValue {
    switch expression.kind {
    case .literal(let literal): return TypedValue(PortableType(of: literal))
    case .boolean: return TypedValue(.boolean)
    case .parameter: return TypedValue(.untyped)
    case .column(let column): return value(of: column)
    case .mergedColumn(let columns): return columns.first.map(value) ?? .unknown
    case .unary(let op, let operand):
      let inner = value(of: operand)
      return op == .not ? TypedValue(.boolean) : TypedValue(inner.type == .untyped ? .double : inner.type)
    case .binary(let op, let left, let right):
      let (one, other) = (value(of: left), value(of: right))
      return TypedValue(PortableType(op, one.type, other.type))
    case .nullTest(let operand, _):
      walk(operand)
      return TypedValue(.boolean)
    case .like(_, _, let operand, let pattern, let escape):
      walk([operand, pattern] + [escape].compactMap(\.self))
      return TypedValue(.boolean)
    case .between(let operand, let low, let high, _):
      walk([operand, low, high])
      return TypedValue(.boolean)
    case .inList(let operand, let items, _):
      walk([operand] + items)
      return TypedValue(.boolean)
    case .inQuery(let operand, let query, _):
      walk(operand)
      walk(query)
      return TypedValue(.boolean)
    case .collate(let operand, _): return TypedValue(value(of: operand).type, affinity: value(of: operand).affinity)
    case .cast(let operand, let type):
      walk(operand)
      return TypedValue(PortableType(declared: type.text), affinity: Affinity(declaredType: type.text))
    case .caseWhen(let operand, let branches, let otherwise):
      walk(operand)
      walk(branches.map(\.when))
      let results = branches.map(\.then) + [otherwise].compactMap(\.self)
      return TypedValue(common(results.map { value(of: $0).type }))
    case .call(let call): return TypedValue(type(of: call))
    case .exists(let query):
      walk(query)
      return TypedValue(.boolean)
    case .subquery(let query):
      var first = walk(query).first ?? .unknown
      first.column = nil
      return first
    case .row(let elements):
      walk(elements)
      return TypedValue(.record)
    case .raise, .tableColumn, .invalid: return .unknown
    }
  }

  private func value(of column: BoundColumn) -> TypedValue {
    if column.index == BoundColumn.rowid { return TypedValue(.bigint, affinity: .integer) }
    guard let columns = sources[column.source.rawValue], columns.indices.contains(column.index) else { return .unknown }
    return columns[column.index]
  }

  private func type(of call: BoundCall) -> PortableType? {
    let arguments = call.arguments.map { value(of: $0).type }
    walk(call.orderBy)
    walk(call.filter)
    walk(call.window?.partitionBy ?? [])
    walk(call.window?.orderBy ?? [])
    if let window = call.window, let first = window.orderBy.first, viewDepth == 0,
      isTotal(window.orderBy + window.partitionBy)
    {
      totalOrders.insert(first.range)
    }
    return PortableType(ofCall: call.function.name, arguments)
  }
}

extension BoundQueryBody {
  fileprivate var range: ByteRange {
    switch self {
    case .select(let select): select.range
    case .values(_, let range), .compound(_, _, _, let range): range
    }
  }

  /// Is a string literal written in that column of its last arm?
  fileprivate func hasString(at place: Int) -> Bool {
    let expressions: [BoundExpression]
    switch self {
    case .select(let select): expressions = select.outputs.map(\.expression)
    case .values(let rows, _): expressions = rows.first ?? []
    case .compound(_, _, let right, _): return right.hasString(at: place)
    }
    guard expressions.indices.contains(place), case .literal(.string) = expressions[place].kind else { return false }
    return true
  }
}
