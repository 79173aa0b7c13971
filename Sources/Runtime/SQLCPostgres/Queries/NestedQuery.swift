// Rows of a join as parents with lists of children: one statement, one pass over its rows, in whatever order they come.

public import SQLCRuntimeKit

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

/// Gathers rows into parents.
@usableFromInline
@frozen
struct NestedRows<Row: NestingRow> {
  @usableFromInline var rows: [Row] = []
  @usableFromInline let nesting: Nesting
  @usableFromInline var places: NestedPlaces<NestedKey>

  @inlinable
  init(_ nesting: Nesting) {
    self.nesting = nesting
    places = NestedPlaces(nesting)
  }

  @inlinable
  mutating func add(_ row: borrowing ResultRow) throws(DatabaseError) {
    let parent = places.parent(try NestedKey(nesting.key, row))
    if parent.isNew { rows.append(try Row(from: row, at: 0)) }
    for index in nesting.lists.indices {
      let list = nesting.lists[index]
      guard let outer = places.outerPlace(of: index),
        list.count == 0 || !row.areAllNull(from: list.first, count: list.count)
      else { continue }
      if let key = list.key {
        let child = places.child(try NestedKey(key, row), of: index, parent: parent.index, outer: outer)
        guard child.isNew else { continue }
      }
      try rows[parent.index].add(index, at: outer, from: row)
    }
  }
}
