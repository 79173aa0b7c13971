import SQLCTreePostgreSQL

// What CHECK constraints say of the values of a column, besides that they are not NULL.

extension StatementAnalyzer {
  /// The texts that a constraint of a table restricts its column to: `CHECK (kind IN ('a', 'b'))`.
  ///
  /// Of columns of type text or varchar whose collation tells different texts apart.
  public func listedTexts(of origin: ColumnOrigin) -> [String]? {
    guard let table = catalog.relations[origin.relation], let column = table.column(origin.attribute),
      isPlainText(column.type), isDeterministic(column.collation)
    else { return nil }
    for condition in conditions(of: origin.relation, table) {
      if let texts = texts(in: condition, of: origin.attribute), !texts.isEmpty {
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
      }
    }
    return nil
  }

  /// Whether a constraint keeps NULL out of an array: `CHECK (array_position(tags, NULL) IS NULL)`.
  public func hasNoNullElements(_ origin: ColumnOrigin) -> Bool {
    guard let table = catalog.relations[origin.relation], table.column(origin.attribute) != nil else { return false }
    return conditions(of: origin.relation, table).contains { condition in
      guard case .nullTest(let test) = condition, test.test == .isNull, case .call(let call) = test.argument,
        let function = catalog.functions[function(of: call)], function.schema == "pg_catalog",
        function.name == "array_position", call.arguments.count == 2,
        isColumn(call.arguments[0], origin.attribute), isNull(call.arguments[1])
      else { return false }
      return true
    }
  }

  /// The table's column that a view's column shows unchanged, or the column itself; nil where a view's is computed.
  public func storedColumn(behind origin: ColumnOrigin) -> ColumnOrigin? {
    var origin = origin
    // Views are made of what was there before them.
    while let relation = catalog.relations[origin.relation] {
      guard relation.kind == .view || relation.kind == .materializedView else { return origin }
      guard let inner = definition(of: origin.relation), inner.parts.setOperation == nil,
        case .variable(let variable)? = inner.parts.targets.filter({ !$0.isHidden }).at(origin.attribute - 1)?
          .expression, variable.levelsUp == 0, variable.attribute > 0,
        case .relation(let base, _)? = inner.parts.ranges.at(variable.range - 1)?.kind
      else { return nil }
      origin = ColumnOrigin(relation: base, attribute: variable.attribute)
    }
    return nil
  }

  // MARK: - Constraints

  /// What holds of every row that is stored in the table or in one that inherits from it.
  private func conditions(of relation: ObjectID, _ table: CatalogRelation) -> [Expression] {
    let isInherited = !descendants(of: relation).isEmpty
    return table.checks.filter { $0.isValidated && !($0.isLocal && isInherited) }.flatMap { check in
      (expressions(of: check.expression) ?? []).flatMap(conjuncts)
    }
  }

  private func conjuncts(_ condition: Expression) -> [Expression] {
    if case .junction(.and, let all, _) = condition { return all.flatMap(conjuncts) }
    return [condition]
  }

  private func texts(in condition: Expression, of attribute: Int) -> [String]? {
    switch condition {
    case .arrayComparison(let comparison):
      guard comparison.quantifier == .any, isEquality(comparison.operator), isColumn(comparison.value, attribute),
        isDeterministic(comparison.collation)
      else { return nil }
      return texts(ofArray: comparison.array)
    case .call(let call):
      guard let operation = call.operator, isEquality(operation), call.arguments.count == 2,
        isColumn(call.arguments[0], attribute), isDeterministic(call.collation)
      else { return nil }
      return text(call.arguments[1]).map { [$0] }
    case .junction(.or, let all, _):
      var found: [String] = []
      for one in all {
        if case .nullTest(let test) = one, test.test == .isNull, isColumn(test.argument, attribute) { continue }
        guard let texts = texts(in: one, of: attribute) else { return nil }
        found += texts
      }
      return found
    default: return nil
    }
  }

  private func texts(ofArray array: Expression) -> [String]? {
    switch array {
    case .array(let array) where array.shape == .elements:
      let texts = array.elements.map(text)
      return texts.allSatisfy { $0 != nil } ? texts.compactMap(\.self) : nil
    case .conversion(let conversion):
      switch conversion.kind {
      case .relabel, .elements: return texts(ofArray: conversion.argument)
      case .throughText, .row: return nil
      }
    default: return nil
    }
  }

  /// A constant of a text type: its bytes follow a length of four.
  private func text(_ expression: Expression) -> String? {
    guard case .constant(let constant) = withoutRelabels(expression), isPlainText(constant.type),
      let bytes = constant.bytes, bytes.count >= 4
    else { return nil }
    return String(validating: bytes.dropFirst(4), as: UTF8.self)
  }

  private func isColumn(_ expression: Expression, _ attribute: Int) -> Bool {
    guard case .variable(let variable) = withoutRelabels(expression) else { return false }
    return variable.levelsUp == 0 && variable.range == 1 && variable.attribute == attribute
  }

  private func isNull(_ expression: Expression) -> Bool {
    guard case .constant(let constant) = withoutRelabels(expression) else { return false }
    return constant.bytes == nil
  }

  private func withoutRelabels(_ expression: Expression) -> Expression {
    if case .conversion(let conversion) = expression, conversion.kind == .relabel {
      return withoutRelabels(conversion.argument)
    }
    return expression
  }

  private func isPlainText(_ type: ObjectID) -> Bool {
    guard let type = catalog.types[type] else { return false }
    return type.schema == "pg_catalog" && ["text", "varchar"].contains(type.name)
  }

  func isEquality(_ operation: ObjectID) -> Bool {
    guard let operation = catalog.operators[operation] else { return false }
    return operation.schema == "pg_catalog" && operation.name == "="
  }

  private func isDeterministic(_ collation: ObjectID) -> Bool {
    collation == .none || catalog.collations[collation]?.isDeterministic ?? false
  }
}
