// Follows keys through one statement: from columns to results, parameters and comparisons.

import SQLCDiagnostics
import SQLCFacts
import SQLCModel

struct KeyWalk {
  let graph: KeyGraph
  var found = StatementKeys()
  /// The columns of sources; absent where they are not known.
  var sources: [Int: [KeyMeaning]] = [:]
  var commonTables: [Int: [KeyMeaning]] = [:]
  /// What is compared inside of a view is said where the view is, not where it is read; and while a recursive table is followed
  /// for the first time its columns are not known yet.
  var silence = 0

  init(_ graph: KeyGraph) { self.graph = graph }

  static func keys(of statement: RelationalStatement, in graph: KeyGraph) -> StatementKeys {
    var walk = KeyWalk(graph)
    switch statement.body {
    case .query(let query): walk.found.outputs = walk.outputs(of: query)
    case .insert(let insert): walk.follow(insert)
    case .update(let update): walk.follow(update)
    case .delete(let delete): walk.follow(delete)
    case .other: break
    }
    return walk.found
  }

  static func keys(of query: RelationalQuery, in graph: KeyGraph) -> StatementKeys {
    var walk = KeyWalk(graph)
    walk.found.outputs = walk.outputs(of: query)
    return walk.found
  }

  // MARK: Meetings

  /// Two values that are compared, or that one value can be.
  mutating func meet(
    _ first: KeyMeaning, at firstRange: ByteRange, _ second: KeyMeaning, at secondRange: ByteRange
  ) {
    switch (first, second) {
    case (.key(let one), .key(let other)) where one != other:
      report(
        .compared(KeyMeeting(first: one, second: other, firstRange: firstRange, secondRange: secondRange)))
    case (.key(let key), .given(let parameters)): bind(parameters, to: key, at: secondRange)
    case (.given(let parameters), .key(let key)): bind(parameters, to: key, at: firstRange)
    default: break
    }
  }

  mutating func report(_ finding: KeyFinding) {
    if silence == 0, !found.findings.contains(finding) { found.findings.append(finding) }
  }

  private mutating func bind(
    _ parameters: [Int], to key: ColumnReference, _ strength: KeyUse.Strength = .bound, at range: ByteRange
  ) {
    guard silence == 0 else { return }
    for parameter in parameters {
      let place = found.places[parameter]?.first { range.contains($0) } ?? range
      let use = KeyUse(key: key, strength: strength, range: place)
      if !found.uses[parameter, default: []].contains(use) { found.uses[parameter, default: []].append(use) }
    }
  }

  /// A value that is one of these, unchanged.
  mutating func either(_ values: [(meaning: KeyMeaning, range: ByteRange)]) -> KeyMeaning {
    var result = KeyMeaning.open
    for (meaning, _) in values { result = Self.either(result, meaning) }
    if case .key(let key) = result {
      for case (.given(let parameters), let range) in values { bind(parameters, to: key, at: range) }
    }
    return result
  }

  private static func either(_ a: KeyMeaning, _ b: KeyMeaning) -> KeyMeaning {
    switch (a, b) {
    case (.open, let other), (let other, .open): other
    case (.plain, _), (_, .plain): .plain
    case (.key(let one), .key(let other)): one == other ? a : .plain
    case (.key, .given): a
    case (.given, .key): b
    case (.given(let some), .given(let others)): .given(some + others.filter { !some.contains($0) })
    }
  }

  // MARK: Writes

  private mutating func follow(_ insert: RelationalInsert) {
    follow(insert.commonTables)
    declare(insert.target)
    if let source = insert.source {
      for (place, values) in rows(of: source).enumerated() where insert.columns.indices.contains(place) {
        store(values, in: insert.columns[place], of: insert.target, at: insert.target.range)
      }
    }
    for upsert in insert.upserts {
      sources[upsert.excluded] = sources[insert.target.id]
      if let condition = upsert.keyCondition { _ = meaning(of: condition) }
      guard case .update(let assignments, let condition) = upsert.action else { continue }
      for assignment in assignments { follow(assignment, of: insert.target) }
      if let condition { _ = meaning(of: condition) }
    }
    found.outputs = insert.returning.map { meaning(of: $0) }
  }

  private mutating func follow(_ update: RelationalUpdate) {
    follow(update.commonTables)
    declare(update.target)
    if let from = update.from { follow(from) }
    for assignment in update.assignments { follow(assignment, of: update.target) }
    if let condition = update.condition { _ = meaning(of: condition) }
    found.outputs = update.returning.map { meaning(of: $0) }
  }

  private mutating func follow(_ delete: RelationalDelete) {
    follow(delete.commonTables)
    declare(delete.target)
    if let condition = delete.condition { _ = meaning(of: condition) }
    found.outputs = delete.returning.map { meaning(of: $0) }
  }

  private mutating func follow(_ assignment: RelationalAssignment, of target: RelationalSource) {
    if assignment.columns.count == 1 {
      let value = (meaning(of: assignment.value), assignment.value.range)
      return store([value], in: assignment.columns[0], of: target, at: assignment.range)
    }
    let parts = parts(of: assignment.value, count: assignment.columns.count)
    for (column, part) in zip(assignment.columns, parts) {
      store([part], in: column, of: target, at: assignment.range)
    }
  }

  /// - Parameter values: each of them is stored.
  private mutating func store(
    _ values: [(meaning: KeyMeaning, range: ByteRange)], in index: Int, of target: RelationalSource,
    at range: ByteRange
  ) {
    guard case .table(let name) = target.kind, let columns = sources[target.id], columns.indices.contains(index),
      case .key(let key) = columns[index]
    else { return }
    let isOwn = graph.defines(index, of: name)
    for value in values {
      switch value.meaning {
      case .given(let parameters): bind(parameters, to: key, isOwn ? .made : .bound, at: value.range)
      case .key(let other) where other != key && !isOwn:
        report(
          .stored(
            KeyMeeting(first: key, second: other, firstRange: range, secondRange: value.range),
            column: "\(name).\(graph.name(of: index, in: name))"))
      case .key, .open, .plain: break
      }
    }
  }
}
