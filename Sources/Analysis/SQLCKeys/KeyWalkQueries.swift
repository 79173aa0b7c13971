// Keys through queries and their sources.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

extension KeyWalk {
  mutating func outputs(of query: RelationalQuery) -> [KeyMeaning] {
    rows(of: query).map { either($0) }
  }

  /// For each column of the result the values that rows can have there.
  mutating func rows(of query: RelationalQuery) -> [[(meaning: KeyMeaning, range: ByteRange)]] {
    follow(query.commonTables)
    let rows = rows(of: query.body)
    for expression in query.orderBy { _ = meaning(of: expression) }
    if let limit = query.limit { _ = meaning(of: limit) }
    if let offset = query.offset { _ = meaning(of: offset) }
    return rows
  }

  private mutating func rows(of body: RelationalQuery.Body) -> [[(meaning: KeyMeaning, range: ByteRange)]] {
    switch body {
    case .select(let select):
      if let from = select.from { follow(from) }
      if let condition = select.condition { _ = meaning(of: condition) }
      if case .by(let keys) = select.grouping { for key in keys { _ = meaning(of: key) } }
      if let having = select.having { _ = meaning(of: having) }
      return select.outputs.map { [(meaning(of: $0), $0.range)] }
    case .values(let rows):
      var columns: [[(meaning: KeyMeaning, range: ByteRange)]] = []
      for row in rows {
        for (place, value) in row.enumerated() {
          if place == columns.count { columns.append([]) }
          columns[place].append((meaning(of: value), value.range))
        }
      }
      return columns
    case .compound(let kind, let left, let right):
      let (first, second) = (rows(of: left), rows(of: right))
      return zip(first, second).map { left, right in
        // What EXCEPT takes away and INTERSECT wants is compared; of what is there either way the first tells.
        guard kind == .except || kind == .intersect else { return left + right }
        for a in left { for b in right { meet(a.meaning, at: a.range, b.meaning, at: b.range) } }
        return left
      }
    }
  }

  // MARK: Sources

  mutating func follow(_ tables: [RelationalCommonTable]) {
    for table in tables {
      if table.isRecursive {
        // From what is known of no row to what all rows agree in: each round can only lose keys.
        silence += 1
        var known: [KeyMeaning]?
        for _ in 0..<4 {
          commonTables[table.id] = known
          let next = outputs(of: table.query, knowing: known)
          if next == known { break }
          known = next
        }
        silence -= 1
        commonTables[table.id] = known
      }
      commonTables[table.id] = outputs(of: table.query)
    }
  }

  /// Of a recursive table whose columns are not known yet the first arms tell.
  private mutating func outputs(of query: RelationalQuery, knowing known: [KeyMeaning]?) -> [KeyMeaning] {
    guard known == nil, case .compound(_, let first, _) = query.body else { return outputs(of: query) }
    follow(query.commonTables)
    return rows(of: first).map { either($0) }
  }

  mutating func follow(_ from: RelationalFrom) {
    declareAll(in: from)
    followConditions(of: from)
  }

  private mutating func declareAll(in from: RelationalFrom) {
    switch from {
    case .source(let source): declare(source)
    case .join(_, let left, let right, condition: _):
      declareAll(in: left)
      declareAll(in: right)
    }
  }

  private mutating func followConditions(of from: RelationalFrom) {
    guard case .join(_, let left, let right, let condition) = from else { return }
    followConditions(of: left)
    followConditions(of: right)
    if let condition { _ = meaning(of: condition) }
  }

  mutating func declare(_ source: RelationalSource) {
    switch source.kind {
    case .table(let name), .row(of: let name): sources[source.id] = graph.meanings(of: name)
    case .view(let name, let query):
      if let known = graph.columns(ofView: name) {
        sources[source.id] = known
      } else {
        silence += 1
        sources[source.id] = outputs(of: query)
        silence -= 1
      }
    case .subquery(let query): sources[source.id] = outputs(of: query)
    case .commonTable(let id): sources[source.id] = commonTables[id]
    case .function(let arguments):
      let values = arguments.map { meaning(of: $0) }
      // `unnest($1, $2)`: a column for each array.
      if case .call(let call)? = arguments.first?.kind, arguments.count == 1, call.name == "unnest" {
        sources[source.id] = call.arguments.map { meaning(of: $0) }
      } else if arguments.count > 1, arguments.allSatisfy({ $0.isUnnest }) {
        sources[source.id] = values
      }
    }
  }
}

extension RelationalExpression {
  fileprivate var isUnnest: Bool { if case .call(let call) = kind { call.name == "unnest" } else { false } }
}

extension KeyGraph {
  /// Absent for a table that the schema has not.
  func meanings(of table: String) -> [KeyMeaning]? {
    columns[table.lowercased()]?.map { $0.map(KeyMeaning.key) ?? .plain }
  }
}
