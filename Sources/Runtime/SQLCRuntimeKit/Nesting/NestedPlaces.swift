// Where each row of a join belongs, in whatever order the rows come.

/// The place of a parent among the parents, or of a child in its list, and whether it is new there.
@usableFromInline
@frozen
package struct NestedPlace {
  @usableFromInline package var index: Int
  @usableFromInline package var isNew: Bool

  @inlinable
  package init(index: Int, isNew: Bool) {
    self.index = index
    self.isNew = isNew
  }
}

/// A child of one parent, or of an element of one of its lists.
@usableFromInline
@frozen
package struct NestedChild<Key: Hashable>: Hashable {
  @usableFromInline package var list: Int
  @usableFromInline package var parent: Int
  @usableFromInline package var outer: Int
  @usableFromInline package var key: Key

  @inlinable
  package init(list: Int, parent: Int, outer: Int, key: Key) {
    self.list = list
    self.parent = parent
    self.outer = outer
    self.key = key
  }
}

/// Finds places by keys. It knows neither rows nor how values are read, which are each database's own.
@usableFromInline
@frozen
package struct NestedPlaces<Key: Hashable> {
  @usableFromInline let nesting: Nesting
  @usableFromInline var parents: [Key: Int] = [:]
  /// Rows of one parent mostly follow one another.
  @usableFromInline var last: (key: Key, place: Int)?
  /// Where each child with a key went, and how many each parent has in each list.
  @usableFromInline var children: [NestedChild<Key>: Int] = [:]
  @usableFromInline var counts: [[Int]] = []
  /// Of the present row: the places of its elements, by list.
  @usableFromInline var present: [Int?]
  /// By list, the child that came last: rows of one child mostly follow one another too.
  @usableFromInline var latest: [(child: NestedChild<Key>, place: Int)?]

  @inlinable
  package init(_ nesting: Nesting) {
    self.nesting = nesting
    present = Array(repeating: nil, count: nesting.lists.count)
    latest = Array(repeating: nil, count: nesting.lists.count)
  }

  /// The parent that the next row belongs to.
  @inlinable
  package mutating func parent(_ key: Key) -> NestedPlace {
    for list in present.indices { present[list] = nil }
    if let last, last.key == key { return NestedPlace(index: last.place, isNew: false) }
    let known = parents[key]
    let place = known ?? counts.count
    if known == nil {
      counts.append(Array(repeating: 0, count: nesting.lists.count))
      parents[key] = place
    }
    last = (key, place)
    return NestedPlace(index: place, isNew: known == nil)
  }

  /// The place of the element that the row's child of that list belongs to: 0 for a list of the parent itself, nil where the row
  /// has no such element. Lists are asked for in their order, in which an outer list stands before those inside it.
  @inlinable
  package func outerPlace(of list: Int) -> Int? {
    guard let outer = nesting.lists[list].outer else { return 0 }
    return present[outer]
  }

  /// The place of the row's child with that key.
  @inlinable
  package mutating func child(_ key: Key, of list: Int, parent: Int, outer: Int) -> NestedPlace {
    let child = NestedChild(list: list, parent: parent, outer: outer, key: key)
    if let latest = latest[list], latest.child == child {
      present[list] = latest.place
      return NestedPlace(index: latest.place, isNew: false)
    }
    let known = children[child]
    let place = known ?? counts[parent][list]
    if known == nil {
      counts[parent][list] = place + 1
      children[child] = place
    }
    present[list] = place
    latest[list] = (child, place)
    return NestedPlace(index: place, isNew: known == nil)
  }
}
