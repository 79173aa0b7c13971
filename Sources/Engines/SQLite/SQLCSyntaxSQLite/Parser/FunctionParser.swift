// Function calls with all that can follow them (SQLite, lang_aggfunc.html and windowfunctions.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `idj LP distinct exprlist [ORDER BY sortlist] RP [within] filter_over` and `idj LP STAR RP filter_over`.
  mutating func parseFunctionCall() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = start
    try enter(cost: 2)
    var call = FunctionCallSyntax(name: name(advance()), arguments: .none, range: ByteRange(at: start))
    advance()
    height = 0
    if accept(.star) {
      call.arguments = .star
      try expect(.rightParen)
    } else {
      try parseArguments(&call)
    }
    try parseWithinGroup(&call)
    let argumentHeight = height
    try parseFilterAndOver(&call)
    call.range = range(from: start)
    leave(cost: 2)
    try grow(over: argumentHeight, from: start)
    return .function(call)
  }

  private mutating func parseArguments(_ call: inout FunctionCallSyntax) throws(SyntaxFailure) {
    if accept(.distinct) {
      call.isDistinct = true
    } else {
      _ = accept(.all)
    }
    if !at(.rightParen), !at(.order) { call.arguments = .list(try parseNonemptyExpressionList()) }
    let argumentHeight = height
    if at(.order) {
      let keyword = token.range
      call.orderBy = try parseOrderBy()
      use(.aggregateOrderBy, at: keyword)
    }
    height = argumentHeight
    try closeList()
  }

  /// parse.y: `idj LP distinct exprlist RP WITHIN GROUP LP ORDER BY expr RP`, in builds with
  /// SQLITE_ENABLE_ORDERED_SET_AGGREGATES (percentile.html). WITHIN is a word like any other elsewhere.
  private mutating func parseWithinGroup(_ call: inout FunctionCallSyntax) throws(SyntaxFailure) {
    guard kind == .identifier, peek(1) == .group, peek(2) == .leftParen else { return }
    let start = start
    guard text(token.range).asciiLowercased == "within" else { return }
    advance()
    advance()
    use(.withinGroup, at: range(from: start))
    try expect(.leftParen)
    let argumentHeight = height
    try expect(.order)
    try expect(.by)
    call.withinGroup = try parseExpression()
    height = max(height, argumentHeight)
    try expect(.rightParen)
  }

  private mutating func parseFilterAndOver(_ call: inout FunctionCallSyntax) throws(SyntaxFailure) {
    if kind == .filter {
      use(.filterClause, at: advance().range)
      try expect(.leftParen)
      try expect(.where)
      call.filter = try parseExpression()
      try expect(.rightParen)
    }
    if kind == .over {
      use(.windowFunction, at: advance().range)
      call.over =
        kind == .leftParen ? .definition(try parseWindow()) : .name(try parseName(.window))
    }
  }

  /// parse.y: `LP window RP`.
  mutating func parseWindow() throws(SyntaxFailure) -> WindowSyntax {
    let start = start
    try expect(.leftParen)
    var window = WindowSyntax(baseName: nil, partitionBy: [], orderBy: [], frame: nil, range: ByteRange(at: start))
    if kind.isName, !startsWindowClause { window.baseName = try parseName(.window) }
    if accept(.partition) {
      try expect(.by)
      window.partitionBy = try parseNonemptyExpressionList()
    }
    if at(.order) { window.orderBy = try parseOrderBy() }
    if at(.range) || at(.rows) || at(.groups) { window.frame = try parseFrame() }
    try expect(.rightParen)
    window.range = range(from: start)
    return window
  }

  private var startsWindowClause: Bool {
    kind == .partition || kind == .range || kind == .rows || kind == .groups
  }

  /// parse.y: `range_or_rows frame_bound_s frame_exclude_opt` and the form with BETWEEN.
  private mutating func parseFrame() throws(SyntaxFailure) -> FrameSyntax {
    let start = start
    let unitToken = advance()
    let unit: FrameSyntax.Unit =
      switch unitToken.kind {
      case .rows: .rows
      case .groups: .groups
      default: .range
      }
    if unit == .groups { use(.windowGroupsOrExclude, at: unitToken.range) }
    let first: FrameSyntax.Bound
    var last: FrameSyntax.Bound?
    if accept(.between) {
      first = try parseBound(.start)
      try expect(.and)
      last = try parseBound(.end)
    } else {
      first = try parseBound(.start)
    }
    var exclusion: FrameSyntax.Exclusion?
    if at(.exclude) {
      use(.windowGroupsOrExclude, at: advance().range)
      exclusion = try parseExclusion()
    }
    return FrameSyntax(unit: unit, start: first, end: last, exclusion: exclusion, range: range(from: start))
  }

  private enum FrameEdge { case start, end }

  /// UNBOUNDED goes with PRECEDING at the start of a frame and with FOLLOWING at its end.
  private mutating func parseBound(_ edge: FrameEdge) throws(SyntaxFailure) -> FrameSyntax.Bound {
    if accept(.unbounded) {
      switch edge {
      case .start:
        try expect(.preceding)
        return .unboundedPreceding
      case .end:
        try expect(.following)
        return .unboundedFollowing
      }
    }
    if accept(.current) {
      try expect(.row)
      return .currentRow
    }
    let distance = try parseExpression()
    if accept(.preceding) { return .preceding(distance) }
    if accept(.following) { return .following(distance) }
    throw fail(.anyOf([.preceding, .following]))
  }

  private mutating func parseExclusion() throws(SyntaxFailure) -> FrameSyntax.Exclusion {
    if accept(.no) {
      try expect(.others)
      return .noOthers
    }
    if accept(.current) {
      try expect(.row)
      return .currentRow
    }
    if accept(.group) { return .group }
    if accept(.ties) { return .ties }
    throw fail(.anyOf([.no, .current, .group, .ties]))
  }
}
