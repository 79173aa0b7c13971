// Which names Swift keeps for itself, and what is written instead.

/// The name as it must be written where a property, parameter, method or case is declared or used.
///
/// Only reserved words need backticks; contextual ones (`actor`, `some`, `get`) do not.
/// The Swift Programming Language, Lexical Structure: "reserved keywords … can't be used as identifiers, unless they're
/// escaped with backticks".
func escaped(_ name: String) -> String {
  reservedWords.contains(name) ? "`\(name)`" : name
}

/// The name a parameter has inside its function: `self` and the like would hide what the body needs.
func localName(_ name: String) -> String {
  name == "self" ? "self_" : escaped(name)
}

/// A parameter where it is declared: `id`, `default`, `self self_`.
func parameterName(_ name: String) -> String {
  name == "self" ? "self self_" : argumentLabel(name)
}

/// The label before an argument. The compiler warns of backticks there where they are not needed.
/// The Swift Programming Language, Lexical Structure: keywords "other than inout, var, and let can be used as parameter
/// names in a function declaration or function call without being escaped with backticks".
func argumentLabel(_ name: String) -> String {
  ["inout", "var", "let"].contains(name) ? "`\(name)`" : name
}

private let reservedWords: Set<String> = [
  "Any", "Self", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
  "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
  "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
  "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch",
  "throw", "throws", "true", "try", "typealias", "var", "where", "while",
]

/// Members that a generated struct or enumeration has anyway.
enum MemberKind {
  case property, queryProperty, enumerationCase, method

  /// Names that a declaration of the kind cannot take.
  var taken: Set<String> {
    switch self {
    case .property: ["hashValue"]
    case .queryProperty: ["hashValue", "listCounts", "variantChoice", "chosenStatement"]
    // `.init` is always the initializer and `.self` the value itself, backticks or not.
    case .enumerationCase: ["hashValue", "rawValue", "allCases", "init", "self"]
    case .method: ["database", "connection", "recorder", "init", "self"]
    }
  }
}
