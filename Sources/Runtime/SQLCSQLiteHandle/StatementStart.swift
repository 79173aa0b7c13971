// What a statement is, told by its first words: before it is prepared, for some pragmas act then already.

/// The first words of a statement: names in lower case and without quotes, every other character by itself.
public struct StatementStart {
  private let words: [String]
  private let isExplained: Bool

  /// What a statement does to transactions (SQLite, lang_transaction.html, lang_savepoint.html).
  public enum TransactionCommand: Equatable, Sendable {
    case begin
    /// COMMIT or END, as it is spelt.
    case commit(String)
    case rollback
    case savepoint(String)
    case release(String)
    /// `ROLLBACK TO`, which ends no transaction.
    case rollbackTo(String)
  }

  /// - Parameter bytes: from the statement's first word on.
  init(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var rest = bytes
    var words: [String] = []
    while words.count < 9, let word = nextWord(&rest) { words.append(word) }
    isExplained = words.first == "explain"
    if isExplained { words.removeFirst(words.count > 2 && words[1] == "query" && words[2] == "plan" ? 3 : 1) }
    self.words = words
  }

  public init(_ sql: String) {
    var sql = sql
    self = sql.withUTF8 { StatementStart(skippingBlank(UnsafeRawBufferPointer($0)[...])) }
  }

  private func word(_ index: Int) -> String { index < words.count ? words[index] : "" }

  public var transactionCommand: TransactionCommand? {
    // EXPLAIN runs none of them.
    if isExplained { return nil }
    switch word(0) {
    case "begin": return .begin
    case "commit", "end": return .commit(word(0).uppercased())
    case "savepoint": return .savepoint(word(1))
    case "release": return .release(word(1) == "savepoint" && words.count > 2 && word(2) != ";" ? word(2) : word(1))
    case "rollback":
      let next = word(1) == "transaction" ? 2 : 1
      guard word(next) == "to" else { return .rollback }
      let isNamed = word(next + 1) == "savepoint" && words.count > next + 2 && word(next + 2) != ";"
      return .rollbackTo(word(next + (isNamed ? 2 : 1)))
    default: return nil
    }
  }

  /// The pragma that it sets or calls with an argument; nil where it only asks.
  public var changedPragma: String? {
    guard word(0) == "pragma" else { return nil }
    let name = word(2) == "." ? 3 : 1
    return ["=", "("].contains(word(name + 1)) ? word(name) : nil
  }

  /// `ATTACH` or `DETACH`, in capitals.
  public var attachment: String? {
    ["attach", "detach"].contains(word(0)) && !isExplained ? word(0).uppercased() : nil
  }
}

/// Takes the next word; nil at the end.
private func nextWord(_ bytes: inout Slice<UnsafeRawBufferPointer>) -> String? {
  bytes = skippingBlank(bytes, semicolons: .stay)
  guard let first = bytes.first, first != 0 else { return nil }
  let letters = bytes.prefix(while: isWordByte)
  if !letters.isEmpty {
    bytes = bytes.dropFirst(letters.count)
    return String(decoding: letters, as: UTF8.self).lowercased()
  }
  let closing: UInt8
  switch first {
  case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "'"): closing = first
  case UInt8(ascii: "["): closing = UInt8(ascii: "]")
  default:
    bytes = bytes.dropFirst()
    return String(decoding: [first], as: UTF8.self)
  }
  bytes = bytes.dropFirst()
  var name: [UInt8] = []
  while let byte = bytes.first {
    bytes = bytes.dropFirst()
    if byte == closing {
      // Twice it stands for itself, but for brackets.
      guard closing == first, bytes.first == closing else { break }
      bytes = bytes.dropFirst()
    }
    name.append(byte)
  }
  return String(decoding: name, as: UTF8.self).lowercased()
}

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
  default: false
  }
}

enum Semicolons { case skip, stay }

/// Without white space and comments, and semicolons, before the next statement.
func skippingBlank(
  _ bytes: Slice<UnsafeRawBufferPointer>, semicolons: Semicolons = .skip
) -> Slice<UnsafeRawBufferPointer> {
  var rest = bytes
  while let byte = rest.first {
    let next = rest.dropFirst().first
    switch (byte, next) {
    case (UInt8(ascii: ";"), _):
      guard case .skip = semicolons else { return rest }
      rest = rest.dropFirst()
    case (0x09...0x0D, _), (UInt8(ascii: " "), _): rest = rest.dropFirst()
    // A byte-order mark.
    case (0xEF, 0xBB) where rest.dropFirst(2).first == 0xBF: rest = rest.dropFirst(3)
    case (UInt8(ascii: "-"), UInt8(ascii: "-")): rest = rest.drop { $0 != UInt8(ascii: "\n") }
    case (UInt8(ascii: "/"), UInt8(ascii: "*")):
      rest = rest.dropFirst(2)
      while let inner = rest.first, !(inner == UInt8(ascii: "*") && rest.dropFirst().first == UInt8(ascii: "/")) {
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst(2)
    default: return rest
    }
  }
  return rest
}

/// Is there nothing after `offset` that SQLite would run?
public func isBlank(_ sql: String, from offset: Int) -> Bool {
  var sql = sql
  return sql.withUTF8 { skippingBlank(UnsafeRawBufferPointer($0).dropFirst(offset)).isEmpty }
}
