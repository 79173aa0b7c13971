// sqlc's macros, for those who write one: what each takes and what it is for.

struct KnownMacro: Sendable {
  var name: String
  var parameters: [String]
  var meaning: String
  /// The last parameter may come again.
  var repetition = Repetition.none

  enum Repetition { case none, last }

  var text: String {
    "sqlc.\(name)(\(parameters.joined(separator: ", "))" + (repetition == .last ? ", …)" : ")")
  }

  static let all = [
    KnownMacro(name: "arg", parameters: ["name"], meaning: "a parameter of that name"),
    KnownMacro(name: "narg", parameters: ["name"], meaning: "a parameter that may be NULL"),
    KnownMacro(name: "slice", parameters: ["name"], meaning: "any number of values, for IN"),
    KnownMacro(name: "embed", parameters: ["table"], meaning: "the row of a table, as one member"),
    KnownMacro(name: "nest", parameters: ["table"], meaning: "the rows of a table, as a list in their parent"),
    KnownMacro(
      name: "optional", parameters: ["name", "predicate"], meaning: "a predicate that the caller may leave out"),
    KnownMacro(
      name: "order", parameters: ["expression AS name DESC"], meaning: "orders that the caller chooses from",
      repetition: .last),
    KnownMacro(
      name: "patch", parameters: ["column = value AS name"],
      meaning: "columns that the caller sets or leaves unchanged", repetition: .last),
    KnownMacro(
      name: "notnull", parameters: ["expression"], meaning: "a result that is never NULL, which the schema does not say"
    ),
    KnownMacro(name: "nullable", parameters: ["expression"], meaning: "a result that may be NULL, whatever is proven"),
  ]
}
