// What rules ask of the parts of an expression.

import SQLCFacts

extension RelationalSource {
  var table: String? { if case .table(let name) = kind { name } else { nil } }
}

extension RelationalExpression {
  var conjuncts: [RelationalExpression] {
    if case .all(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] }
  }
  /// Is it the same value of the same row, by what is written? False where that is not certain.
  func isSame(as other: RelationalExpression) -> Bool {
    switch (kind, other.kind) {
    case (.column(let one), .column(let two)): one == two
    case (.parameter(let one), .parameter(let two)): one == two
    case (.constant(let one), .constant(let two)): one == two
    case (.null, .null): true
    case (.call(let one), .call(let two)):
      one.name == two.name && one.filter == nil && two.filter == nil && one.arguments.count == two.arguments.count
        && zip(one.arguments, two.arguments).allSatisfy { $0.isSame(as: $1) } && one.isScalar && two.isScalar
    default: false
    }
  }
  var firstLeaf: RelationalExpression? { operands.isEmpty ? self : operands.first?.firstLeaf }

  func isColumn(_ column: RelationColumn) -> Bool { if case .column(column) = kind { true } else { false } }
}

extension RelationalCall {
  var isScalar: Bool { if case .scalar = role { true } else { false } }
}

extension RelationalExpression {
  /// Does a comparison of a row's column with what the caller gives say what the value is? `is_default = (id = ?)` picks a row as
  /// WHERE does.
  func isDecision(about source: Int) -> Bool {
    switch kind {
    case .compare, .between, .inList: comparesWithParameter(source)
    case .not(let operand): operand.isDecision(about: source)
    case .all(let parts), .any(let parts): parts.contains { $0.isDecision(about: source) }
    case .caseWhen(nil, let branches, _): branches.contains { $0.when.isDecision(about: source) }
    case .caseWhen(let operand?, let branches, _):
      RelationalExpression(.other([operand] + branches.map(\.when)), range: range).comparesWithParameter(source)
    default: false
    }
  }

  private func comparesWithParameter(_ source: Int) -> Bool {
    let parts = flattened
    return parts.contains { if case .column(let column) = $0.kind { column.source == source } else { false } }
      && parts.contains {
        switch $0.kind {
        case .parameter, .list: true
        default: false
        }
      }
  }
}
