// What inference knows of one value, and how two possible values become one.

import SQLCDiagnostics

/// Facts with what is lost outside the statement.
struct Value {
  /// A literal adapts to what it stands beside: `coalesce(score, 0)` is REAL, `coalesce(flag, 0)` a boolean,
  /// `coalesce(doc, '{}')` JSON.
  enum Literal: Hashable {
    case none, integer, flag
    /// `'{}'` or `'[]'`.
    case json

    var isNumber: Bool { self == .integer || self == .flag }
  }

  var facts: TypeFacts
  var origin: ColumnOrigin?
  /// What SQLite may call the origin instead: a compound that is read from it describes by its last arm (select.c, columnType).
  var armOrigins: [ColumnOrigin] = []
  var literal: Literal = .none
  /// A result column whose next evaluation may give another value.
  var isVolatile = false

  init(_ facts: TypeFacts, origin: ColumnOrigin? = nil, literal: Literal = .none) {
    self.facts = facts
    self.origin = origin
    self.literal = literal
  }

  init(_ storage: StorageClasses, logical: LogicalType? = nil, _ nullability: Nullability) {
    self.init(TypeFacts(storage, logical: logical, nullability))
  }

  static let unknown = Value(.unknown)
  static let boolean = Value(.integer, logical: .boolean, .never)
  /// What no row has contributed to yet: the least element of the lattice.
  static let bottom = Value([], .never)

  var nullability: Nullability { facts.nullability }

  func with(_ nullability: Nullability) -> Value {
    var copy = self
    copy.facts.nullability = nullability
    return copy
  }
}

extension Nullability {
  /// NULL when either is; the first reason is kept.
  /// Both sides are always looked at: inferring an expression types the parameters in it.
  static func || (a: Nullability, b: Nullability) -> Nullability { a.canBeNull ? a : b }
}

/// One or the other, unchanged: arms of a compound, branches of CASE, arguments of `coalesce`.
/// Storage is the union, meaning is kept when both have it, nullability is handled by the caller.
func either(_ a: Value, _ b: Value) -> Value {
  var value = eitherOfStable(a, b)
  value.isVolatile = a.isVolatile || b.isVolatile
  return value
}

private func eitherOfStable(_ a: Value, _ b: Value) -> Value {
  if a.facts.isUnknown || b.facts.isUnknown { return .unknown }
  // NULL has no class and no meaning of its own.
  if a.facts.storage.isEmpty { return Value(b.facts, literal: b.literal).with(a.nullability || b.nullability) }
  if b.facts.storage.isEmpty { return Value(a.facts, literal: a.literal).with(a.nullability || b.nullability) }

  var storage = a.facts.storage.union(b.facts.storage)
  // A REAL column beside the literal 0: a decoder of REAL reads INTEGER too.
  if a.literal.isNumber, b.facts.storage == .real { storage = .real }
  if b.literal.isNumber, a.facts.storage == .real { storage = .real }

  var logical: LogicalType?
  if a.facts.logical == b.facts.logical {
    logical = a.facts.logical
  } else if a.facts.logical == .boolean && b.literal == .flag || b.facts.logical == .boolean && a.literal == .flag {
    logical = .boolean
  } else if a.facts.logical == .json && b.literal == .json || b.facts.logical == .json && a.literal == .json {
    logical = .json
  }
  let literal: Value.Literal =
    a.literal == b.literal ? a.literal : (a.literal.isNumber && b.literal.isNumber ? .integer : .none)
  return Value(TypeFacts(storage, logical: logical, a.nullability || b.nullability), literal: literal)
}
