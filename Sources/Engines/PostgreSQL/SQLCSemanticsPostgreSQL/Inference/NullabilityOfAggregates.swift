import SQLCTreePostgreSQL

extension QueryScope {
  func cause(of aggregate: Aggregate, _ context: Context) -> NullCause? {
    guard aggregate.levelsUp == 0 else {
      guard let (scope, _) = above(aggregate.levelsUp) else { return NullCause(.notUnderstood("an aggregate")) }
      return scope.groupCause(aggregate, moved: aggregate.levelsUp)
    }
    return groupCause(aggregate, moved: 0)
  }

  /// Of an aggregate over this query's groups; it may stand in a query inside, which calls this one's columns `moved` levels
  /// further up.
  private func groupCause(_ aggregate: Aggregate, moved: Int) -> NullCause? {
    let name = analyzer.name(of: aggregate.function)
    let offset = aggregate.offset.value
    let rule = analyzer.rule(of: aggregate.function)
    switch rule {
    case .never: return nil
    case .rows, .rowsAndArgument: break
    case .may(let reason): return NullCause(.functionFor(name, reason: reason), at: offset)
    case .total, .onlyFor, .unlessAny, .finite, .frame, nil: return NullCause(.function(name), at: offset)
    }
    if grouping.mayBeEmpty { return NullCause(.noRows(aggregate: name), at: offset) }
    if aggregate.filter != nil { return NullCause(.filter(aggregate: name), at: offset) }
    guard rule == .rowsAndArgument else { return nil }
    let arguments = aggregate.arguments.filter { !$0.isHidden }.map(\.expression) + aggregate.directArguments
    for argument in arguments {
      guard let here = lifted(argument, by: moved) else { return NullCause(.function(name), at: offset) }
      if let cause = cause(here, .input) { return NullCause(.onlyNulls(aggregate: name, cause.reason), at: offset) }
    }
    return nil
  }

  /// An argument as this query would say it; nil where that cannot be told.
  private func lifted(_ expression: Expression, by levels: Int) -> Expression? {
    guard levels > 0 else { return expression }
    var isPlain = true
    let result = expression.replacingVariables { variable in
      if variable.levelsUp < levels { isPlain = false }
      var moved = variable
      moved.levelsUp -= levels
      return .variable(moved)
    }
    let hasQueries = expression.contains { part, _ in
      switch part {
      case .subquery, .aggregate: true
      default: false
      }
    }
    return isPlain && !hasQueries ? result : nil
  }

  func cause(of call: WindowCall, _ context: Context) -> NullCause? {
    let name = analyzer.name(of: call.function)
    let offset = call.offset.value
    // Other rows than this one: what is assumed of this one says nothing of them.
    let everyRow = Context(phase: context.phase)
    switch analyzer.rule(of: call.function) {
    case .never: return nil
    case .total: return cause(ofAny: call.arguments, everyRow)
    case .rows, .rowsAndArgument, .frame:
      guard let window = parts.windows.first(where: { $0.number == call.window }), window.frame.holdsCurrentRow else {
        return NullCause(.emptyFrame(name), at: offset)
      }
      if call.filter != nil { return NullCause(.filter(aggregate: name), at: offset) }
      if analyzer.rule(of: call.function) == .rows { return nil }
      return cause(ofAny: call.arguments, everyRow).map {
        NullCause(.onlyNulls(aggregate: name, $0.reason), at: offset)
      }
    case .onlyFor, .unlessAny, .finite, .may, nil:
      if isBuiltin(call.function, "lag") || isBuiltin(call.function, "lead"), call.arguments.count == 3 {
        return cause(ofAny: call.arguments, everyRow)
      }
      return NullCause(.outsideWindow(name), at: offset)
    }
  }
}

extension WindowFrame {
  /// A frame is never empty when it holds the current row. RANGE with offsets is not trusted: an offset can pass a type's end.
  var holdsCurrentRow: Bool {
    if !isDisjoint(with: [.excludeCurrentRow, .excludeGroup]) { return false }
    let offsets: WindowFrame = [
      .startOffsetPreceding, .endOffsetPreceding, .startOffsetFollowing, .endOffsetFollowing,
    ]
    if contains(.range), !isDisjoint(with: offsets) { return false }
    return !isDisjoint(with: [.startUnboundedPreceding, .startCurrentRow, .startOffsetPreceding])
      && !isDisjoint(with: [.endCurrentRow, .endUnboundedFollowing, .endOffsetFollowing])
  }
}
