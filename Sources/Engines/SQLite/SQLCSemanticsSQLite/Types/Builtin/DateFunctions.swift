// SQLite, lang_datefunc.html. A bad time value or modifier gives NULL.

enum DateFunctions {
  static let all: [BuiltinFunction] = [
    builtin("date", .atLeast(0), .fixed(.text), .date, [.dateTime, .text], names: ["", "modifier"]),
    builtin("time", .atLeast(0), .fixed(.text), .date, [.dateTime, .text], names: ["", "modifier"]),
    builtin("datetime", .atLeast(0), .fixed(.text), .date, [.dateTime, .text], names: ["", "modifier"]),
    builtin("julianday", .atLeast(0), .fixed(.real), .date, [.dateTime, .text], names: ["", "modifier"]),
    builtin(
      "unixepoch", .atLeast(0), .unixEpoch, .date, [.dateTime, .text], names: ["", "modifier"],
      since: SQLiteVersion(3, 38)),
    builtin(
      "strftime", .atLeast(1), .fixed(.text), .strftime, [.text, .dateTime, .text], names: ["format", "", "modifier"]),
    builtin("timediff", .count(2), .fixed(.text), .always, [.dateTime], since: SQLiteVersion(3, 43)),
  ]
}
