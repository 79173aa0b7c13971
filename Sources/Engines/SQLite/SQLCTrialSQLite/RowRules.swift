// What can refuse a row of a table, read from its definition, its indexes and its triggers.

import SQLCDiagnostics
import SQLCEngine
import SQLCSyntaxSQLite

extension RowRules {
  /// - Parameters:
  ///   - definitions: the CREATE statements of the table, its indexes and its triggers, as `sqlite_schema` has them.
  init(definitions: [String]) {
    self.init()
    for sql in definitions {
      for item in parseScript(SourceFile(path: "schema", text: sql)).value.items {
        switch item.statement {
        case .createTable(let table): read(table, sql)
        case .createIndex(let index) where index.isUnique:
          let parts = index.columns.map(\.expression) + [index.whereClause].compactMap(\.self)
          unique.append(parts.flatMap { columnKeys(in: $0.node) })
        case .createTrigger(let trigger): read(trigger, sql)
        default: break
        }
      }
    }
  }

  private mutating func read(_ table: CreateTableSyntax, _ sql: String) {
    guard case .columns(let columns, let constraints, _) = table.body else { return }
    for column in columns {
      for constraint in column.constraints {
        switch constraint.kind {
        case .check(let condition): add(condition, named: constraint.name, sql)
        case .generated(let expression, _): sources[column.name.key] = columnKeys(in: expression.node)
        default: break
        }
      }
    }
    for constraint in constraints {
      if case .check(let condition, _) = constraint.kind { add(condition, named: constraint.name, sql) }
    }
  }

  private mutating func add(_ condition: ExpressionSyntax, named name: NameSyntax?, _ sql: String) {
    var rule = Condition(columns: columnKeys(in: condition.node), relations: relations(in: condition.node, sql))
    rule.names = [text(of: condition, in: sql).filter { !$0.isWhitespace }.lowercased()]
    rule.names.insert(text(of: condition.unparenthesized, in: sql).filter { !$0.isWhitespace }.lowercased())
    if let name { rule.names.insert(name.key.filter { !$0.isWhitespace }) }
    checks.append(rule)
  }

  private mutating func read(_ trigger: CreateTriggerSyntax, _ sql: String) {
    guard case .insert = trigger.event, trigger.time != .insteadOf, raises(trigger) else { return }
    let keys = newColumnKeys(in: trigger)
    guards.append(Condition(columns: keys, relations: []))
  }
}

/// Does the trigger refuse or ignore what was asked?
private func raises(_ node: any SyntaxNode) -> Bool { node is RaiseSyntax || node.children.contains(where: raises) }

/// Names of columns of the row itself, in lower case and each once.
func columnKeys(in node: any SyntaxNode) -> [String] {
  var keys: [String] = []
  func visit(_ node: any SyntaxNode) {
    if let reference = node as? ColumnReferenceSyntax, !keys.contains(reference.column.key) {
      keys.append(reference.column.key)
    }
    node.children.forEach(visit)
  }
  visit(node)
  return keys
}

private func newColumnKeys(in node: any SyntaxNode) -> [String] {
  var keys: [String] = []
  func visit(_ node: any SyntaxNode) {
    if let reference = node as? ColumnReferenceSyntax, reference.table?.key == "new",
      !keys.contains(reference.column.key)
    {
      keys.append(reference.column.key)
    }
    node.children.forEach(visit)
  }
  visit(node)
  return keys
}

private func text(of expression: ExpressionSyntax, in sql: String) -> String {
  let bytes = Array(sql.utf8)
  let range = expression.range
  guard range.lower >= 0, range.upper <= bytes.count, range.lower <= range.upper else { return "" }
  return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
}

/// `a = f(b)`, `a < b`, `b <= a + 1`, `a = trim(a)`: for each side that is a column, what the other one is.
private func relations(in node: any SyntaxNode, _ sql: String) -> [RowRules.Relation] {
  var found: [RowRules.Relation] = []
  func add(_ side: ExpressionSyntax, _ place: RowRules.Relation.Place, _ other: ExpressionSyntax) {
    guard case .column(let reference) = side.unparenthesized else { return }
    found.append(.init(column: reference.column.key, place: place, other: text(of: other, in: sql)))
  }
  func visit(_ node: any SyntaxNode) {
    if let node = node as? BinarySyntax {
      switch node.op {
      case .equal, .is:
        add(node.left, .equal, node.right)
        add(node.right, .equal, node.left)
      case .less, .lessOrEqual:
        add(node.left, .below, node.right)
        add(node.right, .above, node.left)
      case .greater, .greaterOrEqual:
        add(node.left, .above, node.right)
        add(node.right, .below, node.left)
      default: break
      }
    }
    if let node = node as? BetweenSyntax {
      add(node.operand, .above, node.low)
      add(node.operand, .below, node.high)
    }
    node.children.forEach(visit)
  }
  visit(node)
  return found
}
