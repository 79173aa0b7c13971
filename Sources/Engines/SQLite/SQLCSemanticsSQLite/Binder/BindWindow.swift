// Windows: named ones folded into their users, the default frame written out (SQLite, windowfunctions.html).

import SQLCDiagnostics
import SQLCSyntaxSQLite

extension Binder {
  mutating func bindWindow(_ over: OverSyntax, in scope: Scope) -> BoundWindow? {
    switch over {
    case .name(let name):
      guard let named = namedWindow(name, in: scope) else { return nil }
      return bindWindow(named.window, in: scope, depth: 0)
    case .definition(let window): return bindWindow(window, in: scope, depth: 0)
    }
  }

  private mutating func namedWindow(_ name: NameSyntax, in scope: Scope) -> NamedWindowSyntax? {
    if let found = scope.windows.first(where: { sameName($0.name.text, name.text) }) { return found }
    report(
      .unknownWindow(name.text), at: name.range,
      near: nearest(to: name.text, in: scope.windows.map(\.name.text)))
    return nil
  }

  /// SQLite, windowfunctions.html §4: a window may extend a named one, whose PARTITION BY it takes, and ORDER BY unless it
  /// has its own; neither may be given twice.
  private mutating func bindWindow(_ syntax: WindowSyntax, in scope: Scope, depth: Int) -> BoundWindow? {
    var base: BoundWindow?
    if let name = syntax.baseName {
      guard depth <= scope.windows.count, let named = namedWindow(name, in: scope) else { return nil }
      base = bindWindow(named.window, in: scope, depth: depth + 1)
      if !syntax.partitionBy.isEmpty { report(.overriddenWindow(name.text, what: "PARTITION BY"), at: name.range) }
      if let base, !base.orderBy.isEmpty, !syntax.orderBy.isEmpty {
        report(.overriddenWindow(name.text, what: "ORDER BY"), at: name.range)
      }
      if named.window.frame != nil { report(.overriddenWindow(name.text, what: "frame"), at: name.range) }
    }
    var partition: [BoundExpression] = base?.partitionBy ?? []
    for term in syntax.partitionBy { partition.append(bindScalar(term, in: scope)) }
    var order: [BoundExpression] = base?.orderBy ?? []
    for term in syntax.orderBy { order.append(bindScalar(term.expression, in: scope)) }
    let frame = syntax.frame.map { bindFrame($0, in: scope) }
    // SQLite, windowfunctions.html §2.2: "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS".
    let standard = BoundWindow.Frame(unit: .range, start: .unboundedPreceding, end: .currentRow, exclusion: .noOthers)
    return BoundWindow(partitionBy: partition, orderBy: order, frame: frame ?? standard)
  }

  private mutating func bindFrame(_ syntax: FrameSyntax, in scope: Scope) -> BoundWindow.Frame {
    BoundWindow.Frame(
      unit: syntax.unit, start: bindBound(syntax.start, in: scope),
      end: syntax.end.map { bindBound($0, in: scope) } ?? .currentRow, exclusion: syntax.exclusion ?? .noOthers)
  }

  private mutating func bindBound(_ bound: FrameSyntax.Bound, in scope: Scope) -> BoundWindow.FrameBound {
    switch bound {
    case .unboundedPreceding: .unboundedPreceding
    case .preceding(let expression): .preceding(bindScalar(expression, in: scope))
    case .currentRow: .currentRow
    case .following(let expression): .following(bindScalar(expression, in: scope))
    case .unboundedFollowing: .unboundedFollowing
    }
  }
}
