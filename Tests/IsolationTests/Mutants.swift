// Queries with one thing wrong: a predicate gone, an operator another.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

/// A change of a query's text.
struct Mutation: Hashable {
  var range: ByteRange
  var replacement: String
}

extension RelationalStatement {
  /// Every predicate without it, and every equality turned into another comparison.
  var mutations: [Mutation] {
    var found: [Mutation] = []
    func visit(_ expression: RelationalExpression) {
      for part in expression.flattened {
        switch part.kind {
        case .compare, .isNull, .between, .inList, .inQuery, .exists, .not:
          found.append(Mutation(range: part.range, replacement: "TRUE"))
        default: break
        }
        if case .compare(.equal, let left, let right, _) = part.kind {
          let between = ByteRange(left.range.upper, right.range.lower)
          if left.range.upper < right.range.lower {
            found.append(Mutation(range: between, replacement: " <> "))
            found.append(Mutation(range: between, replacement: " >= "))
          }
        }
        if let query = part.query { visit(query) }
      }
    }
    func visit(_ query: RelationalQuery) {
      for table in query.commonTables { visit(table.query) }
      visit(query.body)
      for term in query.orderBy { visit(term) }
    }
    func visit(_ body: RelationalQuery.Body) {
      switch body {
      case .select(let select):
        for output in select.outputs { visit(output) }
        if let from = select.from { visit(from) }
        if let condition = select.condition { visit(condition) }
        if let having = select.having { visit(having) }
      case .values(let rows): for value in rows.joined() { visit(value) }
      case .compound(_, let left, let right):
        visit(left)
        visit(right)
      }
    }
    func visit(_ from: RelationalFrom) {
      switch from {
      case .source(let source): if case .subquery(let query) = source.kind { visit(query) }
      case .join(_, let left, let right, let condition):
        visit(left)
        visit(right)
        if let condition, condition.range.upper > condition.range.lower { visit(condition) }
      }
    }
    switch body {
    case .query(let query): visit(query)
    case .insert(let insert):
      if let source = insert.source { visit(source) }
      for upsert in insert.upserts {
        if case .update(let assignments, let condition) = upsert.action {
          for assignment in assignments { visit(assignment.value) }
          if let condition { visit(condition) }
        }
      }
    case .update(let update):
      for assignment in update.assignments { visit(assignment.value) }
      if let from = update.from { visit(from) }
      if let condition = update.condition { visit(condition) }
    case .delete(let delete): if let condition = delete.condition { visit(condition) }
    case .other: break
    }
    var seen: Set<Mutation> = []
    return found.filter { seen.insert($0).inserted }
  }
}

extension Corpus {
  /// The valid mutants of a file's queries: each a query of its own.
  func mutants(of file: SourceFile) throws -> [Case] {
    let queries = try cases(in: file)
    var text = ""
    for query in queries {
      guard query.model.variants == nil else { continue }
      let body = query.model.statement.range
      for (number, mutation) in (query.statements.first?.mutations ?? []).enumerated()
      where body.lower <= mutation.range.lower && mutation.range.upper <= body.upper {
        var bytes = Array(file.text.utf8)[body.lower..<body.upper]
        bytes.replaceSubrange(mutation.range.lower..<mutation.range.upper, with: Array(mutation.replacement.utf8))
        text += "-- name: \(query.name)Mutant\(number) :\(query.model.command.rawValue)\n"
        text += String(decoding: bytes, as: UTF8.self) + ";\n"
      }
    }
    return try cases(in: SourceFile(path: "mutants.sql", text: text), allowing: .left)
  }
}
