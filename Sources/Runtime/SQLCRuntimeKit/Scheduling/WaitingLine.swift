// Who waits, in order.

/// Elements in the order in which they came. Each has a ticket, by which it can leave from anywhere in the line.
///
/// | operation | cost |
/// |---|---|
/// | `append` | constant |
/// | `remove` | constant, over many: the place stays empty until it comes first, or half of the places are empty |
/// | `popFirst` | constant, over many: each empty place is passed once |
package struct WaitingLine<Element> {
  private var waiting: [UInt64: Element] = [:]
  /// Tickets in order, from `first` on; of some the element has left.
  private var order: [UInt64] = []
  private var first = 0
  /// Places looked at or moved so far, which says what leaving costs.
  package private(set) var steps = 0

  package init() {}

  package var isEmpty: Bool { waiting.isEmpty }
  package var count: Int { waiting.count }

  /// - Parameter ticket: one that was never in the line.
  package mutating func append(_ element: Element, _ ticket: UInt64) {
    waiting[ticket] = element
    order.append(ticket)
  }

  package mutating func popFirst() -> Element? {
    while first < order.count {
      let ticket = order[first]
      first += 1
      steps += 1
      if let element = waiting.removeValue(forKey: ticket) {
        compact()
        return element
      }
    }
    compact()
    return nil
  }

  /// Nothing when the ticket's element has left, or was never there.
  package mutating func remove(_ ticket: UInt64) -> Element? {
    guard let element = waiting.removeValue(forKey: ticket) else { return nil }
    compact()
    return element
  }

  /// All of them, in order.
  package mutating func removeAll() -> [Element] {
    let elements = order[first...].compactMap { waiting[$0] }
    waiting = [:]
    order = []
    first = 0
    return elements
  }

  /// Of the places more than half are empty then, so that each of them has paid for a move or two.
  private mutating func compact() {
    guard order.count > 64, order.count > 2 * waiting.count else { return }
    steps += order.count - first
    order = order[first...].filter { waiting[$0] != nil }
    first = 0
  }
}
