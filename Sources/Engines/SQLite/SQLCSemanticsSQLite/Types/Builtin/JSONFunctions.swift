// SQLite, json1.html. Text that is no JSON is a run-time error, not NULL. Each `jsonb_` twin (3.45) yields a BLOB.

enum JSONFunctions {
  private static let jsonb = SQLiteVersion(3, 45)

  static let all: [BuiltinFunction] =
    scalars + constructors(prefix: "json", .fixed(.text, .json), since: nil)
    + constructors(prefix: "jsonb", .fixed(.blob), since: jsonb)

  private static let scalars: [BuiltinFunction] = [
    builtin("json_array_length", .count(1), .fixed(.integer), .anyArgument, [.json]),
    builtin("json_array_length", .count(2), .fixed(.integer), .always, [.json, .jsonPath], names: ["", "path"]),
    builtin(
      "json_error_position", .count(1), .fixed(.integer), .anyArgument, [.json], since: SQLiteVersion(3, 42)),
    builtin(
      "json_extract", .atLeast(1), .jsonExtract, .always, [.json, .jsonPath], names: ["", "path"]),
    builtin(
      "jsonb_extract", .atLeast(1), .fixed(.any), .always, [.json, .jsonPath], names: ["", "path"], since: jsonb),
    builtin("json_type", .count(1), .fixed(.text), .anyArgument, [.json]),
    builtin("json_type", .count(2), .fixed(.text), .always, [.json, .jsonPath], names: ["", "path"]),
    builtin("json_valid", .count(1), .fixed(.integer, .boolean), .anyArgument, [.json]),
    builtin(
      "json_valid", .count(2), .fixed(.integer, .boolean), .anyArgument, [.json, .integer], names: ["", "flags"],
      since: jsonb),
    builtin("json_quote", .count(1), .fixed(.text, .json), .never, [.any]),
    builtin(
      "json_pretty", .range(1, 2), .fixed(.text, .json), .argument(0), [.json, .text], names: ["", "indent"],
      since: SQLiteVersion(3, 46)),
  ]

  /// What exists for text and, from 3.45 on, for the binary form.
  private static func constructors(
    prefix: String, _ result: BuiltinFunction.Result, since: SQLiteVersion?
  ) -> [BuiltinFunction] {
    [
      builtin(prefix, .count(1), result, .anyArgument, [.json], since: since),
      builtin(prefix + "_array", .atLeast(0), result, .never, [.any], since: since),
      builtin(prefix + "_object", .atLeast(0), result, .never, [.any], since: since),
      // The first argument, and since a NULL path gives NULL or leaves the value alone by version: any path.
      builtin(prefix + "_insert", .atLeast(1), result, .always, [.json, .jsonPath, .any], since: since),
      builtin(prefix + "_replace", .atLeast(1), result, .always, [.json, .jsonPath, .any], since: since),
      builtin(prefix + "_set", .atLeast(1), result, .always, [.json, .jsonPath, .any], since: since),
      builtin(prefix + "_remove", .atLeast(1), result, .always, [.json, .jsonPath], since: since),
      builtin(prefix + "_patch", .count(2), result, .anyArgument, [.json], since: since),
      builtin(
        prefix + "_group_array", .count(1), result, .never, [.any], kind: .aggregate, since: since),
      builtin(
        prefix + "_group_object", .count(2), result, .never, [.text, .any], names: ["key"], kind: .aggregate,
        since: since),
    ]
  }
}
