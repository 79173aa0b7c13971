/// Pages of rows, each of which follows a row of the page before (`sqlc.after`). The row is known by its cursor: the values that
/// the rows are ordered by.
public struct PageModel: Sendable, Hashable, Codable {
  /// A result column that rows are ordered by.
  public struct Key: Sendable, Hashable, Codable {
    /// Its place among the results, and in the embed that stands there.
    public var result: Int
    public var column: Int?
    /// The parameter that takes its value.
    public var parameter: Int
    /// Of a column that can be NULL: the bits that say that the cursor's value is one, and that it is NULL. Both are 0 for
    /// another.
    public var valueBit: UInt64
    public var nullBit: UInt64
    public init(result: Int, column: Int?, parameter: Int, valueBit: UInt64 = 0, nullBit: UInt64 = 0) {
      self.result = result
      self.column = column
      self.parameter = parameter
      self.valueBit = valueBit
      self.nullBit = nullBit
    }

    public var isNullable: Bool { nullBit != 0 }
  }

  /// The filter that is there when a cursor is given.
  public var filter: Int
  public var keys: [Key]
  /// The `sqlc.order` of the ORDER BY that the pages follow; without one the order is always the same.
  public var order: Int?
  /// For each term of that order, or for the one order that there is: its keys, in their order.
  public var sequences: [[Int]]

  public init(filter: Int, keys: [Key], order: Int?, sequences: [[Int]]) {
    self.filter = filter
    self.keys = keys
    self.order = order
    self.sequences = sequences
  }
}

extension VariantsModel {
  /// Which of the page's sequences a choice goes by.
  public func sequence(for choice: VariantChoice) -> Int? {
    guard let page else { return nil }
    guard let order = page.order else { return 0 }
    let terms = terms(ofOrder: order)
    return terms.first { term in
      [false, true].contains { choice.bits & bit(ofTerm: term, isDescending: $0) != 0 }
    }.map { $0 - terms.lowerBound }
  }

  /// The keys that a choice's rows are ordered by.
  public func keys(for choice: VariantChoice) -> [PageModel.Key] {
    guard let page, let sequence = sequence(for: choice) else { return [] }
    return page.sequences[sequence].map { page.keys[$0] }
  }

  /// A choice as it is for each way in which the values of its cursor can be NULL.
  public func withNulls(_ choice: VariantChoice) -> [VariantChoice] {
    guard let page, choice.bits & bit(ofFilter: page.filter) != 0 else { return [choice] }
    return keys(for: choice).filter(\.isNullable).reduce([choice]) { choices, key in
      choices.flatMap { [VariantChoice(bits: $0.bits | key.valueBit), VariantChoice(bits: $0.bits | key.nullBit)] }
    }
  }

  /// How many `choices` there are, without those of assignments.
  public var choiceCount: Int {
    let predicates = filters.count - assignments.nonzeroBitCount
    let count = orders.reduce(1 << predicates) { $0 * 2 * $1.terms.count }
    guard let page else { return count }
    // Half of the sets of predicates have a cursor, whose values can be NULL or not.
    let shares = page.sequences.map { sequence in 1 + 1 << sequence.count { page.keys[$0].isNullable } }
    return count / 2 / shares.count * shares.reduce(0, +)
  }
}
