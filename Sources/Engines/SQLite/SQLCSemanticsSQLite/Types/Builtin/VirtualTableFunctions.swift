// Functions that full-text and R-Tree tables bring along (SQLite, fts5.html#_auxiliary_functions_, fts3.html, rtree.html).

enum VirtualTableFunctions {
  static let all: [BuiltinFunction] = fullText + rtree

  private static let fullText: [BuiltinFunction] = [
    builtin("bm25", .atLeast(1), .fixed(.real), .never, [.table, .real], names: ["", "weight"]),
    builtin(
      "highlight", .count(4), .fixed(.text), .always, [.table, .integer, .text, .text],
      names: ["", "column", "before", "after"]),
    builtin(
      "snippet", .range(1, 6), .fixed(.text), .always, [.table, .integer, .text, .text, .text, .integer],
      names: ["", "column", "before", "after", "ellipsis", "tokens"]),
    builtin(
      "fts5_get_locale", .count(2), .fixed(.text), .always, [.table, .integer], since: SQLiteVersion(3, 47)),
    builtin("fts5_locale", .count(2), .fixed(.blob), .always, [.text], since: SQLiteVersion(3, 47)),
    builtin("fts5_insttoken", .count(1), .fixed(.text), .always, [.text], since: SQLiteVersion(3, 48)),
    builtin("fts5_source_id", .count(0), .fixed(.text), .never),
    builtin("offsets", .count(1), .fixed(.text), .always, [.table]),
    builtin("matchinfo", .range(1, 2), .fixed(.blob), .always, [.table, .text]),
    builtin("optimize", .count(1), .fixed(.text), .always, [.table]),
  ]

  private static let rtree: [BuiltinFunction] = [
    builtin("rtreenode", .count(2), .fixed(.text), .always, [.integer, .blob]),
    builtin("rtreedepth", .count(1), .fixed(.integer), .always, [.blob]),
    builtin("rtreecheck", .range(1, 2), .fixed(.text), .never, [.text]),
  ]
}
