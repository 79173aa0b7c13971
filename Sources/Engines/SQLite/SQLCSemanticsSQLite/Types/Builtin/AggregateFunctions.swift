// SQLite, lang_aggfunc.html. With OVER each of them is a window function too.

enum AggregateFunctions {
  static let all: [BuiltinFunction] = [
    builtin("count", .range(0, 1), .fixed(.integer), .never, [.any], kind: .aggregate),
    builtin("sum", .count(1), .sum, .emptyAggregate, [.numeric], kind: .aggregate),
    builtin("total", .count(1), .fixed(.real), .never, [.numeric], kind: .aggregate),
    builtin("avg", .count(1), .fixed(.real), .emptyAggregate, [.numeric], kind: .aggregate),
    builtin("max", .count(1), .argument(0), .emptyAggregate, [.same], kind: .aggregate),
    builtin("min", .count(1), .argument(0), .emptyAggregate, [.same], kind: .aggregate),
    builtin(
      "group_concat", .range(1, 2), .fixed(.text), .emptyAggregate, [.text], names: ["", "separator"],
      kind: .aggregate),
    builtin(
      "string_agg", .count(2), .fixed(.text), .emptyAggregate, [.text], names: ["", "separator"], kind: .aggregate,
      since: SQLiteVersion(3, 44)),
  ]
}
