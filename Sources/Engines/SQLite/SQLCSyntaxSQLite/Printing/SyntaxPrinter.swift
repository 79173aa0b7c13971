// From a tree back to its text.

import SQLCDiagnostics

/// Prints a tree back, byte for byte, by walking it: a node prints its children, and between them the tokens, blanks and
/// comments that are its own. The text between a child's end and the next child's start is the only text a node may take,
/// so a tree that lost or misplaced a node prints something else.
public struct SyntaxPrinter {
  private let source: [UInt8]
  private var output: [UInt8] = []

  private init(_ source: SourceFile) { self.source = Array(source.text.utf8) }

  /// The bytes of `script.range`, if the tree is sound (see `SyntaxCheck`).
  public static func print(_ script: ScriptSyntax) -> String {
    var printer = SyntaxPrinter(script.source)
    printer.append(script)
    return String(decoding: printer.output, as: UTF8.self)
  }

  private mutating func append(_ node: any SyntaxNode) {
    var position = node.range.lower
    for child in node.children {
      append(from: position, to: child.range.lower)
      append(child)
      position = child.range.upper
    }
    append(from: position, to: node.range.upper)
  }

  private mutating func append(from lower: Int, to upper: Int) {
    guard lower < upper else { return }
    output += source[lower..<upper]
  }
}
