// Which names in double quotes SQLite reads as strings (SQLite, quirks.html#dblquote).

import CSQLite
import SQLCSQLiteHandle

extension ScratchDatabase {
  /// Found by preparing the statement with strings of that kind turned off, as often as SQLite names one that is no column;
  /// nothing is run.
  ///
  /// - Parameter quoted: byte ranges of the tokens in double quotes.
  /// - Returns: those that are strings; complete when the statement is sound with strings in single quotes in their place.
  public func doubleQuotedStrings(
    in sql: String, among quoted: [Range<Int>]
  ) -> (places: [Range<Int>], isComplete: Bool) {
    log.purpose = .schema
    defer { log.purpose = .ourselves }
    try? database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: 0)
    defer { try? database.configure(SQLITE_DBCONFIG_DQS_DDL, isOn: 1) }
    var bytes = Array(sql.utf8)
    var found: [Range<Int>] = []
    // Each finding costs a look at the whole statement.
    while found.count < min(quoted.count, 500) {
      do throws(SQLiteFailure) {
        _ = try database.prepare(String(decoding: bytes, as: UTF8.self))
        return (found, true)
      } catch {
        guard error.message.hasPrefix("no such column: "), let offset = error.offset,
          let place = quoted.first(where: { $0.contains(offset) }), !found.contains(place)
        else { return (found, false) }
        found.append(place)
        // As long as it was, so that places stay.
        bytes.replaceSubrange(
          place,
          with: [UInt8(ascii: "'")] + Array(repeating: UInt8(ascii: "x"), count: place.count - 2) + [UInt8(ascii: "'")])
      }
    }
    let isSound = (try? database.prepare(String(decoding: bytes, as: UTF8.self))) != nil
    return (found, isSound || found.count == 500)
  }
}
