// What CHECK constraints say about good values.

import SQLCDiagnostics
import SQLCEngine
import SQLCSyntaxSQLite

/// The hints in the definitions of a table, its indexes and its triggers, by the column's name in lower case.
func valueHints(of definitions: [String]) -> [String: ValueHints] {
  var collector = HintCollector()
  for sql in definitions {
    for item in parseScript(SourceFile(path: "schema", text: sql)).value.items {
      switch item.statement {
      case .createTable(let table): collector.visit(table)
      case .createIndex(let index): index.whereClause.map { collector.visit($0) }
      case .createTrigger(let trigger):
        guard case .insert = trigger.event else { break }
        // A trigger says what it refuses: its patterns are the other way round.
        collector.meaning = .refused
        if let condition = trigger.when { collector.visit(condition) }
        collector.visitConditions(in: trigger)
        collector.meaning = .admitted
      default: break
      }
    }
  }
  return collector.hints
}

private struct HintCollector {
  /// Are the conditions that are read those of good rows, or of rows to be refused?
  enum Meaning { case admitted, refused }

  var hints: [String: ValueHints] = [:]
  var meaning = Meaning.admitted

  mutating func visit(_ table: CreateTableSyntax) {
    guard case .columns(let columns, let constraints, _) = table.body else { return }
    for column in columns {
      for constraint in column.constraints {
        switch constraint.kind {
        case .check(let condition): visit(condition)
        case .generated(let expression, _): visit(expression)
        default: break
        }
      }
    }
    for constraint in constraints {
      if case .check(let condition, _) = constraint.kind { visit(condition) }
    }
  }

  /// Every comparison in a trigger's body: `SELECT RAISE(ABORT, '…') WHERE NEW.amount < 0`.
  mutating func visitConditions(in node: any SyntaxNode) {
    switch node {
    case let node as BinarySyntax: visit(.binary(node))
    case let node as InSyntax: visit(.inList(node))
    case let node as LikeSyntax: visit(.like(node))
    case let node as BetweenSyntax: visit(.between(node))
    default: for child in node.children { visitConditions(in: child) }
    }
  }

  mutating func visit(_ expression: ExpressionSyntax) {
    switch expression.unparenthesized {
    case .binary(let node) where node.op == .jsonArrow || node.op == .jsonArrowText:
      read(node.left, at: node.right)
    case .binary(let node):
      compare(node.left, node.right)
      compare(node.right, node.left)
      visit(node.left)
      visit(node.right)
    case .unary(let node): visit(node.operand)
    case .between(let node):
      compare(node.operand, node.low)
      compare(node.operand, node.high)
    case .inList(let node):
      if case .list(let elements) = node.source { for element in elements { compare(node.operand, element) } }
    case .like(let node): match(node)
    case .function(let call): visit(call)
    case .caseWhen(let node):
      for branch in node.branches {
        visit(branch.when)
        visit(branch.then)
      }
      if let otherwise = node.elseBranch { visit(otherwise) }
    default: break
    }
  }

  private mutating func visit(_ call: FunctionCallSyntax) {
    guard case .list(let arguments) = call.arguments else { return }
    if readsJSON(call.name.key), let document = arguments.first {
      read(document, at: arguments.count > 1 ? arguments[1] : nil)
    }
    for argument in arguments { visit(argument) }
  }

  /// A column that is read as JSON, and the member that is looked at: `$.kind` or `kind`.
  private mutating func read(_ document: ExpressionSyntax, at path: ExpressionSyntax?) {
    guard let column = columnKey(document) else { return visit(document) }
    hints[column, default: ValueHints()].wantsJSON = true
    guard let path, case .text(let text)? = literal(path) else { return }
    let key = (text.hasPrefix("$.") ? text.dropFirst(2) : text[...]).prefix { $0 != "." && $0 != "[" }
    if !key.isEmpty, key != "$" { hints[column, default: ValueHints()].jsonKeys.append(String(key)) }
  }

  /// `column = literal`, `length(column) > literal`, `length(trim(column)) > 0`, `typeof(column) = 'text'` …
  private mutating func compare(_ side: ExpressionSyntax, _ other: ExpressionSyntax) {
    guard let value = literal(other) else { return }
    if let column = columnKey(side) {
      hints[column, default: ValueHints()].literals.append(value)
    } else if case .function(let call) = side.unparenthesized, call.name.key == "json_type",
      case .list(let arguments) = call.arguments, arguments.count == 1, let column = columnKey(arguments[0]),
      case .text(let type) = value
    {
      hints[column, default: ValueHints()].jsonTypes.append(type)
    } else if case .function(let call) = side.unparenthesized, call.name.key == "length",
      case .list(let arguments) = call.arguments, let column = innermostColumn(arguments.first),
      case .integer(let length) = value, length >= 0, length < 100_000
    {
      hints[column, default: ValueHints()].lengths.append(Int(length))
    }
  }

  private mutating func match(_ node: LikeSyntax) {
    guard let column = innermostColumn(node.operand), case .text(let text)? = literal(node.pattern) else { return }
    if node.op == .glob, text.hasPrefix("*[^"), text.hasSuffix("]*"), node.isNegated == (meaning == .admitted) {
      hints[column, default: ValueHints()].alphabets.append(String(text.dropFirst(3).dropLast(2)))
      return
    }
    guard node.isNegated == (meaning == .refused) else { return }
    switch node.op {
    case .glob: hints[column, default: ValueHints()].patterns.append(.init(language: .glob, text: text))
    case .like: hints[column, default: ValueHints()].patterns.append(.init(language: .like, text: text))
    case .regexp, .match: break
    }
  }

  /// The column inside functions of one argument: `trim(lower(name))`.
  private func innermostColumn(_ expression: ExpressionSyntax?) -> String? {
    guard let expression else { return nil }
    if let column = columnKey(expression) { return column }
    guard case .function(let call) = expression.unparenthesized, case .list(let arguments) = call.arguments else {
      return nil
    }
    return innermostColumn(arguments.first)
  }

  private func columnKey(_ expression: ExpressionSyntax) -> String? {
    guard case .column(let reference) = expression.unparenthesized else { return nil }
    if meaning == .refused, reference.table?.key != "new" { return nil }
    return reference.column.key
  }

  private func literal(_ expression: ExpressionSyntax) -> TrialValue? {
    switch expression.unparenthesized {
    case .literal(let node):
      switch node.value {
      case .integer(let text): return Int64(text).map { .integer($0) }
      case .real(let text): return Double(text).map { .real($0) }
      case .string(let text): return .text(text)
      default: return nil
      }
    case .unary(let node) where node.op == .minus:
      switch literal(node.operand) {
      case .integer(let value)?: return .integer(-value)
      case .real(let value)?: return .real(-value)
      default: return nil
      }
    default: return nil
    }
  }
}
