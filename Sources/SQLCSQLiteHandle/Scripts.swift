// SQL of several statements, one after another; and what a commit was.

import CSQLite

extension DatabaseHandle {
  /// Sets `hasCommitted` whenever a transaction that has written is about to be committed (SQLite, c3ref/commit_hook.html).
  ///
  /// A statement can be interrupted after its commit: the virtual machine looks at the progress handler once more when it
  /// has halted. What stops statements asks this first, so that nothing that is kept is reported as stopped.
  public func watchCommits() {
    sqlite3_commit_hook(
      pointer,
      { context in
        guard let context else { return 0 }
        Unmanaged<DatabaseHandle>.fromOpaque(context).takeUnretainedValue().hasCommitted = true
        return 0
      },
      Unmanaged.passUnretained(self).toOpaque())
  }

  /// Runs every statement of `sql`, rows being discarded; asks `check` about each before it is prepared.
  ///
  /// - Throws: ``SQLiteFailure``, or what `check` throws.
  public func execute(_ sql: String, check: (TransactionKeyword?) throws -> Void) throws {
    // With its end marked SQLite reads each statement only; of a text with a length it would copy the rest each time.
    try sql.utf8CString.withUnsafeBytes { text in
      var rest = skippingBlank(text.dropLast())
      while !rest.isEmpty {
        try check(TransactionKeyword(at: rest))
        hasCommitted = false
        guard let length = try executeFirst(of: text[rest.startIndex...]) else { return }
        rest = skippingBlank(rest.dropFirst(length))
      }
    }
  }

  /// Gives the length of the statement, or nothing where SQLite sees the end.
  private func executeFirst(of text: Slice<UnsafeRawBufferPointer>) throws(SQLiteFailure) -> Int? {
    let bytes = UnsafeRawBufferPointer(rebasing: text).bindMemory(to: CChar.self)
    guard let start = bytes.baseAddress else { return nil }
    var statement: OpaquePointer?
    var end: UnsafePointer<CChar>?
    try check(sqlite3_prepare_v2(pointer, start, -1, &statement, &end))
    guard let statement else { return nil }
    defer { sqlite3_finalize(statement) }
    var result = SQLITE_ROW
    while result == SQLITE_ROW { result = sqlite3_step(statement) }
    if result != SQLITE_DONE { throw SQLiteFailure(lastOf: pointer, code: result) }
    return end.map { $0 - start }
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
