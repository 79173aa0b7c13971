// The body of a fragment: a predicate, another expression, a list of columns, or a part of FROM.

import SQLCDiagnostics
import SQLCFormat
import SQLCSyntaxSQLite

/// What came of laying out a fragment's body.
enum FragmentBodyOutcome {
  /// The text; as it is where it is none of what a fragment can be, or would not be the same.
  case laidOut(String)
  /// It has a token that is none; said of the file.
  case unreadable([Diagnostic])
}

/// A fragment's body laid out.
///
/// | body | laid out |
/// |---|---|
/// | a predicate | as in WHERE |
/// | columns | on one line, or each on its own |
/// | a value without a name | as it is: its text would be the column's name |
/// | tables and joins | as in FROM |
func laidOutBody(_ range: ByteRange, of source: SourceFile, _ options: FormatOptions) -> FragmentBodyOutcome {
  let body = SourceFile(path: source.path, text: String(source.slice(range)))
  let standIns = FragmentStandIns(for: body, as: .body, options)
  let text = standIns?.text ?? body.text
  let lineEnd = lineEnd(of: Array(source.text.utf8))
  let isReadable = tokenize(body).allSatisfy { !$0.kind.isIllegal }
  for head in ["SELECT ", "SELECT * FROM "] {
    let statement = SourceFile(path: source.path, text: head + text)
    let before: ReadScript
    switch readScript(statement) {
    case .read(let read): before = read
    case .unreadable(let diagnostics):
      guard !isReadable else { continue }
      return .unreadable(
        diagnostics.map { diagnostic in
          let said = diagnostic.moved(by: -head.utf8.count)
          return (standIns?.diagnostic(said) ?? said).moved(by: range.lower)
        })
    }
    guard let document = bodyDocument(before, options) else { continue }
    let result = print(document, width: options.width, lineEnd: lineEnd)
    guard case .read(let after) = readScript(SourceFile(path: source.path, text: head + result)),
      difference(between: before, and: after) == nil, let again = bodyDocument(after, options),
      print(again, width: options.width, lineEnd: lineEnd) == result
    else { break }
    return .laidOut(standIns?.real(result) ?? result)
  }
  return .laidOut(body.text)
}

extension Diagnostic {
  fileprivate func moved(by offset: Int) -> Diagnostic {
    moving { ByteRange(max(0, $0.lower + offset), max(0, $0.upper + offset)) }
  }

  /// The same, said of other places of the file.
  func moving(_ place: (ByteRange) -> ByteRange) -> Diagnostic {
    func inFile(_ range: SourceRange) -> SourceRange { SourceRange(path: range.path, range: place(range.range)) }
    var moved = self
    moved.primary.source = inFile(moved.primary.source)
    for index in moved.secondary.indices { moved.secondary[index].source = inFile(moved.secondary[index].source) }
    for index in moved.fixIts.indices {
      for edit in moved.fixIts[index].edits.indices {
        moved.fixIts[index].edits[edit].source = inFile(moved.fixIts[index].edits[edit].source)
      }
    }
    return moved
  }
}

/// What follows SELECT, or FROM, where nothing else follows.
private func bodyDocument(_ script: ReadScript, _ options: FormatOptions) -> Document? {
  guard script.statements.count == 1, let item = script.statements.first, item.elements.count == 1,
    case .node(let select)? = item.elements.first, select.kind == .select, select.elements.count == 1,
    case .node(let core)? = select.elements.first, core.kind == .selectCore
  else { return nil }
  let layout = Layout(script, options)
  if case .node(let from)? = core.elements.last, from.kind == .from {
    return core.elements.count == 3 ? layout.tables(from) : nil
  }
  let items = core.elements.dropFirst()
  let areColumns = items.allSatisfy { layout.kind(of: $0) == .resultColumn || layout.word($0) == .comma }
  return areColumns && !items.isEmpty ? layout.columns(items) : nil
}

extension Layout {
  fileprivate func tables(_ from: ConcreteNode) -> Document? {
    guard word(from.elements.first) == .from, from.elements.count > 1 else { return nil }
    let tables = ConcreteNode(
      kind: .from, elements: Array(from.elements.dropFirst()),
      tokens: (from.tokens.lowerBound + 1)..<from.tokens.upperBound)
    return .group(.joined(clauses(tables), by: .line))
  }

  fileprivate func columns(_ elements: ArraySlice<Element>) -> Document {
    let items = commaSeparated(elements)
    guard items.count == 1, case .node(let column)? = elements.first, column.elements.count == 1,
      case .node(let expression)? = column.elements.first
    else { return .group(lines(items)) }
    guard isPredicate(expression) else { return .group(item(elements)) }
    return withNames(false) {
      expression.kind == .binary
        ? .group(hoisted(expression.tokens.lowerBound), chain(expression)) : document(expression)
    }
  }

  /// True or false: nobody's column.
  private func isPredicate(_ node: ConcreteNode) -> Bool {
    switch node.kind {
    case .nullTest, .like, .between, .inList, .inSubquery, .inTable, .inMacro, .exists: true
    case .binary: isTruthValue(node)
    case .unary: word(node.elements.first) == .not
    case .parenthesized:
      if node.elements.count == 3, case .node(let inner) = node.elements[1] { isPredicate(inner) } else { false }
    default: false
    }
  }
}
