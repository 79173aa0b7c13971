// From a document to its text: one pass, with a look ahead of at most a line at each group.

/// Lays a document out in lines of that width.
package func print(_ document: Document, width: Int, lineEnd: String = "\n") -> String {
  var printer = DocumentPrinter(width: width, lineEnd: lineEnd)
  printer.print(document)
  return printer.output
}

private enum Mode { case flat, broken }

private struct Command {
  var indentation: Int
  var mode: Mode
  var document: Document
}

private struct DocumentPrinter {
  let width: Int
  let lineEnd: String
  var output = ""
  private var commands: [Command] = []
  /// Characters on the line, without the spaces that are still due.
  private var column = 0
  /// Spaces that are written before the next text on the line, if one comes.
  private var dueSpaces = 0
  private var isAtLineStart = true
  private var suffixes: [String] = []

  init(width: Int, lineEnd: String) {
    self.width = width
    self.lineEnd = lineEnd
  }

  mutating func print(_ document: Document) {
    commands = [Command(indentation: 0, mode: .broken, document: document)]
    while let command = commands.popLast() { run(command) }
    writeSuffixes(indentation: 0)
  }

  private mutating func run(_ command: Command) {
    switch command.document.node {
    case .empty: break
    case .text(let text, let width):
      // A comment comes to stand behind a comma, and behind nothing else.
      if !suffixes.isEmpty, text != "," { endLine(command.indentation) }
      write(text, width: width)
    case .space: if !isAtLineStart { dueSpaces = max(dueSpaces, 1) }
    case .line(let isSpace):
      if command.mode == .broken {
        endLine(command.indentation)
      } else if isSpace, !isAtLineStart {
        dueSpaces = max(dueSpaces, 1)
      }
    case .hardLine: endLine(command.indentation)
    case .emptyLine: writeEmptyLine()
    case .suffix(let text): suffixes.append(text)
    case .concatenation(let parts):
      for part in parts.reversed() { push(part, like: command) }
    case .nest(let columns, let content):
      commands.append(
        Command(indentation: command.indentation + columns, mode: command.mode, document: content))
    case .group(let content):
      var inner = Command(indentation: command.indentation, mode: .flat, document: content)
      if command.mode == .broken, content.isBroken || !fits(inner) { inner.mode = .broken }
      commands.append(inner)
    case .fill(let parts): fill(parts[...], command)
    }
  }

  private mutating func push(_ document: Document, like command: Command) {
    commands.append(Command(indentation: command.indentation, mode: command.mode, document: document))
  }

  /// Prints the first item, then decides whether the second still fits behind it.
  private mutating func fill(_ parts: ArraySlice<Document>, _ command: Command) {
    guard command.mode == .broken else {
      for part in parts.reversed() { push(part, like: command) }
      return
    }
    var column = column + dueSpaces
    var planned: [Command] = []
    for index in parts.indices {
      let isItem = (index - parts.startIndex).isMultiple(of: 2)
      let part = parts[index]
      if isItem {
        planned.append(Command(indentation: command.indentation, mode: .broken, document: .group(part)))
        column += flatWidth(part)
      } else {
        let next = index + 1 < parts.endIndex ? flatWidth(parts[index + 1]) : 0
        let breaks = part.isBroken || column + flatWidth(part) + next > width
        planned.append(Command(indentation: command.indentation, mode: breaks ? .broken : .flat, document: part))
        column = breaks ? command.indentation : column + flatWidth(part)
      }
    }
    commands += planned.reversed()
  }

  // MARK: Writing

  private mutating func write(_ text: String, width: Int) {
    guard !text.isEmpty else { return }
    output += String(repeating: " ", count: dueSpaces)
    column += dueSpaces + width
    dueSpaces = 0
    isAtLineStart = false
    output += text
    if let last = text.lastIndex(where: \.isNewline) { column = text.distance(from: last, to: text.endIndex) - 1 }
  }

  /// A line on which nothing stands yet is not ended again; only what comes next is moved in as said.
  private mutating func endLine(_ indentation: Int) {
    guard !isAtLineStart || !suffixes.isEmpty else {
      dueSpaces = indentation
      return
    }
    writeSuffixes(indentation: indentation)
    output += lineEnd
    column = 0
    dueSpaces = indentation
    isAtLineStart = true
  }

  /// The first on the line, each further one on a line of its own: nothing can follow a line's comment.
  private mutating func writeSuffixes(indentation: Int) {
    let texts = suffixes
    suffixes = []
    for (index, text) in texts.enumerated() {
      if index > 0 { endLine(indentation) }
      if !isAtLineStart { dueSpaces = 1 }
      write(text, width: text.count)
    }
  }

  private mutating func writeEmptyLine() {
    guard isAtLineStart, !output.isEmpty else { return }
    let written = output.utf8
    var index = written.endIndex
    var lineEnds = 0
    while index > written.startIndex {
      index = written.index(before: index)
      let byte = written[index]
      if byte == 0x0A {
        lineEnds += 1
      } else if byte != 0x0D {
        break
      }
    }
    // Nothing is set apart from the parenthesis that it begins behind.
    if lineEnds == 1, written[index] != UInt8(ascii: "(") { output += lineEnd }
  }

  // MARK: Measuring

  /// Does that, and what follows it up to where a line may end, fit the line?
  private func fits(_ command: Command) -> Bool {
    var room = width - column - dueSpaces
    var pending = [command]
    var rest = commands.count
    while room >= 0 {
      guard let next = pending.popLast() else {
        guard rest > 0 else { return true }
        rest -= 1
        pending.append(commands[rest])
        continue
      }
      switch next.document.node {
      case .empty, .emptyLine, .suffix: break
      case .text(let text, let width):
        room -= width
        if text.utf8.contains(0x0A) { return room >= 0 }
      case .space: room -= 1
      case .line(let isSpace):
        if next.mode == .broken { return true }
        room -= isSpace ? 1 : 0
      case .hardLine: return true
      case .concatenation(let parts), .fill(let parts):
        for part in parts.reversed() {
          pending.append(Command(indentation: 0, mode: next.mode, document: part))
        }
      case .nest(_, let content): pending.append(Command(indentation: 0, mode: next.mode, document: content))
      case .group(let content):
        pending.append(Command(indentation: 0, mode: content.isBroken ? .broken : next.mode, document: content))
      }
    }
    return false
  }

  /// On one line, as far as it goes.
  private func flatWidth(_ document: Document) -> Int {
    var total = 0
    var pending = [document]
    while let next = pending.popLast() {
      switch next.node {
      case .empty, .emptyLine, .suffix, .hardLine: break
      case .text(_, let width): total += width
      case .space: total += 1
      case .line(let isSpace): total += isSpace ? 1 : 0
      case .concatenation(let parts), .fill(let parts): pending += parts
      case .nest(_, let content), .group(let content): pending.append(content)
      }
    }
    return total
  }
}
