// Prepared statements, kept by a connection.
//
// A statement without lists lives in the slot of its definition for as long as the connection. One with lists is
// another SQL
// text for each combination of lengths; the latest sixteen are kept.

@usableFromInline
struct StatementCache {
  private var slots: [PreparedStatement?] = []
  private var withLists: [PreparedStatement] = []
  private static let listCapacity = 16

  func statement(_ definition: StatementDefinition) -> PreparedStatement? {
    definition.slot < slots.count ? slots[definition.slot] : nil
  }

  /// Found ones move to the end, which is the place of the most recently used.
  mutating func statement(_ definition: StatementDefinition, _ places: [ListPlace]) -> PreparedStatement? {
    guard let index = withLists.lastIndex(where: { $0.definition === definition && $0.places == places }) else {
      return nil
    }
    if index == withLists.count - 1 { return withLists[index] }
    let statement = withLists.remove(at: index)
    withLists.append(statement)
    return statement
  }

  mutating func keep(_ statement: PreparedStatement) {
    guard statement.definition.lists.isEmpty else {
      if withLists.count == Self.listCapacity { withLists.removeFirst() }
      withLists.append(statement)
      return
    }
    let slot = statement.definition.slot
    if slot >= slots.count {
      slots.append(contentsOf: repeatElement(nil, count: slot + 1 - slots.count))
    }
    slots[slot] = statement
  }

  mutating func evict(_ statement: PreparedStatement) {
    if statement.definition.lists.isEmpty {
      let slot = statement.definition.slot
      if slot < slots.count, slots[slot] === statement { slots[slot] = nil }
    } else {
      withLists.removeAll { $0 === statement }
    }
  }

  var count: Int { withLists.count + slots.reduce(0) { $1 == nil ? $0 : $0 + 1 } }

  mutating func removeAll() {
    slots = []
    withLists = []
  }
}
