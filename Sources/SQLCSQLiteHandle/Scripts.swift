// SQL of several statements, one after another, and libraries of extensions.

import CSQLite

extension DatabaseHandle {
  /// Runs every statement of `sql`, rows being discarded.
  ///
  /// - Parameters:
  ///   - check: asked about each statement before it is prepared: the word that begins or ends a transaction, if it is one.
  ///   - willRun: told of each statement before it runs whether it only reads.
  /// - Throws: ``SQLiteFailure``, with an offset in `sql`; or what `check` throws.
  public func execute(
    _ sql: String, check: (TransactionKeyword?) throws -> Void, willRun: (_ isReadOnly: Bool) -> Void
  ) throws {
    // With its end marked SQLite reads each statement only; of a text with a length it would copy the rest each time.
    try sql.utf8CString.withUnsafeBytes { text in
      var rest = skippingBlank(text.dropLast())
      while !rest.isEmpty {
        try check(TransactionKeyword(at: rest))
        do throws(SQLiteFailure) {
          guard let length = try executeFirst(of: text[rest.startIndex...], willRun) else { return }
          rest = skippingBlank(rest.dropFirst(length))
        } catch {
          var failure = error
          failure.offset = error.offset.map { $0 + rest.startIndex }
          throw failure
        }
      }
    }
  }

  /// Gives the length of the statement, or nothing where SQLite sees the end.
  private func executeFirst(
    of text: Slice<UnsafeRawBufferPointer>, _ willRun: (_ isReadOnly: Bool) -> Void
  ) throws(SQLiteFailure) -> Int? {
    let bytes = UnsafeRawBufferPointer(rebasing: text).bindMemory(to: CChar.self)
    guard let start = bytes.baseAddress else { return nil }
    var statement: OpaquePointer?
    var end: UnsafePointer<CChar>?
    try check(sqlite3_prepare_v2(pointer, start, -1, &statement, &end))
    guard let statement else { return nil }
    defer { sqlite3_finalize(statement) }
    willRun(sqlite3_stmt_readonly(statement) != 0)
    var result = SQLITE_ROW
    while result == SQLITE_ROW { result = sqlite3_step(statement) }
    if result != SQLITE_DONE { throw SQLiteFailure(lastOf: pointer, code: result) }
    return end.map { $0 - start }
  }

  /// Loads a library of extensions; SQL still cannot (SQLite, c3ref/load_extension.html).
  public func load(_ path: String, entryPoint: String?) throws(SQLiteFailure) {
    try configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 1)
    var message: UnsafeMutablePointer<CChar>?
    let code = sqlite3_load_extension(pointer, path, entryPoint, &message)
    defer { sqlite3_free(message) }
    try configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, isOn: 0)
    if code != SQLITE_OK {
      throw SQLiteFailure(extendedCode: code, message: message.map { String(cString: $0) } ?? "cannot load '\(path)'")
    }
  }
}

/// A word that begins or ends a transaction (SQLite, lang_transaction.html).
public enum TransactionKeyword: String, Sendable {
  case begin = "BEGIN"
  case commit = "COMMIT"
  case end = "END"
  /// Not `ROLLBACK TO`, which ends no transaction.
  case rollback = "ROLLBACK"

  /// The word with which the statement begins, if it is one of these.
  init?(at bytes: Slice<UnsafeRawBufferPointer>) {
    let (first, rest) = word(at: bytes)
    guard let keyword = TransactionKeyword(rawValue: first) else { return nil }
    if keyword == .rollback {
      var (next, later) = word(at: skippingBlank(rest))
      if next == "TRANSACTION" { (next, later) = word(at: skippingBlank(later)) }
      if next == "TO" { return nil }
    }
    self = keyword
  }
}

private func word(at bytes: Slice<UnsafeRawBufferPointer>) -> (String, rest: Slice<UnsafeRawBufferPointer>) {
  let letters = bytes.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }.prefix(16)
  return (String(decoding: letters.map { $0 & ~0x20 }, as: UTF8.self), bytes.dropFirst(letters.count))
}

/// Without white space, comments and semicolons before the next statement.
private func skippingBlank(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
  var rest = bytes
  while let byte = rest.first {
    let next = rest.dropFirst().first
    switch (byte, next) {
    case (0x09...0x0D, _), (UInt8(ascii: " "), _), (UInt8(ascii: ";"), _): rest = rest.dropFirst()
    // A byte-order mark.
    case (0xEF, 0xBB): rest = rest.dropFirst(3)
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
