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
  public static func unwrapped(_ message: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(message.count)
    let end = message.last == lineFeed ? message.count - 1 : message.count
    var column = 0
    // Whether the line has a blank at which it could have been broken: not at its first byte.
    var hasBlank = false
    var at = 0
    while at < end {
      let byte = message[at]
      if byte == lineFeed, isBreak(message, at: at, end: end, column: column, hasBlank: hasBlank) {
        if column < width || hasBlank || beginsToken(message, at: at + 1, end: end) { result.append(blank) }
        column = 0
        hasBlank = false
      } else {
        if byte == blank, column > 0 { hasBlank = true }
        result.append(byte)
        column += 1
      }
      at += 1
    }
    return result
  }

  /// A line feed that the text itself has stands after a backslash, and where the line would not have been broken: what
  /// follows has a blank before the line is full.
  private static func isBreak(_ text: [UInt8], at: Int, end: Int, column: Int, hasBlank: Bool) -> Bool {
    guard at > 0, text[at - 1] == backslash, column < width else { return true }
    let needed = width - column
    guard at + needed < end else { return false }
    for next in at + 1...at + needed where text[next] == blank || text[next] == lineFeed { return false }
    return true
  }

  /// After 78 bytes without a blank: whether another token begins here (the blank between was dropped), or the same goes on.
  private static func beginsToken(_ text: [UInt8], at: Int, end: Int) -> Bool {
    guard at < end else { return false }
    return [UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("), UInt8(ascii: ")")]
      .contains(text[at])
  }
}

let blank = UInt8(ascii: " ")
let lineFeed = UInt8(ascii: "\n")
let backslash = UInt8(ascii: "\\")
