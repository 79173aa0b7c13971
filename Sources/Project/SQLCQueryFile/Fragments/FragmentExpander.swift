// Puts fragments in the places where they are used.
//
// A fragment is text, and what it means is found where it is used. What keeps it whole there:
//
// | what | how |
// |---|---|
// | `x AND sqlc.use(f)` where `f` has an OR; `NOT sqlc.use(f)` | parentheses around it |
// | `SELECT a, sqlc.use(columns)`, `FROM sqlc.use(tables)` | nothing: it stands alone between commas and clauses |
// | `IN sqlc.use(f)` where `f` is a SELECT in parentheses | nothing: it has them |
// | a list of columns where one value is wanted | an error |
// | `@p` where `p => a + b` | parentheses around the value |
// | `p => m.id` where the fragment has an `m` of its own in a SELECT | an error |

package import SQLCDiagnostics
import SQLCEngine
import SQLCModel

/// A text with what was put into it, before it has places of its own.
struct ExpandedNode {
  enum Part {
    case verbatim(ByteRange)
    case made(String, at: Int)
    case inner(ExpandedNode, written: ByteRange)
  }

  /// What stands in it outside of parentheses.
  struct Shape: OptionSet {
    let rawValue: Int
    static let or = Shape(rawValue: 1)
    static let comma = Shape(rawValue: 2)
    static let join = Shape(rawValue: 4)
  }

  var source: SourceFile
  var uses: [SourceRange]
  var parts: [Part] = []
  var shape: Shape = []
  /// One operand, whatever stands beside it.
  var isAtomic = false

  func write(into bytes: inout [UInt8]) -> ExpandedText {
    var text = ExpandedText(path: source.path, uses: uses)
    for part in parts {
      let start = bytes.count
      switch part {
      case .verbatim(let range):
        bytes += source.slice(range).utf8
        text.pieces.append(.init(range: ByteRange(start, bytes.count), written: range, content: .verbatim))
      case .made(let made, let place):
        bytes += made.utf8
        text.pieces.append(
          .init(range: ByteRange(start, bytes.count), written: ByteRange(at: place), content: .made))
      case .inner(let node, let written):
        let inner = node.write(into: &bytes)
        text.pieces.append(.init(range: ByteRange(start, bytes.count), written: written, content: .inner(inner)))
      }
    }
    return text
  }

  mutating func wrap(_ body: ByteRange) {
    parts.insert(.made("(", at: body.lower), at: 0)
    parts.append(.made(")", at: body.upper))
    shape = []
    isAtomic = true
  }
}

package struct FragmentExpander {
  /// How long a statement may become.
  static let limit = 1 << 20

  let book: FragmentBook
  package private(set) var diagnostics: [Diagnostic] = []
  /// A fragment that is used is wrong itself, which has been said.
  private(set) var meetsBroken = false
  private var count = 0
  private var isOver = false

  package init(_ book: FragmentBook) { self.book = book }

  /// An argument, ready to be put in the place of its parameter.
  struct Argument {
    enum Kind { case name, atomic, expression }
    var node: ExpandedNode
    var kind: Kind
    var place: SourceRange
    /// Where it stands.
    var source: SourceFile
  }

  struct Frame {
    var tokens: FragmentTokens
    var arguments: [String: Argument]
    var uses: [SourceRange]
    var names: [String]
  }

  /// The query with its fragments; nothing after a mistake.
  package mutating func expand(_ query: WrittenQuery) -> Expansion? {
    let annotated = query.annotated
    let frame = Frame(
      tokens: FragmentTokens(source: query.source, tokens: query.tokens, rules: book.rules), arguments: [:], uses: [],
      names: [])
    let statement = build(frame, query.tokens.indices, annotated.statementRange)
    guard diagnostics.isEmpty, !meetsBroken else { return nil }
    if isOver {
      report(.oversizedStatement(limit: Self.limit), annotated.nameRange, query.source)
      return nil
    }
    var bytes: [UInt8] = []
    var head = ExpandedText(path: query.source.path, uses: [])
    func add(_ text: String, _ written: ByteRange, _ content: ExpandedText.Piece.Content) -> ByteRange {
      let start = bytes.count
      bytes += text.utf8
      let range = ByteRange(start, bytes.count)
      head.pieces.append(.init(range: range, written: written, content: content))
      return range
    }
    _ = add("-- name: ", ByteRange(at: annotated.nameRange.lower), .made)
    let name = add(annotated.name, annotated.nameRange, .verbatim)
    _ = add(" ", ByteRange(at: annotated.commandRange.lower), .made)
    let command = add(String(query.source.slice(annotated.commandRange)), annotated.commandRange, .verbatim)
    _ = add("\n", ByteRange(at: annotated.statementRange.lower), .made)
    let start = bytes.count
    let body = statement.write(into: &bytes)
    head.pieces.append(
      .init(range: ByteRange(start, bytes.count), written: annotated.statementRange, content: .inner(body)))
    let path = "<\(annotated.name) of \(query.source.path)>"
    let source = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    let range = ByteRange(start, bytes.count)
    let all = lexicalTokens(of: source, rules: book.rules)
    let own = all.filter { $0.range.lower >= start }
    let assertions = readAssertions(in: own[...], of: source)
    var expanded = annotated
    expanded.nameRange = name
    expanded.commandRange = command
    expanded.source = withoutAssertions(source, assertions.value)
    expanded.bodyRange = range
    expanded.statementRange = range
    expanded.assertions = assertions.value
    let expansion = Expansion(query: expanded, text: head)
    diagnostics += assertions.diagnostics.map { expansion($0) }
    return diagnostics.isEmpty ? expansion : nil
  }

  // MARK: Texts

  /// - Parameter written: what the text is of; the tokens are inside.
  private mutating func build(_ frame: Frame, _ indexes: Range<Int>, _ written: ByteRange) -> ExpandedNode {
    var node = ExpandedNode(source: frame.tokens.source, uses: frame.uses)
    var start = written.lower
    var depth = 0
    var betweens = [0]
    var index = indexes.lowerBound
    // The AND of a BETWEEN joins no predicates.
    var betweenANDs: Set<Int> = []
    for index in indexes {
      switch frame.tokens.step(index) {
      case 1: betweens.append(0)
      case -1: if betweens.count > 1 { betweens.removeLast() }
      default:
        if frame.tokens.word(index) == "between" { betweens[betweens.count - 1] += 1 }
        if frame.tokens.word(index) == "and", betweens[betweens.count - 1] > 0 {
          betweens[betweens.count - 1] -= 1
          betweenANDs.insert(index)
        }
      }
    }
    func upTo(_ end: Int) {
      if start < end { node.parts.append(.verbatim(ByteRange(start, end))) }
    }
    while index < indexes.upperBound, !isOver {
      if let (reading, past) = frame.tokens.use(at: index) {
        let range = frame.tokens.range(index..<past)
        upTo(range.lower)
        spend(range.lower - start)
        if case .use(let use) = reading,
          let inner = insert(use, in: frame, within: indexes, betweenANDs)
        {
          node.parts.append(.inner(inner, written: range))
          if depth == 0 { node.shape.formUnion(inner.shape) }
        } else if case .malformed(let place) = reading, frame.names.isEmpty {
          report(.malformedUse, place, frame.tokens.source)
        }
        start = range.upper
        index = past
        continue
      }
      if let (name, past) = parameter(at: index, in: frame), let argument = frame.arguments[name] {
        let range = frame.tokens.range(index..<past)
        upTo(range.lower)
        spend(range.lower - start)
        node.parts.append(.inner(substitute(argument, at: index..<past, in: frame), written: range))
        start = range.upper
        index = past
        continue
      }
      depth += frame.tokens.step(index)
      if depth == 0 { node.shape.formUnion(shape(of: index, in: frame.tokens)) }
      index += 1
    }
    upTo(written.upper)
    spend(written.upper - start)
    return node
  }

  private mutating func spend(_ bytes: Int) {
    count += max(1, bytes)
    if count > Self.limit { isOver = true }
  }

  private func shape(of index: Int, in tokens: FragmentTokens) -> ExpandedNode.Shape {
    if tokens.isSymbol(",", index) { return .comma }
    switch tokens.word(index) {
    case "or": return .or
    case "join": return .join
    default: return []
    }
  }

  /// `@name` or `sqlc.arg(name)` of a parameter of the fragment.
  private func parameter(at index: Int, in frame: Frame) -> (name: String, past: Int)? {
    guard let found = frame.tokens.fragmentParameter(at: index), frame.arguments[found.name] != nil else { return nil }
    return (found.name, found.past)
  }

  private mutating func substitute(_ argument: Argument, at range: Range<Int>, in frame: Frame) -> ExpandedNode {
    var node = argument.node
    spend(argument.place.range.count)
    if frame.tokens.isSymbol(".", range.upperBound), argument.kind != .name {
      report(
        .unnamedArgument(String(argument.source.slice(argument.place.range))), argument.place.range, argument.source,
        DiagnosticLabel(
          SourceRange(path: frame.tokens.source.path, range: frame.tokens.range(range)), "a table's name is wanted here"
        ))
    }
    if argument.kind == .expression { node.wrap(argument.place.range) }
    node.isAtomic = true
    return node
  }

  // MARK: Uses

  private mutating func insert(
    _ use: FragmentUse, in frame: Frame, within indexes: Range<Int>, _ betweenANDs: Set<Int>
  ) -> ExpandedNode? {
    // What is wrong with the uses in fragments is said of the fragments.
    if frame.names.isEmpty {
      let problems = book.problems(of: use, in: frame.tokens)
      diagnostics += problems
      guard problems.isEmpty else { return nil }
    }
    guard let fragment = book[use.name], !book.isBroken(use.name), !frame.names.contains(use.name) else {
      meetsBroken = true
      return nil
    }
    let place = SourceRange(path: frame.tokens.source.path, range: use.range)
    let tokens = FragmentTokens(source: fragment.source, tokens: fragment.tokens, rules: book.rules)
    var arguments: [String: Argument] = [:]
    for argument in use.arguments {
      let node = build(frame, argument.tokens, argument.value)
      arguments[argument.name] = Argument(
        node: node, kind: kind(of: argument.tokens, node, in: frame),
        place: SourceRange(path: frame.tokens.source.path, range: argument.value), source: frame.tokens.source)
      checkCapture(of: argument, node, frame, by: fragment, tokens)
    }
    let inner = Frame(tokens: tokens, arguments: arguments, uses: [place] + frame.uses, names: frame.names + [use.name])
    var node = build(inner, tokens.indices, fragment.body)
    if case .inner(let only, _)? = node.parts.first, node.parts.count == 1 {
      node.isAtomic = only.isAtomic
    } else {
      node.isAtomic = tokens.isAtomic(tokens.indices)
    }
    switch frame.tokens.fit(of: use.tokens, within: indexes, node.shape, betweenANDs) {
    case .plain: break
    // `IN ((SELECT …))` would not mean what `IN (SELECT …)` does.
    case .parentheses: if !node.isAtomic { node.wrap(fragment.body) }
    case .refused: report(.misplacedList(use.name), use.range, frame.tokens.source, frame.uses)
    }
    return node
  }

  private func kind(of range: Range<Int>, _ node: ExpandedNode, in frame: Frame) -> Argument.Kind {
    // A use is what its fragment is.
    if let (_, past) = frame.tokens.use(at: range.lowerBound), past == range.upperBound {
      guard case .inner(let only, _)? = node.parts.first, only.isAtomic else { return .expression }
      return .atomic
    }
    if let (name, past) = parameter(at: range.lowerBound, in: frame), past == range.upperBound {
      return frame.arguments[name]?.kind ?? .expression
    }
    if frame.tokens.isName(range) { return .name }
    return frame.tokens.isAtomic(range) ? .atomic : .expression
  }

  /// Names of an argument that would mean something else within a SELECT of the fragment.
  private mutating func checkCapture(
    of argument: FragmentUse.Argument, _ node: ExpandedNode, _ frame: Frame, by fragment: Fragment,
    _ tokens: FragmentTokens
  ) {
    guard tokens.indices.contains(where: { tokens.word($0) == "select" }) else { return }
    var bytes: [UInt8] = []
    _ = node.write(into: &bytes)
    let source = SourceFile(path: "", text: String(decoding: bytes, as: UTF8.self))
    let words = FragmentTokens(
      source: source, tokens: lexicalTokens(of: source, rules: book.rules).filter { !$0.isComment }, rules: book.rules)
    let own = tokens.ownNames()
    let isTable = tokens.usesAsTable(argument.name)
    for name in words.names() {
      if let place = own[name.text.lowercased()], name.role == .qualifier || isTable {
        return report(
          .capturedName(name.text, fragment: fragment.name), argument.value, frame.tokens.source, frame.uses,
          DiagnosticLabel(SourceRange(path: fragment.source.path, range: place), "another '\(name.text)'"))
      }
      if name.role == .bare, !isTable {
        return report(
          .unqualifiedName(name.text, fragment: fragment.name), argument.value, frame.tokens.source, frame.uses)
      }
    }
  }

  private mutating func report(
    _ diagnostic: FragmentDiagnostic, _ range: ByteRange, _ source: SourceFile, _ uses: [SourceRange] = [],
    _ label: DiagnosticLabel? = nil
  ) {
    let labels = (label.map { [$0] } ?? []) + uses.map { DiagnosticLabel($0, usedHere) }
    diagnostics.append(diagnostic.at(range, in: source, labels))
  }

  private mutating func report(
    _ diagnostic: FragmentDiagnostic, _ range: ByteRange, _ source: SourceFile, _ label: DiagnosticLabel
  ) {
    report(diagnostic, range, source, [], label)
  }
}
