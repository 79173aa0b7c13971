// sqlc's macros, for those who write one: what each takes and what it is for.

struct KnownMacro: Sendable {
  var name: String
  var parameters: [String]
  var meaning: String
  var argument = Argument.expression
  /// The last parameter may come again.
  var repetition = Repetition.none

  enum Repetition { case none, last }

  /// What stands first between the parentheses.
  enum Argument {
    case expression
    /// A new name or a known one of a parameter.
    case parameter
    /// What FROM has.
    case source
    /// `column = value`
    case assignment
    /// The name of a fragment; behind it, the names of its parameters.
    case fragment
  }

  var text: String {
    "sqlc.\(name)(\(parameters.joined(separator: ", "))" + (repetition == .last ? ", …)" : ")")
  }

  static let all = [
    KnownMacro(name: "arg", parameters: ["name"], meaning: "a parameter of that name", argument: .parameter),
    KnownMacro(name: "narg", parameters: ["name"], meaning: "a parameter that may be NULL", argument: .parameter),
    KnownMacro(
      name: "slice", parameters: ["name"], meaning: "any number of values, for IN, or of rows, for VALUES",
      argument: .parameter),
    KnownMacro(name: "embed", parameters: ["table"], meaning: "the row of a table, as one member", argument: .source),
    KnownMacro(
      name: "nest", parameters: ["table"], meaning: "the rows of a table, as a list in their parent", argument: .source),
    KnownMacro(
      name: "use", parameters: ["fragment", "parameter => value"], meaning: "a fragment of the project's query files",
      argument: .fragment, repetition: .last),
    KnownMacro(
      name: "optional", parameters: ["name", "predicate"], meaning: "a predicate that the caller may leave out"),
    KnownMacro(
      name: "order", parameters: ["expression AS name DESC"], meaning: "orders that the caller chooses from",
      repetition: .last),
    KnownMacro(
      name: "after", parameters: ["@cursor"], meaning: "the rows behind a cursor, in the order of the query",
      argument: .parameter),
    KnownMacro(
      name: "patch", parameters: ["column = value AS name"],
      meaning: "columns that the caller sets or leaves unchanged", argument: .assignment, repetition: .last),
    KnownMacro(
      name: "notnull", parameters: ["expression"], meaning: "a result that is never NULL, which the schema does not say"
    ),
    KnownMacro(name: "nullable", parameters: ["expression"], meaning: "a result that may be NULL, whatever is proven"),
  ]

  /// The macro whose parenthesis is the token of that index.
  static func called(before open: Int, in text: SQLText) -> KnownMacro? {
    guard text.tokens.indices.contains(open), text.tokens[open].kind == .symbol(UInt8(ascii: "(")) else { return nil }
    return named(by: open - 1, in: text)
  }

  /// The macro of which the token of that index is the name.
  static func named(by index: Int, in text: SQLText) -> KnownMacro? {
    guard index >= 2, text.tokens.indices.contains(index), text.tokens[index - 1].kind == .symbol(UInt8(ascii: ".")),
      text.name(of: text.tokens[index - 2]).lowercased() == "sqlc"
    else { return nil }
    let name = text.name(of: text.tokens[index]).lowercased()
    return all.first { $0.name == name }
  }
}
