public import SQLCDiagnostics

/// What a call of a query chooses: one bit for each optional predicate, one for each way of ordering.
public struct VariantChoice: Sendable, Hashable, Codable {
  public var bits: UInt64
  public init(bits: UInt64 = 0) { self.bits = bits }
}

/// A piece of SQL, and the choices with which it is there.
public struct SQLPiece: Sendable, Hashable, Codable {
  public var segment: SQLSegment
  /// All of these must be chosen.
  public var all: UInt64
  /// And one of these, unless there are none.
  public var any: UInt64
  public init(_ segment: SQLSegment, all: UInt64 = 0, any: UInt64 = 0) {
    self.segment = segment
    self.all = all
    self.any = any
  }

  public func isThere(for choice: VariantChoice) -> Bool {
    choice.bits & all == all && (any == 0 || choice.bits & any != 0)
  }
}

/// The SQL of a query that leaves something to its caller: which predicates stand in it (`sqlc.optional`), which columns it
/// sets (`sqlc.patch`), by what its rows are ordered (`sqlc.order`). Every combination is proven; types, nullability and row
/// count hold in all of them.
public struct VariantsModel: Sendable, Hashable, Codable {
  /// A predicate, or an assignment of a patch, that is there when its arguments are given.
  public struct Filter: Sendable, Hashable, Codable {
    /// Its own name, or that of its one parameter.
    public var name: String
    /// Indexes of the parameters that occur nowhere else. With none the caller only says whether the predicate is meant.
    public var parameters: [Int]
    /// As the user wrote it.
    public var text: String
    public var source: SourceRange
    public init(name: String, parameters: [Int], text: String, source: SourceRange) {
      self.name = name
      self.parameters = parameters
      self.text = text
      self.source = source
    }
  }

  /// The columns that an UPDATE sets where its caller says so.
  public struct Patch: Sendable, Hashable, Codable {
    /// A statement that sets none of them.
    public enum Emptiness: String, Sendable, Hashable, Codable {
      /// It is one: something else is set beside.
      case allowed
      /// There is none.
      case refused
    }
    /// The bits of its assignments, which are filters.
    public var assignments: UInt64
    public var emptiness: Emptiness
    public init(assignments: UInt64, emptiness: Emptiness) {
      self.assignments = assignments
      self.emptiness = emptiness
    }
  }

  /// One of the terms that rows can be ordered by, in either direction.
  public struct OrderTerm: Sendable, Hashable, Codable {
    public var name: String
    /// As the user wrote it.
    public var text: String
    /// The direction that is written, and the default.
    public var isDescending: Bool
    public var source: SourceRange
    public init(name: String, text: String, isDescending: Bool, source: SourceRange) {
      self.name = name
      self.text = text
      self.isDescending = isDescending
      self.source = source
    }
  }

  /// One ORDER BY whose first term the caller chooses.
  public struct Order: Sendable, Hashable, Codable {
    public var name: String
    /// The first is the default.
    public var terms: [OrderTerm]
    public init(name: String, terms: [OrderTerm]) {
      self.name = name
      self.terms = terms
    }
  }

  /// Filter number i is bit i.
  public var filters: [Filter]
  public var patches: [Patch]
  public var orders: [Order]
  /// What follows a row, where the query gives its rows in pages.
  public var page: PageModel?
  public var pieces: [SQLPiece]

  public init(
    filters: [Filter], patches: [Patch] = [], orders: [Order] = [], page: PageModel? = nil, pieces: [SQLPiece]
  ) {
    self.filters = filters
    self.patches = patches
    self.orders = orders
    self.page = page
    self.pieces = pieces
  }

  /// The terms of all orders, one after the other. Number k ascending is bit `filters.count + 2k`, descending the one after.
  public var terms: [OrderTerm] { orders.flatMap(\.terms) }

  /// The numbers of an order's terms among `terms`.
  public func terms(ofOrder index: Int) -> Range<Int> {
    let first = orders[..<index].reduce(0) { $0 + $1.terms.count }
    return first..<(first + orders[index].terms.count)
  }

  public func bit(ofFilter index: Int) -> UInt64 { 1 << UInt64(index) }

  public func bit(ofTerm index: Int, isDescending: Bool) -> UInt64 {
    1 << UInt64(filters.count + 2 * index + (isDescending ? 1 : 0))
  }

  /// Every predicate, in the default orders, behind a row without NULL.
  public var whole: VariantChoice {
    var bits: UInt64 = (1 << UInt64(filters.count)) - 1
    for (index, order) in orders.enumerated() {
      if let first = order.terms.first {
        bits |= bit(ofTerm: terms(ofOrder: index).lowerBound, isDescending: first.isDescending)
      }
    }
    for key in keys(for: VariantChoice(bits: bits)) { bits |= key.valueBit }
    return VariantChoice(bits: bits)
  }

  /// The SQL of one combination.
  public func sql(for choice: VariantChoice) -> [SQLSegment] {
    var segments: [SQLSegment] = []
    for piece in pieces where piece.isThere(for: choice) {
      if case .text(let part) = piece.segment, case .text(let before)? = segments.last {
        segments[segments.count - 1] = .text(before + part)
      } else {
        segments.append(piece.segment)
      }
    }
    return segments
  }
}
