// Function calls: which function, over the rows of which core, and whether it may stand there.

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindCall(_ node: FunctionCallSyntax, in scope: Scope) -> BoundExpression {
    var arguments: [ExpressionSyntax] = []
    var isStar = false
    switch node.arguments {
    case .none: break
    case .star: isStar = true
    case .list(let list): arguments = list
    }
    // parse.y: `f(x) WITHIN GROUP (ORDER BY y)` is `f(y, x)`.
    if let ordered = node.withinGroup { arguments.insert(ordered, at: 0) }
    if refusedFunctions.contains(node.name.key) {
      report(.refusedFunction(node.name.text), at: node.name.range)
      return invalidCall(node, arguments, in: scope)
    }
    let definition: FunctionDefinition
    switch FunctionCatalog.builtin.lookup(node.name.text, argumentCount: arguments.count, options: options) {
    case .found(let found): definition = found
    case .wrongArgumentCount(let known):
      report(
        .wrongArgumentCount(node.name.text, got: arguments.count, wanted: arities(of: known)), at: node.name.range)
      return invalidCall(node, arguments, in: scope)
    case .unknown(let candidates):
      report(
        .unknownFunction(node.name.text), at: node.name.range,
        label: foreignFunctions[node.name.key] ?? "",
        near: foreignFunctions[node.name.key] == nil ? candidates.first : nil,
        notes: ["functions the application registers are declared in the configuration"])
      return invalidCall(node, arguments, in: scope)
    }
    if let since = definition.since, since > options.minimumVersion {
      report(
        .newerFunction(node.name.text, since: release(since), minimum: options.minimumText),
        at: node.name.range)
    }
    if node.isDistinct, definition.kind != .scalar, arguments.count != 1 {
      report(.distinctArguments(node.name.text), at: node.name.range)
    }
    if node.over != nil { return bindWindowCall(node, definition, arguments, isStar, in: scope) }
    switch definition.kind {
    case .window:
      report(.missingOver(node.name.text), at: node.name.range)
      return invalidCall(node, arguments, in: scope)
    case .aggregate: return bindAggregate(node, definition, arguments, isStar, in: scope)
    case .scalar:
      if node.filter != nil { report(.filterWithoutAggregate(node.name.text), at: node.name.range) }
      if isStar { report(.wrongArgumentCount(node.name.text, got: 0, wanted: "arguments"), at: node.name.range) }
      var bound: [BoundExpression] = []
      for argument in arguments { bound.append(bindScalar(argument, in: scope)) }
      return BoundExpression(
        .call(
          BoundCall(
            function: definition, role: .scalar, isDistinct: false, isStar: false, arguments: bound, orderBy: [],
            filter: nil, window: nil, nameRange: node.name.range)), range: node.range)
    }
  }

  /// Binds the arguments for what they have to say.
  private mutating func invalidCall(_ node: FunctionCallSyntax, _ arguments: [ExpressionSyntax], in scope: Scope)
    -> BoundExpression
  {
    for argument in arguments { _ = bindScalar(argument, in: scope) }
    return BoundExpression(.invalid, range: node.range)
  }

  private mutating func bindAggregate(
    _ node: FunctionCallSyntax, _ definition: FunctionDefinition, _ arguments: [ExpressionSyntax], _ isStar: Bool,
    in scope: Scope
  ) -> BoundExpression {
    let clause = scope.clause
    scope.clause = .aggregateArgument
    references.append([])
    var bound: [BoundExpression] = []
    for argument in arguments { bound.append(bindScalar(argument, in: scope)) }
    var order: [BoundExpression] = []
    if let first = node.orderBy.first { require(.aggregateOrderBy, at: first.range) }
    for term in node.orderBy { order.append(bindScalar(term.expression, in: scope)) }
    let filter = bindOptional(node.filter, in: scope)
    let used = references.removeLast()
    if !references.isEmpty { references[references.count - 1].formUnion(used) }
    scope.clause = clause

    let owner = aggregateOwner(used, from: scope)
    let ownerClause = owner === scope ? clause : owner.clause
    switch ownerClause {
    case .orderBy where owner.isAggregateQuery: break
    case .outputs, .having, .windowArgument: break
    case .whereClause, .groupBy, .orderBy, .aggregateArgument, .value:
      report(.misusedAggregate(node.name.text, place: place(of: owner)), at: node.name.range)
      return BoundExpression(.invalid, range: node.range)
    }
    owner.aggregateCount += 1
    note(owner)
    return BoundExpression(
      .call(
        BoundCall(
          function: definition, role: .aggregate(owner.id), isDistinct: node.isDistinct, isStar: isStar,
          arguments: bound, orderBy: order, filter: filter, window: nil, nameRange: node.name.range)), range: node.range
    )
  }

  /// The innermost core whose columns the arguments use; the one at hand when they use none (SQLite's resolve.c).
  private func aggregateOwner(_ used: Set<ObjectIdentifier>, from scope: Scope) -> Scope {
    var level: Scope? = scope
    while let current = level {
      if used.contains(ObjectIdentifier(current)) { return current }
      level = current.parent
    }
    return scope
  }

  private mutating func bindWindowCall(
    _ node: FunctionCallSyntax, _ definition: FunctionDefinition, _ arguments: [ExpressionSyntax], _ isStar: Bool,
    in scope: Scope
  ) -> BoundExpression {
    guard definition.kind != .scalar else {
      report(.notAWindow(node.name.text), at: node.name.range)
      return invalidCall(node, arguments, in: scope)
    }
    switch scope.clause {
    case .outputs, .orderBy: break
    case .whereClause, .groupBy, .having, .aggregateArgument, .windowArgument, .value:
      report(.misusedWindow(node.name.text, place: place(of: scope)), at: node.name.range)
      return BoundExpression(.invalid, range: node.range)
    }
    let clause = scope.clause
    scope.clause = .windowArgument
    defer { scope.clause = clause }
    var bound: [BoundExpression] = []
    for argument in arguments { bound.append(bindScalar(argument, in: scope)) }
    let filter = bindOptional(node.filter, in: scope)
    let window = node.over.flatMap { bindWindow($0, in: scope) }
    scope.windowCount += 1
    note(scope)
    return BoundExpression(
      .call(
        BoundCall(
          function: definition, role: .window(scope.id), isDistinct: node.isDistinct, isStar: isStar, arguments: bound,
          orderBy: [], filter: filter, window: window, nameRange: node.name.range)), range: node.range)
  }
}

/// "1 or 2 arguments"
private func arities(of definitions: [FunctionDefinition]) -> String {
  let texts = definitions.map { definition -> String in
    guard let maximum = definition.maximumArguments else { return "\(definition.minimumArguments) or more" }
    return maximum == definition.minimumArguments ? "\(maximum)" : "\(definition.minimumArguments) to \(maximum)"
  }
  let joined = texts.joined(separator: " or ")
  return joined == "1" ? "1 argument" : "\(joined) arguments"
}

/// Functions of SQLite that turn bytes into addresses or run libraries (SQLite, fts3.html §8.1, loadext.html): no statement that
/// has one is run here.
private let refusedFunctions: Set<String> = ["fts3_tokenizer", "load_extension"]

/// What other databases call it, and what SQLite has.
private let foreignFunctions: [String: String] = [
  "now": "SQLite writes CURRENT_TIMESTAMP, or datetime('now')", "getdate": "SQLite writes datetime('now')",
  "sysdate": "SQLite writes datetime('now')", "curdate": "SQLite writes CURRENT_DATE",
  "curtime": "SQLite writes CURRENT_TIME", "getutcdate": "SQLite writes datetime('now')",
  "clock_timestamp": "SQLite writes datetime('now')", "unix_timestamp": "SQLite writes unixepoch()",
  "to_timestamp": "SQLite writes datetime(x, 'unixepoch')", "from_unixtime": "SQLite writes datetime(x, 'unixepoch')",
  "date_trunc": "SQLite writes datetime(x, 'start of month')", "date_part": "SQLite writes strftime()",
  "to_char": "SQLite writes strftime() or printf()", "date_format": "SQLite writes strftime()",
  "date_add": "SQLite writes datetime(x, '+1 day')", "date_sub": "SQLite writes datetime(x, '-1 day')",
  "datediff": "SQLite writes julianday(a) - julianday(b)", "age": "SQLite writes julianday(a) - julianday(b)",
  "any": "SQLite has no arrays: write IN (sqlc.slice('name'))",
  "all": "SQLite has no arrays: write NOT IN (sqlc.slice('name'))",
  "some": "SQLite has no arrays: write IN (sqlc.slice('name'))", "unnest": "SQLite writes json_each()",
  "array_agg": "SQLite writes json_group_array()", "json_agg": "SQLite writes json_group_array()",
  "jsonb_agg": "SQLite writes json_group_array()", "json_build_object": "SQLite writes json_object()",
  "jsonb_build_object": "SQLite writes json_object()", "nvl": "SQLite writes ifnull() or coalesce()",
  "isnull": "SQLite writes ifnull()", "greatest": "SQLite writes max(a, b)", "least": "SQLite writes min(a, b)",
  "strpos": "SQLite writes instr()", "position": "SQLite writes instr()", "locate": "SQLite writes instr(text, part)",
  "charindex": "SQLite writes instr(text, part)", "len": "SQLite writes length()",
  "char_length": "SQLite writes length()",
  "left": "SQLite writes substr(x, 1, n)", "right": "SQLite writes substr(x, -n)", "lcase": "SQLite writes lower()",
  "ucase": "SQLite writes upper()", "gen_random_uuid": "SQLite has none: the application makes it",
  "uuid_generate_v4": "SQLite has none: the application makes it", "uuid": "SQLite has none: the application makes it",
  "md5": "SQLite has none: the application registers it", "rand": "SQLite writes random()",
  "nextval": "an INTEGER PRIMARY KEY numbers rows by itself",
  "lastval": "SQLite writes last_insert_rowid(), or RETURNING",
  "last_insert_id": "SQLite writes last_insert_rowid(), or RETURNING",
]
