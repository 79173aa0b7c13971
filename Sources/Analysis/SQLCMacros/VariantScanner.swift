// Finds `sqlc.optional`, `sqlc.order`, `sqlc.after` and `sqlc.patch` among the tokens of a statement, and says what each must be.

package import SQLCDiagnostics

/// Reads the macros of one statement.
///
/// - Returns: nothing when there are none, or when one of them is wrong.
package func scanVariants(of tokens: [MacroToken], in source: SourceFile) -> Diagnosed<VariantSyntax?> {
  let end = tokens.firstIndex { $0.kind == .semicolon } ?? tokens.endIndex
  var scanner = VariantScanner(source: source, tokens: tokens[..<end])
  scanner.scan()
  if !scanner.diagnostics.hasErrors { scanner.findRegions() }
  let found = scanner.syntax.isEmpty || scanner.diagnostics.hasErrors ? nil : scanner.syntax
  return Diagnosed(found, scanner.diagnostics)
}

struct VariantScanner {
  let source: SourceFile
  let tokens: ArraySlice<MacroToken>
  var syntax: VariantSyntax
  var diagnostics: [Diagnostic] = []

  init(source: SourceFile, tokens: ArraySlice<MacroToken>) {
    self.source = source
    self.tokens = tokens
    syntax = VariantSyntax(source: source, tokens: tokens)
  }

  mutating func scan() {
    var index = tokens.startIndex
    while index < tokens.endIndex {
      guard let macro = macro(at: index) else {
        index += 1
        continue
      }
      guard let close = closing(index + 3) else {
        report(.malformedMacro(macro: macro, wanted: "')' behind its last argument"), at: head(index...index + 3))
        return
      }
      switch macro {
      case "optional": readOptional(index...close)
      case "patch": readPatch(index...close)
      case "after": readAfter(index...close)
      default: readOrder(index...close)
      }
      index = close + 1
    }
    nameOrders()
    if !diagnostics.hasErrors { settleAfter() }
    checkNames()
  }

  mutating func report(_ diagnostic: VariantDiagnostic, at range: ByteRange) {
    diagnostics.append(diagnostic.at(range, in: source))
  }

  func text(_ index: Int) -> String { String(source.slice(tokens[index].range)) }

  func kind(_ index: Int) -> MacroToken.Kind {
    tokens.indices.contains(index) ? tokens[index].kind : .endOfInput
  }

  /// `sqlc . optional (`, whatever their case: the word in the middle.
  private func macro(at index: Int) -> String? {
    guard kind(index) == .identifier, kind(index + 1) == .dot, kind(index + 3) == .leftParen,
      text(index).lowercased() == "sqlc"
    else { return nil }
    let word = text(index + 2).lowercased()
    return ["optional", "order", "patch", "after"].contains(word) ? word : nil
  }

  /// The parenthesis that closes the one there.
  func closing(_ open: Int) -> Int? {
    var depth = 0
    for index in open..<tokens.endIndex {
      switch tokens[index].kind {
      case .leftParen: depth += 1
      case .rightParen:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
    }
    return nil
  }

  /// The arguments between the parentheses, cut at their commas; an empty one is an empty range.
  func arguments(_ macro: ClosedRange<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = macro.lowerBound + 4
    var depth = 0
    for index in start..<macro.upperBound {
      switch tokens[index].kind {
      case .leftParen: depth += 1
      case .rightParen: depth -= 1
      case .comma where depth == 0:
        result.append(start..<index)
        start = index + 1
      default: break
      }
    }
    return result + [start..<macro.upperBound]
  }

  func range(_ indexes: Range<Int>) -> ByteRange {
    tokens[indexes.lowerBound].range.union(tokens[indexes.upperBound - 1].range)
  }

  func range(_ indexes: ClosedRange<Int>) -> ByteRange {
    tokens[indexes.lowerBound].range.union(tokens[indexes.upperBound].range)
  }

  func head(_ macro: ClosedRange<Int>) -> ByteRange { range(macro.lowerBound...macro.lowerBound + 2) }

  // MARK: sqlc.optional

  private mutating func readOptional(_ macro: ClosedRange<Int>) {
    guard !hasNestedMacro(macro) else { return }
    let arguments = arguments(macro)
    var name: (String, ByteRange)?
    if arguments.count == 2, arguments[0].count == 1 {
      let token = tokens[arguments[0].lowerBound]
      if [.identifier, .quotedIdentifier, .string].contains(token.kind) || token.kind.isWord {
        name = (nameText(arguments[0].lowerBound), token.range)
      }
    }
    guard let body = arguments.last, !body.isEmpty, arguments.count == (name == nil ? 1 : 2) else {
      let wanted = "'sqlc.optional(predicate)' or 'sqlc.optional(name, predicate)'"
      report(.malformedMacro(macro: "optional", wanted: wanted), at: head(macro))
      return
    }
    syntax.filters.append(
      OptionalMacro(tokens: macro, range: range(macro), name: name, body: range(body)))
  }

  mutating func hasNestedMacro(_ outer: ClosedRange<Int>) -> Bool {
    for index in (outer.lowerBound + 4)..<outer.upperBound {
      guard let inner = macro(at: index) else { continue }
      report(
        .nestedMacro(inner: inner, outer: text(outer.lowerBound + 2).lowercased()), at: range(index...(index + 2)))
      return true
    }
    return false
  }

  // MARK: sqlc.order

  private mutating func readOrder(_ macro: ClosedRange<Int>) {
    guard !hasNestedMacro(macro) else { return }
    guard let clause = clause(of: macro) else { return report(.misplacedOrder, at: head(macro)) }
    if syntax.orders.contains(where: { $0.clause == clause }) { return report(.secondOrder, at: head(macro)) }
    let hasName = kind(macro.upperBound + 1) == .as && kind(macro.upperBound + 2).isName
    let last = hasName ? macro.upperBound + 2 : macro.upperBound
    if [.asc, .desc, .nulls].contains(kind(last + 1)) {
      return report(.outerDirection, at: tokens[last + 1].range)
    }
    var terms: [OrderMacro.Term] = []
    for argument in arguments(macro) {
      guard let term = readTerm(argument, macro) else { return }
      terms.append(term)
    }
    syntax.orders.append(
      OrderMacro(
        tokens: macro, range: range(macro.lowerBound...last), terms: terms, name: hasName ? nameText(last) : "",
        nameRange: hasName ? tokens[last].range : head(macro), firstTerm: syntax.terms.count, clause: clause))
  }

  /// `expression AS name DESC NULLS LAST`, read from the end.
  mutating func readTerm(_ argument: Range<Int>, _ macro: ClosedRange<Int>) -> OrderMacro.Term? {
    var rest = argument
    var nulls: ByteRange?
    if rest.count > 2, kind(rest.upperBound - 2) == .nulls {
      nulls = range((rest.upperBound - 2)...(rest.upperBound - 1))
      rest = rest.lowerBound..<(rest.upperBound - 2)
    }
    var isDescending = false
    if rest.count > 1, [.asc, .desc].contains(kind(rest.upperBound - 1)) {
      isDescending = kind(rest.upperBound - 1) == .desc
      rest = rest.lowerBound..<(rest.upperBound - 1)
    }
    var name: (text: String, range: ByteRange)?
    if rest.count > 2, kind(rest.upperBound - 2) == .as {
      name = (nameText(rest.upperBound - 1), tokens[rest.upperBound - 1].range)
      rest = rest.lowerBound..<(rest.upperBound - 2)
    }
    guard !rest.isEmpty else {
      report(.malformedMacro(macro: "order", wanted: "'sqlc.order(column, expression AS name DESC)'"), at: head(macro))
      return nil
    }
    name = name ?? columnName(rest)
    guard let name else {
      report(.unnamedTerm, at: range(rest))
      return nil
    }
    return OrderMacro.Term(
      name: name.text, nameRange: name.range, expression: range(rest), isDescending: isDescending, nulls: nulls,
      range: range(argument))
  }

  /// `created_at`, `a.created_at`, either with COLLATE: the column's name.
  private func columnName(_ term: Range<Int>) -> (text: String, range: ByteRange)? {
    var rest = term
    if rest.count > 2, kind(rest.upperBound - 2) == .collate { rest = rest.lowerBound..<(rest.upperBound - 2) }
    let isQualified = rest.count == 3 && kind(rest.lowerBound + 1) == .dot
    guard rest.count == 1 || isQualified else { return nil }
    let index = rest.upperBound - 1
    return kind(index).isName ? (nameText(index), tokens[index].range) : nil
  }

  func nameText(_ index: Int) -> String {
    let text = text(index)
    switch tokens[index].kind {
    case .quotedIdentifier, .string: return String(text.dropFirst().dropLast())
    default: return text
    }
  }

  /// The BY of the ORDER BY whose term that is, of a SELECT, a window or an aggregate.
  private func clause(of macro: ClosedRange<Int>) -> Int? {
    var index = macro.lowerBound - 1
    guard kind(index) == .by || kind(index) == .comma else { return nil }
    var depth = 0
    while index >= tokens.startIndex {
      switch kind(index) {
      case .rightParen: depth += 1
      case .leftParen:
        if depth == 0 { return nil }
        depth -= 1
      case .by where depth == 0:
        guard kind(index - 1) == .order else { return nil }
        return opening(around: index) != nil || beginsQuery(index - 2) ? index : nil
      default: break
      }
      index -= 1
    }
    return nil
  }

  /// Back from there, is there a SELECT or VALUES before the parenthesis that encloses it?
  private func beginsQuery(_ last: Int) -> Bool {
    var depth = 0
    var index = last
    while index >= tokens.startIndex {
      switch kind(index) {
      case .rightParen: depth += 1
      case .leftParen:
        if depth == 0 { return false }
        depth -= 1
      case .select where depth == 0, .values where depth == 0: return true
      default: break
      }
      index -= 1
    }
    return false
  }

  private mutating func checkNames() {
    var names: Set<String> = []
    for filter in syntax.filters {
      if let name = filter.name, !names.insert(name.text.lowercased()).inserted {
        report(.duplicateName(name.text), at: name.range)
      }
    }
    names = []
    for order in syntax.orders {
      if !order.name.isEmpty, !names.insert(order.name.lowercased()).inserted {
        report(.duplicateName(order.name), at: order.nameRange)
      }
      var terms: Set<String> = []
      for term in order.terms where !terms.insert(term.name.lowercased()).inserted {
        report(.duplicateName(term.name), at: term.nameRange)
      }
    }
    let count = syntax.combinationCount
    let bits = syntax.filters.count + 2 * syntax.terms.count
    guard count > VariantDiagnostic.limit || bits > VariantDiagnostic.bitLimit else { return }
    let place =
      syntax.orders.last.map { head($0.tokens) } ?? syntax.filters.indices.last { !syntax.isAssignment($0) }
      .map { head(syntax.filters[$0].tokens) } ?? syntax.patches.last.map { head($0.tokens) }
    guard count > VariantDiagnostic.limit else {
      return report(.tooManyChoices(count: bits), at: place ?? ByteRange(at: 0))
    }
    let spelled = count == .max ? "countless" : count > 1_000_000 ? "more than a million" : "\(count)"
    report(
      .tooManyCombinations(count: spelled, limit: VariantDiagnostic.limit), at: place ?? ByteRange(at: 0))
  }
}
