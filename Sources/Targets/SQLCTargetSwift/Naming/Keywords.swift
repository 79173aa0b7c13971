// Which names Swift keeps for itself, and what is written instead.

import SQLCModel

/// The name as it must be written where a property, parameter, method or case is declared or used.
func escaped(_ name: SwiftName) -> SwiftCode {
  isReservedWord(name.text) ? .quoted(name) : .bare(name)
}

/// The name a parameter has inside its function: `self` and the like would hide what the body needs.
func localName(_ name: SwiftName) -> SwiftCode {
  name == "self" ? "self_" : escaped(name)
}

/// A parameter where it is declared: `id`, `default`, `self self_`. Words that could begin a declaration of their own
/// there are in backticks, or the compiler takes them for one, or warns.
func parameterName(_ name: SwiftName) -> SwiftCode {
  if name == "self" { return "self self_" }
  return ["inout", "var", "let"].contains(name) ? .quoted(name) : .bare(name)
}

/// The label before an argument, where the compiler warns of backticks that are not needed: every word is a label but
/// `inout`.
func argumentLabel(_ name: SwiftName) -> SwiftCode {
  name == "inout" ? .quoted(name) : .bare(name)
}

/// Members that a generated struct or enumeration has anyway.
enum MemberKind {
  case property, queryProperty, portableProperty, enumerationCase, method

  /// Names that a declaration of the kind cannot take.
  var taken: Set<String> {
    switch self {
    case .property: ["hashValue"]
    case .queryProperty: ["hashValue", "listCounts", "variantChoice", "chosenStatement"]
    // Static members that another module adds would hide a property of this one there.
    case .portableProperty:
      [
        "hashValue", "listCounts", "variantChoice", "chosenStatement", "statement", "insertion", "variants", "nesting",
      ]
    // `.init` is always the initializer and `.self` the value itself, backticks or not.
    case .enumerationCase: ["hashValue", "rawValue", "allCases", "init", "self"]
    case .method: ["database", "connection", "recorder", "init", "self"]
    }
  }
}
