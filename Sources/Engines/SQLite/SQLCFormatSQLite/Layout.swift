// The state of laying out one text, and the step that everything is made of: a token with its comments.

import SQLCDiagnostics
import SQLCFormat
import SQLCSyntaxSQLite

/// Makes documents of trees. Tokens are written in their order and none twice; what is decided is what stands between them.
///
/// A class, since the tree is walked once, for one text, and what a walk knows of the nodes around it (`namesMatter`) is
/// set and put back on its way.
final class Layout {
  let script: ReadScript
  let options: FormatOptions
  /// The text of a column without an alias is its name: in a view, a table, a result.
  var namesMatter = true
  /// Tokens that are words of the grammar though they are no keywords.
  var grammarWords: Set<Int> = []
  /// Tokens whose leading comments are written.
  private var writtenBefore: Set<Int> = []

  typealias Element = ConcreteNode.Element

  init(_ script: ReadScript, _ options: FormatOptions) {
    self.script = script
    self.options = options
  }

  func kind(_ index: Int) -> TokenKind { index < script.tokens.count ? script.tokens[index].kind : .endOfInput }

  func text(_ range: Range<Int>) -> String {
    let bytes = script.tokens[range.lowerBound].range.lower..<script.tokens[range.upperBound - 1].range.upper
    return String(decoding: script.bytes[bytes], as: UTF8.self)
  }

  func text(_ index: Int) -> String { text(index..<(index + 1)) }

  func kind(of element: Element) -> SyntaxKind? {
    if case .node(let node) = element { return node.kind }
    return nil
  }

  /// The kind of an element that is a token of the node itself.
  func word(_ element: Element?) -> TokenKind? {
    if case .token(let index)? = element { return kind(index) }
    return nil
  }

  func withNames(_ matter: Bool, _ body: () -> Document) -> Document {
    let before = namesMatter
    namesMatter = matter
    defer { namesMatter = before }
    return body()
  }

  // MARK: Tokens

  /// How a token of the grammar is written: in the wanted case. Names, types and values are not handed to this.
  func spelled(_ index: Int) -> String {
    let text = text(index)
    guard kind(index).isKeyword || grammarWords.contains(index), !script.macroNames.contains(index) else { return text }
    switch options.keywords {
    case .upper: return text.uppercased()
    case .lower: return text.lowercased()
    case .keep: return text
    }
  }

  /// The token, with the comments before it that are not the token's before, and those behind it on its line.
  func token(_ index: Int) -> Document { leadingComments(index) + .text(spelled(index)) + trailingComments(index) }

  /// The comments before an element, to be written outside of what moves the element in. They are not written again.
  func hoisted(_ index: Int) -> Document {
    let comments = leadingComments(index)
    writtenBefore.insert(index)
    return comments
  }

  /// A run of tokens as it is, with blanks and comments between them.
  func verbatim(_ range: Range<Int>) -> Document {
    guard let first = range.first, let last = range.last else { return .empty }
    return leadingComments(first) + .text(text(range)) + trailingComments(last)
  }

  /// Tokens of names, types and values: as they are, one behind the other.
  func literally(_ index: Int) -> Document {
    leadingComments(index) + .text(text(index)) + trailingComments(index)
  }

  // MARK: Comments

  /// How many comments of the gap before a token are said to be behind the token before it.
  ///
  /// | comment | belongs to |
  /// |---|---|
  /// | `a -- …`, `a /* … */` at the end of the line | the token before it |
  /// | `a /* … */ ,`, also before `)` and `;` | the token before it |
  /// | `a /* name: Q :one */ b`: an annotation if it began a line | the token before it |
  /// | `/* … */ a` | the token behind it |
  /// | on lines of its own | the token behind it |
  func trailingCount(before index: Int) -> Int {
    let comments = script.gaps[index].comments
    guard index > 0 else { return 0 }
    var count = 0
    var bound = 0
    for comment in comments {
      guard comment.lineEndsBefore == 0 else { return count }
      count += 1
      if comment.form == .line || comment.endsLine { return count }
      if script.headingPlace(of: comment) == .behindText { bound = count }
    }
    switch kind(index) {
    case .comma, .rightParen, .semicolon, .endOfInput: return count
    default: return bound
    }
  }

  func trailingComments(_ index: Int) -> Document {
    let next = index + 1
    guard !isStatementEnd(index) else { return .empty }
    let count = trailingCount(before: next)
    guard count > 0 else { return .empty }
    return .concatenation(
      script.gaps[next].comments.prefix(count).map { comment in
        comment.form == .line ? .suffix(comment.text) : .space + .text(comment.text)
      })
  }

  /// What stands behind a statement belongs to the gap between statements.
  private func isStatementEnd(_ index: Int) -> Bool { statementEnds.contains(index) }
  private lazy var statementEnds = Set(script.statements.map { $0.tokens.upperBound - 1 })
  private lazy var statementStarts = Set(script.statements.map(\.tokens.lowerBound))

  func leadingComments(_ index: Int) -> Document {
    guard !statementStarts.contains(index), !writtenBefore.contains(index) else { return .empty }
    let comments = script.gaps[index].comments.dropFirst(trailingCount(before: index))
    guard !comments.isEmpty else {
      // A comment of the line before must end before what cannot be moved in front of it.
      return !canBeMovedBeforeComment(index) && endsWithLineComment(before: index) ? .hardLine : .empty
    }
    let parts = comments.map { comment -> Document in
      guard comment.endsLine else {
        let start: Document = script.headingPlace(of: comment) == .lineStart ? .hardLine : .empty
        return start + .text(comment.text) + .space
      }
      // Behind another comment on its line.
      if script.headingPlace(of: comment) == .behindText { return .text(comment.text) + .hardLine }
      let above: Document = comment.lineEndsBefore > 1 ? .emptyLine : .empty
      return .hardLine + above + .text(comment.text) + .hardLine
    }
    return .concatenation(parts) + (script.gaps[index].lineEndsAfter > 1 ? .emptyLine : .empty)
  }

  /// A comma can, but not with what would become an annotation when it is the second comment behind it.
  private func canBeMovedBeforeComment(_ index: Int) -> Bool {
    guard kind(index) == .comma else { return kind(index) != .semicolon }
    let next = index + 1
    return !script.gaps[next].comments.prefix(trailingCount(before: next)).contains {
      script.headingPlace(of: $0) == .behindText
    }
  }

  private func endsWithLineComment(before index: Int) -> Bool {
    script.gaps[index].comments.contains { $0.form == .line }
  }

  func hasComments(_ range: Range<Int>) -> Bool {
    range.contains { !script.gaps[$0].comments.isEmpty }
  }

  /// An empty line stands before the token, or before the comments above it.
  func isSetApart(_ index: Int) -> Bool {
    let gap = script.gaps[index]
    let own = gap.comments.dropFirst(trailingCount(before: index))
    return (own.first?.lineEndsBefore ?? gap.lineEndsAfter) > 1
  }
}
