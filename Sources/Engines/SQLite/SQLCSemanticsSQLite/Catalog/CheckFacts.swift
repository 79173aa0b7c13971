// What CHECK constraints prove about a column. Only what holds for every row that passes: NULL passes a CHECK
// (SQLite, lang_createtable.html#ckconst: "If the result is zero … a constraint violation has occurred").

import SQLCSyntaxSQLite

/// A fact that a CHECK proves about the column of that name.
enum CheckFact {
  case notNull(NameSyntax)
  case values(NameSyntax, [String])
}

/// | condition                         | fact                       |
/// |-----------------------------------|----------------------------|
/// | `a IS NOT NULL`, `a NOTNULL`      | not null                   |
/// | `a IN ('x', 'y')`                 | its values, NULL beside them |
/// | `a IS NULL OR a IN ('x', 'y')`    | the same                   |
/// | `a = 'x' OR a = 'y'`              | the same                   |
/// | `p AND q`                         | those of both              |
func checkFacts(of expression: ExpressionSyntax) -> [CheckFact] {
  switch expression.unparenthesized {
  case .nullTest(let node) where !node.isNull:
    return columnName(node.operand).map { [.notNull($0)] } ?? []
  case .binary(let node):
    switch node.op {
    case .and: return checkFacts(of: node.left) + checkFacts(of: node.right)
    case .isNot where isNullLiteral(node.right): return columnName(node.left).map { [.notNull($0)] } ?? []
    default: break
    }
  default: break
  }
  guard let (name, values) = enumeratedValues(expression), !values.isEmpty else { return [] }
  return [.values(name, values)]
}

/// The column and the strings it is compared with, when the condition is nothing but such comparisons joined by OR.
private func enumeratedValues(_ expression: ExpressionSyntax) -> (NameSyntax, [String])? {
  switch expression.unparenthesized {
  case .inList(let node):
    guard !node.isNegated, let name = columnName(node.operand), case .list(let elements) = node.source else {
      return nil
    }
    var values: [String] = []
    for element in elements {
      if isNullLiteral(element) { return nil }
      guard let value = stringLiteral(element) else { return nil }
      if !values.contains(value) { values.append(value) }
    }
    return (name, values)
  case .nullTest(let node) where node.isNull:
    return columnName(node.operand).map { ($0, []) }
  case .binary(let node):
    switch node.op {
    case .is where isNullLiteral(node.right): return columnName(node.left).map { ($0, []) }
    case .equal:
      guard let name = columnName(node.left), let value = stringLiteral(node.right) else { return nil }
      return (name, [value])
    case .or:
      guard let left = enumeratedValues(node.left), let right = enumeratedValues(node.right),
        left.0.key == right.0.key
      else { return nil }
      return (left.0, left.1 + right.1.filter { !left.1.contains($0) })
    default: return nil
    }
  default: return nil
  }
}

private func columnName(_ expression: ExpressionSyntax) -> NameSyntax? {
  guard case .column(let reference) = expression.unparenthesized, reference.schema == nil else { return nil }
  return reference.column
}

/// A string; a double-quoted one too, which SQLite takes for a string in a schema when no column has the name (quirks.html).
private func stringLiteral(_ expression: ExpressionSyntax) -> String? {
  switch expression.unparenthesized {
  case .literal(let node):
    if case .string(let text) = node.value { return text }
    return nil
  case .column(let reference) where reference.table == nil && reference.column.quoting == .doubleQuotes:
    return reference.column.text
  default: return nil
  }
}

extension TableDefinition {
  /// Enumerations are for TEXT columns only, and only where "equal" means the same bytes: `COLLATE NOCASE` lets 'A' pass
  /// for 'a'.
  mutating func apply(_ facts: [CheckFact]) {
    for fact in facts {
      switch fact {
      case .notNull(let name):
        guard let index = columnIndex(named: name.text) else { continue }
        table.columns[index].facts.nullability = .never
      case .values(let name, let values):
        guard let index = columnIndex(named: name.text), table.columns[index].affinity == .text,
          table.columns[index].enumeration == nil, table.columns[index].collation == nil,
          !values.contains(where: { columnIndex(named: $0) != nil && values.count == 1 })
        else { continue }
        table.columns[index].enumeration = values
        table.columns[index].facts.logical = .enumeration(
          EnumerationID(table: table.name, column: table.columns[index].name))
        table.columns[index].facts.storage = .text
      }
    }
  }
}
