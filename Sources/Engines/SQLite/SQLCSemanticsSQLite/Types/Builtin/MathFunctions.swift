// SQLite, lang_mathfunc.html. All of them yield NULL for arguments that are not numbers or outside the domain.

enum MathFunctions {
  static let names = Set(all.map(\.definition.name))

  static let all: [BuiltinFunction] =
    [
      "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "degrees", "exp", "ln", "log10", "log2",
      "radians", "sin", "sinh", "sqrt", "tan", "tanh",
    ].map { builtin($0, .count(1), .fixed(.real), .always, [.real]) } + [
      builtin("atan2", .count(2), .fixed(.real), .always, [.real]),
      builtin("log", .range(1, 2), .fixed(.real), .always, [.real]),
      builtin("mod", .count(2), .fixed(.real), .always, [.numeric]),
      builtin("pow", .count(2), .fixed(.real), .always, [.real], names: ["", "exponent"]),
      builtin("power", .count(2), .fixed(.real), .always, [.real], names: ["", "exponent"]),
      builtin("pi", .count(0), .fixed(.real), .never),
      builtin("ceil", .count(1), .numericLike, .always, [.numeric]),
      builtin("ceiling", .count(1), .numericLike, .always, [.numeric]),
      builtin("floor", .count(1), .numericLike, .always, [.numeric]),
      builtin("trunc", .count(1), .numericLike, .always, [.numeric]),
    ]
}
