// SQLite, windowfunctions.html#biwinfunc.

enum WindowFunctions {
  static let all: [BuiltinFunction] = [
    builtin("row_number", .count(0), .fixed(.integer), .never, kind: .window),
    builtin("rank", .count(0), .fixed(.integer), .never, kind: .window),
    builtin("dense_rank", .count(0), .fixed(.integer), .never, kind: .window),
    builtin("ntile", .count(1), .fixed(.integer), .never, [.integer], names: ["buckets"], kind: .window),
    builtin("percent_rank", .count(0), .fixed(.real), .never, kind: .window),
    builtin("cume_dist", .count(0), .fixed(.real), .never, kind: .window),
    builtin(
      "lag", .range(1, 3), .argumentOrDefault, .offsetWindow, [.same, .integer, .same],
      names: ["", "offset", "default"],
      kind: .window),
    builtin(
      "lead", .range(1, 3), .argumentOrDefault, .offsetWindow, [.same, .integer, .same],
      names: ["", "offset", "default"],
      kind: .window),
    builtin("first_value", .count(1), .argument(0), .frame, [.same], kind: .window),
    builtin("last_value", .count(1), .argument(0), .frame, [.same], kind: .window),
    builtin("nth_value", .count(2), .argument(0), .always, [.same, .integer], names: ["", "n"], kind: .window),
  ]
}
