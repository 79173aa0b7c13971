// SELECT, VALUES and what joins them (SQLite, lang_select.html).

import SQLCDiagnostics

extension Parser {
  /// parse.y: `select`: WITH, the parts, ORDER BY and LIMIT. `height` becomes what the query adds to an expression around it
  /// (expr.c, `heightOfSelect`: everything but FROM).
  mutating func parseSelect() throws(SyntaxFailure) -> SelectSyntax {
    let start = start
    let with = at(.with) ? try parseWith() : nil
    return try parseSelect(with: with, from: start)
  }

  mutating func parseSelect(with: WithSyntax?, from start: Int) throws(SyntaxFailure) -> SelectSyntax {
    try enter(cost: 3)
    var select = SelectSyntax(with: with, body: try parsePart(), range: ByteRange(at: start))
    let bodyStart = select.body.range.lower
    var highest = height
    var terms = 1
    try parseTail(of: &select)
    highest = max(highest, height)
    while let op = compoundOperator {
      rejectTail(of: &select, before: op)
      let opStart = self.start
      advance()
      if op == .unionAll { advance() }
      let opRange = range(from: opStart)
      terms += 1
      if terms > options.limits.compoundTerms {
        throw fail(.exceededLimit(.compoundTerms(options.limits.compoundTerms), at: opRange))
      }
      let right = try parsePart()
      highest = max(highest, height)
      select.body = .compound(
        CompoundSyntax(op: op, opRange: opRange, left: select.body, right: right, range: range(from: bodyStart)))
      try parseTail(of: &select)
      highest = max(highest, height)
    }
    leave(cost: 3)
    height = highest
    select.range = range(from: start)
    return select
  }

  /// UNION, UNION ALL, INTERSECT or EXCEPT here.
  private var compoundOperator: CompoundSyntax.Operator? {
    mutating get {
      if at(.union) { return peek(1) == .all ? .unionAll : .union }
      if at(.intersect) { return .intersect }
      return at(.except) ? .except : nil
    }
  }

  /// ORDER BY and LIMIT, which only a part that begins with SELECT can have behind it.
  private mutating func parseTail(of select: inout SelectSyntax) throws(SyntaxFailure) {
    height = 0
    if lastPartIsValues { return }
    if at(.order) { select.orderBy = try parseOrderBy() }
    let orderHeight = height
    height = 0
    if at(.limit) { select.limit = try parseLimit() }
    height = max(height, orderHeight)
  }

  /// select.c: "%s clause should come after %s not before".
  private mutating func rejectTail(of select: inout SelectSyntax, before op: CompoundSyntax.Operator) {
    if let first = select.orderBy.first, let last = select.orderBy.last {
      report(.misplacedClause(clause: "ORDER BY", before: op.rawValue, at: first.range.union(last.range)))
    } else if let limit = select.limit {
      report(.misplacedClause(clause: "LIMIT", before: op.rawValue, at: limit.range))
    }
    select.orderBy = []
    select.limit = nil
  }

  /// parse.y: `oneselect`.
  private mutating func parsePart() throws(SyntaxFailure) -> SelectBodySyntax {
    if at(.values) {
      lastPartIsValues = true
      return .values(try parseValues())
    }
    guard at(.select) else { throw fail(.query) }
    let core = try parseCore()
    lastPartIsValues = false
    return .select(core)
  }

  /// parse.y: `VALUES LP nexprlist RP , …`. Not bounded: SQLite reads thousands of rows without nesting them.
  private mutating func parseValues() throws(SyntaxFailure) -> ValuesSyntax {
    let start = start
    advance()
    var rows: [ValuesSyntax.Row] = []
    var highest = 0
    repeat {
      let rowStart = self.start
      try expect(.leftParen)
      let elements = try parseNonemptyExpressionList()
      highest = max(highest, height)
      try closeList()
      rows.append(ValuesSyntax.Row(elements: elements, range: range(from: rowStart)))
    } while accept(.comma)
    height = highest
    return ValuesSyntax(rows: rows, range: range(from: start))
  }

  private mutating func parseCore() throws(SyntaxFailure) -> SelectCoreSyntax {
    let start = start
    advance()
    var core = SelectCoreSyntax(columns: [], range: ByteRange(at: start))
    if accept(.distinct) {
      core.quantifier = .distinct
    } else if accept(.all) {
      core.quantifier = .all
    }
    core.columns = try parseResultColumns()
    var highest = height
    if at(.from) { core.from = try parseFrom() }
    if accept(.where) {
      core.whereClause = try parseExpression()
      highest = max(highest, height)
    }
    if accept(.group) {
      try expect(.by)
      core.groupBy = try parseNonemptyExpressionList()
      highest = max(highest, height)
    }
    if at(.having) {
      if core.groupBy.isEmpty { use(.havingWithoutGroupBy, at: token.range) }
      advance()
      core.having = try parseExpression()
      highest = max(highest, height)
    }
    if at(.window) { core.windows = try parseWindowClause() }
    height = highest
    core.range = range(from: start)
    return core
  }

  /// parse.y: `WINDOW windowdefn_list`.
  private mutating func parseWindowClause() throws(SyntaxFailure) -> [NamedWindowSyntax] {
    use(.windowFunction, at: advance().range)
    return try commaSeparated { parser throws(SyntaxFailure) in
      let start = parser.start
      let name = try parser.parseName(.window)
      try parser.expect(.as)
      let window = try parser.parseWindow()
      return NamedWindowSyntax(name: name, window: window, range: parser.range(from: start))
    }
  }

  /// parse.y: `selcollist`.
  mutating func parseResultColumns() throws(SyntaxFailure) -> [ResultColumnSyntax] {
    var columns: [ResultColumnSyntax] = []
    var highest = 0
    repeat {
      columns.append(try parseResultColumn())
      highest = max(highest, height)
    } while accept(.comma)
    height = highest
    return columns
  }

  private mutating func parseResultColumn() throws(SyntaxFailure) -> ResultColumnSyntax {
    let start = start
    height = 1
    if accept(.star) { return ResultColumnSyntax(value: .star, range: range(from: start)) }
    if kind.isName, !kind.startsExpressionItself, peek(1) == .dot, peek(2) == .star {
      let table = name(advance())
      advance()
      advance()
      return ResultColumnSyntax(value: .tableStar(table), range: range(from: start))
    }
    guard !isAtClauseKeyword else { throw fail(.resultColumn) }
    let expression = try parseExpression()
    let alias = try parseAlias()
    return ResultColumnSyntax(value: .expression(expression, alias: alias), range: range(from: start))
  }

  /// A clause begins where a column should stand: `SELECT FROM t`, `SELECT a, FROM t`.
  private var isAtClauseKeyword: Bool {
    kind == .from || kind == .where || kind == .endOfInput || kind == .semicolon || kind == .comma
  }

  // MARK: Ordering

  /// parse.y: `ORDER BY sortlist`.
  mutating func parseOrderBy() throws(SyntaxFailure) -> [OrderingTermSyntax] {
    try expect(.order)
    try expect(.by)
    var terms: [OrderingTermSyntax] = []
    var highest = 0
    repeat {
      terms.append(try parseOrderingTerm())
      highest = max(highest, height)
    } while accept(.comma)
    height = highest
    return terms
  }

  /// parse.y: `expr sortorder nulls`.
  mutating func parseOrderingTerm() throws(SyntaxFailure) -> OrderingTermSyntax {
    let start = start
    let expression = try parseExpression()
    let direction = parseDirection()
    var nulls: OrderingTermSyntax.Nulls?
    if at(.nulls) {
      let nullsStart = self.start
      advance()
      if accept(.first) {
        nulls = .first
      } else {
        try expect(.last)
        nulls = .last
      }
      use(.nullsFirstOrLast, at: range(from: nullsStart))
    }
    return OrderingTermSyntax(expression: expression, direction: direction, nulls: nulls, range: range(from: start))
  }

  mutating func parseDirection() -> OrderingTermSyntax.Direction? {
    if accept(.asc) { return .ascending }
    return accept(.desc) ? .descending : nil
  }

  /// parse.y: `LIMIT expr`, `LIMIT expr OFFSET expr`, `LIMIT expr COMMA expr`.
  mutating func parseLimit() throws(SyntaxFailure) -> LimitSyntax {
    let start = start
    try expect(.limit)
    let first = try parseExpression()
    let firstHeight = height
    if accept(.offset) {
      let offset = try parseExpression()
      height = max(height, firstHeight)
      return LimitSyntax(count: first, offset: offset, offsetFirst: false, range: range(from: start))
    }
    if accept(.comma) {
      let count = try parseExpression()
      height = max(height, firstHeight)
      return LimitSyntax(count: count, offset: first, offsetFirst: true, range: range(from: start))
    }
    return LimitSyntax(count: first, offset: nil, offsetFirst: false, range: range(from: start))
  }
}
