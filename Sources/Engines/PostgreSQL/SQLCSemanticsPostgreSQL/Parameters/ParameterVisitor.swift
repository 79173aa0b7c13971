import SQLCTreePostgreSQL

/// Finds where a statement's parameters stand.
struct ParameterVisitor {
  let analyzer: StatementAnalyzer
  /// By number: `$1` first.
  private(set) var uses: [[ParameterUse]]
  var catalog: PostgreSQLCatalog { analyzer.catalog }

  /// A column that something is compared with or stored in.
  struct NamedColumn {
    var name: String
    var origin: ColumnOrigin?
    /// What is compared or stored has a value of the column's.
    var sharesValues = false
  }

  init(analyzer: StatementAnalyzer, count: Int) {
    self.analyzer = analyzer
    uses = Array(repeating: [], count: count)
  }

  mutating func add(_ parameter: Parameter, _ use: ParameterUse) {
    guard parameter.kind == .external, uses.indices.contains(parameter.number - 1) else { return }
    var use = use
    use.offset = parameter.offset.value
    uses[parameter.number - 1].append(use)
  }

  // MARK: - Queries

  mutating func visit(_ query: Query, _ around: [Query]) {
    let stack = around + [query]
    let parts = query.parts
    for table in parts.commonTables { visit(table.query, stack) }
    // Columns of VALUES and of subqueries that are stored: their values are seen as what is stored.
    var stored: Set<RangeColumn> = []
    switch parts.command {
    case .insert, .update:
      for target in parts.targets { store(target, query, stack, &stored) }
      if let conflict = parts.onConflict {
        for target in conflict.set { store(target, query, stack, &stored) }
        conflict.condition.map { visit($0, stack) }
        conflict.arbiterCondition.map { visit($0, stack) }
      }
    case .merge:
      for action in parts.mergeActions {
        action.condition.map { visit($0, stack) }
        for target in action.targets { store(target, query, stack, &stored) }
      }
      parts.mergeCondition.map { visit($0, stack) }
    case .select, .delete, .utility:
      for target in parts.targets { visitTarget(target, stack) }
    }
    for target in parts.returning { visitTarget(target, stack) }
    var conditions: [Expression] = []
    parts.from?.forEachCondition { conditions.append($0) }
    for one in conditions { visit(one, stack) }
    for (index, range) in parts.ranges.enumerated() { visit(range, index + 1, stack, stored) }
    parts.having.map { visit($0, stack) }
    for window in parts.windows {
      window.startOffset.map { visit($0, stack) }
      window.endOffset.map { visit($0, stack) }
    }
    parts.limit.map { visitLimit($0, "limit", stack) }
    parts.offset.map { visitLimit($0, "offset", stack) }
  }

  struct RangeColumn: Hashable {
    var range: Int
    var column: Int
  }

  private mutating func visitLimit(_ expression: Expression, _ name: String, _ stack: [Query]) {
    if case .parameter(let parameter) = plain(expression) {
      add(parameter, ParameterUse(name: name, place: .other))
    } else {
      visit(expression, stack)
    }
  }

  private mutating func visitTarget(_ target: Target, _ stack: [Query]) {
    let alias = target.name.flatMap { name in
      isTypeName(name, target.expression) || isServersName(name, target.expression) ? nil : name
    }
    let hint = alias.map { NamedColumn(name: $0) }
    if case .parameter(let parameter) = plain(target.expression) {
      add(parameter, ParameterUse(name: alias, place: .other))
    } else {
      visit(target.expression, stack, hint)
    }
  }

  /// What the server calls a column that its author does not name.
  private func isServersName(_ name: String, _ expression: Expression) -> Bool {
    switch expression {
    case .call(let call): name == analyzer.name(of: analyzer.function(of: call)) || name == "?column?"
    case .aggregate(let aggregate): name == analyzer.name(of: aggregate.function)
    default: ["?column?", "coalesce", "case", "nullif", "greatest", "least", "array", "row", "exists"].contains(name)
    }
  }

  /// `SELECT $1::text` is called "text" by nobody.
  private func isTypeName(_ name: String, _ expression: Expression) -> Bool {
    switch expression {
    case .parameter(let parameter): catalog.types[parameter.type]?.name == name
    case .conversion(let conversion): catalog.types[conversion.type]?.name == name
    case .domain(_, let type, _): catalog.types[type]?.name == name
    case .call(let call): call.form != .call && catalog.types[call.type]?.name == name
    default: false
    }
  }

  private mutating func visit(
    _ range: RangeEntry, _ number: Int, _ stack: [Query], _ stored: Set<RangeColumn>
  ) {
    switch range.kind {
    case .subquery(let query): visit(query, stack)
    case .functions(let functions, _):
      var first = 0
      for function in functions {
        visit(function.expression, stack, NamedColumn(name: range.columnNames.at(first) ?? range.name))
        first += function.columnCount
      }
    case .tableFunction(let all): for one in all { visit(one, stack) }
    case .values(let rows):
      for row in rows {
        for (column, value) in row.enumerated()
        where !stored.contains(RangeColumn(range: number, column: column + 1)) {
          if case .parameter(let parameter) = plain(value) {
            add(parameter, ParameterUse(name: range.columnNames.at(column), place: .other))
          } else {
            visit(value, stack)
          }
        }
      }
    case .relation, .join, .commonTable, .empty, .group, .unknown: break
    }
  }

  // MARK: - What is stored

  private mutating func store(_ target: Target, _ query: Query, _ stack: [Query], _ stored: inout Set<RangeColumn>) {
    guard let range = query.parts.target, case .relation(let relation, _)? = query.parts.ranges.at(range - 1)?.kind,
      let table = catalog.relations[relation], let column = table.column(target.number)
    else { return visit(target.expression, stack) }
    let named = NamedColumn(
      name: column.name, origin: ColumnOrigin(relation: relation, attribute: target.number), sharesValues: true)
    let mayBeNull = table.kind == .view ? viewAllowsNull(relation, target.number) : allowsNull(column)
    let use = ParameterUse(
      name: column.name,
      allowsNull: mayBeNull ? "stored in \(table.name).\(column.name), which may be NULL" : nil,
      place: .stored(mayBeNull: mayBeNull), origin: named.origin, sharesValues: true)
    store(target.expression, use, named, query, stack, &stored)
  }

  private mutating func store(
    _ expression: Expression, _ use: ParameterUse, _ column: NamedColumn, _ query: Query, _ stack: [Query],
    _ stored: inout Set<RangeColumn>
  ) {
    switch plain(expression) {
    case .parameter(let parameter): add(parameter, use)
    case .variable(let variable) where variable.levelsUp == 0 && variable.range != query.parts.target:
      let key = RangeColumn(range: variable.range, column: variable.attribute)
      switch query.parts.ranges.at(variable.range - 1)?.kind {
      case .values(let rows)?:
        stored.insert(key)
        for row in rows {
          if let value = row.at(variable.attribute - 1) { store(value, use, column, query, stack, &stored) }
        }
      case .subquery(let inner)? where inner.parts.command == .select:
        let target = inner.parts.targets.filter { !$0.isHidden }.at(variable.attribute - 1)
        switch target.map({ plain($0.expression) }) {
        case .parameter(let parameter)?: add(parameter, use)
        case .call(let call)? where isUnnest(call): storeElements(of: call, column)
        default: break
        }
      default: break
      }
    case .call(let call) where isUnnest(call):
      if !storeElements(of: call, column) { visit(expression, stack, column) }
    default: visit(expression, stack, column)
    }
  }

  /// `unnest($1)`: each element of a list is stored. Whether it is that.
  @discardableResult
  private mutating func storeElements(of call: Call, _ column: NamedColumn) -> Bool {
    guard case .parameter(let parameter)? = call.arguments.first.map(plain) else { return false }
    add(
      parameter,
      ParameterUse(name: column.name, place: .other, origin: column.origin, sharesValues: true, isList: true))
    return true
  }

  /// NULL may be stored: the column is not declared NOT NULL, neither is its domain.
  private func allowsNull(_ column: CatalogColumn) -> Bool {
    if column.notNull != .absent || column.identity != nil { return false }
    var type = column.type
    while case .domain(let base, _, let notNull)? = catalog.types[type]?.kind {
      if notNull == .declared { return false }
      type = base
    }
    return true
  }

  /// Of a view that is written through: what the table's column allows.
  private func viewAllowsNull(_ view: ObjectID, _ attribute: Int) -> Bool {
    guard let inner = analyzer.definition(of: view),
      case .variable(let variable)? = inner.parts.targets.at(attribute - 1)?.expression,
      case .relation(let base, _)? = inner.parts.ranges.at(variable.range - 1)?.kind,
      let column = catalog.relations[base]?.column(variable.attribute)
    else { return true }
    return allowsNull(column)
  }

  func isUnnest(_ call: Call) -> Bool {
    catalog.functions[analyzer.function(of: call)].map { $0.schema == "pg_catalog" && $0.name == "unnest" } ?? false
  }

  /// Without conversions, explicit or not.
  func plain(_ expression: Expression) -> Expression {
    switch expression {
    case .conversion(let conversion): plain(conversion.argument)
    case .domain(let inner, _, _), .collate(let inner, _): plain(inner)
    case .call(let call) where call.form == .explicitCast || call.form == .implicitCast:
      call.arguments.first.map(plain) ?? expression
    default: expression
    }
  }
}
