// Text whose line breaks are not decided yet, after Wadler's "A prettier printer" and Prettier's commands.

/// A text with places where a line may end. A line that nothing stands on is never ended: two line ends are one.
///
/// | document | on one line | broken |
/// |---|---|---|
/// | `.line` | a space | the end of the line |
/// | `.softLine` | nothing | the end of the line |
/// | `.hardLine` | – | the end of the line |
/// | `group` | when it fits the width | otherwise |
/// | `fill` | each of its items for itself: as many on a line as fit | |
package struct Document: Sendable {
  enum Node: Sendable {
    case empty
    /// Without line ends but those of a literal or comment, which stay what they are.
    case text(String, width: Int)
    /// Written only when something follows on the line.
    case space
    case line(flat: Bool)
    case hardLine
    /// At the beginning of a line: one empty line above it, if there is none.
    case emptyLine
    /// At the end of the line: behind a comma that comes to stand on it; before any other text the line ends.
    case suffix(String)
    case concatenation([Document])
    indirect case nest(Int, Document)
    indirect case group(Document)
    /// Items at even places, what separates them at odd ones.
    case fill([Document])
  }

  let node: Node
  /// Holds a line end that is there in any case, so that no group around it fits a line.
  package let isBroken: Bool

  private init(_ node: Node, isBroken: Bool = false) {
    self.node = node
    self.isBroken = isBroken
  }

  package static let empty = Document(.empty)
  package static let space = Document(.space)
  package static let line = Document(.line(flat: true))
  package static let softLine = Document(.line(flat: false))
  package static let hardLine = Document(.hardLine, isBroken: true)
  package static let emptyLine = Document(.emptyLine, isBroken: true)

  package static func text(_ text: String) -> Document { Document(.text(text, width: firstLineWidth(of: text))) }

  /// A comment that nothing can follow on its line.
  package static func suffix(_ text: String) -> Document { Document(.suffix(text), isBroken: true) }

  package static func concatenation(_ parts: [Document]) -> Document {
    switch parts.count {
    case 0: .empty
    case 1: parts[0]
    default: Document(.concatenation(parts), isBroken: parts.contains(where: \.isBroken))
    }
  }

  package static func nest(_ columns: Int = 2, _ content: Document...) -> Document {
    let content = concatenation(content)
    return Document(.nest(columns, content), isBroken: content.isBroken)
  }

  package static func group(_ content: Document...) -> Document {
    let content = concatenation(content)
    return Document(.group(content), isBroken: content.isBroken)
  }

  package static func fill(_ parts: [Document]) -> Document {
    Document(.fill(parts), isBroken: parts.contains(where: \.isBroken))
  }

  /// The parts with that between them.
  package static func joined(_ parts: [Document], by separator: Document) -> Document {
    var all: [Document] = []
    for part in parts {
      if !all.isEmpty { all.append(separator) }
      all.append(part)
    }
    return concatenation(all)
  }

  package static func + (left: Document, right: Document) -> Document { concatenation([left, right]) }
}

/// In characters, of what stands before the first line end.
private func firstLineWidth(of text: String) -> Int {
  let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x0A && $0 != 0x0D }
  return isPlain ? text.utf8.count : text.prefix { !$0.isNewline }.count
}
