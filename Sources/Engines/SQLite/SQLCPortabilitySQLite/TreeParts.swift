// What an expression is called, and what it is made of.

import SQLCDiagnostics
import SQLCFacts
import SQLCSyntaxSQLite

extension TreeWalk {
  func label(of expression: ExpressionSyntax) -> (ExpressionFact.Kind, String) {
    switch expression {
    case .literal(let node):
      switch node.value {
      case .integer(let digits): (.integer, digits)
      case .real(let digits): (.decimal, digits)
      case .string(let text): (.string, text)
      case .blob: (.blob, "")
      case .null: (.null, "null")
      case .currentDate: (.moment, "current_date")
      case .currentTime: (.moment, "current_time")
      case .currentTimestamp: (.moment, "current_timestamp")
      }
    case .parameter(let node): (.parameter, text(node.range))
    case .column(let node):
      if node.table == nil, types.columnNames[node.range] == nil, ["true", "false"].contains(node.column.key),
        node.column.quoting == .none
      {
        (.boolean, node.column.key)
      } else {
        (.column, node.column.key)
      }
    case .macro(let node): (node.name == .embed || node.name == .nest ? .macro : .parameter, node.argument.text)
    case .unary(let node): (.unary, node.op.rawValue)
    case .binary(let node): (.binary, node.op.rawValue)
    case .nullTest(let node): (.nullTest, node.isNull ? "IS NULL" : "IS NOT NULL")
    case .like(let node): (.like, node.op.rawValue)
    case .between(let node): (.between, node.isNegated ? "NOT BETWEEN" : "BETWEEN")
    case .inList(let node):
      if case .list = node.source {
        (.list, node.isNegated ? "NOT IN" : "IN")
      } else {
        (.membership, node.isNegated ? "NOT IN" : "IN")
      }
    case .collate(let node): (.collate, node.collation.key)
    case .cast(let node): (.cast, node.type.text.lowercased())
    case .caseWhen: (.caseWhen, "case")
    case .function(let node): (.call, node.name.key)
    case .exists: (.exists, "exists")
    case .subquery: (.subquery, "")
    case .row: (.row, "")
    case .parenthesized: (.unread, "")
    case .raise: (.raise, "raise")
    case .missing: (.unread, "")
    }
  }

  /// Adds what stands right below the expression at `index`.
  mutating func addParts(of expression: ExpressionSyntax, _ index: Int) {
    switch expression {
    case .literal, .parameter, .macro, .missing: break
    case .column(let node):
      noteColumn(node)
      noteAlias(node, index)
    case .unary(let node): add(node.operand, node.op == .not ? .condition : .operand, in: index)
    case .binary(let node):
      noteChain(node)
      notePrecedence(node)
      noteSpelling(node)
      let isLogical = node.op == .and || node.op == .or
      add(node.left, isLogical ? .condition : .left, in: index)
      add(node.right, isLogical ? .condition : .right, 1, in: index)
    case .nullTest(let node):
      notePostfix(node)
      add(node.operand, .operand, in: index)
    case .like(let node):
      add(node.operand, .operand, in: index)
      add(node.pattern, .pattern, 1, in: index)
      if let escape = node.escape { add(escape, .escape, 2, in: index) }
    case .between(let node):
      add(node.operand, .operand, in: index)
      add(node.low, .low, 1, in: index)
      add(node.high, .high, 2, in: index)
    case .inList(let node): addMembership(node, index)
    case .collate(let node): add(node.operand, .operand, in: index)
    case .cast(let node): add(node.operand, .operand, in: index)
    case .caseWhen(let node):
      if let operand = node.operand { add(operand, .operand, in: index) }
      for (place, branch) in node.branches.enumerated() {
        add(branch.when, node.operand == nil ? .condition : .comparand, place, in: index)
        add(branch.then, .then, place, in: index)
      }
      if let otherwise = node.elseBranch { add(otherwise, .otherwise, in: index) }
    case .function(let node): addCall(node, index)
    case .exists(let node): walk(node.query, in: index)
    case .subquery(let node): walk(node.query, in: index)
    case .row(let node):
      for (place, element) in node.elements.enumerated() { add(element, .item, place, in: index) }
    case .parenthesized(let node): add(node.expression, .operand, in: index)
    case .raise(let node): if let message = node.message { add(message, .operand, in: index) }
    }
  }

  private mutating func addMembership(_ node: InSyntax, _ index: Int) {
    add(node.operand, .operand, in: index)
    switch node.source {
    case .list(let elements):
      for (place, element) in elements.enumerated() { add(element, .item, place, in: index) }
    case .subquery(let query): walk(query, in: index)
    case .table(let name, let arguments):
      note(.tableMembership, name.name.text, name.range)
      for (place, argument) in (arguments ?? []).enumerated() { add(argument, .argument, place, in: index) }
    case .macro(let macro): add(.macro(macro), .item, in: index)
    }
  }

  private mutating func addCall(_ node: FunctionCallSyntax, _ index: Int) {
    if case .list(let arguments) = node.arguments {
      for (place, argument) in arguments.enumerated() { add(argument, .argument, place, in: index) }
    }
    for term in node.orderBy { walk(term, of: node.orderBy, .aggregate, function: node.name.key, in: index) }
    if let filter = node.filter { add(filter, .condition, in: index) }
    switch node.over {
    case .definition(let window): walk(window, function: node.name.key, in: index)
    case .name(let name): noteUse(ofWindow: name, by: node.name)
    case nil: break
    }
  }
}
