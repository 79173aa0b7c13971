// How one of SQLite's own functions is called, and what it makes of its arguments. The tables beside this file are data.

/// A builtin function: what the binder must know of it (`definition`) and how it types (the rest).
struct BuiltinFunction: Sendable {
  /// What storage and meaning the result has.
  enum Result: Sendable, Hashable {
    case fixed(StorageClasses, LogicalType? = nil)
    /// The value of the argument at that position, unchanged.
    case argument(Int)
    /// One of the arguments from that position on, unchanged: `coalesce` (0), `iif` (1).
    case oneOf(from: Int)
    /// INTEGER for INTEGER, REAL for REAL; other arguments become that class or the other.
    case numericLike
    /// As `numericLike`, but text is always REAL: `abs('2')` is 2.0.
    case absolute
    /// TEXT, or BLOB for BLOB arguments.
    case textLike
    /// `replace`: TEXT, but the first argument as it is when there is nothing to look for.
    case replaced
    /// `lag`, `lead`: the first argument or, when there is one, the default.
    case argumentOrDefault
    /// INTEGER when every input is, else REAL too.
    case sum
    /// `unixepoch`: REAL when a modifier asks for fractions.
    case unixEpoch
    /// One path: any value; several: a JSON array.
    case jsonExtract
  }

  /// When the result can be NULL.
  enum Nulls: Sendable, Hashable {
    case never
    /// Exactly when an argument is.
    case anyArgument
    /// Exactly when the argument at that position is.
    case argument(Int)
    /// Exactly when one of the first arguments, that many, is.
    case leading(Int)
    /// Only when all are.
    case allArguments
    /// When one of the arguments from that position on is; CASE-like choosers.
    case anyArgumentFrom(Int)
    /// For some arguments that are not NULL as well.
    case always
    /// A date function: folded when all arguments are literals that are known to be good.
    case date
    /// `strftime`: as `date`, after a format.
    case strftime
    /// NULL when there was no row that is not NULL.
    case emptyAggregate
    /// `lag`, `lead`: NULL outside the partition unless there is a default.
    case offsetWindow
    /// `first_value`, `last_value`: the argument's, and NULL in an empty frame.
    case frame
  }

  /// What an argument is taken for; types the parameters that stand there.
  enum Role: Sendable, Hashable {
    case any, text, integer, real, numeric, blob, boolean, json, jsonPath
    /// Of the same type as the result or the other arguments with this role.
    case same
    /// As `same`, and made to be NULL: all but the last argument of `coalesce`.
    case sameOrNull
    /// A time value: TEXT, or what its date column has.
    case dateTime
    /// The hidden column of a full-text table.
    case table
  }

  var definition: FunctionDefinition
  var result: Result
  var nulls: Nulls
  /// The last repeats.
  var roles: [Role]
  /// Names for parameters that stand there, where the role alone says too little.
  var argumentNames: [String]

  func role(at position: Int) -> Role {
    position < roles.count ? roles[position] : roles.last ?? .any
  }

  func argumentName(at position: Int) -> String? {
    position < argumentNames.count && !argumentNames[position].isEmpty ? argumentNames[position] : nil
  }
}

/// How many arguments: `.count(2)`, `.range(1, 3)`, `.atLeast(1)`.
enum Arity: Sendable {
  case count(Int)
  case range(Int, Int)
  case atLeast(Int)

  var minimum: Int {
    switch self {
    case .count(let n), .range(let n, _), .atLeast(let n): n
    }
  }

  var maximum: Int? {
    switch self {
    case .count(let n), .range(_, let n): n
    case .atLeast: nil
    }
  }
}

/// One row of a table of functions.
func builtin(
  _ name: String, _ arity: Arity, _ result: BuiltinFunction.Result, _ nulls: BuiltinFunction.Nulls,
  _ roles: [BuiltinFunction.Role] = [], names: [String] = [], kind: FunctionDefinition.Kind = .scalar,
  since: SQLiteVersion? = nil
) -> BuiltinFunction {
  BuiltinFunction(
    definition: FunctionDefinition(
      name: name, kind: kind, minimumArguments: arity.minimum, maximumArguments: arity.maximum, since: since),
    result: result, nulls: nulls, roles: roles, argumentNames: names)
}
