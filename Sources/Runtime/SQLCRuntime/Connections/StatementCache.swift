// Prepared statements, kept by a connection.
//
// | statement | where | how long |
// |---|---|---|
// | one SQL text for its query | in the slot of its definition | as long as the connection |
// | one of many: with lists (a text for each combination of lengths), or a variant that the arguments choose | among the various | until 64 others were used after it |
//
// What is kept no longer is finalized, at once or when its run has ended.

@usableFromInline
struct StatementCache {
  private var slots: [PreparedStatement?] = []
  /// The one used last is the last.
  private var various: [PreparedStatement] = []
  static let capacity = 64

  mutating func statement(_ definition: StatementDefinition) -> PreparedStatement? {
    if definition.slot < slots.count { return slots[definition.slot] }
    return definition.slot == StatementDefinition.noSlot ? statement(definition, []) : nil
  }

  /// The statement for lists of these lengths.
  mutating func statement(_ definition: StatementDefinition, _ places: [ListPlace]) -> PreparedStatement? {
    guard let index = various.lastIndex(where: { $0.definition === definition && $0.places == places }) else {
      return nil
    }
    if index == various.count - 1 { return various[index] }
    let statement = various.remove(at: index)
    various.append(statement)
    return statement
  }

  mutating func keep(_ statement: PreparedStatement) {
    guard let slot = slot(of: statement) else {
      if various.count == Self.capacity { various.removeFirst() }
      various.append(statement)
      return
    }
    if slot >= slots.count {
      slots.append(contentsOf: repeatElement(nil, count: slot + 1 - slots.count))
    }
    slots[slot] = statement
  }

  mutating func evict(_ statement: PreparedStatement) {
    guard let slot = slot(of: statement) else { return various.removeAll { $0 === statement } }
    if slot < slots.count, slots[slot] === statement { slots[slot] = nil }
  }

  private func slot(of statement: PreparedStatement) -> Int? {
    let definition = statement.definition
    return definition.lists.isEmpty && definition.slot != StatementDefinition.noSlot ? definition.slot : nil
  }

  var count: Int { various.count + slots.reduce(0) { $1 == nil ? $0 : $0 + 1 } }

  mutating func removeAll() {
    slots = []
    various = []
  }
}
