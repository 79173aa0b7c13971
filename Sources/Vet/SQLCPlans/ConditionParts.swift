// What the conditions of a statement are made of, as far as indexes are concerned.

import SQLCFacts

extension RelationalExpression {
  /// The parts of AND.
  var conjuncts: [RelationalExpression] {
    if case .all(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] }
  }

  /// The parts of OR.
  var alternatives: [RelationalExpression] {
    if case .any(let parts) = kind { parts.flatMap(\.alternatives) } else { [self] }
  }

  /// The sources of the columns in it, and of those that its subqueries take from around.
  var sources: Set<Int> {
    var found: Set<Int> = []
    for part in flattened {
      if case .column(let column) = part.kind { found.insert(column.source) }
      if case .standing(let source) = part.kind { found.insert(source) }
      if case .nearest(let source) = part.kind { found.insert(source) }
      if let query = part.query { found.formUnion(query.mentioned) }
    }
    return found
  }

  /// A test of a column for NULL, or against a truth value: it keeps most rows, or it keeps few, and nobody knows.
  var isFlag: Bool {
    switch kind {
    case .column: true
    case .isNull(let operand), .not(let operand): operand.isFlag
    case .other(let operands): operands.count == 1 && operands[0].isFlag
    case .compare(_, let left, let right, _):
      [left, right].contains {
        if case .constant(let text) = $0.kind { truthValues.contains(text.uppercased()) } else { false }
      }
        && [left, right].contains(where: \.isFlag)
    default: false
    }
  }

  /// A test of one column that names no parameter.
  var flag: (source: Int, flag: SourceUse.Flag)? {
    func column(_ expression: RelationalExpression) -> RelationColumn? {
      if case .column(let column) = expression.kind, column.index != RelationColumn.rowKey { column } else { nil }
    }
    switch kind {
    case .column(let column) where column.index != RelationColumn.rowKey: return (column.source, .isTrue(column.index))
    case .isNull(let operand): return column(operand).map { ($0.source, .isNull($0.index)) }
    case .not(let operand):
      if let column = column(operand) { return (column.source, .isFalse(column.index)) }
      guard case .isNull(let tested) = operand.kind else { return nil }
      return column(tested).map { ($0.source, .isNotNull($0.index)) }
    case .compare(let comparison, let left, let right, _):
      guard let (tested, literal) = column(left).map({ ($0, right) }) ?? column(right).map({ ($0, left) }) else {
        return nil
      }
      if comparison == .notSame, case .null = literal.kind { return (tested.source, .isNotNull(tested.index)) }
      guard case .constant(let text) = literal.kind, text.isPlainLiteral else { return nil }
      switch comparison {
      // Which of its values a column has is for the index to find; a truth value is one of two.
      case .equal where truthValues.contains(text.uppercased()):
        return (tested.source, .equals(tested.index, constant: text))
      case .notEqual: return (tested.source, .differs(tested.index, constant: text))
      default: return nil
      }
    default: return nil
    }
  }

  /// A function of columns of one source, and of constants.
  var indexableCall: (source: Int, call: SourceUse.Call)? {
    guard case .call(let call) = kind, case .scalar = call.role else { return nil }
    var source: Int?
    var arguments: [SourceUse.Call.Argument] = []
    for argument in call.arguments {
      switch argument.kind {
      case .column(let column) where column.index != RelationColumn.rowKey && source ?? column.source == column.source:
        source = column.source
        arguments.append(.column(column.index))
      case .constant(let text) where text.isPlainLiteral: arguments.append(.constant(text))
      default: return nil
      }
    }
    return source.map { ($0, SourceUse.Call(function: call.name, arguments: arguments)) }
  }

  var isConstant: Bool {
    flattened.allSatisfy { part in
      switch part.kind {
      case .constant, .null, .other, .call: true
      default: false
      }
    }
  }
}

extension RelationalQuery {
  /// The sources of all columns in it.
  fileprivate var mentioned: Set<Int> {
    var found: Set<Int> = []
    for table in commonTables { found.formUnion(table.query.mentioned) }
    for term in orderBy { found.formUnion(term.sources) }
    found.formUnion(body.mentioned)
    return found
  }
}

extension RelationalQuery.Body {
  fileprivate var mentioned: Set<Int> {
    switch self {
    case .values(let rows): rows.reduce(into: []) { $0.formUnion($1.flatMap(\.sources)) }
    case .compound(_, let left, let right): left.mentioned.union(right.mentioned)
    case .select(let select):
      (select.outputs + [select.condition, select.having].compactMap(\.self)).reduce(
        into: select.from?.mentioned ?? []
      ) { $0.formUnion($1.sources) }
    }
  }
}

extension RelationalFrom {
  var ids: Set<Int> {
    switch self {
    case .source(let source): [source.id]
    case .join(_, let left, let right, condition: _): left.ids.union(right.ids)
    }
  }

  fileprivate var mentioned: Set<Int> {
    switch self {
    case .source(let source):
      switch source.kind {
      case .subquery(let query): query.mentioned
      case .function(let arguments): arguments.reduce(into: []) { $0.formUnion($1.sources) }
      default: []
      }
    case .join(_, let left, let right, let condition):
      left.mentioned.union(right.mentioned).union(condition?.sources ?? [])
    }
  }
}

/// Truth values, as they are written.
let truthValues: Set<String> = ["0", "1", "TRUE", "FALSE"]

extension String {
  /// A string, a number or a truth value, as SQL writes them everywhere; what an engine writes in its own way is none.
  fileprivate var isPlainLiteral: Bool {
    if truthValues.contains(uppercased()) { return true }
    if first == "'" { return count > 1 && last == "'" }
    let digits = first == "-" ? dropFirst() : self[...]
    return digits.first?.isASCIIDigit == true && digits.allSatisfy { $0.isASCIIDigit || $0 == "." }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
