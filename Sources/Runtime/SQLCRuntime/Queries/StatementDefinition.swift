// A query's SQL and what was proven of it, made once for each query.

import Synchronization

/// SQL on its way to the database: text, with places for lists and rows. Never edited as a string.
public enum SQLSegment: Sendable, Hashable, ExpressibleByStringLiteral {
  case text(String)
  /// The values of a list parameter, with commas between them: the parameter's number.
  case list(Int)
  /// The rows of a list, with commas between them: `row` is one, in which a list parameter is the value that the row has of it.
  /// Without rows there is `empty` instead of all of it.
  case rows(before: String, row: [SQLSegment], after: String, empty: String)

  /// The list parameters in it.
  var lists: [Int] {
    switch self {
    case .text: []
    case .list(let parameter): [parameter]
    case .rows(_, let row, _, _): row.flatMap(\.lists)
    }
  }

  public init(stringLiteral value: String) { self = .text(value) }
}

/// What the generator knows of a statement. Its identity is its key in every connection's cache of prepared statements.
public final class StatementDefinition: Sendable {
  /// The query's name, such as "GetAgentByID"; errors carry it.
  public let name: String
  public let segments: [SQLSegment]
  /// The largest number of a parameter.
  public let parameters: Int
  /// Proven by SQLite when generated; such statements run on readers.
  public let isReadOnly: Bool
  /// Tables, as declared; views and triggers are seen through.
  public let reads: [String]
  public let writes: [String]

  /// Where each connection keeps the prepared statement: an index is the cheapest key there is. Those that are one of
  /// many forms of a query have no such place (`noSlot`), and are kept while they are in use.
  @usableFromInline let slot: Int
  /// The numbers of the list parameters, ascending, each once.
  @usableFromInline let lists: [Int]

  /// A statement without lists.
  public convenience init(
    name: String, sql: String, parameters: Int = 0, isReadOnly: Bool, reads: [String] = [], writes: [String] = []
  ) {
    self.init(
      name: name, sql: [.text(sql)], parameters: parameters, isReadOnly: isReadOnly, reads: reads, writes: writes)
  }

  /// A statement with lists. The first element of the list parameter k is the parameter ?k; the others take the
  /// numbers after
  /// `parameters`.
  public convenience init(
    name: String, sql: [SQLSegment], parameters: Int = 0, isReadOnly: Bool, reads: [String] = [],
    writes: [String] = []
  ) {
    self.init(
      name: name, sql: sql, parameters: parameters, isReadOnly: isReadOnly, reads: reads, writes: writes,
      slot: nextSlot.wrappingAdd(1, ordering: .relaxed).oldValue)
  }

  /// Another form of the query that `whole` is.
  convenience init(variantOf whole: StatementDefinition, sql: [SQLSegment]) {
    self.init(
      name: whole.name, sql: sql, parameters: whole.parameters, isReadOnly: whole.isReadOnly, reads: whole.reads,
      writes: whole.writes, slot: Self.noSlot)
  }

  static var noSlot: Int { .max }

  private init(
    name: String, sql: [SQLSegment], parameters: Int, isReadOnly: Bool, reads: [String], writes: [String], slot: Int
  ) {
    self.name = name
    segments = sql
    self.parameters = parameters
    self.isReadOnly = isReadOnly
    self.reads = reads
    self.writes = writes
    self.slot = slot
    lists = Set(sql.flatMap(\.lists)).sorted()
  }

  /// The SQL, with one place for each list.
  public var sql: String { text(for: lists.map { ListPlace(parameter: $0, count: 1, further: 0) }) }

  func text(for places: [ListPlace]) -> String {
    var text = ""
    for segment in segments {
      switch segment {
      case .text(let part): text += part
      case .list(let parameter):
        // `IN ()` is allowed: SQLite, lang_expr.html §7: "SQLite allows the right-hand side of IN and NOT IN operators
        // to be an
        // empty list".
        guard let place = places.first(where: { $0.parameter == parameter }), place.count > 0 else { continue }
        text += "?\(parameter)"
        for offset in 0..<(place.count - 1) { text += ",?\(place.further + offset)" }
      case .rows(let before, let row, let after, let empty):
        text += rows(row, places).map { before + $0 + after } ?? empty
      }
    }
    return text
  }

  /// Nothing where there are none.
  private func rows(_ row: [SQLSegment], _ places: [ListPlace]) -> String? {
    let own = row.flatMap(\.lists)
    let places = places.filter { own.contains($0.parameter) }
    guard let count = places.map(\.count).min(), count > 0 else { return nil }
    var text = ""
    for element in 0..<count {
      if element > 0 { text += "," }
      for segment in row {
        switch segment {
        case .text(let part): text += part
        case .list(let parameter):
          guard let place = places.first(where: { $0.parameter == parameter }) else { continue }
          text += "?\(place.index(of: element))"
        // No row has rows.
        case .rows: continue
        }
      }
    }
    return text
  }

  func places(for counts: [Int]) -> [ListPlace] {
    var further = parameters + 1
    return zip(lists, counts).map { parameter, count in
      let place = ListPlace(parameter: parameter, count: count, further: further)
      further += max(0, count - 1)
      return place
    }
  }
}

/// Where the elements of a list went.
@usableFromInline
struct ListPlace: Sendable, Hashable {
  var parameter: Int
  var count: Int
  /// The number of the second element.
  var further: Int

  func index(of element: Int) -> Int32 { Int32(clamping: element == 0 ? parameter : further + element - 1) }
}

// The only process-wide state: it numbers definitions, and nothing depends on which number one gets.
private let nextSlot = Atomic<Int>(0)
