/// Node text as a server's message carries it.
///
/// With `debug_pretty_print` off the server breaks the text at 78 bytes (PostgreSQL, `format_node_dump`): a line ends before
/// the last blank that fits, which is dropped, also where a backslash escapes it; without such a blank it ends after 78
/// bytes, and nothing is dropped. An identifier may hold a line feed of its own.
///
///     {QUERY :commandType 1 … :hasAggs false⏎:hasWindowFuncs false …
public enum WrappedMessage {
  static let width = 78

  /// The text as it was before it was broken.
  public static func unwrapped(_ message: [UInt8]) -> [UInt8] { message.withUnsafeBufferPointer(unwrapped) }

  private static func unwrapped(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(message.count)
    let end = message.last == lineFeed ? message.count - 1 : message.count
    var lineStart = 0
    // What is before it is in the result.
    var copied = 0
    var at = 0
    while let next = message[at..<end].firstIndex(of: lineFeed) {
      at = next + 1
      let column = next - lineStart
      guard isBreak(message, at: next, end: end, column: column) else { continue }
      result += message[copied..<next]
      // Not at its first byte: there the line could not have been broken.
      let isFull = column >= width && !message[(lineStart + 1)..<next].contains(blank)
      if !isFull || beginsToken(message, at: at, end: end) { result.append(blank) }
      copied = at
      lineStart = at
    }
    result += message[copied..<end]
    return result
  }

  /// A line feed that the text itself has stands after a backslash, and where the line would not have been broken: what
  /// follows has a blank before the line is full.
  private static func isBreak(_ text: UnsafeBufferPointer<UInt8>, at: Int, end: Int, column: Int) -> Bool {
    guard at > 0, text[at - 1] == backslash, column < width else { return true }
    let needed = width - column
    guard at + needed < end else { return false }
    for next in at + 1...at + needed where text[next] == blank || text[next] == lineFeed { return false }
    return true
  }

  /// After 78 bytes without a blank: whether another token begins here (the blank between was dropped), or the same goes on.
  private static func beginsToken(_ text: UnsafeBufferPointer<UInt8>, at: Int, end: Int) -> Bool {
    guard at < end else { return false }
    switch text[at] {
    case UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")"): return true
    default: return false
    }
  }
}

let blank = UInt8(ascii: " ")
let lineFeed = UInt8(ascii: "\n")
let backslash = UInt8(ascii: "\\")
