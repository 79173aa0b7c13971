// Rows of a join as parents with lists of children: one statement, one pass over its rows, in whatever order they come.

/// How a query's rows become parents with lists. Columns are numbered from 0.
public struct Nesting: Sendable {
  /// One list of a parent, or of the elements of another list.
  public struct List: Sendable {
    /// A row has a child unless these columns are all NULL; with none it always has one.
    @usableFromInline let first: Int32
    @usableFromInline let count: Int32
    /// Tells the children of one parent apart where a row can repeat them.
    @usableFromInline let key: [Int32]?
    /// The list to whose elements this one belongs.
    @usableFromInline let outer: Int?

    public init(absentAt first: Int32 = 0, count: Int32 = 0, key: [Int32]? = nil, outer: Int? = nil) {
      self.first = first
      self.count = count
      self.key = key
      self.outer = outer
    }

    @inlinable
    func isThere(in row: borrowing ResultRow) -> Bool { count == 0 || !row.areAllNull(from: first, count: count) }
  }

  /// Tells parents apart; with none there is one at most.
  @usableFromInline let key: [Int32]
  @usableFromInline let lists: [List]

  public init(key: [Int32], lists: [List]) {
    self.key = key
    self.lists = lists
  }
}

/// A parent that is filled row by row.
public protocol NestingRow: RowDecodable {
  /// Adds the row's element to that list.
  ///
  /// - Parameter place: For a list in a list, the place of the element that it belongs to in the outer one.
  mutating func add(_ list: Int, at place: Int, from row: borrowing ResultRow) throws(DatabaseError)
}

/// A query whose rows are parents with lists (`sqlc.nest`). Its rows cannot be streamed: those of one parent need not
/// follow one another.
public protocol NestedQuery: Query {
  associatedtype Row: NestingRow
  static var nesting: Nesting { get }
}

/// Any number of parents, in the order in which they first come.
public protocol NestedManyQuery: NestedQuery where Output == [Row] {}

/// One parent or none: the first.
public protocol NestedOneQuery: NestedQuery where Output == Row? {}

extension NestedManyQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> [Row] {
    var parents = NestedRows<Row>(Self.nesting)
    while try await rows.step() { try parents.add(rows.row) }
    return parents.rows
  }
}

extension NestedOneQuery {
  @inlinable
  public nonisolated(nonsending) func output(of rows: borrowing ResultRows) async throws(DatabaseError) -> Row? {
    var parents = NestedRows<Row>(Self.nesting)
    while try await rows.step() { try parents.add(rows.row) }
    return parents.rows.first
  }
}

/// The values of a key. Most are one integer, which costs no allocation.
@usableFromInline
enum NestedKey: Hashable {
  case integer(Int64)
  case values([[UInt8]?])

  @inlinable
  init(_ columns: [Int32], _ row: borrowing ResultRow) throws(DatabaseError) {
    if columns.count == 1 {
      let cell = try row.reader(columns[0]).cell
      if cell.type == 20, let base = cell.base {
        self = .integer(Int64(bigEndian: base.loadUnaligned(as: Int64.self)))
        return
      }
    }
    var values: [[UInt8]?] = []
    for column in columns {
      let cell = try row.reader(column).cell
      values.append(cell.base.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: Int(cell.count))) })
    }
    self = .values(values)
  }
}

/// A child of one parent, or of an element of one of its lists.
@usableFromInline
@frozen
struct NestedChild: Hashable {
  @usableFromInline var list: Int
  @usableFromInline var parent: Int
  @usableFromInline var outer: Int
  @usableFromInline var key: NestedKey

  @inlinable
  init(list: Int, parent: Int, outer: Int, key: NestedKey) {
    self.list = list
    self.parent = parent
    self.outer = outer
    self.key = key
  }
}

/// Gathers rows into parents.
@usableFromInline
@frozen
struct NestedRows<Row: NestingRow> {
  @usableFromInline var rows: [Row] = []
  @usableFromInline let nesting: Nesting
  @usableFromInline var places: [NestedKey: Int] = [:]
  /// Rows of one parent mostly follow one another.
  @usableFromInline var last: (key: NestedKey, place: Int)?
  /// Where each child with a key went, and how many each parent has in each list.
  @usableFromInline var children: [NestedChild: Int] = [:]
  @usableFromInline var counts: [[Int]] = []
  /// Of the present row: the places of its elements, by list.
  @usableFromInline var present: [Int?]
  /// By list, the child that came last: rows of one child mostly follow one another too.
  @usableFromInline var latest: [(child: NestedChild, place: Int)?]

  @inlinable
  init(_ nesting: Nesting) {
    self.nesting = nesting
    present = Array(repeating: nil, count: nesting.lists.count)
    latest = Array(repeating: nil, count: nesting.lists.count)
  }

  @inlinable
  mutating func add(_ row: borrowing ResultRow) throws(DatabaseError) {
    let parent = try place(of: row)
    for index in nesting.lists.indices {
      present[index] = nil
      // An outer list stands before those inside it.
      var outer = 0
      if let list = nesting.lists[index].outer {
        guard let place = present[list] else { continue }
        outer = place
      }
      guard nesting.lists[index].isThere(in: row) else { continue }
      guard let columns = nesting.lists[index].key else {
        try rows[parent].add(index, at: outer, from: row)
        continue
      }
      let child = NestedChild(list: index, parent: parent, outer: outer, key: try NestedKey(columns, row))
      if let latest = latest[index], latest.child == child {
        present[index] = latest.place
        continue
      }
      let place: Int
      if let known = children[child] {
        place = known
      } else {
        place = counts[parent][index]
        try rows[parent].add(index, at: outer, from: row)
        counts[parent][index] = place + 1
        children[child] = place
      }
      present[index] = place
      latest[index] = (child, place)
    }
  }

  @inlinable
  mutating func place(of row: borrowing ResultRow) throws(DatabaseError) -> Int {
    let key = try NestedKey(nesting.key, row)
    if let last, last.key == key { return last.place }
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      place = rows.count
      rows.append(try Row(from: row, at: 0))
      counts.append(Array(repeating: 0, count: nesting.lists.count))
      places[key] = place
    }
    last = (key, place)
    return place
  }
}
