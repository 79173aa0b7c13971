// Who waits, in order.

/// Elements in the order of their tickets, which is that in which they came. By its ticket each can leave from anywhere in the
/// line.
///
/// | operation | cost |
/// |---|---|
/// | `append` | constant; where a later ticket stands there already, what comes after it moves |
/// | `remove` | a search by halves; the place stays empty until it comes first, or half of the places are empty |
/// | `popFirst` | constant, over many: each empty place is passed once |
@usableFromInline package struct WaitingLine<Element> {
  /// By ticket; of some the element has left.
  @usableFromInline var places: [(ticket: UInt64, element: Element?)] = []
  /// The places before this one are empty.
  @usableFromInline var start = 0
  @usableFromInline package internal(set) var count = 0
  /// Places looked at or moved so far, which says what leaving costs.
  @usableFromInline package internal(set) var steps = 0

  package init() {}

  @inlinable package var isEmpty: Bool { count == 0 }

  /// Who is next; it stays.
  @inlinable package var first: Element? {
    mutating get {
      skip()
      return start < places.count ? places[start].element : nil
    }
  }

  /// - Parameter ticket: one that was never in the line.
  @inlinable package mutating func append(_ element: Element, _ ticket: UInt64) {
    count += 1
    guard let last = places.last, last.ticket > ticket else { return places.append((ticket, element)) }
    let index = index(of: ticket)
    steps += places.count - index
    places.insert((ticket, element), at: index)
  }

  @inlinable package mutating func popFirst() -> Element? {
    skip()
    defer { compact() }
    guard start < places.count else { return nil }
    defer {
      places[start].element = nil
      start += 1
      steps += 1
      count -= 1
    }
    return places[start].element
  }

  /// Nothing when the ticket's element has left, or was never there.
  @inlinable package mutating func remove(_ ticket: UInt64) -> Element? {
    let index = index(of: ticket)
    guard index < places.count, places[index].ticket == ticket, let element = places[index].element else { return nil }
    places[index].element = nil
    count -= 1
    compact()
    return element
  }

  /// All of them, in order.
  @inlinable package mutating func removeAll() -> [Element] {
    let elements = places[start...].compactMap(\.element)
    places = []
    start = 0
    count = 0
    return elements
  }

  @inlinable mutating func skip() {
    while start < places.count, places[start].element == nil {
      start += 1
      steps += 1
    }
  }

  /// Of the first place that is not before the ticket's.
  @inlinable func index(of ticket: UInt64) -> Int {
    var (low, high) = (start, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].ticket < ticket { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Of the places more than half are empty then, so that each of them has paid for a move or two.
  @inlinable mutating func compact() {
    guard places.count > 64, places.count > 2 * count else { return }
    steps += places.count - start
    places.removeAll { $0.element == nil }
    start = 0
  }
}
