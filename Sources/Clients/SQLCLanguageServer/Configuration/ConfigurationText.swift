// A configuration as it is being written: which keys stand where, read from indentation and brackets. Nothing of YAML has to be
// right for it.

import SQLCConfiguration
import SQLCDiagnostics

struct ConfigurationText {
  /// A key that stands in the text.
  struct Entry {
    /// Ends with the key.
    var path: [ConfigurationStep]
    var key: ByteRange
    /// Of a text behind the colon; empty where nothing stands there, or a mapping or list begins.
    var value: ByteRange
  }

  /// What is written at a place.
  struct Place {
    enum Kind {
      /// A key or a value, at the beginning of a line or behind its dashes.
      case beginning
      /// A value behind a key, or in a list in brackets.
      case value
      /// A key in braces.
      case key
    }

    var kind: Kind
    /// Of the mapping, list or value that it belongs to.
    var path: [ConfigurationStep]
    /// What of it is there already.
    var prefix: ByteRange
    /// Stands a quotation mark at its beginning?
    var quote: UInt8?
  }

  let source: SourceFile
  let entries: [Entry]

  init(_ source: SourceFile) {
    self.source = source
    var scanner = ConfigurationScanner(Array(source.text.utf8))
    scanner.scan(upTo: source.text.utf8.count)
    entries = scanner.entries
  }

  /// What is written at an offset; nothing in a comment or in a text of several lines.
  func place(at offset: Int) -> Place? {
    var scanner = ConfigurationScanner(Array(source.text.utf8))
    scanner.scan(upTo: offset)
    return scanner.place
  }

  /// The key whose name or value an offset is in.
  func entry(at offset: Int) -> Entry? {
    entries.first { $0.key.lower <= offset && offset <= $0.key.upper }
      ?? entries.first { !$0.value.isEmpty && $0.value.lower <= offset && offset <= $0.value.upper }
  }

  /// The names of the keys of a mapping.
  func keys(of path: [ConfigurationStep]) -> Set<String> {
    var names: Set<String> = []
    for entry in entries where entry.path.dropLast().elementsEqual(path) {
      if case .key(let name)? = entry.path.last { names.insert(name) }
    }
    return names
  }
}

/// Reads a text to a place; what is open there is the answer.
private struct ConfigurationScanner {
  /// What a line hangs on.
  private struct Frame {
    var indent: Int
    var step: ConfigurationStep
  }

  /// Within brackets or braces.
  private enum Flow {
    case mapping(key: String?)
    case list(Int)
  }

  /// Deeper than any configuration: what stands there is none, and is not read on.
  private static let greatestDepth = 32

  private let bytes: [UInt8]
  private(set) var entries: [ConfigurationText.Entry] = []
  private(set) var place: ConfigurationText.Place?
  private var frames: [Frame] = []
  private var flow: [Flow] = []
  private var items: [[ConfigurationStep]: Int] = [:]
  /// The indentation of a key whose value is a text of several lines.
  private var literal: Int?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var path: [ConfigurationStep] { frames.map(\.step) + flow.compactMap(step) }

  private func step(_ flow: Flow) -> ConfigurationStep? {
    switch flow {
    case .mapping(let key): key.map { .key($0) }
    case .list(let number): .item(number)
    }
  }

  mutating func scan(upTo end: Int) {
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) && end >= 3 ? 3 : 0
    repeat {
      let line = at
      let lineEnd = bytes[at..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
      place = nil
      readLine(line, lineEnd)
      if frames.count + flow.count > Self.greatestDepth {
        place = nil
        return
      }
      at = lineEnd + 1
    } while at <= end
  }

  private func isBlank(_ at: Int) -> Bool { [0x20, 0x09, 0x0D].contains(bytes[at]) }

  private func skipBlanks(_ at: inout Int, _ end: Int) {
    while at < end, isBlank(at) { at += 1 }
  }

  private mutating func readLine(_ start: Int, _ end: Int) {
    var at = start
    skipBlanks(&at, end)
    if !flow.isEmpty { return readFlow(&at, end) }
    if let literal {
      if at == end || at - start > literal { return }
      self.literal = nil
    }
    if at < end, bytes[at] == UInt8(ascii: "#") { return }
    while frames.count <= Self.greatestDepth, at < end, bytes[at] == UInt8(ascii: "-"), at + 1 == end || isBlank(at + 1)
    {
      let column = at - start
      while let last = frames.last, last.indent > column || last.indent == column && isItem(last.step) {
        frames.removeLast()
      }
      let number = items[path, default: 0]
      items[path] = number + 1
      frames.append(Frame(indent: column, step: .item(number)))
      at += 1
      if at == end { return }
      skipBlanks(&at, end)
    }
    let column = at - start
    if at == end || bytes[at] == UInt8(ascii: "#") {
      // An empty line ends nothing; at its end what is less indented is open.
      let open = frames.filter { $0.indent < column }
      if at == end { place = .init(kind: .beginning, path: open.map(\.step), prefix: ByteRange(at: at)) }
      return
    }
    while let last = frames.last, last.indent >= column { frames.removeLast() }
    readEntry(at, end, column)
  }

  private func isItem(_ step: ConfigurationStep) -> Bool {
    if case .item = step { true } else { false }
  }

  /// `key: value`, or the beginning of one, or a value alone.
  private mutating func readEntry(_ start: Int, _ end: Int, _ column: Int) {
    var at = start
    if [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[at]) { return readFlow(&at, end) }
    let word = readWord(&at, end, in: .line)
    var colon = at
    skipBlanks(&colon, end)
    guard colon < end, bytes[colon] == UInt8(ascii: ":"), colon + 1 == end || isBlank(colon + 1) else {
      if at == end {
        place = .init(kind: .beginning, path: path, prefix: ByteRange(word.lower, end), quote: word.quote)
      }
      return
    }
    // Directly behind the colon nothing is written yet.
    frames.append(Frame(indent: column, step: .key(word.text(bytes))))
    at = colon + 1
    let isDirect = at == end
    skipBlanks(&at, end)
    let value = at
    entries.append(.init(path: path, key: word.range, value: ByteRange(at: value)))
    guard at < end, bytes[at] != UInt8(ascii: "#") else {
      if at == end, !isDirect { place = .init(kind: .value, path: path, prefix: ByteRange(at: at)) }
      return
    }
    switch bytes[at] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): readFlow(&at, end)
    case UInt8(ascii: "|"), UInt8(ascii: ">"): literal = column
    default:
      let word = readWord(&at, end, in: .line)
      entries[entries.count - 1].value = word.range
      if at == end {
        place = .init(kind: .value, path: path, prefix: ByteRange(word.lower, end), quote: word.quote)
      }
    }
  }

  // MARK: Brackets

  private mutating func readFlow(_ at: inout Int, _ end: Int) {
    setFlowPlace(ByteRange(at: end))
    while at < end, flow.count <= Self.greatestDepth {
      switch bytes[at] {
      case UInt8(ascii: "{"): flow.append(.mapping(key: nil))
      case UInt8(ascii: "["): flow.append(.list(0))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if !flow.isEmpty { flow.removeLast() }
        if flow.isEmpty {
          place = nil
          return
        }
      case UInt8(ascii: ","):
        switch flow.last {
        case .list(let number)?: flow[flow.count - 1] = .list(number + 1)
        case .mapping?: flow[flow.count - 1] = .mapping(key: nil)
        case nil: break
        }
      case UInt8(ascii: "#") where at == 0 || isBlank(at - 1) || bytes[at - 1] == UInt8(ascii: "\n"):
        at = end
        place = nil
        return
      case _ where isBlank(at): break
      default:
        readFlowWord(&at, end)
        continue
      }
      at += 1
      setFlowPlace(ByteRange(at: end))
    }
  }

  private mutating func readFlowWord(_ at: inout Int, _ end: Int) {
    if bytes[at] == UInt8(ascii: ":") {
      at += 1
      return setFlowPlace(ByteRange(at: end))
    }
    let word = readWord(&at, end, in: .brackets)
    var colon = at
    skipBlanks(&colon, end)
    if case .mapping(nil)? = flow.last, colon < end, bytes[colon] == UInt8(ascii: ":") {
      flow[flow.count - 1] = .mapping(key: word.text(bytes))
      at = colon + 1
      entries.append(.init(path: path, key: word.range, value: ByteRange(at: at)))
      setFlowPlace(ByteRange(at: end))
    } else {
      if case .mapping(_?)? = flow.last, let last = entries.indices.last, entries[last].path == path {
        entries[last].value = word.range
      }
      if at == end { setFlowPlace(ByteRange(word.lower, end), quote: word.quote) }
    }
  }

  private mutating func setFlowPlace(_ prefix: ByteRange, quote: UInt8? = nil) {
    guard let last = flow.last else { return }
    let kind: ConfigurationText.Place.Kind = if case .mapping(nil) = last { .key } else { .value }
    place = .init(kind: kind, path: path, prefix: prefix, quote: quote)
  }

  // MARK: Words

  private enum Surroundings { case line, brackets }

  /// A text, in quotation marks or without.
  private struct Word {
    var range: ByteRange
    var quote: UInt8?
    var lower: Int { range.lower }

    func text(_ bytes: [UInt8]) -> String {
      guard let quote else { return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self) }
      let inner = bytes[(range.lower + 1)..<range.upper]
      return String(decoding: inner.last == quote ? inner.dropLast() : inner, as: UTF8.self)
    }
  }

  /// Ends before a colon that ends a key, before a comment, and in brackets before what divides their elements.
  private func readWord(_ at: inout Int, _ end: Int, in surroundings: Surroundings) -> Word {
    let start = at
    let first = bytes[at]
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      at += 1
      while at < end, bytes[at] != first {
        at += first == UInt8(ascii: "\"") && bytes[at] == UInt8(ascii: "\\") ? 2 : 1
      }
      at = min(at + 1, end)
      return Word(range: ByteRange(start, at), quote: first)
    }
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: ":"), at + 1 == end || isBlank(at + 1) { break }
      if byte == UInt8(ascii: "#"), at > start, isBlank(at - 1) { break }
      if surroundings == .brackets, ",[]{}".utf8.contains(byte) { break }
      at += 1
    }
    var upper = at
    while upper > start, isBlank(upper - 1) { upper -= 1 }
    return Word(range: ByteRange(start, upper), quote: nil)
  }
}
