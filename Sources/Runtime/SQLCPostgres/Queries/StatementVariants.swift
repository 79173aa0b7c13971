// A query whose SQL depends on its arguments: which predicates stand in it, and by what its rows are ordered. All of it
// was written by the query's author and prepared when the code was generated; a call only chooses.

import Synchronization

/// A piece of SQL, and when it is there. Choices are bits of one number: one for each optional predicate, one for each
/// way of ordering.
public struct SQLPiece: Sendable, Hashable, ExpressibleByStringLiteral {
  let text: String
  /// All of these must be chosen.
  let all: UInt64
  /// And one of these, unless there are none.
  let any: UInt64

  private init(_ text: String, all: UInt64, any: UInt64) {
    self.text = text
    self.all = all
    self.any = any
  }

  /// Text that is always there.
  public init(stringLiteral value: String) { self.init(value, all: 0, any: 0) }

  /// Text that is there when all choices of `all` and one of `any` are made.
  public static func when(_ all: UInt64, any: UInt64 = 0, _ text: String) -> SQLPiece {
    SQLPiece(text, all: all, any: any)
  }

  func isThere(for choice: UInt64) -> Bool { choice & all == all && (any == 0 || choice & any != 0) }
}

/// All statements that one query can be. Each is made when it is first chosen. There may be very many: the first thousand are
/// prepared under names, the others are sent whole each time.
public final class StatementVariants: Sendable {
  /// With every optional predicate, in the default order: what stands for the query where no call is at hand. The tables
  /// that it reads and writes are those of all variants.
  public let whole: StatementDefinition
  private let pieces: [SQLPiece]
  private let required: [UInt64]
  private let made: Mutex<[UInt64: StatementDefinition]>
  private static let capacity = 1000

  /// How many are kept at present.
  var madeCount: Int { made.withLock { $0.count } }

  /// - Parameters:
  ///   - whole: the choice of every optional predicate and of the default order.
  ///   - required: of each of these some bit must be chosen: the columns of an UPDATE that sets nothing else.
  ///   - parameterTypes: of all parameters; those that a variant does not mention are sent as NULL.
  public init(
    name: String, sql: [SQLPiece], whole: UInt64, requiring required: [UInt64] = [],
    parameterTypes: [PostgresType] = [], isReadOnly: Bool, reads: [String] = [], writes: [String] = []
  ) {
    pieces = sql
    self.required = required
    self.whole = StatementDefinition(
      name: name, sql: Self.text(of: sql, for: whole), parameterTypes: parameterTypes, isReadOnly: isReadOnly,
      reads: reads, writes: writes)
    made = Mutex([whole: self.whole])
  }

  /// The statement of one choice; for one that ``check(_:)`` refuses, which is no statement, that of every choice.
  public func statement(for choice: UInt64) -> StatementDefinition {
    guard required.allSatisfy({ choice & $0 != 0 }) else { return whole }
    return made.withLock { made in
      if let known = made[choice] { return known }
      let isKept = made.count < Self.capacity
      let definition = StatementDefinition(
        variantOf: whole, sql: Self.text(of: pieces, for: choice), isKept ? .named : .unnamed)
      if isKept { made[choice] = definition }
      return definition
    }
  }

  /// For generated code: refuses a choice that leaves an UPDATE without anything to set. Called before a value is bound.
  public func check(_ choice: UInt64) throws(DatabaseError) {
    guard !required.allSatisfy({ choice & $0 != 0 }) else { return }
    throw DatabaseError(
      kind: .nothingToSet, message: "every column is unchanged, and the statement sets no other", query: whole.name)
  }

  /// For generated code: the error of a call whose cursor is a place in another order than the call's.
  public func cursorMismatch() -> DatabaseError {
    DatabaseError(
      kind: .cursorMismatch, message: "the cursor is a place in another order than the one that is asked for",
      query: whole.name)
  }

  private static func text(of pieces: [SQLPiece], for choice: UInt64) -> String {
    var text = ""
    for piece in pieces where piece.isThere(for: choice) { text += piece.text }
    return text
  }
}

/// A query with optional predicates or a chosen order.
public protocol VariantQuery: Query {
  static var variants: StatementVariants { get }
  /// What this call chooses.
  var variantChoice: UInt64 { get }
}

extension VariantQuery {
  public static var statement: StatementDefinition { variants.whole }
  public var chosenStatement: StatementDefinition { Self.variants.statement(for: variantChoice) }
}

/// Which way rows are ordered.
public enum SortDirection: String, Sendable, Hashable, CaseIterable, Codable {
  case ascending, descending

  /// The other way.
  public var reversed: SortDirection {
    switch self {
    case .ascending: .descending
    case .descending: .ascending
    }
  }

  /// For generated code: the bit of the direction.
  public func bit(_ ascending: UInt64, _ descending: UInt64) -> UInt64 {
    switch self {
    case .ascending: ascending
    case .descending: descending
    }
  }
}
