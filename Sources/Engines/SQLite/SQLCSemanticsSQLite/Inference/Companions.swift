// What the columns of a query say of each other: the columns of one outer-joined table are NULL together, and so one of them
// that is not NULL vouches for the others, through views, common tables and subqueries too.
//
//     CREATE VIEW tagged AS SELECT posts.id, tags.id AS tag_id, tags.name AS tag FROM posts LEFT JOIN tags ON …;
//     SELECT tag FROM tagged WHERE tag_id = ?      -- tag is not NULL

import SQLCSyntaxSQLite

extension Inference {
  /// As `infer`, for a query that is read from: with the companions of its columns.
  func inferReadFrom(_ query: BoundQuery) -> QueryFacts {
    let outer = isReadFrom
    isReadFrom = true
    defer { isReadFrom = outer }
    return infer(query)
  }

  /// The companions of the columns of a core whose sources are in scope. In groups only keys speak for all of a group's rows.
  func companions(of select: BoundSelect, _ values: [Value]) -> [Int: [Int]] {
    let nullable = values.indices.filter { values[$0].nullability.canBeNull }
    // Beyond that only columns: every pair is looked at.
    let takesExpressions = nullable.count <= 32
    let candidates = nullable.filter { index in
      let output = select.outputs[index].expression
      if case .column = output.kind { return true }
      return takesExpressions && isValueOfRow(output)
    }
    guard nullable.count > 1, !candidates.isEmpty else { return [:] }
    var result: [Int: [Int]] = [:]
    for index in nullable {
      var proof = nonNullWhenNotNull(select.outputs[index].expression)
      if !select.groupBy.isEmpty { proof = groupValues(of: proof, select) }
      guard !proof.isEmpty else { continue }
      let others = scoped {
        narrow(proof)
        return candidates.filter { $0 != index && !again(select.outputs[$0].expression).nullability.canBeNull }
      }
      if !others.isEmpty { result[index] = others }
    }
    return result
  }

  /// What holds in both arms. A column that is always NULL in one of them says nothing of that one's rows.
  func companionsOfEither(_ a: QueryFacts, _ b: QueryFacts) -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    func vouches(_ facts: QueryFacts, _ index: Int, _ other: Int) -> Bool {
      let column = facts.columns[index].facts
      return !facts.columns[other].nullability.canBeNull || column.storage.isEmpty && column.nullability.canBeNull
        || facts.companions[index]?.contains(other) == true
    }
    let count = min(a.columns.count, b.columns.count)
    for index in 0..<count where !a.companions[index, default: []].isEmpty || !b.companions[index, default: []].isEmpty
    {
      let others = (0..<count).filter { $0 != index && vouches(a, index, $0) && vouches(b, index, $0) }
      if !others.isEmpty { result[index] = others }
    }
    return result
  }

  /// Looked at before: what there was to say of it and of its parameters has been said.
  private func again(_ expression: BoundExpression) -> Value {
    let said = (parameters, diagnostics)
    defer { (parameters, diagnostics) = said }
    return infer(expression)
  }

  /// Nothing in it is about other rows.
  private func isValueOfRow(_ expression: BoundExpression) -> Bool {
    var isValueOfRow = true
    BoundWalk(
      onSource: { _ in },
      onExpression: { part in
        switch part.kind {
        case .call(let call) where call.role != .scalar: isValueOfRow = false
        // Looked at again for each column, and their own subqueries for each of theirs.
        case .exists, .subquery, .inQuery: isValueOfRow = false
        default: break
        }
      }
    ).walk(expression)
    return isValueOfRow
  }
}
