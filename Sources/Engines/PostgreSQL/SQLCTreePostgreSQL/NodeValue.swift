/// A value of a `NodeTree`: a node, a list, a token or nothing.
public struct NodeValue {
  let tree: NodeTree
  let index: Int

  private var entry: NodeTree.Entry { tree.entries[index] }

  public var isAbsent: Bool { entry.kind == .absent }
  public var isNode: Bool { entry.kind == .node }
  public var isList: Bool { entry.kind == .list }

  /// Where it stands in the text, for errors.
  var byteOffset: Int { Int(entry.start) }

  /// Whether it is a node of that name.
  func isNode(_ name: StaticString) -> Bool { isNode && matches(entry, name) }

  /// A node's name, as it is written.
  public var nodeName: String? {
    guard isNode else { return nil }
    return String(decoding: tree.text[Int(entry.start)..<Int(entry.end)], as: UTF8.self)
  }

  /// Of a node's name.
  var firstLetter: UInt8 { tree.text[Int(entry.start)] }

  /// Its own text, with all inside it.
  var text: [UInt8] {
    let end = Int(entry.next)
    let last = end < tree.entries.count ? Int(tree.entries[end].start) : tree.text.count
    return Array(tree.text[Int(entry.start)..<last])
  }

  /// The value of a node's field; nil where the node has no such field or the value is `<>`.
  func field(_ name: StaticString) -> NodeValue? {
    guard isNode else { return nil }
    var at = index + 1
    let end = Int(entry.next)
    while at < end {
      let field = tree.entries[at]
      if matches(field, name) {
        let value = NodeValue(tree: tree, index: at + 1)
        return value.isAbsent ? nil : value
      }
      at = Int(field.next)
    }
    return nil
  }

  /// A list's elements, `<>` among them; the values of a node's fields; nothing for a token.
  func forEachElement(_ body: (NodeValue) throws(NodeTextError) -> Void) throws(NodeTextError) {
    var at = index + 1
    let end = Int(entry.next)
    while at < end {
      let element = tree.entries[at]
      try body(NodeValue(tree: tree, index: element.kind == .field ? at + 1 : at))
      at = Int(element.next)
    }
  }

  /// A number; nil for anything else.
  var integer: Int? {
    guard entry.kind == .token else { return nil }
    var at = Int(entry.start)
    let end = Int(entry.end)
    let isNegative = tree.text[at] == UInt8(ascii: "-")
    if isNegative { at += 1 }
    guard at < end, end - at < 19 else { return nil }
    var value = 0
    while at < end {
      let digit = tree.text[at]
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
      at += 1
    }
    return isNegative ? -value : value
  }

  func isToken(_ token: StaticString) -> Bool { entry.kind == .token && matches(entry, token) }

  /// A token without its escapes, and without the quotes of a String node.
  var string: String? {
    guard entry.kind == .token else { return nil }
    var bytes = tree.text[Int(entry.start)..<Int(entry.end)]
    if bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\""), bytes.count > 1 {
      bytes = bytes.dropFirst().dropLast()
    }
    guard bytes.contains(backslash) else { return String(decoding: bytes, as: UTF8.self) }
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if !isEscaped, byte == backslash {
        isEscaped = true
      } else {
        plain.append(byte)
        isEscaped = false
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// A constant's bytes; they are written as signed numbers in places.
  var constantBytes: [UInt8]? {
    guard entry.kind == .bytes else { return nil }
    var result: [UInt8] = []
    var value: Int?
    var isNegative = false
    for at in Int(entry.start)..<Int(entry.end) {
      switch tree.text[at] {
      case UInt8(ascii: "-"): isNegative = true
      case let digit where digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9"):
        value = (value ?? 0) &* 10 &+ Int(digit - UInt8(ascii: "0"))
      default:
        if let number = value { result.append(UInt8(truncatingIfNeeded: isNegative ? -number : number)) }
        value = nil
        isNegative = false
      }
    }
    if let number = value { result.append(UInt8(truncatingIfNeeded: isNegative ? -number : number)) }
    return result
  }

  private func matches(_ entry: NodeTree.Entry, _ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    guard Int(entry.end - entry.start) == count else { return false }
    let start = Int(entry.start)
    return name.withUTF8Buffer { wanted in
      for offset in 0..<count where tree.text[start + offset] != wanted[offset] { return false }
      return true
    }
  }
}
