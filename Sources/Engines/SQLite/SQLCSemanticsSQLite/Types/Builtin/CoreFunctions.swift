// SQLite, lang_corefunc.html: the scalar functions that are always there.

enum CoreFunctions {
  static let all: [BuiltinFunction] = values + texts + choices + system

  /// Numbers, blobs and what a value is.
  private static let values: [BuiltinFunction] = [
    builtin("abs", .count(1), .absolute, .anyArgument, [.numeric]),
    builtin("sign", .count(1), .fixed(.integer), .always, [.numeric]),
    builtin("round", .range(1, 2), .fixed(.real), .anyArgument, [.real, .integer], names: ["", "digits"]),
    builtin("random", .count(0), .fixed(.integer), .never),
    builtin("randomblob", .count(1), .fixed(.blob), .never, [.integer], names: ["size"]),
    builtin("zeroblob", .count(1), .fixed(.blob), .never, [.integer], names: ["size"]),
    builtin("hex", .count(1), .fixed(.text), .never, [.blob]),
    builtin(
      "unhex", .range(1, 2), .fixed(.blob), .always, [.text], names: ["", "ignored"], since: SQLiteVersion(3, 41)),
    builtin("typeof", .count(1), .fixed(.text), .never, [.any]),
    builtin("quote", .count(1), .fixed(.text), .never, [.any]),
    builtin("subtype", .count(1), .fixed(.integer), .never, [.any]),
  ]

  private static let texts: [BuiltinFunction] = [
    builtin("length", .count(1), .fixed(.integer), .anyArgument, [.text]),
    builtin("octet_length", .count(1), .fixed(.integer), .anyArgument, [.text], since: SQLiteVersion(3, 43)),
    builtin("char", .atLeast(0), .fixed(.text), .never, [.integer]),
    builtin("unicode", .count(1), .fixed(.integer), .always, [.text]),
    builtin("unistr", .count(1), .fixed(.text), .anyArgument, [.text], since: SQLiteVersion(3, 50)),
    builtin("unistr_quote", .count(1), .fixed(.text), .never, [.any], since: SQLiteVersion(3, 50)),
    builtin("lower", .count(1), .fixed(.text), .anyArgument, [.text]),
    builtin("upper", .count(1), .fixed(.text), .anyArgument, [.text]),
    builtin("trim", .range(1, 2), .fixed(.text), .anyArgument, [.text], names: ["", "characters"]),
    builtin("ltrim", .range(1, 2), .fixed(.text), .anyArgument, [.text], names: ["", "characters"]),
    builtin("rtrim", .range(1, 2), .fixed(.text), .anyArgument, [.text], names: ["", "characters"]),
    builtin(
      "replace", .count(3), .replaced, .anyArgument, [.text], names: ["", "pattern", "replacement"]),
    builtin(
      "substr", .range(2, 3), .textLike, .anyArgument, [.text, .integer], names: ["", "start", "length"]),
    builtin(
      "substring", .range(2, 3), .textLike, .anyArgument, [.text, .integer], names: ["", "start", "length"]),
    builtin("instr", .count(2), .fixed(.integer), .anyArgument, [.text]),
    builtin(
      "format", .atLeast(0), .fixed(.text), .argument(0), [.text, .any], names: ["format"],
      since: SQLiteVersion(3, 38)),
    builtin("printf", .atLeast(0), .fixed(.text), .argument(0), [.text, .any], names: ["format"]),
    builtin("concat", .atLeast(1), .fixed(.text), .never, [.text], since: SQLiteVersion(3, 44)),
    builtin(
      "concat_ws", .atLeast(2), .fixed(.text), .argument(0), [.text], names: ["separator"],
      since: SQLiteVersion(3, 44)),
    builtin(
      "like", .range(2, 3), .fixed(.integer, .boolean), .anyArgument, [.text], names: ["pattern", "", "escape"]),
    builtin("glob", .count(2), .fixed(.integer, .boolean), .anyArgument, [.text], names: ["pattern"]),
    builtin("soundex", .count(1), .fixed(.text), .never, [.text]),
  ]

  /// Functions that hand on one of their arguments.
  private static let choices: [BuiltinFunction] = [
    builtin("coalesce", .atLeast(2), .oneOf(from: 0), .allArguments, [.sameOrNull]),
    builtin("ifnull", .count(2), .oneOf(from: 0), .allArguments, [.sameOrNull, .same]),
    builtin("nullif", .count(2), .argument(0), .always, [.same]),
    builtin("iif", .count(3), .oneOf(from: 1), .anyArgumentFrom(1), [.boolean, .same]),
    builtin("iif", .atLeast(2), .oneOf(from: 1), .always, [.boolean, .same], since: SQLiteVersion(3, 48)),
    builtin("if", .atLeast(2), .oneOf(from: 1), .always, [.boolean, .same], since: SQLiteVersion(3, 48)),
    builtin("max", .atLeast(2), .oneOf(from: 0), .anyArgument, [.same]),
    builtin("min", .atLeast(2), .oneOf(from: 0), .anyArgument, [.same]),
    builtin("likely", .count(1), .argument(0), .argument(0), [.boolean]),
    builtin("unlikely", .count(1), .argument(0), .argument(0), [.boolean]),
    builtin("likelihood", .count(2), .argument(0), .argument(0), [.boolean, .real]),
  ]

  private static let system: [BuiltinFunction] = [
    builtin("changes", .count(0), .fixed(.integer), .never),
    builtin("total_changes", .count(0), .fixed(.integer), .never),
    builtin("last_insert_rowid", .count(0), .fixed(.integer), .never),
    builtin("sqlite_version", .count(0), .fixed(.text), .never),
    builtin("sqlite_source_id", .count(0), .fixed(.text), .never),
    builtin("sqlite_compileoption_get", .count(1), .fixed(.text), .always, [.integer]),
    builtin("sqlite_compileoption_used", .count(1), .fixed(.integer, .boolean), .anyArgument, [.text]),
    builtin("sqlite_offset", .count(1), .fixed(.integer), .always, [.any]),
    builtin("sqlite_log", .count(2), .fixed([]), .always, [.integer, .text]),
    builtin("load_extension", .range(1, 2), .fixed([]), .always, [.text]),
  ]
}
