// Whether a tree keeps what `SyntaxNode` promises.

public import SQLCDiagnostics

/// A promise that a tree breaks: always a mistake of the parser, never of the input.
public struct SyntaxViolation: Sendable, CustomStringConvertible {
  public enum Promise: String, Sendable {
    case nested = "the child is not inside its parent"
    case ordered = "the child begins before the end of the one before it"
    case tight = "the node does not begin and end with a token"
    case whole = "a token is split between two nodes"
    case covered = "a token of the script is in no statement"
  }
  public var promise: Promise
  public var node: SyntaxKind
  public var range: ByteRange

  public var description: String { "\(promise.rawValue): \(node.rawValue) at \(range.lower)..<\(range.upper)" }
}

/// Checks that children are nested, ordered and apart, and that each token belongs to exactly one innermost node.
public func checkTree(of script: ScriptSyntax) -> [SyntaxViolation] {
  var check = SyntaxCheck(script)
  check.visit(script)
  check.coverScript(script)
  return check.violations
}

private struct SyntaxCheck {
  let starts: Set<Int>
  let ends: Set<Int>
  var violations: [SyntaxViolation] = []

  init(_ script: ScriptSyntax) {
    starts = Set(script.tokens.map(\.range.lower))
    ends = Set(script.tokens.map(\.range.upper))
  }

  /// Nodes that begin and end where tokens do, nested and apart, share no token: what is not in a child is the node's.
  mutating func visit(_ node: any SyntaxNode) {
    var position = node.range.lower
    for child in node.children {
      let range = child.range
      if !node.range.contains(range) { record(.nested, child) }
      if range.lower < position { record(.ordered, child) }
      if !starts.contains(range.lower) || !ends.contains(range.upper) { record(.tight, child) }
      position = max(position, range.upper)
      visit(child)
    }
  }

  /// Outside the statements only semicolons may stand.
  mutating func coverScript(_ script: ScriptSyntax) {
    var items = script.items[...]
    for token in script.tokens where token.kind != .semicolon {
      while let item = items.first, item.range.upper <= token.range.lower { items.removeFirst() }
      if items.first?.range.contains(token.range) != true {
        violations.append(SyntaxViolation(promise: .covered, node: .script, range: token.range))
      }
    }
  }

  private mutating func record(_ promise: SyntaxViolation.Promise, _ node: any SyntaxNode) {
    violations.append(SyntaxViolation(promise: promise, node: node.syntaxKind, range: node.range))
  }
}
