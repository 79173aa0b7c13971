/// Reads the entries of a `NodeTree`.
struct NodeScanner {
  typealias Entry = NodeTree.Entry
  typealias Kind = NodeTree.Kind
  /// It is read while the array that owns it is held.
  let text: UnsafeBufferPointer<UInt8>
  private(set) var entries: [Entry] = []

  static func entries(of text: [UInt8]) throws(NodeTextError) -> [Entry] {
    try text.withUnsafeBufferPointer { buffer throws(NodeTextError) in
      var scanner = NodeScanner(text: buffer)
      scanner.entries.reserveCapacity(text.count / 6)
      try scanner.read()
      return scanner.entries
    }
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private mutating func read() throws(NodeTextError) {
    // Entries that are not yet closed, innermost last.
    var open: [Int] = []
    var at = 0
    let count = text.count
    // Whether a field's name is due: directly in a node, after its name or a value.
    var expectsField = false

    func closeField() {
      if let last = open.last, entries[last].kind == .field {
        entries[last].next = UInt32(entries.count)
        open.removeLast()
        expectsField = true
      }
    }

    while at < count {
      switch text[at] {
      case blank, lineFeed:
        at += 1
      case UInt8(ascii: "{"):
        guard !expectsField else { throw NodeTextError(.fieldExpected, at: at) }
        let name = at + 1
        at = tokenEnd(from: name)
        guard at > name else { throw NodeTextError(.nameExpected, at: at) }
        open.append(entries.count)
        append(.node, name, at)
        expectsField = true
      case UInt8(ascii: "("):
        guard !expectsField else { throw NodeTextError(.fieldExpected, at: at) }
        open.append(entries.count)
        append(.list, at, at + 1)
        at += 1
        // `(i 1 2)`: the letter says what the numbers are, and a list of nodes or strings never begins with one.
        if at + 1 < count,
          [UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "b"), UInt8(ascii: "x")].contains(text[at]),
          text[at + 1] == blank || text[at + 1] == UInt8(ascii: ")")
        {
          at += 1
        }
      case UInt8(ascii: "}"), UInt8(ascii: ")"):
        let kind: Kind = text[at] == UInt8(ascii: "}") ? .node : .list
        guard let last = open.popLast(), entries[last].kind == kind else {
          throw NodeTextError(.unbalanced, at: at)
        }
        entries[last].next = UInt32(entries.count)
        at += 1
        expectsField = false
        if open.isEmpty { break }
        if entries[open[open.count - 1]].kind == .node { expectsField = true }
        closeField()
      default:
        let start = at
        at = tokenEnd(from: at)
        if expectsField {
          if text[start] == UInt8(ascii: "["), let value = entries.indices.last {
            at = try readBytes(of: value, from: start)
            continue
          }
          guard text[start] == UInt8(ascii: ":") else { throw NodeTextError(.fieldExpected, at: start) }
          open.append(entries.count)
          append(.field, start + 1, at)
          expectsField = false
        } else {
          let isAbsent = at - start == 2 && text[start] == UInt8(ascii: "<") && text[start + 1] == UInt8(ascii: ">")
          append(isAbsent ? .absent : .token, start, at)
          closeField()
        }
      }
    }
    guard open.isEmpty, !entries.isEmpty else { throw NodeTextError(.unbalanced, at: count) }
  }

  /// `4 [ 1 0 0 0 ]`: the only value of several tokens. The length is the entry before; it becomes the bytes.
  private mutating func readBytes(of value: Int, from start: Int) throws(NodeTextError) -> Int {
    var at = start
    while at < text.count, text[at] != UInt8(ascii: "]") { at += 1 }
    guard at < text.count else { throw NodeTextError(.unbalanced, at: start) }
    entries[value].kind = .bytes
    entries[value].start = UInt32(start + 1)
    entries[value].end = UInt32(at)
    return at + 1
  }

  private mutating func append(_ kind: Kind, _ start: Int, _ end: Int) {
    entries.append(Entry(kind: kind, start: UInt32(start), end: UInt32(end), next: UInt32(entries.count + 1)))
  }

  private func tokenEnd(from start: Int) -> Int {
    var at = start
    while at < text.count {
      switch text[at] {
      case blank, lineFeed, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"): return at
      case backslash: at += 2
      default: at += 1
      }
    }
    return min(at, text.count)
  }
}
